"""A receipt proves what was sent and when; any changed byte of it is found, and the part is named."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.record.canonical import canonical
from xinqiao.record.commitments import from_base64url, to_base64url
from xinqiao.record.receipts import (
    FIELDS,
    DoesNotHold,
    HandedInFile,
    Malformed,
    Submission,
    make_receipt,
    parse_submission,
    verify_receipt,
)

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SIGNER.public_key().public_bytes_raw()
HANDED_IN = Submission(text="路灯坏了三个月。\n请修。", files=[HandedInFile(name="照片.jpg", sha256="ab" * 32)])
HEAD = "sha256:" + "1" * 64
texts = st.text(st.characters(exclude_categories=["Cs"]))
files = st.builds(HandedInFile, name=texts, sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
parts = st.dictionaries(texts.filter(lambda name: name not in {"text", "files"}), texts | st.lists(texts), max_size=3)
submissions = st.builds(Submission, text=texts, files=st.lists(files, max_size=3), parts=parts)


def receipt(submission=HANDED_IN):
    return make_receipt(
        office="青禾县信访局",
        number="XF2026-000123",
        received_at=datetime(2026, 9, 7, 2, 0, tzinfo=UTC),
        submission=submission,
        head=HEAD,
        signer=SIGNER,
    )


def test_the_form_is_the_published_one():
    made = receipt()
    assert set(made) == FIELDS
    assert made["v"] == 1
    assert made["received_at"] == "2026-09-07T02:00:00Z"
    assert made["head"] == HEAD
    assert made["key"] == to_base64url(PUBLIC)


def test_anybody_can_check_it_by_the_published_rule_alone():
    made = receipt()
    message = canonical({name: value for name, value in made.items() if name != "sig"})
    SIGNER.public_key().verify(from_base64url(made["sig"], size=64), message)
    handed_in = canonical({"files": [{"name": "照片.jpg", "sha256": "ab" * 32}], "text": HANDED_IN.text})
    salt = from_base64url(made["salt"], size=16)
    assert made["content"] == "sha256:" + hashlib.sha256(salt + handed_in).hexdigest()


@given(submissions)
def test_round_trip(submission):
    made = json.loads(json.dumps(receipt(submission)))
    assert verify_receipt(made, submission=submission, trusted=[PUBLIC]) == made


def test_a_title_and_claims_are_part_of_what_was_handed_in():
    handed_in = {"text": "路灯坏了。", "title": "路灯", "claims": ["修灯", "公开工期"], "files": []}
    made = receipt(parse_submission(handed_in))
    assert verify_receipt(made, submission=parse_submission(dict(reversed(handed_in.items()))))
    with pytest.raises(DoesNotHold, match="content"):
        verify_receipt(made, submission=parse_submission(handed_in | {"claims": ["公开工期", "修灯"]}))


@given(texts, texts)
def test_another_text_is_found_unless_only_line_ends_differ(one, other):
    def lines(text):
        return text.replace("\r\n", "\n").replace("\r", "\n")

    made = receipt(Submission(text=one))
    if lines(one) == lines(other):
        assert verify_receipt(made, submission=Submission(text=other))
    else:
        with pytest.raises(DoesNotHold, match="content"):
            verify_receipt(made, submission=Submission(text=other))


@pytest.mark.parametrize(
    "changed",
    [
        Submission(text=HANDED_IN.text),  # a file left out
        Submission(text=HANDED_IN.text + " ", files=HANDED_IN.files),  # one blank
        Submission(text="路燈坏了三个月。\n请修。", files=HANDED_IN.files),  # one character
        Submission(text=HANDED_IN.text, files=[HandedInFile(name="照片.png", sha256="ab" * 32)]),
        Submission(text=HANDED_IN.text, files=[HandedInFile(name="照片.jpg", sha256="ac" * 32)]),
    ],
)
def test_what_was_not_handed_in_is_found(changed):
    with pytest.raises(DoesNotHold) as failed:
        verify_receipt(receipt(), submission=changed)
    assert failed.value.part == "content"


@settings(max_examples=300)
@given(st.sampled_from(sorted(FIELDS - {"v"})), st.data())
def test_any_changed_character_of_any_field_is_found(name, data):
    made = receipt()
    value = str(made[name])
    at = data.draw(st.integers(0, len(value) - 1))
    character = data.draw(st.characters().filter(lambda one: one != value[at]))
    made[name] = value[:at] + character + value[at + 1 :]
    with pytest.raises((DoesNotHold, Malformed)):
        verify_receipt(made)


def test_a_key_that_is_not_the_offices_is_named():
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(DoesNotHold) as failed:
        verify_receipt(receipt(), trusted=[stranger])
    assert failed.value.part == "key"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda made: made.pop("salt"), "'salt' is missing"),
        (lambda made: made.update(name="x"), "'name' does not belong"),
        (lambda made: made.update(v=2), "version"),
        (lambda made: made.update(v=True), "version"),
        (lambda made: made.update(number=5), "'number' must be a string"),
        (lambda made: made.update(sig="AAAA"), "'sig'"),
        (lambda made: made.update(key=made["key"] + "="), "'key'"),
        (lambda made: made.update(office="\ud800"), "no canonical JSON"),
    ],
)
def test_what_is_no_receipt_is_refused(change, part):
    made = receipt()
    change(made)
    with pytest.raises(Malformed, match=part):
        verify_receipt(made)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("text", "submission"),
        ({"text": 5}, "submission.text"),
        ({"files": []}, "submission.text"),
        ({"text": "", "files": {}}, "submission.files"),
        ({"text": "", "files": [{"name": "a"}]}, "submission.files"),
        ({"text": "", "files": [{"name": "a", "sha256": "AB" * 32}]}, "sha256"),
        ({"text": "", "title": 5}, "submission.'title'"),
        ({"text": "", "claims": ["修灯", 5]}, "submission.'claims'"),
    ],
)
def test_what_is_no_submission_is_refused(value, part):
    with pytest.raises(Malformed, match=part):
        parse_submission(value)

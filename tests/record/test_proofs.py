"""What the office hands out holds for whoever checks it with nothing but the file and the published keys."""

import json
from datetime import UTC, datetime

import pytest

from xinqiao.cli import verify
from xinqiao.record import issue_receipt, record_package
from xinqiao.record.chain import event_hash
from xinqiao.record.commitments import named, to_base64url
from xinqiao.record.fields import ring
from xinqiao.record.models import EventRow, Stream
from xinqiao.record.proofs import published_keys
from xinqiao.record.receipts import Malformed
from xinqiao.record.rotation import rotate_signing_key
from xinqiao.record.writer import record_all, record_first

pytestmark = [pytest.mark.usefixtures("keys"), pytest.mark.django_db]
HANDED_IN = {"text": "路灯坏了三个月。", "title": "路灯", "files": [{"name": "照片.jpg", "sha256": "ab" * 32}]}


@pytest.fixture
def stream(act):
    return record_first(root_organ_id=5, acts=[act(texts={"request": HANDED_IN["text"]})])[0]


@pytest.fixture
def receipt(stream):
    return issue_receipt(
        office="青禾县信访局",
        number="XF2026-000123",
        received_at=datetime(2026, 9, 7, 2, 0, tzinfo=UTC),
        submission=HANDED_IN,
        stream=stream,
    )


@pytest.fixture
def check(tmp_path, capsys):
    """Check a file under the published keys; gives exit status and all that was said."""

    def run(value):
        for name, content in (("file.json", value), ("keys.json", published_keys())):
            (tmp_path / name).write_text(json.dumps(content))
        status = verify.run([str(tmp_path / "file.json"), "--key", str(tmp_path / "keys.json")])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def package(stream, **options):
    return record_package(stream_id=stream.pk, number="XF2026-000123", office="青禾县信访局", **options)


def test_a_receipt_names_the_newest_event(stream, receipt):
    row = EventRow.objects.get(stream=stream)
    assert receipt["head"] == named(event_hash(row.body.encode()))


def test_a_receipt_holds_with_what_was_handed_in(receipt, check):
    status, said = check({"receipt": receipt, "submission": HANDED_IN})
    assert status == 0, said
    assert "signed with the key given" in said


def test_a_receipt_tells_neither_name_nor_text(receipt):
    assert not any(word in json.dumps(receipt, ensure_ascii=False) for word in ("路灯", "照片"))


def test_a_receipt_holds_after_the_signing_key_was_changed(receipt, check):
    rotate_signing_key()
    assert check(receipt)[0] == 0


def test_a_receipt_of_somebody_else_is_found(receipt, check, tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "other keys"
    status, said = check(receipt)
    assert (status, "does not hold: key" in said) == (1, True)


def test_a_receipt_for_what_is_no_submission_is_refused(stream):
    with pytest.raises(Malformed):
        issue_receipt(office="x", number="x", received_at=datetime.now(UTC), submission={"files": []}, stream=stream)


def test_the_record_later_still_holds_the_event_of_the_receipt(stream, receipt, act, check):
    record_all(stream, [act("accepted"), act("replied")])
    status, said = check({"receipt": receipt, "record": package(stream)})
    assert status == 0, said
    assert "still holds event 1" in said


def test_texts_are_given_only_where_they_may_be_shown(stream, act, check):
    record_all(
        stream,
        [act("annotated", texts={"note": "内部批示。"}), act("replied", texts={"reply": "已修好。"}, sealed=True)],
    )
    closed, shown = package(stream), package(stream, may_show=lambda seq, field: field in {"request", "reply"})
    assert closed["texts"] == []
    assert [(text["seq"], text["text"]) for text in shown["texts"]] == [(1, HANDED_IN["text"]), (3, "已修好。")]
    assert check(closed)[0] == check(shown)[0] == 0
    assert "内部批示" not in json.dumps(shown, ensure_ascii=False)


def test_there_is_no_package_of_nothing():
    with pytest.raises(Stream.DoesNotExist):
        package(Stream(pk=-1))


def test_the_published_keys_are_all_that_ever_signed(receipt):
    rotate_signing_key()
    listed = published_keys()
    assert listed["v"] == 1
    assert [key["key"] for key in listed["keys"]] == [to_base64url(key.public) for key in ring().published()]
    assert [key["until"] is None for key in listed["keys"]] == [False, True]
    assert all(key["pem"].startswith("-----BEGIN PUBLIC KEY-----") for key in listed["keys"])
    assert "PRIVATE" not in json.dumps(listed)

"""``xinqiao verify``: a sentence where the proof holds, one line where it does not, never a traceback."""

import json
import subprocess
import sys
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tests.record.samples import AT, PUBLIC, SIGNER, events, package
from xinqiao.cli import verify
from xinqiao.documents.paper_proofs import sign_paper, statement_of
from xinqiao.record.commitments import to_base64url
from xinqiao.record.receipts import HandedInFile, Submission, make_receipt

SUBMISSION = {"text": "路灯坏了三个月。", "files": [{"name": "照片.jpg", "sha256": "ab" * 32}]}


def receipt(office="青禾县信访局"):
    return make_receipt(
        office=office,
        number="XF2026-000123",
        received_at=AT,
        submission=Submission(text=SUBMISSION["text"], files=[HandedInFile(**SUBMISSION["files"][0])]),
        head=events()[1][0],
        signer=SIGNER,
    )


def paper():
    number, day, content = "禾建信〔2026〕41号", date(2026, 9, 20), "sha256:" + "1a2b3c4d5e6f7a8b" * 4
    signature, signer = sign_paper(number, day, content, SIGNER)
    return statement_of(number, day, content, signature=signature, signer=signer)


def pem(key):
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def check(tmp_path, capsys):
    """Run the command over one value; gives exit status, standard output, standard error."""

    def run(value, *, key=None):
        path = tmp_path / "file.json"
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        options = [str(path)]
        if key is not None:
            (tmp_path / "key").write_bytes(key)
            options += ["--key", str(tmp_path / "key")]
        return verify.run(options), *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (receipt(), "The receipt XF2026-000123 of 青禾县信访局 holds: received at 2026-09-07T02:00:00Z."),
        (receipt(), "compare this key with those the office publishes"),
        (receipt(), "not given and not checked"),
        ({"receipt": receipt(), "submission": SUBMISSION}, "is what the receipt was given for"),
        (paper(), "The paper 禾建信〔2026〕41号 holds: issued on 2026-09-20."),
        (paper(), "Compare the check code on it with 1A2B 3C4D 5E6F 7A8B."),
        (package(), "The record XF2026-000123 holds: 2 events"),
        (package(), "Texts given: 1, each the one that its event names."),
        ({"receipt": receipt(), "record": package()}, "still holds event 1"),
    ],
)
def test_what_holds_is_said_in_a_sentence(check, value, said):
    status, out, err = check(value)
    assert (status, err) == (verify.HOLDS, "")
    assert said in out


@pytest.mark.parametrize(
    "key",
    [
        pem(SIGNER.public_key()),
        json.dumps({"v": 1, "keys": [{"key": to_base64url(bytes(32))}, {"key": to_base64url(PUBLIC)}]}).encode(),
    ],
    ids=["PEM", "the published list"],
)
def test_the_key_given_is_the_one_that_signed(check, key):
    status, out, _ = check(receipt(), key=key)
    assert status == verify.HOLDS
    assert "signed with the key given" in out


@pytest.mark.parametrize(
    ("value", "key", "part"),
    [
        (receipt() | {"number": "XF2026-000124"}, None, "signature"),
        (receipt() | {"received_at": "2026-09-06T02:00:00Z"}, None, "signature"),
        (receipt(), pem(Ed25519PrivateKey.generate().public_key()), "key"),
        (paper() | {"paper": "禾建信〔2026〕42号"}, None, "signature"),
        ({"receipt": receipt(), "submission": {"text": "别的"}}, None, "content"),
        (package() | {"head": "sha256:" + "0" * 64}, None, "signature"),
        (package() | {"events": []}, None, "event 0"),
    ],
)
def test_what_does_not_hold_is_named(check, value, key, part):
    status, out, err = check(value, key=key)
    assert (status, out) == (verify.DOES_NOT_HOLD, "")
    assert err.startswith(f"xinqiao verify: does not hold: {part}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"\x00" * 100,
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        b'{"receipt":{}}',
        b'{"receipt":{},"letter":1}',
        b'{"kind":"record"}',
        b'{"kind":"record","v":1,"number":"\\ud800","head":"x","events":5}',
        b'{"v":1,"v":2}',
    ],
)
def test_wrong_input_is_one_line_and_status_2(check, value):
    status, out, err = check(value)
    assert (status, out) == (verify.WRONG_INPUT, "")
    assert err.startswith("xinqiao verify: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"not a key",
        b"{}",
        b'{"keys":[]}',
        b'{"keys":[{}]}',
        b'{"keys":[{"key":"AA"}]}',
        pem(Ed448PrivateKey.generate().public_key()),
    ],
)
def test_a_wrong_key_file_is_one_line_and_status_2(check, key):
    status, _, err = check(receipt(), key=key)
    assert status == verify.WRONG_INPUT
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "argv", [[], ["no-such-file.json"], ["."], ["a\0b"], ["a", "b"], ["a", "--key"], ["a", "--color"]]
)
def test_wrong_options_are_one_line_and_status_2(argv, capsys):
    assert verify.run(argv) == verify.WRONG_INPUT
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_beyond_the_limit_is_refused(check, monkeypatch):
    monkeypatch.setattr(verify, "MAX_BYTES", 1024)
    status, _, err = check(b" " * 1025)
    assert status == verify.WRONG_INPUT
    assert "larger than" in err


def test_a_terminal_is_not_given_orders(check):
    _, out, _ = check(receipt(office="\x1b[2J信访局"))
    assert "\x1b" not in out


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(
                st.sampled_from(
                    ["kind", "v", "receipt", "submission", "record", "events", "head", "number", "text", "files"]
                ),
                v,
            )
        ),
    )
)
def test_no_input_ends_in_a_traceback(value):
    raw = json.dumps(value).encode()
    try:
        verify._check(verify.parse(raw), None)
    except (ValueError, verify.DoesNotHold):
        return
    raise AssertionError("nothing invented holds")


def test_it_needs_neither_django_nor_a_database(tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt()))
    program = (
        "import sys; from xinqiao.cli.verify import run; status = run(sys.argv[1:]);"
        "sys.exit(status or any(name.split('.')[0] in {'django', 'psycopg', 'socket'} for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

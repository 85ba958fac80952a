"""``xinqiao verify FILE.json [--key PUBLIC.pem]``: does a receipt, a paper, or a record, hold?

Needs no database, no network and no office: whoever distrusts the office runs this on a machine of their own. Exit
status 0 where the proof holds, 1 where it does not, 2 where the input is none.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from xinqiao.documents.paper_proofs import check_code, verify_paper
from xinqiao.record.canonical import JSON, parse
from xinqiao.record.commitments import from_base64url
from xinqiao.record.package import verify_package, verify_receipt_in
from xinqiao.record.receipts import DoesNotHold, Malformed, parse_submission, verify_receipt

MAX_BYTES = 64 * 1024 * 1024
MAX_KEY_BYTES = 1024 * 1024
HOLDS, DOES_NOT_HOLD, WRONG_INPUT = 0, 1, 2
_BUNDLE = frozenset({"receipt", "submission", "record"})


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Malformed(f"{message}; 'xinqiao verify --help' tells more")


def run(argv: Sequence[str]) -> int:
    """Check one file and say in a sentence whether it holds; the exit status is 0, 1 or 2."""
    try:
        options = _options(argv)
        trusted = read_keys(Path(options.key)) if options.key else None
        sentences = _check(parse(_read(options.file, MAX_BYTES)), trusted)
    except DoesNotHold as failed:
        print(f"xinqiao verify: does not hold: {failed}", file=sys.stderr)
        return DOES_NOT_HOLD
    except ValueError as wrong:
        print(f"xinqiao verify: {_one_line(wrong)}", file=sys.stderr)
        return WRONG_INPUT
    print("\n".join(sentences))
    return HOLDS


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(
        prog="xinqiao verify",
        description="Check a receipt, the proof of a paper, or a record package, without the office.",
    )
    parser.add_argument(
        "file",
        metavar="FILE.json",
        help="a receipt; or an object with 'receipt' and 'submission'; or the proof of a paper; or a record; "
        "- reads standard input",
    )
    parser.add_argument(
        "--key",
        metavar="PUBLIC.pem",
        help="the office's public key, or the list it publishes at /.well-known/xinqiao-keys.json",
    )
    return parser.parse_args(argv)


def _read(name: str, limit: int) -> bytes:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file name"
        raise Malformed(f"cannot read {name!r}: {reason}") from None
    if len(raw) > limit:
        raise Malformed(f"{name!r} is larger than {limit // (1024 * 1024)} MB")
    return raw


def read_keys(path: Path) -> list[bytes]:
    """The raw public keys in a PEM file, or in the list that the office publishes. Raises Malformed."""
    raw = _read(str(path), MAX_KEY_BYTES)
    if raw.lstrip().startswith(b"{"):
        return _published_keys(parse(raw))
    try:
        key = load_pem_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        raise Malformed(f"{str(path)!r} is not a public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise Malformed(f"{str(path)!r} is not an Ed25519 key")
    return [key.public_bytes_raw()]


def _published_keys(listed: JSON) -> list[bytes]:
    keys = listed.get("keys") if isinstance(listed, Mapping) else None
    if not isinstance(keys, list) or not keys:
        raise Malformed("the key file lists no keys")
    return [_published_key(one) for one in keys]


def _published_key(one: JSON) -> bytes:
    key = one.get("key") if isinstance(one, Mapping) else None
    if not isinstance(key, str):
        raise Malformed("the key file lists an entry without 'key'")
    return from_base64url(key, size=32)


def _check(value: JSON, trusted: list[bytes] | None) -> list[str]:
    if not isinstance(value, Mapping):
        raise Malformed("the file holds no JSON object: a receipt or a record is expected")
    if "kind" in value:
        return _check_record(value, trusted)
    if "receipt" in value:
        return _check_bundle(value, trusted)
    if "paper" in value:
        return _check_paper(value, trusted)
    receipt = verify_receipt(value, trusted=trusted)
    return [_receipt_holds(receipt), _key_advice(receipt, trusted), "What was handed in was not given and not checked."]


def _check_bundle(bundle: Mapping[str, JSON], trusted: list[bytes] | None) -> list[str]:
    if unknown := sorted(set(bundle) - _BUNDLE):
        raise Malformed(f"{unknown[0]!r} is not known beside 'receipt', 'submission' and 'record'")
    submission = parse_submission(bundle["submission"]) if "submission" in bundle else None
    receipt = verify_receipt(bundle["receipt"], submission=submission, trusted=trusted)
    sentences = [_receipt_holds(receipt), _key_advice(receipt, trusted)]
    if submission:
        sentences.append("What was handed in is what the receipt was given for.")
    if "record" in bundle:
        sentences += _check_record(bundle["record"], trusted)
        seq = verify_receipt_in(bundle["record"], receipt)
        sentences.append(f"The record still holds event {seq}, which the receipt was given for.")
    return sentences


def _check_paper(value: JSON, trusted: list[bytes] | None) -> list[str]:
    paper = verify_paper(value, trusted=trusted)
    return [
        f"The paper {_shown(paper['paper'])} holds: issued on {_shown(paper['issued_on'])}.",
        _key_advice(paper, trusted),
        f"Compare the check code on it with {check_code(str(paper['content']))}.",
    ]


def _check_record(record: JSON, trusted: list[bytes] | None) -> list[str]:
    checked = verify_package(record, trusted=trusted)
    assert isinstance(record, Mapping)
    sentences = [
        f"The record {_shown(record['number'])} holds: {checked.events} events, none changed, none missing between."
    ]
    if checked.texts:
        sentences.append(f"Texts given: {checked.texts}, each the one that its event names.")
    sentences.append(_key_advice(record, trusted) if checked.is_signed else "The record is not signed.")
    return sentences


def _receipt_holds(receipt: Mapping[str, JSON]) -> str:
    number, office, received_at = (_shown(receipt[name]) for name in ("number", "office", "received_at"))
    return f"The receipt {number} of {office} holds: received at {received_at}."


def _key_advice(statement: Mapping[str, JSON], trusted: list[bytes] | None) -> str:
    if trusted is not None:
        return "It was signed with the key given."
    return (
        f"The signature holds under the key named in it, {statement['key']}: "
        "compare this key with those the office publishes at /.well-known/xinqiao-keys.json."
    )


def _shown(value: JSON) -> str:
    """A value of the file, cut short and without the control characters that a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in str(value)[:100])


def _one_line(error: ValueError) -> str:
    return " ".join(str(error).split())[:300]

"""What a paper vouches for: its canonical content, the hash of it, and a signature over number, day and hash.

The content holds codes, days and hashes, and the hash of the event that the paper was issued with; that event commits
to what was written. So the content says nothing of a person, anybody in the office can make it again from record and
row, and it still holds after lawful erasure. Pure: nothing here reads a database.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinqiao.record.canonical import JSON, canonical
from xinqiao.record.commitments import from_base64url, named, to_base64url, unnamed
from xinqiao.record.receipts import DoesNotHold, Malformed, signed, verify_signature

VERSION = 1
FIELDS = frozenset({"v", "paper", "issued_on", "content", "key", "sig"})
CODE_DIGITS = 16


def paper_content(
    *,
    number: str,
    kind: str,
    issued_on: date,
    organ: str,
    matter: str,
    petitioners: Iterable[int],
    event: str,
    template: str,
    facts: Mapping[str, Any],
) -> dict[str, JSON]:
    """The content that is hashed; ``event`` and ``template`` read ``sha256:…``, ``organ`` and ``matter`` are codes."""
    return {
        "v": VERSION,
        "number": number,
        "kind": kind,
        "issued_on": issued_on.isoformat(),
        "organ": organ,
        "matter": matter,
        "petitioners": sorted(petitioners),
        "event": event,
        "template": template,
        "facts": dict(facts),
    }


def content_hash(content: Mapping[str, JSON]) -> str:
    """``sha256:…`` of the canonical JSON (RFC 8785)."""
    return named(hashlib.sha256(canonical(content)).digest())


def sign_paper(number: str, issued_on: date, content: str, signer: Ed25519PrivateKey) -> tuple[bytes, bytes]:
    """The signature (64 bytes) and the raw public key (32 bytes) under which it holds."""
    statement = signed(_unsigned(number, issued_on, content), signer)
    return from_base64url(str(statement["sig"]), size=64), from_base64url(str(statement["key"]), size=32)


def statement_of(number: str, issued_on: date, content: str, *, signature: bytes, signer: bytes) -> dict[str, JSON]:
    """What anybody checks without the office: ``xinqiao verify`` reads it as it is."""
    proof: dict[str, JSON] = {"key": to_base64url(signer), "sig": to_base64url(signature)}
    return _unsigned(number, issued_on, content) | proof


def verify_paper(statement: JSON, *, trusted: Sequence[bytes] | None = None) -> Mapping[str, JSON]:
    """Check a statement's form and signature; raises Malformed, and DoesNotHold naming ``key`` or ``signature``."""
    if not isinstance(statement, Mapping) or set(statement) != FIELDS:
        raise Malformed(f"paper: an object with {', '.join(sorted(FIELDS))} is expected")
    if statement["v"] != VERSION or isinstance(statement["v"], bool):
        raise Malformed(f"paper: only version {VERSION} is known")
    try:
        date.fromisoformat(str(statement["issued_on"]))
        unnamed(str(statement["content"]))
    except ValueError as error:
        raise Malformed(f"paper: {error}") from None
    verify_signature(statement, trusted=trusted)
    return statement


def is_signed(number: str, issued_on: date, content: str, *, signature: bytes, signers: Iterable[bytes]) -> bool:
    """Whether one of the keys signed this number, day and content."""
    for signer in signers:
        try:
            verify_paper(statement_of(number, issued_on, content, signature=signature, signer=signer))
        except (DoesNotHold, Malformed):
            continue
        return True
    return False


def verify_query(number: str, issued_on: date, content: str, signature: bytes) -> str:
    """What stands behind ``?`` in the code on a paper: number, day, hash and signature, and nothing of a person."""
    return urlencode(
        {
            "n": number,
            "d": f"{issued_on:%Y%m%d}",
            "h": to_base64url(unnamed(content)),
            "s": to_base64url(signature),
        }
    )


def check_code(content: str) -> str:
    """The first sixteen hexadecimal digits of the hash in groups of four, to be typed from the paper."""
    digits = unnamed(content).hex()[:CODE_DIGITS].upper()
    return " ".join(digits[i : i + 4] for i in range(0, CODE_DIGITS, 4))


def _unsigned(number: str, issued_on: date, content: str) -> dict[str, JSON]:
    return {"v": VERSION, "paper": number, "issued_on": issued_on.isoformat(), "content": content}

"""Receipts: what a petitioner holds in hand to prove what was sent, when, and what the record said then.

Pure: keys, instants and texts come in, a dictionary goes out. The form is the one that programs outside rely on
(``v`` 1); a check needs the receipt alone, the content is checked too where the petitioner shows what was handed in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xinqiao.record.canonical import JSON, NotCanonical, canonical
from xinqiao.record.chain import utc
from xinqiao.record.commitments import (
    SALT_BYTES,
    commit_bytes,
    from_base64url,
    new_salt,
    to_base64url,
    unnamed,
)

VERSION = 1
FIELDS = frozenset({"v", "office", "number", "received_at", "content", "salt", "head", "key", "sig"})
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch


class Malformed(ValueError):
    """What was given is no receipt, submission or record package; the message names the part."""


class DoesNotHold(Exception):
    """The proof fails; ``part`` says where: ``key``, ``signature``, ``content``, ``head`` or an event."""

    def __init__(self, part: str, detail: str) -> None:
        super().__init__(f"{part}: {detail}")
        self.part, self.detail = part, detail


@dataclass(frozen=True, kw_only=True)
class HandedInFile:
    """The name of a file as handed in, and the SHA-256 of its bytes in 64 lower-case hexadecimal digits."""

    name: str
    sha256: str

    def __post_init__(self) -> None:
        if not _SHA256(self.sha256):
            raise Malformed("sha256: 64 lower-case hexadecimal digits are expected")


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was handed in: the text as written, and the files in the order in which they came.

    ``parts`` are what a form asked for apart from the text, such as a title or a list of claims.
    """

    text: str
    files: Sequence[HandedInFile] = field(default_factory=tuple)
    parts: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def submission_bytes(submission: Submission) -> bytes:
    """Canonical JSON of what was handed in: line ends become LF, nothing else is changed."""
    parts: dict[str, JSON] = {
        name: lf(part) if isinstance(part, str) else [lf(one) for one in part]
        for name, part in submission.parts.items()
    }
    files: list[JSON] = [{"name": one.name, "sha256": one.sha256} for one in submission.files]
    return canonical(parts | {"text": lf(submission.text), "files": files})


def lf(text: str) -> str:
    """A text with its line ends as LF: a browser sends CR LF for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_submission(value: JSON) -> Submission:
    """A submission out of JSON: ``text``, ``files`` (``name``, ``sha256``), other parts as strings or lists of strings.

    Raises Malformed, naming the part.
    """
    if not isinstance(value, Mapping):
        raise Malformed("submission: an object with 'text' and 'files' is expected")
    text, files = value.get("text"), value.get("files", [])
    if not isinstance(text, str):
        raise Malformed("submission.text: a string is expected")
    if not isinstance(files, list):
        raise Malformed("submission.files: a list is expected")
    parts = {name: _parse_part(name, part) for name, part in value.items() if name not in {"text", "files"}}
    return Submission(text=text, files=[_parse_file(index, one) for index, one in enumerate(files)], parts=parts)


def _parse_part(name: str, value: JSON) -> str | list[str]:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        texts = [one for one in value if isinstance(one, str)]
        if len(texts) == len(value):
            return texts
    raise Malformed(f"submission.{name[:40]!r}: a string or a list of strings is expected")


def _parse_file(index: int, value: JSON) -> HandedInFile:
    if isinstance(value, Mapping) and set(value) == {"name", "sha256"}:
        name, digest = value["name"], value["sha256"]
        if isinstance(name, str) and isinstance(digest, str):
            return HandedInFile(name=name, sha256=digest)
    raise Malformed(f"submission.files[{index}]: a 'name' and a 'sha256' are expected")


def make_receipt(
    *,
    office: str,
    number: str,
    received_at: datetime,
    submission: Submission,
    head: str,
    signer: Ed25519PrivateKey,
) -> dict[str, JSON]:
    """A signed receipt; ``head`` is the hash of the record's newest event, as ``sha256:…``."""
    salt = new_salt()
    unnamed(head)
    receipt: dict[str, JSON] = {
        "v": VERSION,
        "office": office,
        "number": number,
        "received_at": utc(received_at),
        "content": commit_bytes(submission_bytes(submission), salt),
        "salt": to_base64url(salt),
        "head": head,
    }
    return signed(receipt, signer)


def verify_receipt(
    receipt: JSON, *, submission: Submission | None = None, trusted: Sequence[bytes] | None = None
) -> Mapping[str, JSON]:
    """Check the signature, and the content where ``submission`` is given; the receipt comes back.

    ``trusted`` are raw public keys of which the receipt must name one; without them the signature only shows that the
    receipt was not changed since whoever holds its key signed it. Raises Malformed, and DoesNotHold naming the part.
    """
    fields = _fields(receipt)
    verify_signature(fields, trusted=trusted)
    if submission is not None:
        _verify_content(fields, submission)
    return fields


def _fields(receipt: JSON) -> Mapping[str, JSON]:
    if not isinstance(receipt, Mapping):
        raise Malformed("receipt: an object is expected")
    if missing := sorted(FIELDS - set(receipt)):
        raise Malformed(f"receipt: {missing[0]!r} is missing")
    if unknown := sorted(set(receipt) - FIELDS):
        raise Malformed(f"receipt: {unknown[0]!r} does not belong into a receipt")
    if receipt["v"] != VERSION or isinstance(receipt["v"], bool):
        raise Malformed(f"receipt: only version {VERSION} is known")
    for name in sorted(FIELDS - {"v"}):
        if not isinstance(receipt[name], str):
            raise Malformed(f"receipt: {name!r} must be a string")
    return receipt


def _verify_content(receipt: Mapping[str, JSON], submission: Submission) -> None:
    try:
        salt = from_base64url(str(receipt["salt"]), size=SALT_BYTES)
        content = commit_bytes(submission_bytes(submission), salt)
    except NotCanonical as error:
        raise Malformed(f"submission: {error}") from error
    except ValueError as error:
        raise Malformed(f"receipt: 'salt': {error}") from error
    if content != receipt["content"]:
        raise DoesNotHold("content", "what was handed in is not what the receipt was given for")


def signed(statement: dict[str, JSON], signer: Ed25519PrivateKey) -> dict[str, JSON]:
    """The statement with ``key`` (raw public key) and ``sig`` (Ed25519 over its canonical JSON), both base64url."""
    with_key = statement | {"key": to_base64url(signer.public_key().public_bytes_raw())}
    return with_key | {"sig": to_base64url(signer.sign(canonical(with_key)))}


def verify_signature(statement: Mapping[str, JSON], *, trusted: Sequence[bytes] | None = None) -> None:
    """Check ``sig`` over the canonical JSON without ``sig``, under ``key``; raises Malformed or DoesNotHold."""
    key = _bytes_of(statement, "key", size=32)
    signature = _bytes_of(statement, "sig", size=64)
    if trusted is not None and key not in trusted:
        raise DoesNotHold("key", "it was signed with another key than the one given")
    try:
        message = canonical({name: value for name, value in statement.items() if name != "sig"})
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except NotCanonical as error:
        raise Malformed(str(error)) from error
    except (InvalidSignature, ValueError):
        raise DoesNotHold("signature", "it was changed after it was signed, or signed with another key") from None


def _bytes_of(statement: Mapping[str, JSON], name: str, *, size: int) -> bytes:
    value = statement.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name!r} must be a string")
    try:
        return from_base64url(value, size=size)
    except ValueError as error:
        raise Malformed(f"{name!r}: {error}") from error

"""A record as a file: every event of one matter, fit to be checked by anybody without the office.

Pure. The signature covers the head and with it the whole chain; the texts that are given along are checked against
the commitments in their events; a receipt given along must name an event of this record as its head.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinqiao.record.canonical import JSON
from xinqiao.record.chain import ChainBroken, utc, verify_chain
from xinqiao.record.commitments import SALT_BYTES, from_base64url, holds, to_base64url
from xinqiao.record.receipts import DoesNotHold, Malformed, signed, verify_signature

VERSION = 1
KIND = "record"
_UNSIGNED = ("events", "texts")


@dataclass(frozen=True, kw_only=True)
class OpenText:
    """A text that the package gives in clear, with the salt that binds it to its event."""

    seq: int
    field: str
    text: str
    salt: bytes

    def as_json(self) -> dict[str, JSON]:
        """As it stands in the package."""
        return {"seq": self.seq, "field": self.field, "text": self.text, "salt": to_base64url(self.salt)}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What holds: how many events, how many texts, and whether the package is signed."""

    events: int
    texts: int
    is_signed: bool


def make_package(
    *,
    office: str,
    number: str,
    exported_at: datetime,
    events: Sequence[Mapping[str, JSON]],
    head: str,
    texts: Sequence[OpenText],
    signer: Ed25519PrivateKey,
) -> dict[str, JSON]:
    """A signed record package; ``events`` are the parsed events in their order, ``head`` the hash of the newest."""
    statement: dict[str, JSON] = {
        "v": VERSION,
        "kind": KIND,
        "office": office,
        "number": number,
        "exported_at": utc(exported_at),
        "head": head,
    }
    opened: list[JSON] = [one.as_json() for one in texts]
    return signed(statement, signer) | {"events": list(events), "texts": opened}


def verify_package(package: JSON, *, trusted: Sequence[bytes] | None = None) -> Checked:
    """Recompute the chain, check the texts given and, where there is one, the signature.

    Raises Malformed, and DoesNotHold naming the part; a package without signature fails where ``trusted`` is given.
    """
    fields = _fields(package)
    events, texts = _list(fields, "events"), _list(fields, "texts") if "texts" in fields else []
    is_signed = _verify_signature(fields, trusted)
    _chain(fields, events)
    for index, one in enumerate(texts):
        _verify_text(index, one, events)
    return Checked(events=len(events), texts=len(texts), is_signed=is_signed)


def verify_receipt_in(package: JSON, receipt: Mapping[str, JSON]) -> int:
    """The number of the event that the receipt names as head; raises DoesNotHold where the record lacks it."""
    fields = _fields(package)
    hashes = _chain(fields, _list(fields, "events"))
    if fields["number"] != receipt["number"]:
        raise DoesNotHold("number", "the receipt and the record speak of different matters")
    if receipt["head"] not in hashes:
        raise DoesNotHold("head", "the record lacks the event that the receipt was given for")
    return hashes.index(str(receipt["head"])) + 1


def _chain(fields: Mapping[str, JSON], events: list[JSON]) -> Sequence[str]:
    try:
        return verify_chain(events, head=str(fields["head"]))
    except ChainBroken as broken:
        raise DoesNotHold(f"event {broken.seq}", f"{broken.part}: {broken.detail}") from broken


def _fields(package: JSON) -> Mapping[str, JSON]:
    if not isinstance(package, Mapping) or package.get("kind") != KIND:
        raise Malformed("record: an object of kind 'record' is expected")
    if package.get("v") != VERSION or isinstance(package.get("v"), bool):
        raise Malformed(f"record: only version {VERSION} is known")
    for name in ("number", "head"):
        if not isinstance(package.get(name), str):
            raise Malformed(f"record: {name!r} must be a string")
    return package


def _list(fields: Mapping[str, JSON], name: str) -> list[JSON]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise Malformed(f"record: {name!r} must be a list")
    return value


def _verify_signature(fields: Mapping[str, JSON], trusted: Sequence[bytes] | None) -> bool:
    if "sig" not in fields:
        if trusted is not None:
            raise DoesNotHold("signature", "the record is not signed")
        return False
    verify_signature({k: v for k, v in fields.items() if k not in _UNSIGNED}, trusted=trusted)
    return True


def _verify_text(index: int, value: JSON, events: list[JSON]) -> None:
    seq, field, text, salt = _parse_text(index, value)
    event = events[seq - 1] if 0 < seq <= len(events) else None
    commitments = event.get("texts") if isinstance(event, Mapping) else None
    commitment = commitments.get(field) if isinstance(commitments, Mapping) else None
    if not isinstance(commitment, str):
        raise DoesNotHold(f"texts[{index}]", f"event {seq} knows no text {field!r}")
    if not holds(commitment, text, salt):
        raise DoesNotHold(f"texts[{index}]", f"the text {field!r} of event {seq} was changed")


def _parse_text(index: int, value: JSON) -> tuple[int, str, str, bytes]:
    fields = value if isinstance(value, Mapping) else {}
    seq, field, text, salt = (fields.get(name) for name in ("seq", "field", "text", "salt"))
    if not isinstance(seq, int) or not (isinstance(field, str) and isinstance(text, str) and isinstance(salt, str)):
        raise Malformed(f"record: texts[{index}] needs 'seq', 'field', 'text' and 'salt'")
    try:
        text.encode()
        return seq, field, text, from_base64url(salt, size=SALT_BYTES)
    except ValueError as error:
        raise Malformed(f"record: texts[{index}]: {error}") from error

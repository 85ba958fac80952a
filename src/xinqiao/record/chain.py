"""The chain: one event as canonical JSON, bound by SHA-256 to the event before it.

Pure: no database, no clock. An event holds codes, ids, dates and salted commitments; a text has no place in it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from xinqiao.record.canonical import JSON, NotCanonical, canonical, canonical_plain
from xinqiao.record.commitments import named

SCHEMA_VERSION = 1
MAX_INTEGER = 2**53 - 1
MAX_CODE = 128

_TYPE = re.compile(r"[a-z][a-z_]{1,39}").fullmatch
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}").fullmatch
# A code without blanks and Chinese characters, or the number of an official paper (发文字号): 青信访〔2026〕12号.
_CODE = re.compile(rf"[\x21-\x7e]{{0,{MAX_CODE}}}|[\u4e00-\u9fff]{{1,12}}〔[0-9]{{4}}〕[0-9]{{1,10}}号?").fullmatch


class NotAnEvent(ValueError):
    """What was to be recorded does not belong into an event; the message names the part and says where it belongs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorStamp:
    """Who acted, as it was on that day: ids, codes and the post, never a person's name.

    ``kind`` is ``staff``, ``citizen``, ``partner`` or ``system``; ``deputising_for`` the id of the person stood in for.
    """

    kind: str
    id: int | None = None
    post: str | None = None
    role: str | None = None
    deputising_for: int | None = None

    def as_json(self) -> dict[str, JSON]:
        """As it stands in the event."""
        stamp: dict[str, JSON] = {"id": self.id, "kind": self.kind, "post": self.post, "role": self.role}
        if self.deputising_for is not None:
            stamp["deputising_for"] = self.deputising_for
        return stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganStamp:
    """For which organ: its code, and its name as it was on that day."""

    code: str
    name: str

    def as_json(self) -> dict[str, JSON]:
        """As it stands in the event."""
        return {"code": self.code, "name": self.name}


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Everything one event says: who, for whom, when, by which article, with what.

    ``data`` takes codes, ids and dates only; whatever a person wrote goes into ``texts``, which stand beside the
    record. ``sealed`` texts are encrypted under the key of the stream.
    """

    type: str
    actor: ActorStamp
    organ: OrganStamp | None
    at: datetime
    on: date
    article: str
    pack: str
    calendar: str
    data: Mapping[str, JSON] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    sealed: bool = False


def event_body(
    act: Act, *, stream: int, seq: int, prev: bytes | None, recorded_at: datetime, texts: Mapping[str, str]
) -> bytes:
    """The event as canonical JSON; ``texts`` are the commitments of ``act.texts``.

    Raises NotAnEvent for a naive instant, a malformed type or key, and for free text among the data.
    """
    _check(act)
    return canonical_plain(
        {
            "v": SCHEMA_VERSION,
            "stream": stream,
            "seq": seq,
            "type": act.type,
            "on": act.on.isoformat(),
            "at": utc(act.at),
            "recorded_at": utc(recorded_at),
            "actor": act.actor.as_json(),
            "organ": act.organ.as_json() if act.organ else None,
            "article": act.article,
            "pack": act.pack,
            "calendar": act.calendar,
            "data": act.data,
            "texts": texts,
            "prev": named(prev) if prev else None,
        }
    )


def event_hash(body: bytes) -> bytes:
    """SHA-256 of the event's canonical JSON: 32 bytes."""
    return hashlib.sha256(body).digest()


def utc(at: datetime) -> str:
    """An aware instant as ``2026-09-07T02:00:00Z``, with microseconds only where it has them; NotAnEvent if naive."""
    if at.utcoffset() is None:
        raise NotAnEvent("an instant needs an offset from UTC")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _check(act: Act) -> None:
    if not _TYPE(act.type):
        raise NotAnEvent(f"the type {act.type!r} is not a word of small letters")
    for part, code in (
        ("pack", act.pack),
        ("calendar", act.calendar),
        ("kind", act.actor.kind),
        ("role", act.actor.role),
    ):
        _check_value(part, code)
    for key in act.texts:
        _check_key("texts", key)
    _check_value("data", act.data)


def _check_key(part: str, key: object) -> None:
    if not (isinstance(key, str) and _KEY(key)):
        raise NotAnEvent(f"{part}: the name {key!r} is not a word of small letters, digits and underscores")


def _check_value(part: str, value: JSON) -> None:
    """Refuse free text: what is no code and no number of a paper might be a name."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not _CODE(value):
            raise NotAnEvent(f"{part} holds free text; codes, ids and dates only, the rest belongs into texts")
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotAnEvent(f"{part} holds an integer beyond 2^53")
    elif isinstance(value, Mapping):
        for key, child in value.items():
            _check_key(part, key)
            _check_value(f"{part}.{key}", child)
    elif isinstance(value, list | tuple):
        for child in value:
            _check_value(part, child)
    else:
        raise NotAnEvent(
            f"{part} holds a {type(value).__name__}; an event holds text codes, whole numbers and booleans"
        )


class ChainBroken(Exception):
    """The chain does not hold; ``seq`` is the place (from 1) and ``part`` what disagrees there."""

    def __init__(self, seq: int, part: str, detail: str) -> None:
        super().__init__(f"event {seq}: {part}: {detail}")
        self.seq, self.part, self.detail = seq, part, detail


def verify_chain(events: Iterable[JSON], *, head: str) -> Sequence[str]:
    """Recompute the chain over parsed events and give the hash of each; raises ChainBroken at the first that fails."""
    hashes: list[str] = []
    stream: JSON = None
    for seq, event in enumerate(events, start=1):
        if not isinstance(event, dict):
            raise ChainBroken(seq, "event", "is not a JSON object")
        stream = event.get("stream") if seq == 1 else stream
        _check_link(event, seq=seq, stream=stream, prev=hashes[-1] if hashes else None)
        hashes.append(_hash_of(event, seq))
    if not hashes or hashes[-1] != head:
        raise ChainBroken(len(hashes), "head", "the newest event is not the one that the head names")
    return hashes


def _check_link(event: Mapping[str, JSON], *, seq: int, stream: JSON, prev: str | None) -> None:
    if event.get("v") != SCHEMA_VERSION or isinstance(event.get("v"), bool):
        raise ChainBroken(seq, "v", f"only schema version {SCHEMA_VERSION} is known")
    if event.get("seq") != seq:
        raise ChainBroken(seq, "seq", "the numbers of the events do not follow each other")
    if event.get("stream") != stream:
        raise ChainBroken(seq, "stream", "the event belongs to another record")
    if event.get("prev", "") != prev:
        raise ChainBroken(seq, "prev", "the event before it was changed, removed or added")


def _hash_of(event: Mapping[str, JSON], seq: int) -> str:
    try:
        return named(event_hash(canonical(event)))
    except NotCanonical as error:
        raise ChainBroken(seq, "event", str(error)) from error

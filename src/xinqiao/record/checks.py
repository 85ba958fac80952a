"""Does one stream hold? Pure: stored rows come in, findings come out.

Every event is hashed again as it is stored, bound to its neighbours, and compared with the columns that repeat it;
every text is compared with its commitment. What disagrees is named as closely as the rows allow.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from xinqiao.record.commitments import PREFIX, SALT_BYTES, holds
from xinqiao.record.keyring import KeyRing
from xinqiao.record.locating import locate
from xinqiao.record.sealing import CannotOpen, key_context, text_context, unseal

MAX_LOCATED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that does not hold: a stable code, the place, and a sentence for whoever looks into it."""

    stream: int
    seq: int | None
    code: str
    where: str
    detail: str

    def __str__(self) -> str:
        event = f", event {self.seq}" if self.seq is not None else ""
        return f"stream {self.stream}{event}, {self.where}: {self.detail} ({self.code})"


class StoredStream(NamedTuple):
    """A row of ``record_stream``."""

    id: int
    root_organ_id: int
    length: int
    head: bytes
    master_key_id: str
    wrapped_key: bytes | None


class StoredEvent(NamedTuple):
    """A row of ``record_eventrow``, without its stream; instants as the database writes them."""

    seq: int
    root_organ_id: int
    type: str
    on: date
    at: str
    recorded_at: str
    organ: str | None
    actor_id: int | None
    body: str
    prev: bytes | None
    hash: bytes


class StoredText(NamedTuple):
    """A row of ``record_body``, without its stream."""

    seq: int
    root_organ_id: int
    field: str
    salt: bytes
    clear: str | None
    sealed: bytes | None


class Examiner:
    """Examines stream after stream; it looks for the exact byte in the first few changed events only."""

    def __init__(self, keys: KeyRing) -> None:
        self.keys = keys
        self.to_locate = MAX_LOCATED

    def examine(
        self, stream: StoredStream, events: Sequence[StoredEvent], texts: Sequence[StoredText]
    ) -> tuple[list[dict[str, Any] | None], list[Finding]]:
        """The events parsed, None for one that is none, and what does not hold."""
        parsed = [_parse(row.body) for row in events]
        findings = [*self._chain(stream, events, parsed), *_columns(stream, events, parsed)]
        findings += self._texts(stream, events, parsed, texts)
        return parsed, findings

    def _chain(
        self, stream: StoredStream, events: Sequence[StoredEvent], parsed: Sequence[dict[str, Any] | None]
    ) -> Iterator[Finding]:
        if len(events) != stream.length:
            yield _found(
                stream, None, "length-differs", "length", f"{stream.length} events counted, {len(events)} there"
            )
        expected = 1
        for index, row in enumerate(events):
            if row.seq != expected:
                yield _found(stream, expected, "event-missing", "event", f"the next event there is {row.seq}")
            expected = row.seq + 1
            yield from self._link(stream, events, parsed, index)

    def _link(
        self,
        stream: StoredStream,
        events: Sequence[StoredEvent],
        parsed: Sequence[dict[str, Any] | None],
        index: int,
    ) -> Iterator[Finding]:
        """Three witnesses of one hash: the event itself, the column beside it, and whatever comes after it."""
        row = events[index]
        body = row.body.encode()
        computed = hashlib.sha256(body).digest()
        following = events[index + 1] if index + 1 < len(events) else None
        if following and following.seq != row.seq + 1:
            following_hash: bytes | None = row.hash
        else:
            following_hash = following.prev if following else stream.head
        if computed == row.hash == following_hash:
            return
        if computed == following_hash:
            yield _found(stream, row.seq, "hash-changed", "column hash", "the event and what follows it say otherwise")
        elif computed != row.hash:
            yield self._changed(stream, row.seq, body, row.hash)
        elif following is None:
            yield self._changed(stream, row.seq, body, stream.head, code="head-differs")
        elif (after := parsed[index + 1]) is None or after.get("prev") != PREFIX + row.hash.hex():
            yield self._changed(stream, row.seq, body, following_hash, code="event-rewritten")

    def _changed(
        self, stream: StoredStream, seq: int, body: bytes, digest: bytes | None, code: str = "event-changed"
    ) -> Finding:
        """Name the byte where one byte explains it."""
        found = None
        if digest is not None and self.to_locate:
            self.to_locate -= 1
            found = locate(body, digest)
        if found is None:
            return _found(stream, seq, code, "body", "it is not the event that was recorded")
        detail = f"{bytes([body[found.at]])!r} stands where {bytes([found.was])!r} was recorded"
        return _found(stream, seq, code, f"body, byte {found.at}, in {found.part!r}", detail)

    def _texts(
        self,
        stream: StoredStream,
        events: Sequence[StoredEvent],
        parsed: Sequence[dict[str, Any] | None],
        texts: Sequence[StoredText],
    ) -> Iterator[Finding]:
        key = None
        if stream.wrapped_key is not None:
            try:
                key = self.keys.unwrap(stream.master_key_id, stream.wrapped_key, context=key_context(stream.id))
            except CannotOpen as error:
                yield _found(stream, None, "key-unreadable", "data key", str(error))
        committed = _committed(events, parsed)
        if committed or texts:
            yield from _missing(stream, committed, _erased(parsed), texts)
            for row in texts:
                yield from _text(stream, row, committed.get((row.seq, row.field)), key)


def _committed(events: Sequence[StoredEvent], parsed: Sequence[dict[str, Any] | None]) -> dict[tuple[int, str], str]:
    """Every text that an event names, with its commitment."""
    return {
        (row.seq, field): str(commitment)
        for row, event in zip(events, parsed, strict=True)
        if event
        for field, commitment in event["texts"].items()
    }


def _missing(
    stream: StoredStream,
    committed: Mapping[tuple[int, str], str],
    erased: set[tuple[int, str]],
    texts: Sequence[StoredText],
) -> Iterator[Finding]:
    there = {(row.seq, row.field) for row in texts}
    for seq, field in sorted(committed.keys() - there - erased):
        yield _found(stream, seq, "text-missing", f"text {field!r}", "it is gone, and no erasure is on record")
    for seq, field in sorted(erased & there):
        yield _found(
            stream, seq, "text-not-erased", f"text {field!r}", "it is there, although its erasure is on record"
        )


def _text(stream: StoredStream, row: StoredText, commitment: str | None, key: bytes | None) -> Iterator[Finding]:
    where = f"text {row.field!r}"
    if commitment is None:
        yield _found(stream, row.seq, "text-unknown", where, "the event knows no such text")
        return
    if row.root_organ_id != stream.root_organ_id:
        yield _found(stream, row.seq, "column-differs", f"{where}, column root_organ_id", "not that of the stream")
    try:
        text = _open(stream, row, key)
    except CannotOpen as error:
        yield _found(stream, row.seq, "text-unreadable", where, str(error))
        return
    if len(row.salt) != SALT_BYTES or not holds(commitment, text, row.salt):
        yield _found(stream, row.seq, "text-changed", where, "text or salt are not those that were recorded")


def _open(stream: StoredStream, row: StoredText, key: bytes | None) -> str:
    if row.sealed is None:
        return row.clear or ""
    if key is None:
        raise CannotOpen("the data key of the stream is not there")
    return unseal(row.sealed, key=key, context=text_context(stream.id, row.seq, row.field)).decode()


def _columns(
    stream: StoredStream, events: Sequence[StoredEvent], parsed: Sequence[dict[str, Any] | None]
) -> Iterator[Finding]:
    for row, event in zip(events, parsed, strict=True):
        if event is None:
            yield _found(stream, row.seq, "event-unreadable", "body", "it is no event at all")
        elif (stored := _stored(stream, row)) != (said := _said(stream, event)):
            for name, one, other in zip(COLUMNS, stored, said, strict=True):
                if one != other:
                    yield _found(stream, row.seq, "column-differs", f"column {name}", "not what the event says")


COLUMNS = ("stream_id", "root_organ_id", "seq", "type", "on_date", "at", "recorded_at", "organ", "actor_id", "prev")


def _stored(stream: StoredStream, row: StoredEvent) -> tuple[Any, ...]:
    """What the columns say, in the words of the event."""
    return (
        stream.id,
        row.root_organ_id,
        row.seq,
        row.type,
        row.on.isoformat(),
        _instant(row.at),
        _instant(row.recorded_at),
        row.organ,
        row.actor_id,
        PREFIX + row.prev.hex() if row.prev else None,
    )


def _said(stream: StoredStream, event: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the event itself says of the same; its root organ is that of its stream."""
    organ, actor = event["organ"], event["actor"]
    return (
        event["stream"],
        stream.root_organ_id,
        event["seq"],
        event["type"],
        event["on"],
        _instant(event["at"]),
        _instant(event["recorded_at"]),
        organ.get("code") if organ else None,
        actor.get("id"),
        event["prev"],
    )


def _instant(text: Any) -> datetime | None:
    """The instant that is written there; None for what a change has left of it."""
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None


_PARTS = frozenset({"stream", "seq", "type", "on", "at", "recorded_at", "organ", "actor", "data", "texts", "prev"})


def _parse(body: str) -> dict[str, Any] | None:
    """The event, or None where a change has left none."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not event.keys() >= _PARTS:
        return None
    shapes = (event["actor"], event["data"], event["texts"], event["organ"] or {})
    return event if all(isinstance(part, dict) for part in shapes) else None


def _erased(parsed: Sequence[dict[str, Any] | None]) -> set[tuple[int, str]]:
    """The texts whose erasure is on record."""
    lists = [event["data"].get("erased") for event in parsed if event and event["type"] == "erased"]
    return {place for places in lists if isinstance(places, list) for place in map(_place, places) if place}


def _place(value: Any) -> tuple[int, str] | None:
    """Number of the event and name of the text; None for what a change has left of it."""
    match value:
        case [int(seq), str(field)]:
            return seq, field
    return None


def _found(stream: StoredStream, seq: int | None, code: str, where: str, detail: str) -> Finding:
    return Finding(stream=stream.id, seq=seq, code=code, where=where, detail=detail)

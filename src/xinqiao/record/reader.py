"""Reading the record: events and texts as plain values, never as rows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from xinqiao.record.chain import ActorStamp, OrganStamp
from xinqiao.record.commitments import named
from xinqiao.record.fields import data_key
from xinqiao.record.models import Body, EventRow, Stream
from xinqiao.record.reading_rows import Shape
from xinqiao.record.sealing import text_context, unseal


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedEvent:
    """One event as it stands on the record; ``hash`` and ``prev`` read ``sha256:…``, ``texts`` are commitments."""

    stream: int
    seq: int
    type: str
    on: date
    at: datetime
    recorded_at: datetime
    actor: ActorStamp
    organ: OrganStamp | None
    article: str
    pack: str
    calendar: str
    data: Mapping[str, Any]
    texts: Mapping[str, str]
    prev: str | None
    hash: str


# Written out, because every act and every page of a matter asks it.
_BODIES = Shape(Body)
_EVENTS = "SELECT body, hash FROM record_eventrow WHERE stream_id = %s ORDER BY seq"


def events_of(stream_id: int) -> list[RecordedEvent]:
    """All events of a stream in their order; empty where there is no such stream."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [stream_id])
        return [recorded_event(body, digest) for body, digest in cursor.fetchall()]


def events_of_many(stream_ids: Iterable[int]) -> dict[int, list[RecordedEvent]]:
    """The same for several streams in one query; a stream without events is left out."""
    found: dict[int, list[RecordedEvent]] = {}
    rows = EventRow.objects.filter(stream_id__in=list(stream_ids)).order_by("stream_id", "seq")
    for stream_id, body, digest in rows.values_list("stream_id", "body", "hash"):
        found.setdefault(stream_id, []).append(recorded_event(body, digest))
    return found


def texts_of(stream_id: int) -> dict[tuple[int, str], str | None]:
    """Every text that the events of a stream name, by number of the event and name; None where it was erased.

    Raises CannotOpen where a sealed text was changed or its master key is missing.
    """
    texts: dict[tuple[int, str], str | None] = {
        (event.seq, field): None for event in events_of(stream_id) for field in event.texts
    }
    return texts | {(row.seq, row.field): row.text for row in opened_bodies(stream_id)}


def clear_texts_of_many(stream_ids: Iterable[int], *, seq: int) -> dict[int, dict[str, str]]:
    """The texts of one event of several streams, by name, in one query; sealed and erased ones are left out."""
    found: dict[int, dict[str, str]] = {}
    rows = Body.objects.filter(stream_id__in=list(stream_ids), seq=seq, clear__isnull=False)
    for stream_id, field, text in rows.values_list("stream_id", "field", "clear"):
        found.setdefault(stream_id, {})[field] = text or ""
    return found


@dataclass(frozen=True, slots=True)
class OpenBody:
    """A text in clear, with the salt of its commitment."""

    seq: int
    field: str
    salt: bytes
    text: str


def opened_bodies(stream_id: int) -> list[OpenBody]:
    """The texts of a stream that were not erased, in the order of their events."""
    rows = _BODIES.read("stream_id = %s ORDER BY seq, field", [stream_id])
    key = data_key(Stream.objects.get(pk=stream_id)) if any(row.sealed is not None for row in rows) else b""
    return [OpenBody(row.seq, row.field, row.salt, open_text(row, key)) for row in rows]


def open_text(row: Body, key: bytes) -> str:
    """The text of one row; raises CannotOpen where a sealed one does not open."""
    if row.sealed is None:
        return row.clear or ""
    return unseal(row.sealed, key=key, context=text_context(row.stream_id, row.seq, row.field)).decode()


def recorded_event(body: str | bytes, digest: bytes) -> RecordedEvent:
    """The plain value of one stored event."""
    return event_from_json(json.loads(body), named(digest))


def event_from_json(event: Mapping[str, Any], hash_name: str) -> RecordedEvent:
    """The plain value of one parsed event; raises KeyError, TypeError or ValueError for what is no event."""
    organ = event["organ"]
    return RecordedEvent(
        stream=event["stream"],
        seq=event["seq"],
        type=event["type"],
        on=date.fromisoformat(event["on"]),
        at=datetime.fromisoformat(event["at"]),
        recorded_at=datetime.fromisoformat(event["recorded_at"]),
        actor=ActorStamp(**event["actor"]),
        organ=OrganStamp(**organ) if organ else None,
        article=event["article"],
        pack=event["pack"],
        calendar=event["calendar"],
        data=event["data"],
        texts=event["texts"],
        prev=event["prev"],
        hash=hash_name,
    )

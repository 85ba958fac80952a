"""Replaying the whole record: every stream is read in order and examined, a batch at a time, so memory stays flat.

A batch is read in one snapshot: who compares other rows with it does so while the batch is in hand, on the same
connection, and sees neither an act that was recorded meanwhile nor half of one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection, transaction

from xinqiao.record.checks import Examiner, Finding, StoredEvent, StoredStream, StoredText
from xinqiao.record.commitments import PREFIX
from xinqiao.record.fields import ring
from xinqiao.record.reader import RecordedEvent, event_from_json

BATCH = 500


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stream after its examination: its events in order, and what does not hold."""

    stream: StoredStream
    parsed: list[tuple[dict[str, Any], bytes]]
    findings: list[Finding]

    def events(self) -> list[RecordedEvent]:
        """The events as plain values; ask only where there are no findings, a changed event may not be one at all."""
        return [event_from_json(event, PREFIX + digest.hex()) for event, digest in self.parsed]


def check_chains(*, streams: range | None = None, progress: Callable[[int], None] | None = None) -> Iterator[Finding]:
    """Everything on the record that does not hold, in the order of the streams; nothing where all is well.

    ``streams`` limits the check to ids of that range (``id_ranges`` gives ranges for several processes); ``progress``
    is called with the number of streams done so far. Reads only.
    """
    done = 0
    for batch in replay(streams=streams):
        for one in batch:
            yield from one.findings
        done += len(batch)
        if progress:
            progress(done)


def replay(*, streams: range | None = None) -> Iterator[list[Replayed]]:
    """Every stream with its events and findings, some hundreds at a time, each batch inside one snapshot."""
    ids = streams if streams is not None else range(_first_id(), _last_id() + 1)
    examiner, start = Examiner(ring()), ids.start
    while start < ids.stop:
        with _snapshot():
            rows = _streams(start, ids.stop)
            stop = rows[-1].id + 1 if len(rows) == BATCH else ids.stop
            yield list(_examined(examiner, rows, start, stop))
        start = stop


def id_ranges(parts: int) -> list[range]:
    """As many ranges of stream ids as ``parts``, with about as many streams in each; together they are all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id) FROM (SELECT id, ntile(%s) OVER (ORDER BY id) part FROM record_stream) t "
            "GROUP BY part ORDER BY 1",
            [parts],
        )
        starts = [row[0] for row in cursor.fetchall()]
    bounds = [_first_id(), *starts[1:], _last_id() + 1]
    return [range(start, end) for start, end in pairwise(bounds)]


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of all tables; a caller who is in a transaction already has chosen the view."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _examined(examiner: Examiner, streams: list[StoredStream], start: int, stop: int) -> Iterator[Replayed]:
    events = _grouped(_EVENTS, StoredEvent, start, stop)
    texts = _grouped(_TEXTS, StoredText, start, stop)
    for stream in streams:
        rows = events.pop(stream.id, [])
        parsed, findings = examiner.examine(stream, rows, texts.pop(stream.id, []))
        readable = [(event, row.hash) for event, row in zip(parsed, rows, strict=True) if event]
        yield Replayed(stream, readable, findings)
    for lost in sorted(events.keys() | texts.keys()):
        yield _without_stream(lost)


def _without_stream(stream_id: int) -> Replayed:
    finding = Finding(
        stream=stream_id, seq=None, code="stream-missing", where="stream", detail="there are rows, but no stream"
    )
    return Replayed(StoredStream(stream_id, 0, 0, b"", "", None), [], [finding])


_EVENTS = """SELECT stream_id, seq, root_organ_id, type, on_date, at::text, recorded_at::text, organ, actor_id, body,
  prev, hash FROM record_eventrow WHERE stream_id >= %s AND stream_id < %s ORDER BY stream_id, seq"""

_TEXTS = """SELECT stream_id, seq, root_organ_id, field, salt, clear, sealed
FROM record_body WHERE stream_id >= %s AND stream_id < %s ORDER BY stream_id, seq"""


def _grouped(query: str, kind: Any, start: int, stop: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, [start, stop])
        for stream_id, *columns in cursor.fetchall():
            found.setdefault(stream_id, []).append(kind._make(columns))
    return found


def _streams(start: int, stop: int) -> list[StoredStream]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, root_organ_id, length, head, master_key_id, wrapped_key FROM record_stream "
            "WHERE id >= %s AND id < %s ORDER BY id LIMIT %s",
            [start, stop, BATCH],
        )
        return [StoredStream._make(row) for row in cursor.fetchall()]


def _first_id() -> int:
    return _one("SELECT least((SELECT min(id) FROM record_stream), (SELECT min(stream_id) FROM record_eventrow))", 0)


def _last_id() -> int:
    return _one(
        "SELECT greatest((SELECT max(id) FROM record_stream), (SELECT max(stream_id) FROM record_eventrow))", -1
    )


def _one(query: str, default: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone()[0]
    return default if found is None else int(found)

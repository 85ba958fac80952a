"""The only writer of the record.

One statement appends events, their texts and the new head of the stream, or nothing at all. It runs inside the
transaction of the legal act that it records; two who append at once do not both succeed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.utils import timezone
from psycopg import Cursor

from xinqiao.record.canonical import JSON
from xinqiao.record.chain import Act, ActorStamp, NotAnEvent, OrganStamp, event_body, event_hash
from xinqiao.record.commitments import commit, new_salt
from xinqiao.record.copying import FROM_ROWS, copy_in
from xinqiao.record.fields import data_key, give_data_key
from xinqiao.record.models import Stream
from xinqiao.record.reader import RecordedEvent, recorded_event
from xinqiao.record.sealing import seal, text_context

ID_BLOCK = 32
_ids: "WeakKeyDictionary[Any, Iterator[int]]" = WeakKeyDictionary()


class StreamMoved(Exception):
    """Somebody else appended since the stream was read; read it again and ask the law again."""


class NotInTransaction(Exception):
    """An event is recorded inside the transaction of its act, never on its own."""


def open_stream(*, root_organ_id: int) -> Stream:
    """Reserve a stream for a new matter, with a data key of its own.

    The row is written with the first event; rows that refer to the stream may be written before it in the same
    transaction. A transaction that refers to a stream and records nothing fails when it commits.
    """
    stream = Stream(id=_next_id(), root_organ_id=root_organ_id, length=0, head=b"")
    give_data_key(stream)
    return stream


def record(
    stream: Stream,
    *,
    type: str,
    actor: ActorStamp,
    organ: OrganStamp | None,
    at: datetime,
    on: date,
    article: str,
    pack: str,
    calendar: str,
    data: Mapping[str, JSON] | None = None,
    texts: Mapping[str, str] | None = None,
    sealed: bool = False,
) -> RecordedEvent:
    """Append one event; ``stream`` then stands at its new head.

    ``data`` takes codes, ids and dates, ``texts`` whatever a person wrote. Raises StreamMoved, NotInTransaction,
    NotAnEvent for what has no place in an event, and KeyErased for sealed texts after erasure.
    """
    act = Act(
        type=type,
        actor=actor,
        organ=organ,
        at=at,
        on=on,
        article=article,
        pack=pack,
        calendar=calendar,
        data=data or {},
        texts=texts or {},
        sealed=sealed,
    )
    return record_all(stream, [act])[0]


def record_first(*, root_organ_id: int, acts: Sequence[Act]) -> tuple[Stream, list[RecordedEvent]]:
    """Open a stream and append its first events, in one statement."""
    stream = open_stream(root_organ_id=root_organ_id)
    return stream, record_all(stream, acts)


def record_new(beginnings: Sequence[tuple[Stream, Sequence[Act]]]) -> list[RecordedEvent]:
    """Append the first events of each of several new streams, all in one statement; raises as ``record_all``.

    Gives the very first event of each.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("record an event inside the transaction of its act")
    recorded_at = timezone.now()
    batches = [(stream, _batch(stream, acts, recorded_at=recorded_at)) for stream, acts in beginnings]
    _write_new(batches, recorded_at)
    for stream, batch in batches:
        stream.length, stream.head = len(batch.events), batch.head
        stream._state.adding, stream._state.db = False, connection.alias
    return [batch.recorded[0] for _stream, batch in batches]


def record_all(stream: Stream, acts: Sequence[Act]) -> list[RecordedEvent]:
    """Append several events in their order, in one statement; as ``record`` otherwise."""
    if not connection.in_atomic_block:
        raise NotInTransaction("record an event inside the transaction of its act")
    if not acts:
        raise NotAnEvent("there is nothing to record")
    batch = _batch(stream, acts, recorded_at=timezone.now())
    _write(stream, batch)
    stream.length, stream.head = stream.length + len(acts), batch.head
    stream._state.adding, stream._state.db = False, connection.alias
    return batch.recorded


@dataclass
class _Batch:
    """The rows to insert, and what they are once they are there."""

    events: list[tuple[Any, ...]]
    texts: list[tuple[Any, ...]]
    recorded: list[RecordedEvent]
    recorded_at: datetime
    head: bytes


def _batch(stream: Stream, acts: Sequence[Act], *, recorded_at: datetime) -> _Batch:
    batch = _Batch([], [], [], recorded_at, stream.head)
    for seq, act in enumerate(acts, start=stream.length + 1):
        prev = batch.head or None
        commitments = _put_texts_beside(stream, seq, act, batch.texts)
        body = event_body(act, stream=stream.pk, seq=seq, prev=prev, recorded_at=recorded_at, texts=commitments)
        batch.head = event_hash(body)
        organ = act.organ.code if act.organ else None
        batch.events.append((seq, act.type, act.on, act.at, organ, act.actor.id, body.decode(), prev, batch.head))
        batch.recorded.append(recorded_event(body, batch.head))
    return batch


def _put_texts_beside(stream: Stream, seq: int, act: Act, rows: list[tuple[Any, ...]]) -> dict[str, str]:
    """Fill ``rows`` with the texts of one act, and give their commitments."""
    commitments = {}
    key = data_key(stream) if act.sealed and act.texts else None
    for field, text in act.texts.items():
        if "\0" in text:
            raise NotAnEvent(f"the text {field!r} holds a NUL character, which no database keeps")
        salt = new_salt()
        commitments[field] = commit(text, salt)
        box = seal(text.encode(), key=key, context=text_context(stream.pk, seq, field)) if key else None
        rows.append((seq, field, salt, None if key else text, box))
    return commitments


_OPEN = """INSERT INTO record_stream (id, root_organ_id, length, head, master_key_id, wrapped_key)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id, root_organ_id"""

_MOVE = """UPDATE record_stream SET length = %s, head = %s
WHERE id = %s AND length = %s AND head = %s RETURNING id, root_organ_id"""

_EVENTS = """INSERT INTO record_eventrow (stream_id, root_organ_id, recorded_at,
  seq, type, on_date, at, organ, actor_id, body, prev, hash)
SELECT moved.id, moved.root_organ_id, %s::timestamptz, e.* FROM moved, (VALUES {rows}) AS e"""
_EVENT = "(%s::int, %s::text, %s::date, %s::timestamptz, %s::text, %s::bigint, %s::text, %s::bytea, %s::bytea)"

_TEXTS = """INSERT INTO record_body (stream_id, root_organ_id, seq, field, salt, clear, sealed)
SELECT moved.id, moved.root_organ_id, t.* FROM moved, (VALUES {rows}) AS t"""
_TEXT = "(%s::int, %s::text, %s::bytea, %s::text, %s::bytea)"


def _write(stream: Stream, batch: _Batch) -> None:
    """One statement for all: a head that moved meanwhile inserts nothing."""
    moved, parameters = _open(stream, batch) if stream._state.adding else _move(stream, batch)
    parts = [f"moved AS ({moved})", f"events AS ({_EVENTS.format(rows=', '.join([_EVENT] * len(batch.events)))})"]
    parameters += [batch.recorded_at, *chain.from_iterable(batch.events), *chain.from_iterable(batch.texts)]
    if batch.texts:
        parts.append(f"texts AS ({_TEXTS.format(rows=', '.join([_TEXT] * len(batch.texts)))})")
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT id FROM moved", parameters)
        if cursor.fetchone() is None:
            raise StreamMoved(f"somebody else appended to stream {stream.pk}")


def _open(stream: Stream, batch: _Batch) -> tuple[str, list[Any]]:
    length = stream.length + len(batch.events)
    keys = [stream.master_key_id, stream.wrapped_key]
    return _OPEN, [stream.pk, stream.root_organ_id, length, batch.head, *keys]


def _move(stream: Stream, batch: _Batch) -> tuple[str, list[Any]]:
    length = stream.length + len(batch.events)
    return _MOVE, [length, batch.head, stream.pk, stream.length, stream.head]


_NEW = """WITH streams AS (INSERT INTO record_stream (id, root_organ_id, head, master_key_id, wrapped_key, length)
  SELECT s.* FROM unnest(%(s0)s::bigint[], %(s1)s::bigint[], %(s2)s::bytea[], %(s3)s::text[], %(s4)s::bytea[],
    %(s5)s::int[]) AS s RETURNING id),
events AS (INSERT INTO record_eventrow (recorded_at, stream_id, root_organ_id,
    seq, type, on_date, at, organ, actor_id, body, prev, hash)
  SELECT %(recorded_at)s, e.* FROM unnest(%(e0)s::bigint[], %(e1)s::bigint[], %(e2)s::int[], %(e3)s::text[],
    %(e4)s::date[], %(e5)s::timestamptz[], %(e6)s::text[], %(e7)s::bigint[], %(e8)s::text[], %(e9)s::bytea[],
    %(e10)s::bytea[]) AS e),
texts AS (INSERT INTO record_body (stream_id, root_organ_id, seq, field, salt, clear, sealed)
  SELECT t.* FROM unnest(%(t0)s::bigint[], %(t1)s::bigint[], %(t2)s::int[], %(t3)s::text[], %(t4)s::bytea[],
    %(t5)s::text[], %(t6)s::bytea[]) AS t)
SELECT count(*) FROM streams"""


_STREAM = ("id", "root_organ_id", "head", "master_key_id", "wrapped_key", "length")
_OF_STREAM = ("stream_id", "root_organ_id")
_EVENT_COLUMNS = ("seq", "type", "on_date", "at", "organ", "actor_id", "body", "prev", "hash")
_TEXT_COLUMNS = ("seq", "field", "salt", "clear", "sealed")


def _write_new(batches: Sequence[tuple[Stream, _Batch]], recorded_at: datetime) -> None:
    streams = [(s.pk, s.root_organ_id, b.head, s.master_key_id, s.wrapped_key, len(b.events)) for s, b in batches]
    events = [(s.pk, s.root_organ_id, *row) for s, b in batches for row in b.events]
    texts = [(s.pk, s.root_organ_id, *row) for s, b in batches for row in b.texts]
    if len(batches) >= FROM_ROWS:
        copy_in("record_stream", _STREAM, streams)
        columns = ("recorded_at", *_OF_STREAM, *_EVENT_COLUMNS)
        copy_in("record_eventrow", columns, [(recorded_at, *row) for row in events])
        copy_in("record_body", (*_OF_STREAM, *_TEXT_COLUMNS), texts)
        return
    named = _columns("s", streams, 6) | _columns("e", events, 11) | _columns("t", texts, 7)
    # Parameters bound by the server: hundreds of texts are then not quoted into the statement one by one.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(_NEW, named | {"recorded_at": recorded_at})


def _columns(letter: str, rows: Sequence[tuple[Any, ...]], width: int) -> dict[str, list[Any]]:
    """Rows as one array for each column, named ``e0``, ``e1`` and so on."""
    return {f"{letter}{n}": [row[n] for row in rows] for n in range(width)}


def _next_id() -> int:
    """An id that nobody else gets; the sequence counts in blocks, and a connection uses up its block alone."""
    connection.ensure_connection()
    block = _ids.setdefault(connection.connection, iter(()))
    if (found := next(block, None)) is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('record_stream_ids')")
        first = int(cursor.fetchone()[0])
    _ids[connection.connection] = iter(range(first + 1, first + ID_BLOCK))
    return first

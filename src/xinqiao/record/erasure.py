"""Lawful erasure: texts, their salts and, where the whole record is meant, the data key are destroyed for good.

The chain stays whole: the events hold commitments, and without salt a commitment says nothing. That something was
erased, by whom and on what basis, is itself an event. Sealed fields in rows of other apps become unreadable with the
key; the rows themselves belong to those apps.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection

from xinqiao.record.canonical import JSON
from xinqiao.record.chain import ActorStamp, OrganStamp
from xinqiao.record.models import Body, Stream
from xinqiao.record.reader import RecordedEvent
from xinqiao.record.writer import NotInTransaction, record

ERASED = "erased"


class NothingToErase(Exception):
    """None of the texts named is there; nothing was recorded."""


def erase(
    stream: Stream,
    *,
    basis: str,
    actor: ActorStamp,
    organ: OrganStamp | None,
    at: datetime,
    on: date,
    article: str,
    pack: str,
    calendar: str,
    only: Collection[tuple[int, str]] | None = None,
    note: str = "",
) -> RecordedEvent:
    """Destroy texts of a stream, and record that it was done.

    ``basis`` is the code of the ground in law, ``note`` the words that explain it. ``only`` names texts by number of
    event and field; None means every text, and the data key with them. Runs inside the transaction of the act; raises
    NotInTransaction, NothingToErase, and StreamMoved as ``record`` does.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("erase inside the transaction of the act")
    erased = _destroy_texts(stream, only)
    if not erased and (only is not None or stream.wrapped_key is None):
        raise NothingToErase(f"stream {stream.pk} holds none of these texts")
    event = record(
        stream,
        type=ERASED,
        actor=actor,
        organ=organ,
        at=at,
        on=on,
        article=article,
        pack=pack,
        calendar=calendar,
        data={"basis": basis, "whole": only is None, "erased": erased},
        texts={"note": note} if note else {},
    )
    if only is None:
        _destroy_key(stream)
    return event


def _destroy_texts(stream: Stream, only: Collection[tuple[int, str]] | None) -> list[JSON]:
    """Delete the rows, and give what they were as ``[number of the event, field]``."""
    rows = Body.objects.filter(stream_id=stream.pk).order_by("seq", "field").values_list("seq", "field")
    doomed = [place for place in rows if only is None or place in only]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.erasing', %s, true)", [str(stream.pk)])
        cursor.execute(
            "DELETE FROM record_body WHERE stream_id = %s AND (seq, field) IN "
            "(SELECT * FROM unnest(%s::int[], %s::text[]))",
            [stream.pk, [seq for seq, _ in doomed], [field for _, field in doomed]],
        )
        cursor.execute("SELECT set_config('xinqiao.erasing', '', true)")
    return [[seq, field] for seq, field in doomed]


def _destroy_key(stream: Stream) -> None:
    """After the event, so that the stream is locked by now and its head is its own."""
    stream.master_key_id, stream.wrapped_key = "", None
    stream.save(update_fields=["master_key_id", "wrapped_key"])

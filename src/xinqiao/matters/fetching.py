"""Matters with what belongs to them, by statements that are written once.

Every act, every page of a matter and every list begins here; building these statements anew cost more than carrying
them out.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from xinqiao.access.actor import Actor
from xinqiao.access.visibility import visible_condition
from xinqiao.matters.models import Matter
from xinqiao.organs.calendars import NEWEST
from xinqiao.record.reading_rows import Shape

TABLE = "matters_matter"
#: What a list says of an organ, and what it does not say of a matter; whoever asks for it asks the database again.
NAMES = frozenset({"id", "code", "name", "name_hant", "name_en", "short_name"})
UNSAID = frozenset({
    "query_code", "pack_version", "calendar_version", "purpose", "place", "registered_at", "changed_at",
})  # fmt: skip


def _is_listed(model: type[Model], field: "Field[Any, Any]") -> bool:
    return field.name not in UNSAID if model is Matter else field.name in NAMES


LOCKED = Shape(Matter, ("stream",))
READ = Shape(Matter, ("stream", "holder", "received_by"))
OWED = Shape(Matter, ("stream", "holder"))
LISTED = Shape(Matter, ("holder", "next_organ"), _is_listed)
_CALENDAR = f"({NEWEST.format(root=f'{TABLE}.root_organ_id')})"


def fetch_matter(number: str, actor: Actor, *, lock: bool) -> Matter | None:
    """The matter of this number with its stream, to read with its organs too; None where the actor sees none.

    With ``lock`` matter and stream stay locked until the transaction ends; whoever comes second waits.
    """
    shape = LOCKED if lock else READ
    condition, params = visible_condition(actor)
    sql = f"SELECT {shape.columns}, {_CALENDAR} FROM {shape.tables} WHERE {TABLE}.number = %s AND {condition}"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR UPDATE OF {TABLE}, stream" if lock else sql, [number, *params])
        row = cursor.fetchone()
    if row is None:
        return None
    matter = shape.made(row, {})
    matter.newest_calendar_day = int(row[-1])
    return matter


def fetch_listed(ids: str, params: Sequence[Any]) -> list[Matter]:
    """The matters whose ids this statement gives, in its order, each with its holder and the organ that owes."""
    keys = f"SELECT k.id, row_number() OVER () AS place FROM ({ids}) k (id)"
    rows = f"{LISTED.select} JOIN keys ON keys.id = {TABLE}.id ORDER BY keys.place"
    return LISTED.run(f"WITH keys AS MATERIALIZED ({keys}) {rows}", params)


def fetch_owed(ids: Collection[int], *, streams: Collection[int]) -> list[Matter]:
    """The matters of these ids or streams, each with its stream and its holder, to say what is owed on them."""
    return OWED.read(f"{TABLE}.id = ANY(%s) OR {TABLE}.stream_id = ANY(%s)", [list(ids), list(streams)])

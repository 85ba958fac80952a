"""Matters with what belongs to them, by statements that are written once.

Every act, every page of a matter and every list begins here; building these statements anew cost more than carrying
them out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

from xinqiao.access.actor import Actor
from xinqiao.access.visibility import visible_condition
from xinqiao.matters.models import Matter
from xinqiao.organs.calendars import NEWEST

TABLE = "matters_matter"
LOCKED = ("stream",)
READ = ("stream", "holder", "received_by")
LISTED = ("holder", "next_organ")
_CALENDAR = f"({NEWEST.format(root=f'{TABLE}.root_organ_id')})"
#: What a list says of an organ, and what it does not say of a matter; whoever asks for it asks the database again.
NAMES = frozenset({"id", "code", "name", "name_hant", "name_en", "short_name"})
UNSAID = frozenset({
    "query_code", "pack_version", "calendar_version", "purpose", "place", "registered_at", "changed_at",
})  # fmt: skip


def fetch_matter(number: str, actor: Actor, *, lock: bool) -> Matter | None:
    """The matter of this number with its stream, to read with its organs too; None where the actor sees none.

    With ``lock`` matter and stream stay locked until the transaction ends; whoever comes second waits.
    """
    related = LOCKED if lock else READ
    condition, params = visible_condition(actor)
    sql = f"{_select(related, _CALENDAR)} WHERE {TABLE}.number = %s AND {condition}"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR UPDATE OF {TABLE}, stream" if lock else sql, [number, *params])
        row = cursor.fetchone()
    if row is None:
        return None
    matter = _made(row, related, {})
    matter.newest_calendar_day = int(row[-1])
    return matter


def fetch_listed(ids: str, params: Sequence[Any]) -> list[Matter]:
    """The matters whose ids this statement gives, in its order, each with its holder and the organ that owes."""
    sql = f"""WITH keys AS MATERIALIZED (SELECT k.id, row_number() OVER () AS place FROM ({ids}) k (id))
{_select(LISTED)} JOIN keys ON keys.id = {TABLE}.id ORDER BY keys.place"""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        known: Known = {}
        return [_made(row, LISTED, known) for row in cursor.fetchall()]


@cache
def _columns(related: tuple[str, ...]) -> "tuple[tuple[type[Model], list[str]], ...]":
    """The models of a row, each with the names of its columns as an instance calls them."""
    return tuple((model, [field.attname for field in fields]) for _name, model, fields in _tables(related))


@cache
def _tables(related: tuple[str, ...]) -> "tuple[tuple[str, type[Model], list[Any]], ...]":
    """The tables of the statement by the name they have in it, each with the fields that are read."""
    is_list = related == LISTED
    own = [field for field in Matter._meta.concrete_fields if not (is_list and field.name in UNSAID)]
    tables = [(TABLE, Matter, own)]
    for name in related:
        model = Matter._meta.get_field(name).related_model
        fields = [field for field in model._meta.concrete_fields if not is_list or field.name in NAMES]
        tables.append((name, model, fields))
    return tuple(tables)


@cache
def _select(related: tuple[str, ...], *more: str) -> str:
    columns = [f'{name}."{field.column}"' for name, _model, fields in _tables(related) for field in fields]
    columns += more
    joins = []
    for name, model, _fields in _tables(related)[1:]:
        field = Matter._meta.get_field(name)
        way = "LEFT JOIN" if field.null else "JOIN"
        joins.append(f'{way} "{model._meta.db_table}" {name} ON {name}.id = {TABLE}."{field.column}"')
    return f"SELECT {', '.join(columns)} FROM {TABLE} {' '.join(joins)}"


Known = dict[tuple[type[Model], Any], Model | None]


def _made(row: Sequence[Any], related: tuple[str, ...], known: Known) -> Matter:
    """The matter of a row; what several rows belong to (an organ) is made once."""
    made, begin = list[Model | None](), 0
    for model, names in _columns(related):
        key = (model, row[begin])
        if key not in known:
            known[key] = None if key[1] is None else _instance(model, names, row[begin : begin + len(names)])
        made.append(known[key])
        begin += len(names)
    matter, *others = made
    assert isinstance(matter, Matter)
    matter._state.fields_cache.update(zip(related, others, strict=True))
    return matter


def _instance(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Model:
    """As ``Model.from_db``, for columns that are all named: a list makes fifty, and ``__init__`` asks much of each."""
    one = model.__new__(model)
    one._state = ModelState()
    one._state.adding, one._state.db = False, connection.alias
    one.__dict__.update(zip(names, values, strict=True))
    return one

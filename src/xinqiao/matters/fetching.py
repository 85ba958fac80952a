"""Matters with what belongs to them, by statements that are written once.

Every act, every page of a matter and every list begins here; building these statements anew cost more than carrying
them out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.visibility import visible_condition
from xinqiao.matters.models import Matter

TABLE = "matters_matter"
LOCKED = ("stream",)
READ = ("stream", "holder", "received_by")
LISTED = ("holder", "next_organ")


def fetch_matter(number: str, actor: Actor, *, lock: bool) -> Matter | None:
    """The matter of this number with its stream, to read with its organs too; None where the actor sees none.

    With ``lock`` matter and stream stay locked until the transaction ends; whoever comes second waits.
    """
    related = LOCKED if lock else READ
    condition, params = visible_condition(actor)
    sql = f"{_select(related)} WHERE {TABLE}.number = %s AND {condition}"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR UPDATE OF {TABLE}, stream" if lock else sql, [number, *params])
        row = cursor.fetchone()
    return _made(row, related) if row else None


def fetch_listed(rows: QuerySet[Any]) -> list[Matter]:
    """The matters whose ids these rows are, in the order of the rows, each with its holder and the organ that owes."""
    try:
        ids, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    sql = f"""WITH keys AS MATERIALIZED (SELECT k.id, row_number() OVER () AS place FROM ({ids}) k (id))
{_select(LISTED)} JOIN keys ON keys.id = {TABLE}.id ORDER BY keys.place"""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [_made(row, LISTED) for row in cursor.fetchall()]


@cache
def _models(related: tuple[str, ...]) -> "tuple[tuple[str, type[Model], list[str]], ...]":
    """The tables of the statement by the name they have in it, each with its columns."""
    models = [(TABLE, Matter), *((name, Matter._meta.get_field(name).related_model) for name in related)]
    return tuple((name, model, [f.attname for f in model._meta.concrete_fields]) for name, model in models)


@cache
def _select(related: tuple[str, ...]) -> str:
    columns = [f'{name}."{f.column}"' for name, model, _ in _models(related) for f in model._meta.concrete_fields]
    joins = []
    for name, model, _ in _models(related)[1:]:
        field = Matter._meta.get_field(name)
        way = "LEFT JOIN" if field.null else "JOIN"
        joins.append(f'{way} "{model._meta.db_table}" {name} ON {name}.id = {TABLE}."{field.column}"')
    return f"SELECT {', '.join(columns)} FROM {TABLE} {' '.join(joins)}"


def _made(row: Sequence[Any], related: tuple[str, ...]) -> Matter:
    made, begin = list[Any](), 0
    for _name, model, columns in _models(related):
        values = row[begin : begin + len(columns)]
        made.append(None if values[0] is None else model.from_db(connection.alias, columns, values))
        begin += len(columns)
    matter: Matter = made[0]
    for name, instance in zip(related, made[1:], strict=True):
        setattr(matter, name, instance)
    return matter

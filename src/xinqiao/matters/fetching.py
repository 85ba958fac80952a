"""One matter with what belongs to it, by a statement that is written once.

Every act and every page of a matter begins here; building this statement anew cost more than carrying it out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from xinqiao.access.actor import Actor
from xinqiao.access.visibility import visible_condition
from xinqiao.matters.models import Matter

TABLE = "matters_matter"
LOCKED = ("stream",)
READ = ("stream", "holder", "received_by")


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


@cache
def _models(related: tuple[str, ...]) -> "tuple[tuple[str, type[Model], list[str]], ...]":
    """The tables of the statement by the name they have in it, each with its columns."""
    models = [(TABLE, Matter), *((name, Matter._meta.get_field(name).related_model) for name in related)]
    return tuple((name, model, [f.attname for f in model._meta.concrete_fields]) for name, model in models)


@cache
def _select(related: tuple[str, ...]) -> str:
    columns = [f'{name}."{f.column}"' for name, model, _ in _models(related) for f in model._meta.concrete_fields]
    joins = [
        f'JOIN "{model._meta.db_table}" {name} ON {name}.id = {TABLE}."{Matter._meta.get_field(name).column}"'
        for name, model, _ in _models(related)[1:]
    ]
    return f"SELECT {', '.join(columns)} FROM {TABLE} {' '.join(joins)}"


def _made(row: Sequence[Any], related: tuple[str, ...]) -> Matter:
    made, begin = [], 0
    for _name, model, columns in _models(related):
        made.append(model.from_db(connection.alias, columns, row[begin : begin + len(columns)]))
        begin += len(columns)
    matter: Matter = made[0]
    for name, instance in zip(related, made[1:], strict=True):
        setattr(matter, name, instance)
    return matter

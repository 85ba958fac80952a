"""Rows of one model into their table by a statement that is written once.

The ORM builds a statement anew every time, and that costs more than the database needs to carry it out. An act writes a
few rows of several kinds, always in the same shape.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

from xinqiao.record.copying import FROM_ROWS, copy_in, reserve_ids

M = TypeVar("M", bound=Model)
#: Kinds of columns whose values the driver takes as they stand in a row.
PLAIN = (models.IntegerField, models.CharField, models.TextField, models.BooleanField, models.ForeignKey)


def insert(rows: Sequence[M]) -> Sequence[M]:
    """Insert new rows, all of one model and one shape, and give each its id; many of them by COPY.

    For COPY the values must have the types of their columns.
    """
    if len(rows) >= FROM_ROWS:
        return _copied(rows)
    if rows:
        ids = _run(rows, returned=rows[0]._meta.auto_field is not None)
        for row, pk in zip(rows, ids, strict=bool(ids)):
            row.pk = pk
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias
    return rows


def upsert(rows: Sequence[Model], *, key: tuple[str, ...], result: tuple[str, ...]) -> None:
    """Insert rows of one model; where one with the same ``key`` stands already, it gets the columns of ``result``."""
    if rows:
        _run(rows, key=key, result=result)


def update(row: Model, *columns: str) -> None:
    """Write these fields of a row that stands already, named as in its model."""
    values = [_value_of(row._meta.get_field(name))(row, False) for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), columns), [*values, row.pk])


def _run(
    rows: Sequence[Model], *, returned: bool = False, key: tuple[str, ...] = (), result: tuple[str, ...] = ()
) -> list[Any]:
    fields = _fields(rows)
    names = tuple(str(field.column) for field in fields)
    value_of = [_value_of(field) for field in fields]
    values = [value(row, True) for row in rows for value in value_of]
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(rows[0]), names, len(rows), returned, key, result), values)
        return [row[0] for row in cursor.fetchall()] if returned else []


@cache
def _value_of(field: "Field[Any, Any]") -> Callable[[Model, bool], Any]:
    """What gives the value of a column in a row, and is told whether the row is new."""
    if isinstance(field, PLAIN) and type(field).pre_save is Field.pre_save:
        plain = attrgetter(field.attname)
        return lambda row, _adding: plain(row)
    return lambda row, adding: field.get_db_prep_save(field.pre_save(row, adding), connection)


def _fields(rows: Sequence[Model]) -> "tuple[Field[Any, Any], ...]":
    """The columns that the rows give a value; the id, and what all of them leave to the database, it puts in itself."""
    always, optional = _columns(type(rows[0]))
    given = [f for f in optional if not all(isinstance(getattr(row, f.attname), DatabaseDefault) for row in rows)]
    return (*always, *given)


@cache
def _columns(model: type[Model]) -> "tuple[tuple[Field[Any, Any], ...], tuple[Field[Any, Any], ...]]":
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    always = tuple(field for field in fields if not field.has_db_default())
    return always, tuple(field for field in fields if field.has_db_default())


@cache
def _statement(
    model: type[Model],
    columns: tuple[str, ...],
    count: int,
    returned: bool,
    key: tuple[str, ...],
    result: tuple[str, ...],
) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    names = ", ".join(f'"{column}"' for column in columns)
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {", ".join([row] * count)}'
    if key:
        over = ", ".join(_column(model, name) for name in key)
        renewed = ", ".join(f"{_column(model, name)} = excluded.{_column(model, name)}" for name in result)
        sql = f"{sql} ON CONFLICT ({over}) DO UPDATE SET {renewed}"
    return f'{sql} RETURNING "{model._meta.pk.column}"' if returned else sql


@cache
def _update(model: type[Model], columns: tuple[str, ...]) -> str:
    put = ", ".join(f"{_column(model, name)} = %s" for name in columns)
    return f'UPDATE "{model._meta.db_table}" SET {put} WHERE "{model._meta.pk.column}" = %s'


def _column(model: type[Model], name: str) -> str:
    return f'"{model._meta.get_field(name).column}"'  # type: ignore[union-attr]


def _copied(rows: Sequence[M]) -> Sequence[M]:
    meta = rows[0]._meta
    for row, pk in zip(rows, reserve_ids(meta.db_table, len(rows)), strict=True):
        row.pk, row._state.adding = pk, False
    fields = meta.concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    copy_in(meta.db_table, [str(field.column) for field in fields], map(values, rows))
    return rows

"""Rows of one model, with the rows that they belong to, by a statement that is written once.

The ORM builds a statement anew every time, and that costs more than the database needs to carry it out. A page of a
matter asks for a dozen things, always in the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
#: Rows that several rows belong to, by model and id.
Known = dict[tuple[type[Model], Any], Model | None]


def _every(_model: type[Model], _field: "Field[Any, Any]") -> bool:
    return True


@dataclass(frozen=True)
class Shape(Generic[M]):
    """What is read of a model: its columns, and those of the rows that ``related`` foreign keys name.

    The tables stand in the statement under their own name and under those of the keys. What ``wants`` leaves out is
    asked for again by whoever needs it.
    """

    model: type[M]
    related: tuple[str, ...] = ()
    wants: Callable[[type[Model], "Field[Any, Any]"], bool] = _every

    def read(self, condition: str, params: Sequence[Any]) -> list[M]:
        """The rows for which a condition holds; an order may follow it."""
        return self.run(f"{self.select} WHERE {condition}", params)

    def run(self, sql: str, params: Sequence[Any]) -> list[M]:
        """The rows of a statement that begins with ``select``."""
        known: Known = {}
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [self.made(row, known) for row in cursor.fetchall()]

    def made(self, row: Sequence[Any], known: Known) -> M:
        """The instance of a row; what several rows belong to is made once. Columns behind those of the shape stay."""
        own, *others = self._parts
        begin = len(own.names)
        one = own.made(row[:begin])
        for part in others:
            key = (part.model, row[begin])
            if key not in known:
                known[key] = None if key[1] is None else part.made(row[begin : begin + len(part.names)])
            one._state.fields_cache[part.alias] = known[key]
            begin += len(part.names)
        return cast(M, one)

    @cached_property
    def select(self) -> str:
        """The statement up to its condition."""
        return f"SELECT {self.columns} FROM {self.tables}"

    @cached_property
    def columns(self) -> str:
        """The columns of all its tables."""
        return ", ".join(f'{part.alias}."{field.column}"' for part in self._parts for field in part.fields)

    @cached_property
    def tables(self) -> str:
        """Its tables, joined."""
        table = self.model._meta.db_table
        return " ".join([table, *(self._join(part, table) for part in self._parts[1:])])

    def _join(self, part: "_Part", table: str) -> str:
        key = self._key(part.alias)
        way = "LEFT JOIN" if key.null else "JOIN"
        return f'{way} {part.model._meta.db_table} {part.alias} ON {part.alias}.id = {table}."{key.column}"'

    def _key(self, name: str) -> "ForeignKey[Any, Any]":
        return cast("ForeignKey[Any, Any]", self.model._meta.get_field(name))

    @cached_property
    def _parts(self) -> "list[_Part]":
        models = [(name, self._key(name).related_model) for name in self.related]
        return [self._part(self.model._meta.db_table, self.model), *(self._part(name, one) for name, one in models)]

    def _part(self, alias: str, model: type[Model]) -> "_Part":
        return _Part(alias, model, [one for one in model._meta.concrete_fields if self.wants(model, one)])


@dataclass(frozen=True)
class _Part:
    """One table of a shape, under the name that it has in the statement."""

    alias: str
    model: type[Model]
    fields: "list[Field[Any, Any]]"

    @cached_property
    def names(self) -> list[str]:
        """The columns as an instance calls them; of a row that others belong to, the first is its id."""
        return [field.attname for field in self.fields]

    @cached_property
    def _converters(self) -> list[tuple[str, Callable[[Any, Any, Any], Any]]]:
        return [(one.attname, one.from_db_value) for one in self.fields if hasattr(one, "from_db_value")]

    def made(self, values: Sequence[Any]) -> Model:
        """As ``Model.from_db``; but a list makes fifty, and ``__init__`` asks much of each."""
        one = self.model.__new__(self.model)
        one._state = ModelState()
        one._state.adding, one._state.db = False, connection.alias
        one.__dict__.update(zip(self.names, values, strict=True))
        for name, converted in self._converters:
            one.__dict__[name] = converted(one.__dict__[name], None, connection)
        return one

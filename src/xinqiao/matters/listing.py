"""Lists of matters that stay fast at a million: a page by cursor, counts that stop counting, nothing read twice.

Whoever sees a part of the office reads by ``matters_sight``, where an index has that part in the order of the list;
whoever sees all of it reads the matters themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.visibility import in_sight, sees_whole_office, sight_condition, visible_condition
from xinqiao.matters.fetching import fetch_listed
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Matter, Sight
from xinqiao.organs.lookup import UnknownOrgan, organ_id
from xinqiao.organs.models import in_readers_language

#: Beyond this a list says "more than": counting a million rows tells nobody anything.
MOST = 1000
Sort = Literal["-received_on", "received_on", "next_due_on"]
Key = tuple[date, int]
#: The columns of a matter that ``Sight`` repeats.
OWN = ("holder_id", "stage", "received_on", "next_due_on", "confidentiality")
#: What is read of a row to order, count and narrow it, under the same names whether it stands for a sight or a matter.
_READ = ("id", "received_on", "next_due_on", "holder_id")
_AS = f"({', '.join(_READ)})"
# LIMIT holds the planner to one look by the index for each organ; else it may read a whole county to join it once.
_HOLDERS = f"""SELECT o.code, o.name, o.name_hant, o.name_en FROM organs_organ o
CROSS JOIN LATERAL (SELECT 1 FROM ({{rows}}) mine {_AS} WHERE mine.holder_id = o.id LIMIT 1) held
WHERE o.root_id = %s ORDER BY o.code"""
#: Where a matter without a day is sorted: behind every day.
NO_DAY = date.max


class Sql(NamedTuple):
    """A piece of a statement and its parameters."""

    sql: str
    params: Sequence[Any]


@dataclass(frozen=True)
class DueSpan:
    """When the next duty is due: from one day to another, both included; ``is_none`` where nothing is due."""

    first: date | None = None
    last: date | None = None
    is_none: bool = False

    @property
    def has_days(self) -> bool:
        """Whether it leaves out the matters for which nothing is due."""
        return bool(self.first or self.last)

    @property
    def q(self) -> Q:
        """As a condition on ``Matter``; without any day it holds for every matter."""
        days = {"gte": self.first, "lte": self.last, "isnull": self.is_none or None}
        return Q(**{f"next_due_on__{way}": day for way, day in days.items() if day is not None})

    @property
    def sql(self) -> Sql:
        """The same for hand-written SQL."""
        bounds = [(f"next_due_on {way} %s", day) for way, day in ((">=", self.first), ("<=", self.last)) if day]
        parts = [*(text for text, _day in bounds), *(["next_due_on IS NULL"] if self.is_none else [])]
        return Sql(" AND ".join(parts) or "TRUE", [day for _text, day in bounds])


#: No day more than another.
ANY_DAY = DueSpan()


@dataclass(frozen=True)
class Listing:
    """Matters that an actor may know of, narrowed step by step; nothing is read before it is asked for."""

    actor: Actor
    narrowed: Q = field(default_factory=Q)

    def where(self, condition: Q) -> "Listing":
        """Only the matters for which a condition on ``Matter`` holds."""
        return replace(self, narrowed=self.narrowed & condition) if condition else self

    @cached_property
    def matters(self) -> QuerySet[Matter]:
        """The same as a queryset of matters, unordered."""
        return matters_visible_to(self.actor).filter(self.narrowed).order_by()

    @cached_property
    def _goes_by_sight(self) -> bool:
        return self.actor.is_staff and not sees_whole_office(self.actor)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """What the database walks through: rows of ``Sight`` or of ``Matter``, unordered."""
        if not self._goes_by_sight:
            return self.matters
        return in_sight(Sight.objects.all(), self.actor).filter(on_sight(self.narrowed)).order_by()

    @cached_property
    def read(self) -> Sql | None:
        """The statement of the rows, with ``_READ`` of each; None where no row can fit.

        Written once for all that is asked of a list: to build it costs as much as to carry it out.
        """
        pk = "matter_id" if self._goes_by_sight else "id"
        if not self.narrowed:
            table, rule = ("sight", sight_condition) if self._goes_by_sight else ("matter", visible_condition)
            condition, params = rule(self.actor)
            return Sql(f"SELECT {', '.join((pk, *_READ[1:]))} FROM matters_{table} WHERE {condition}", params)
        try:
            return Sql(*self.rows.values_list(pk, *_READ[1:]).query.sql_with_params())
        except EmptyResultSet:
            return None

    def page(
        self,
        *,
        sort: Sort,
        after: Key | None = None,
        before: Key | None = None,
        size: int,
        within: DueSpan = ANY_DAY,
    ) -> list[Matter]:
        """At most ``size`` matters behind a key (or just before it), in the order of the list."""
        found: list[Matter] = []
        if self.read is None:
            return found
        rows, params = self.read
        for part in _Walk(sort, within, backwards=before is not None).parts(after or before):
            if len(found) < size:
                ids = f"SELECT id FROM ({rows}) one {_AS} WHERE {part.sql} LIMIT {size - len(found):d}"
                found += fetch_listed(ids, [*params, *part.params])
        return found if before is None else found[::-1]

    def count(self, *, most: int = MOST) -> int:
        """How many there are; ``most + 1`` where there are more."""
        return count_each(self, {"all": DueSpan()}, most=most)["all"]

    def holders(self) -> list[tuple[str, str]]:
        """The organs that hold any of these matters now: code, and name in the reader's language."""
        if self.read is None:
            return []
        rows, params = self.read
        with connection.cursor() as cursor:
            cursor.execute(_HOLDERS.format(rows=rows), [*params, self.actor.root_organ_id])
            return [(code, in_readers_language(*names)) for code, *names in cursor.fetchall()]


def seen_condition(actor: Actor, matter: str) -> tuple[str, list[Any]]:
    """For ``EXISTS`` in hand-written SQL: the row of the matter with this id, if the actor may know of it.

    It ends in a condition on that row, found in the quickest way, whose ``stage`` may be asked too.
    """
    if actor.is_staff and not sees_whole_office(actor):
        condition, params = sight_condition(actor)
        return f"SELECT 1 FROM matters_sight WHERE matters_sight.matter_id = {matter} AND {condition}", params
    condition, params = visible_condition(actor)
    return f"SELECT 1 FROM matters_matter WHERE matters_matter.id = {matter} AND {condition}", params


def held_by(code: str) -> Q:
    """Matters that the organ of this code holds; a code that nobody has holds none."""
    try:
        return Q(holder_id=organ_id(code))
    except UnknownOrgan:
        return Q(holder_id=None)


def count_each(listing: Listing, spans: Mapping[str, DueSpan], *, most: int = MOST) -> dict[str, int]:
    """How many matters of a list fall into each span, in one statement; each count stops at ``most + 1``."""
    if listing.read is None:
        return dict.fromkeys(spans, 0)
    rows, its = listing.read
    parts, params = [], list[Any]()
    for span in spans.values():
        condition, days = span.sql
        # The limit is written out: as a parameter it would make a kept plan look dear, and each call be planned anew.
        parts.append(
            f"(SELECT count(*) FROM (SELECT 1 FROM ({rows}) one {_AS} WHERE {condition} LIMIT {most + 1:d}) x)"
        )
        params += [*its, *days]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(spans, cursor.fetchone(), strict=True))


def on_sight(condition: Q) -> Q:
    """A condition on ``Matter`` as one on ``Sight``: by its own column where it has one, else by the matter's."""
    moved = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        moved.children.append(on_sight(child) if isinstance(child, Q) else (_name_on_sight(child[0]), child[1]))
    return moved


def _name_on_sight(name: str) -> str:
    field, _, rest = name.partition("__")
    if field in ("id", "pk"):
        return "__".join(part for part in ("matter_id", rest) if part)
    return name if field in OWN else f"matter__{name}"


@dataclass(frozen=True)
class _Walk:
    """One way through a list: matters with a day in the order of their days, behind them those without one."""

    sort: Sort
    within: DueSpan
    backwards: bool

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def descends(self) -> bool:
        return self.sort.startswith("-") != self.backwards

    def parts(self, key: Key | None) -> list[Sql]:
        """What lies ahead on the way, in one or two parts that an index has in order each."""
        if self.column != "next_due_on":
            return [self._with_day(key)]
        is_past_days = key is not None and key[0] == NO_DAY and not self.backwards
        is_before_end = key is not None and key[0] != NO_DAY and self.backwards
        parts = [] if self.within.is_none or is_past_days else [self._with_day(key)]
        if not (self.within.has_days or is_before_end):
            parts.append(self._without_day(key))
        return parts[::-1] if self.backwards else parts

    def _with_day(self, key: Key | None) -> Sql:
        day = self.column
        if key is None or key[0] == NO_DAY:
            return self._part(f"{day} IS NOT NULL", [], day, "id")
        # The first condition says nothing new, but it is one that an index can begin at.
        beyond = f"{day} {self._way}= %s AND ({day} {self._way} %s OR {day} = %s AND id {self._way} %s)"
        return self._part(beyond, [key[0], key[0], *key], day, "id")

    def _without_day(self, key: Key | None) -> Sql:
        if key is None or key[0] != NO_DAY:
            return self._part(f"{self.column} IS NULL", [], "id")
        return self._part(f"{self.column} IS NULL AND id {self._way} %s", [key[1]], "id")

    def _part(self, condition: str, params: Sequence[Any], *order: str) -> Sql:
        due, days = self.within.sql
        way = " DESC" if self.descends else ""
        ordered = ", ".join(f"{name}{way}" for name in order)
        return Sql(f"{due} AND {condition} ORDER BY {ordered}", [*days, *params])

    @property
    def _way(self) -> str:
        return "<" if self.descends else ">"


def key_of(matter: Matter, sort: Sort) -> Key:
    """The place of a matter in a list."""
    return getattr(matter, sort.removeprefix("-")) or NO_DAY, matter.pk

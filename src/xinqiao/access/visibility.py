"""What one may see, as one predicate, written once in SQL.

organ subtree × ceiling − recusal − the accused. Lists, pages, exports and hand-written SQL all start from it; for
those shut out a matter does not exist. A test holds it to the same rule told in Python.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Rows:
    """A table that has a matter a row, and how it says what the predicate asks."""

    table: str
    matter: str
    accusation: str
    office: str = ""
    subtree: str = ""


#: ``matters_sight`` holds every organ that has somebody involved in its subtree; triggers keep it.
MATTERS = Rows(
    table="matters_matter",
    matter="matters_matter.id",
    accusation="matters_matter.kind = 'accusation'",
    office="matters_matter.root_organ_id = %s",
    subtree="EXISTS (SELECT 1 FROM matters_sight s WHERE s.matter_id = matters_matter.id AND s.scope_id = %s)",
)
SIGHTS = Rows(
    table="matters_sight",
    matter="matters_sight.matter_id",
    accusation="matters_sight.is_accusation",
    subtree="matters_sight.scope_id = %s",
)
NOT_RECUSED = """NOT EXISTS (SELECT 1 FROM matters_recusal r
  WHERE r.matter_id = {matter} AND r.user_id = %s AND r.ended_on IS NULL)"""
# Barred: the own organ or one above it is accused, somebody who heads one of them, or whom one stands in for (Art. 30).
NOT_BARRED = """(NOT ({accusation}) OR NOT EXISTS (SELECT 1 FROM matters_accused a
  WHERE a.matter_id = {matter} AND (a.organ_id = ANY(%s) OR a.user_id = ANY(%s))))"""


class OfTable(RawSQL):
    """A condition that follows its table into a subquery, where Django gives the table another name."""

    def __init__(self, sql: str, params: list[Any], table: str) -> None:
        super().__init__(sql, params, output_field=BooleanField())
        self.table = self.alias = table

    def relabeled_clone(self, relabels: Any) -> "OfTable":
        """The same condition on the table under its new name."""
        clone: OfTable = self.copy()
        clone.alias = relabels.get(self.alias, self.alias)
        return clone

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The condition, speaking of the table by the name it has here."""
        sql, params = super().as_sql(compiler, connection)
        return sql.replace(f"{self.table}.", f"{compiler.quote_name_unless_alias(self.alias)}."), params


def visible(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """The rows of ``matters_matter`` that an actor may know of; none for somebody without the power to read."""
    if not actor.may(Permission.MATTER_READ):
        return rows.none()
    if actor.kind == "citizen":
        return rows.filter(pk=actor.matter_id) if actor.matter_id else rows.none()
    return rows.filter(condition(actor, MATTERS))


def visible_condition(actor: Actor) -> tuple[str, list[Any]]:
    """The same for hand-written SQL: a condition on ``matters_matter`` with its parameters."""
    if not actor.may(Permission.MATTER_READ):
        return "FALSE", []
    if actor.kind == "citizen":
        return f"{MATTERS.matter} = %s", [actor.matter_id]
    rule = condition(actor, MATTERS)
    return rule.sql, list(rule.params)


def sees_whole_office(actor: Actor) -> bool:
    """Whether nothing of the office lies outside the actor's subtree: then a list need not go by subtree."""
    return bool(actor.admin_until) or actor.scope_id == actor.root_organ_id


def in_sight(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """The rows of ``matters_sight`` that stand for what a member of staff may know of: one for each matter.

    Only for whoever does not see the whole office: the root has no rows there.
    """
    if not actor.may(Permission.MATTER_READ) or actor.kind == "citizen" or sees_whole_office(actor):
        return rows.none()
    return rows.filter(condition(actor, SIGHTS))


def sight_condition(actor: Actor) -> tuple[str, list[Any]]:
    """The same for hand-written SQL: a condition on ``matters_sight`` with its parameters."""
    if not actor.may(Permission.MATTER_READ) or actor.kind == "citizen" or sees_whole_office(actor):
        return "FALSE", []
    rule = condition(actor, SIGHTS)
    return rule.sql, list(rule.params)


def condition(actor: Actor, on: Rows) -> OfTable:
    """The rule for a member of staff as a condition on a table.

    An administrator's session looks over the whole office, everybody else over the subtree of the own organ.
    """
    persons = [user for user in (actor.user_id, actor.deputy_for_id, *actor.heads) if user]
    parts: list[tuple[str, list[Any]]] = [
        (f"{on.table}.confidentiality <= %s", [actor.ceiling]),
        (NOT_RECUSED.format(matter=on.matter), [actor.user_id]),
        (NOT_BARRED.format(matter=on.matter, accusation=on.accusation), [list(actor.ancestry), persons]),
    ]
    if on.office:
        parts.append((on.office, [actor.root_organ_id]))
    if not sees_whole_office(actor):
        parts.append((on.subtree, [actor.scope_id]))
    return OfTable(
        f"({' AND '.join(sql for sql, _params in parts)})", [p for _sql, params in parts for p in params], on.table
    )

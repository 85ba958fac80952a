"""What one may see, as one predicate, written once in SQL.

organ subtree × ceiling − recusal − the accused. Lists, pages, exports and hand-written SQL all start from it; for
those shut out a matter does not exist. A test holds it to the same rule told in Python.
"""

from typing import Any, TypeVar

from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission

M = TypeVar("M", bound=Model)
TABLE = "matters_matter"

# An organ that returned a matter gave the material back with it (Article 23).
INVOLVED = """EXISTS (SELECT 1 FROM matters_involvement i JOIN organs_organ o ON o.id = i.organ_id
  WHERE i.matter_id = matters_matter.id AND i.part <> 'returned' AND o.ancestors @> ARRAY[%s]::bigint[])"""
NOT_RECUSED = """NOT EXISTS (SELECT 1 FROM matters_recusal r
  WHERE r.matter_id = matters_matter.id AND r.user_id = %s AND r.ended_on IS NULL)"""
# Barred: the own organ or one above it is accused, somebody who heads one of them, or whom one stands in for (Art. 30).
NOT_BARRED = """(matters_matter.kind <> 'accusation' OR NOT EXISTS (SELECT 1 FROM matters_accused a
  WHERE a.matter_id = matters_matter.id AND (a.organ_id = ANY(%s) OR a.user_id = ANY(%s))))"""
KEPT = "matters_matter.root_organ_id = %s AND matters_matter.confidentiality <= %s"


class OfMatter(RawSQL):
    """A condition that follows its table into a subquery, where Django gives the table another name."""

    alias = TABLE

    def relabeled_clone(self, relabels: Any) -> "OfMatter":
        """The same condition on the table under its new name."""
        clone: OfMatter = self.copy()
        clone.alias = relabels.get(self.alias, self.alias)
        return clone

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The condition, speaking of the table by the name it has here."""
        sql, params = super().as_sql(compiler, connection)
        return sql.replace(f"{TABLE}.", f"{compiler.quote_name_unless_alias(self.alias)}."), params


def visible(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """The rows of ``matters_matter`` that an actor may know of; none for somebody without the power to read."""
    if not actor.may(Permission.MATTER_READ):
        return rows.none()
    if actor.kind == "citizen":
        return rows.filter(pk=actor.matter_id) if actor.matter_id else rows.none()
    sql, params = predicate(actor)
    return rows.filter(OfMatter(sql, params, output_field=BooleanField()))


def predicate(actor: Actor) -> tuple[str, list[Any]]:
    """The rule for a member of staff as an SQL condition on ``matters_matter``, with its parameters.

    An administrator's session looks over the whole office, everybody else over the subtree of the own organ.
    """
    persons = [user for user in (actor.user_id, actor.deputy_for_id, *actor.heads) if user]
    parts = [KEPT, NOT_RECUSED, NOT_BARRED]
    params: list[Any] = [actor.root_organ_id, actor.ceiling, actor.user_id, list(actor.ancestry), persons]
    if not actor.admin_until and actor.scope_id != actor.root_organ_id:
        parts.append(INVOLVED)
        params.append(actor.scope_id)
    return f"({' AND '.join(parts)})", params


def visible_sql(rows: QuerySet[M], actor: Actor) -> tuple[str, tuple[Any, ...]]:
    """The predicate as the body of a ``visible`` CTE (column ``id``) for hand-written SQL."""
    sql, params = visible(rows, actor).order_by().values("pk").query.sql_with_params()
    return sql, tuple(params)

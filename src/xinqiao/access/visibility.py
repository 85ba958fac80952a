"""What one may see, as one predicate.

organ subtree × ceiling − recusal − the accused. Lists, pages, exports and hand-written SQL all start from it; for
those shut out a matter does not exist.

A guarded model lends three relations: ``involved`` (organ), ``accused`` (organ, user) and ``recusals`` (user).
"""

from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.organs.models import Organ

M = TypeVar("M", bound=Model)


def visible(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """The rows that an actor may know of; none at all for somebody without the power to read."""
    if not actor.may(Permission.MATTER_READ):
        return rows.none()
    if actor.kind == "citizen":
        return rows.filter(pk=actor.matter_id) if actor.matter_id else rows.none()
    return (
        rows.filter(root_organ_id=actor.root_organ_id)
        .filter(_involved(rows.model, actor))
        .filter(confidentiality__lte=actor.ceiling)
        .filter(~Exists(_recusals(rows.model, actor)))
        .filter(~Q(kind="accusation") | ~Exists(_accused(rows.model, actor)))
    )


def visible_sql(rows: QuerySet[M], actor: Actor) -> tuple[str, tuple[Any, ...]]:
    """The predicate as the body of a ``visible`` CTE (column ``id``) for hand-written SQL."""
    sql, params = visible(rows, actor).order_by().values("pk").query.sql_with_params()
    return sql, tuple(params)


def _related(model: type[Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return field.related_model.objects.filter(**{f"{field.field.name}_id": OuterRef("pk")})


def _involved(model: type[Model], actor: Actor) -> Q:
    """The subtree of the own organ, or in an administrator's session the whole office.

    An organ that returned a matter gave the material back with it (Article 23).
    """
    if actor.admin_until or actor.scope_id == actor.root_organ_id:
        return Q()
    below = Organ.objects.filter(ancestors__contains=[actor.scope_id]).values("pk")
    return Q(Exists(_related(model, "involved").exclude(part="returned").filter(organ_id__in=below)))


def _recusals(model: type[Model], actor: Actor) -> Any:
    return _related(model, "recusals").filter(user_id=actor.user_id, ended_on=None)


def _accused(model: type[Model], actor: Actor) -> Any:
    """Rows that bar the actor: the own organ or one above it is accused, or somebody who heads one of them."""
    persons = [user for user in (actor.user_id, *actor.heads) if user]
    return _related(model, "accused").filter(Q(organ_id__in=actor.ancestry) | Q(user_id__in=persons))

"""The places of the office's territory: entered, corrected in other scripts, ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.models import Change
from xinqiao.accounts.words import check_text, raise_if
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.models import Level, Place
from xinqiao.organs.places import living_places

SUBJECT = Change.Subject.PLACE
_RANKS = list(Level.values)


@transaction.atomic(durable=True)
def add_place(
    *, actor: Actor, parent: int | None, name: str, level: str, name_hant: str = "", name_en: str = ""
) -> Place:
    """Add a place under a higher one, or at the top. Raises Forbidden, NotThere and Invalid."""
    actor.require(Permission.ORGAN_MANAGE)
    above = _living(actor, parent) if parent is not None else None
    errors: dict[str, str] = {}
    name = check_text(errors, "name", name, 40)
    if level not in _RANKS:
        errors["level"] = _("Choose one of the levels.")
    elif above and _RANKS.index(level) <= _RANKS.index(above.level):
        errors["level"] = _("A place lies in one of a higher level. Choose a lower level.")
    if living_places(actor.root_organ_id or 0).filter(parent=above, name=name).exists():
        errors["name"] = _("This place is there already.")
    raise_if(errors)
    row = Place.objects.create(
        root_id=actor.root_organ_id, parent=above, name=name, level=level, name_hant=name_hant, name_en=name_en
    )
    after = {"name": name, "parent": above.name if above else "", "level": level}
    note_change(actor, SUBJECT, row.pk, name=name, what="added", after=after)
    return row


@transaction.atomic(durable=True)
def change_place(*, actor: Actor, pk: int, name: str, name_hant: str, name_en: str) -> Place:
    """Correct the names of a place; what matters already say of their place stays as it was written."""
    actor.require(Permission.ORGAN_MANAGE)
    row = _living(actor, pk)
    errors: dict[str, str] = {}
    name = check_text(errors, "name", name, 40)
    same = living_places(actor.root_organ_id or 0).filter(parent=row.parent, name=name).exclude(pk=pk)
    if same.exists():
        errors["name"] = _("This place is there already.")
    raise_if(errors)
    before = {"name": row.name, "name_hant": row.name_hant, "name_en": row.name_en}
    after = {"name": name, "name_hant": name_hant.strip()[:40], "name_en": name_en.strip()[:80]}
    if before != after:
        for field, value in after.items():
            setattr(row, field, value)
        row.save(update_fields=list(after))
        note_change(actor, SUBJECT, row.pk, name=name, what="changed", before=before, after=after)
    return row


@transaction.atomic(durable=True)
def end_place(*, actor: Actor, pk: int, reason: str) -> Place:
    """End a place: it is offered no more."""
    actor.require(Permission.ORGAN_MANAGE)
    row = _living(actor, pk)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    if below := row.children.filter(ended_on=None).count():
        errors["reason"] = _("%(n)d places lie in it. End them first.") % {"n": below}
    raise_if(errors)
    row.ended_on = today()
    row.save(update_fields=["ended_on"])
    note_change(actor, SUBJECT, row.pk, name=row.name, what="ended", after={"ended_on": today()}, basis=reason)
    return row


def _living(actor: Actor, pk: int) -> Place:
    row = living_places(actor.root_organ_id or 0).filter(pk=pk).first()
    if row is None:
        raise NotThere
    return row

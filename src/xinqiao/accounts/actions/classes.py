"""The table of content classes: entered, put in order, ended. A name that matters bear is never changed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.models import Change
from xinqiao.accounts.words import check_text, raise_if
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.classes import living_classes
from xinqiao.organs.models import ContentClass

SUBJECT = Change.Subject.CONTENT_CLASS
LONGEST = 28


@transaction.atomic(durable=True)
def add_class(*, actor: Actor, parent: int | None, name: str, name_hant: str = "", name_en: str = "") -> ContentClass:
    """Add a class of the first level, or of the second below one. Raises Forbidden, NotThere and Invalid."""
    actor.require(Permission.ORGAN_MANAGE)
    above = _living(actor, parent) if parent is not None else None
    row = ContentClass(root_id=actor.root_organ_id, parent=above, name=name, name_hant=name_hant, name_en=name_en)
    _enter(actor, row)
    after = {"name": row.code, "name_hant": row.name_hant, "name_en": row.name_en}
    note_change(actor, SUBJECT, row.pk, name=row.code, what="added", after=after)
    return row


def _enter(actor: Actor, row: ContentClass) -> ContentClass:
    """Write one new class at the end of its level."""
    errors: dict[str, str] = {}
    row.name = check_text(errors, "name", row.name, LONGEST)
    if "/" in row.name:
        errors["name"] = _("Write it without “/”, which stands between the levels.")
    if row.parent and row.parent.parent_id:
        errors["parent"] = _("There are two levels. Choose a class of the first level.")
    siblings = living_classes(actor.root_organ_id or 0).filter(parent=row.parent)
    if siblings.filter(name=row.name).exists():
        errors["name"] = _("This class is there already.")
    raise_if(errors)
    row.position = siblings.count() + 1
    row.save()
    return row


@transaction.atomic(durable=True)
def change_class(*, actor: Actor, pk: int, name_hant: str, name_en: str, position: int) -> ContentClass:
    """Change how a class reads in other scripts, and its place in the list; its own name stays: matters bear it."""
    actor.require(Permission.ORGAN_MANAGE)
    row = _living(actor, pk)
    before = {"name_hant": row.name_hant, "name_en": row.name_en, "position": row.position}
    after = {"name_hant": name_hant.strip()[:LONGEST], "name_en": name_en.strip()[:80], "position": position}
    if before != after:
        for name, value in after.items():
            setattr(row, name, value)
        row.save(update_fields=list(after))
        note_change(actor, SUBJECT, row.pk, name=row.code, what="changed", before=before, after=after)
    return row


@transaction.atomic(durable=True)
def end_class(*, actor: Actor, pk: int, reason: str) -> ContentClass:
    """End a class: it is offered no more, and matters that bear it keep it."""
    actor.require(Permission.ORGAN_MANAGE)
    row = _living(actor, pk)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    if below := row.children.filter(ended_on=None).count():
        errors["reason"] = _("%(n)d classes below it are in use. End them first.") % {"n": below}
    raise_if(errors)
    row.ended_on = today()
    row.save(update_fields=["ended_on"])
    note_change(actor, SUBJECT, row.pk, name=row.code, what="ended", after={"ended_on": today()}, basis=reason)
    return row


def _living(actor: Actor, pk: int) -> ContentClass:
    row = living_classes(actor.root_organ_id or 0).filter(pk=pk).first()
    if row is None:
        raise NotThere
    return row


@transaction.atomic(durable=True)
def take_rows(*, actor: Actor, rows: list[tuple[int, tuple[str, ...]]]) -> int:
    """Enter the classes of a sheet that are not there yet; all or none. Gives how many were new.

    A row is its line and up to six cells: first level, second level, and both in Traditional and in English. Raises
    Invalid, whose keys are the lines.
    """
    actor.require(Permission.ORGAN_MANAGE)
    if not rows:
        raise Invalid({"1": _("The sheet has no line. The first line names the columns; classes stand below it.")})
    errors: dict[str, str] = {}
    added = 0
    for line, cells in rows:
        try:
            added += take_line(actor, cells)
        except Invalid as error:
            errors[str(line)] = " ".join(error.errors.values())
    raise_if(errors)
    if added:
        note_many(actor, "taken", added)
    return added


def note_many(actor: Actor, what: str, count: int) -> None:
    """One line of history for many classes at once."""
    note_change(actor, SUBJECT, 0, name=_("%(n)d classes") % {"n": count}, what=what)


def take_line(actor: Actor, cells: Sequence[str]) -> int:
    """Enter what one line of a sheet has and the table has not: a step inside a transaction; gives how many classes."""
    first, second, first_hant, second_hant, first_en, second_en = [cell.strip() for cell in (*cells, *[""] * 6)[:6]]
    rows = living_classes(actor.root_organ_id or 0)
    top, new = rows.filter(parent=None, name=first).first(), 0
    if top is None:
        top, new = _new(actor, None, first, first_hant, first_en), 1
    if second and not rows.filter(parent=top, name=second).exists():
        _new(actor, top, second, second_hant, second_en)
        new += 1
    return new


def _new(actor: Actor, parent: ContentClass | None, name: str, hant: str, english: str) -> ContentClass:
    row = ContentClass(root_id=actor.root_organ_id, parent=parent, name=name)
    row.name_hant, row.name_en = hant[:LONGEST], english[:80]
    return _enter(actor, row)

"""Organs founded, renamed, moved, described and ended by an administrator.

The tree's own rules stand in ``organs.tree``. A change holds from its day on, never from a day to come: the columns of
an organ are a view of today.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.managing import managed_organ
from xinqiao.accounts.models import Change
from xinqiao.accounts.open_work import count_open
from xinqiao.accounts.words import check_text, misplaced_words, raise_if, unfinished_words
from xinqiao.matters.submission import Invalid
from xinqiao.organs import tree
from xinqiao.organs.models import Organ

SUBJECT = Change.Subject.ORGAN
CODE = re.compile(r"[A-Z][A-Z0-9]{1,15}")
#: What an organ says of itself, apart from its name and its place.
DESCRIBED = ("name_hant", "name_en", "short_name", "address", "telephone", "reception_hours", "pack", "is_front")


@transaction.atomic(durable=True)
def found(
    *, actor: Actor, code: str, name: str, parent: str, line_parent: str = "", since: date, basis: str, **fields: Any
) -> Organ:
    """Add an organ from a day on. Raises Forbidden, NotThere and Invalid."""
    actor.require(Permission.ORGAN_MANAGE)
    errors: dict[str, str] = {}
    name, basis = check_text(errors, "name", name, 100), check_text(errors, "basis", basis, 200)
    if not CODE.fullmatch(code):
        errors["code"] = _("Two to sixteen capital letters and figures, beginning with a letter; for example HCJY.")
    elif Organ.objects.filter(code=code).exists():
        errors["code"] = _("This code is given. It stays with its organ for good; choose another.")
    raise_if(errors)
    above = managed_organ(actor, parent)
    line = Organ.objects.filter(code=line_parent, root_id=actor.root_organ_id).first() if line_parent else None
    if above.valid_until and above.valid_until <= since:
        raise Invalid({"parent": _("This organ has ended. Choose one that lives.")})
    organ = tree.found_organ(code=code, name=name, since=since, parent=above, line_parent=line, **fields)
    after = {"code": code, "name": name, "parent": above, "line_parent": line, "since": since} | fields
    note_change(actor, SUBJECT, organ.pk, name=name, what="founded", after=after, basis=basis)
    return organ


@transaction.atomic(durable=True)
def rename(*, actor: Actor, code: str, name: str, short_name: str, on: date, basis: str) -> Organ:
    """Give an organ another name from a day on; the record keeps what it was called before."""
    organ = managed_organ(actor, code, lock=True)
    errors: dict[str, str] = {}
    name, basis = check_text(errors, "name", name, 100), check_text(errors, "basis", basis, 200)
    if name == organ.name:
        errors["name"] = _("This is its name already.")
    _check_day(errors, on)
    raise_if(errors)
    before = {"name": organ.name, "short_name": organ.short_name}
    with _told("on"):
        tree.rename(organ, name, on=on, basis=basis)
    if short_name.strip():
        organ.short_name = short_name.strip()[:40]
        organ.save(update_fields=["short_name"])
    after = {"name": name, "short_name": organ.short_name, "on": on}
    note_change(actor, SUBJECT, organ.pk, name=name, what="renamed", before=before, after=after, basis=basis)
    return organ


@transaction.atomic(durable=True)
def move(*, actor: Actor, code: str, parent: str, line_parent: str, on: date, basis: str) -> Organ:
    """Place an organ under others from a day on; everything below it follows."""
    organ = managed_organ(actor, code, lock=True)
    errors: dict[str, str] = {}
    basis = check_text(errors, "basis", basis, 200)
    if organ.parent is None:
        errors["parent"] = _("The office itself has nothing above it.")
    _check_day(errors, on)
    raise_if(errors)
    above = managed_organ(actor, parent)
    line = Organ.objects.filter(code=line_parent, root_id=actor.root_organ_id).first() if line_parent else None
    before = {"parent": organ.parent, "line_parent": organ.line_parent}
    with _told("parent", too_early="on"):
        tree.move(organ, parent=above, line_parent=line, on=on)
    after = {"parent": above, "line_parent": line, "on": on}
    note_change(actor, SUBJECT, organ.pk, name=organ.name, what="moved", before=before, after=after, basis=basis)
    return organ


@transaction.atomic(durable=True)
def describe(*, actor: Actor, code: str, values: Mapping[str, Any]) -> Organ:
    """Change what an organ says of itself: addresses, hours, short name, rule version, whether it keeps a counter."""
    organ = managed_organ(actor, code, lock=True)
    chosen = {name: values[name] for name in DESCRIBED if name in values}
    before = {name: getattr(organ, name) for name in chosen}
    if before != chosen:
        for name, value in chosen.items():
            setattr(organ, name, value)
        organ.save(update_fields=list(chosen))
        note_change(actor, SUBJECT, organ.pk, name=organ.name, what="described", before=before, after=chosen)
    return organ


@transaction.atomic(durable=True)
def dissolve(*, actor: Actor, code: str, kind: str, successors: Sequence[str], basis: str) -> Organ:
    """End an organ today by merger, split or abolition; nothing ends without a successor (Article 24)."""
    organ = managed_organ(actor, code, lock=True)
    errors: dict[str, str] = {}
    basis = check_text(errors, "basis", basis, 200)
    heirs = list(Organ.objects.filter(code__in=list(successors), root_id=actor.root_organ_id))
    if refused := why_not_end(organ, heirs):
        errors["successors"] = refused
    if kind == "split" and len(heirs) < 2:
        errors.setdefault("successors", _("A split organ goes on in two or more. Choose them all."))
    raise_if(errors)
    with _told("successors"):
        tree.dissolve(organ, kind=kind, successors=heirs, on=today(), basis=basis)
    after = {"until": today(), "successors": "、".join(heir.name for heir in heirs)}
    note_change(actor, SUBJECT, organ.pk, name=organ.name, what=kind, after=after, basis=basis)
    return organ


def why_not_end(organ: Organ, heirs: Sequence[Organ]) -> str:
    """What stands against the end of an organ, with the way; empty where nothing does."""
    if organ.parent is None:
        return _("The office itself does not end here.")
    below = list(organ.children.filter(valid_until=None).values_list("name", flat=True)[:4])
    if below:
        names = "、".join(below[:3]) + (" …" if len(below) > 3 else "")
        return _("Organs stand below it (%(names)s). Move them elsewhere first.") % {"names": names}
    if not heirs and (count := count_open(organ)):
        return _("%(count)s here. First name the organ that goes on with them.") % {"count": unfinished_words(count)}
    return "" if heirs else _("Name the organ that goes on with the duties (Article 24).")


def _check_day(errors: dict[str, str], on: date) -> None:
    if on > today():
        errors["on"] = _("Not later than today. Until that day things are as they were; enter it then.")


@contextmanager
def _told(field: str, **elsewhere: str) -> Iterator[None]:
    """Refusals of the tree in words, at the field where they are put right."""
    try:
        yield
    except tree.Misplaced as error:
        raise Invalid({elsewhere.get(error.code.replace("-", "_"), field): misplaced_words(error)}) from error

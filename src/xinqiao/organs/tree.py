"""Placing organs in the tree, and what follows from their places.

The closure ``Organ.ancestors`` holds an organ itself and all that stand above it, by territory and by line. Two more
come in with a merger, a split or an end (Article 24). Whoever goes on with the duties of an ended organ has that organ
in the closure: what must not reach the one must not reach the other. And the ended organ has its successors in its own
closure: they look after what it left.
"""

from datetime import date

from django.db import transaction

from xinqiao.organs.closure import Places, closure
from xinqiao.organs.models import Organ, OrganKind, OrganPeriod, Reorganisation


class Misplaced(ValueError):
    """An organ cannot stand, change or end so; the code is stable, the words are for those who read logs."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def found_organ(*, code: str, name: str, since: date = date(2010, 1, 1), **fields: object) -> Organ:
    """Add an organ with its first period and its closure; a root organ is its own root."""
    organ = Organ(code=code, name=name, valid_from=since, **fields)
    organ.short_name = organ.short_name or name
    organ.root_id = organ.parent.root_id if organ.parent else None
    organ.save()
    if organ.root_id is None:
        organ.root = organ
    organ.ancestors = _closure(organ)
    organ.save(update_fields=["root", "ancestors"])
    OrganPeriod.objects.create(organ=organ, name=name, parent=organ.parent, line_parent=organ.line_parent, since=since)
    return organ


def _closure(organ: Organ) -> list[int]:
    above: set[int] = {int(organ.pk)}
    for parent in (organ.parent, organ.line_parent):
        if parent:
            above |= set(parent.ancestors)
    return sorted(above)


@transaction.atomic
def rename(organ: Organ, name: str, *, on: date, basis: str) -> None:
    """Give an organ a new name from a day on; what it was called before stays on record."""
    _close_period(organ, on)
    OrganPeriod.objects.create(organ=organ, name=name, parent=organ.parent, line_parent=organ.line_parent, since=on)
    Reorganisation.objects.create(kind="renamed", on=on, organ=organ, successor=organ, basis=basis)
    organ.name = organ.short_name = name
    organ.save(update_fields=["name", "short_name"])


@transaction.atomic
def move(organ: Organ, *, parent: Organ | None, line_parent: Organ | None, on: date) -> None:
    """Place an organ elsewhere from a day on; everything below it follows.

    Raises Misplaced where the new place would lie below the organ itself, or in another office.
    """
    places = _places(organ.root_id)
    for above in (parent, line_parent):
        if above and above.root_id != organ.root_id:
            raise Misplaced("other-office", f"{above} belongs to another office")
        if above and organ.pk in places.above(above.pk):
            raise Misplaced("below-itself", f"{above} stands below {organ}: choose another place")
    _close_period(organ, on)
    OrganPeriod.objects.create(organ=organ, name=organ.name, parent=parent, line_parent=line_parent, since=on)
    organ.parent, organ.line_parent = parent, line_parent
    organ.save(update_fields=["parent", "line_parent"])
    rebuild(organ.root_id)


@transaction.atomic
def dissolve(organ: Organ, *, kind: str, successors: list[Organ], on: date, basis: str) -> None:
    """End an organ by merger, split or abolition; its successors go on with its duties (Article 24).

    Raises Misplaced where none is named, or one that has ended itself, and for an organ that has ended before.
    """
    if not successors:
        raise Misplaced("no-successor", "name the organ that goes on with the duties (Article 24)")
    for successor in successors:
        if successor.pk == organ.pk or (successor.valid_until and successor.valid_until <= on):
            raise Misplaced("ended-successor", f"{successor} does not go on: name a living organ")
    _close_period(organ, on)
    for successor in successors:
        Reorganisation.objects.create(kind=kind, on=on, organ=organ, successor=successor, basis=basis)
    organ.valid_until = on
    organ.save(update_fields=["valid_until"])
    rebuild(organ.root_id)


def _close_period(organ: Organ, on: date) -> None:
    current = OrganPeriod.objects.filter(organ=organ, until=None).first()
    if current is None:
        raise Misplaced("ended", f"{organ} has ended")
    if on <= current.since:
        raise Misplaced("too-early", f"the change must come after {current.since:%Y-%m-%d}")
    current.until = on
    current.save(update_fields=["until"])


@transaction.atomic
def rebuild(root_id: int | None) -> None:
    """Recompute the closure of a whole tree."""
    above = closure(_places(root_id))
    organs = list(Organ.objects.filter(root_id=root_id))
    for organ in organs:
        organ.ancestors = sorted(above[organ.pk])
    Organ.objects.bulk_update(organs, ["ancestors"])


def _places(root_id: int | None) -> Places:
    """Where every organ of an office stands today; locked, so that two changes at once make no circle."""
    rows = Organ.objects.select_for_update(of=("self",)).filter(root_id=root_id).order_by("pk")
    parents = {pk: {above for above in pair if above} for pk, *pair in rows.values_list("pk", "parent", "line_parent")}
    changes = Reorganisation.objects.filter(organ__root_id=root_id).exclude(kind="renamed")
    heirs: dict[int, set[int]] = {}
    for ended, heir in changes.values_list("organ", "successor"):
        if heir:
            heirs.setdefault(ended, set()).add(heir)
    return Places(parents=parents, heirs=heirs)


def name_on(organ: Organ, day: date) -> str:
    """What an organ was called on a day."""
    period = organ.periods.filter(since__lte=day).exclude(until__lte=day).first()
    return period.name if period else organ.name


def current_successors(organ: Organ, on: date) -> list[Organ]:
    """The organs that carry the duties of an ended organ on a day; the organ itself while it lives."""
    if organ.valid_until is None or on < organ.valid_until:
        return [organ]
    heirs: list[Organ] = []
    for change in organ.reorganisations.filter(on__lte=on).exclude(kind="renamed").select_related("successor"):
        if change.successor:
            heirs += current_successors(change.successor, on)
    return heirs


def superiors(organ: Organ) -> list[Organ]:
    """Who may review what an organ decided: the organ above by line, and the government above by territory.

    A petition office is not the superior of a department beside it; the government of both is.
    """
    found = [o for o in (organ.line_parent, organ.parent) if o and o.kind != OrganKind.BUREAU]
    return list(dict.fromkeys(found))


def is_superior(organ: Organ, *, of: Organ) -> bool:
    """Whether an organ stands directly above another, by line or by territory."""
    return organ.pk != of.pk and organ in superiors(of)

"""The content classes of an office, to be chosen from: those that have not ended; to find matters by: all of them."""

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from xinqiao.organs.models import ContentClass

Group = tuple[str, Sequence[tuple[str, str]]]


def living_classes(root_id: int) -> QuerySet[ContentClass]:
    """The classes in use, the first level before what belongs to it."""
    return ContentClass.objects.filter(root_id=root_id, ended_on=None).select_related("parent")


def class_choices(root_id: int) -> list[Group]:
    """First level with its second level, ready for a select with groups: what a matter keeps, and what is read.

    A first level without any second is a group with itself in it. Empty where an office has no table.
    """
    rows = list(living_classes(root_id))
    below: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        if row.parent_id:
            below.setdefault(row.parent_id, []).append((row.code, row.label))
    return [(row.label, below.get(row.pk) or [(row.code, row.label)]) for row in rows if row.parent_id is None]


def classes_borne(root_id: int) -> list[Group]:
    """The classes that matters may bear, ended ones last: first levels as groups, to narrow a list by.

    The first of a group ends in ``/`` and stands for all of it. Empty where an office has no table.
    """
    order = (F("ended_on").asc(nulls_first=True), "position", "id")
    rows = list(ContentClass.objects.filter(root_id=root_id).order_by(*order))
    first = {row.pk: row for row in rows if row.parent_id is None}
    groups: dict[str, tuple[str, dict[str, str]]] = {}
    for row in first.values():
        groups.setdefault(row.name, (_named(row), {f"{row.name}/": _("%(name)s (all)") % {"name": row.label}}))
    for row in rows:
        if row.parent_id is not None:
            row.parent = first[row.parent_id]
            groups[row.parent.name][1].setdefault(row.code, _named(row))
    return [(label, list(choices.items())) for label, choices in groups.values()]


def _named(row: ContentClass) -> str:
    return _("%(name)s (ended)") % {"name": row.label} if row.ended_on else row.label


def class_label(root_id: int, code: str) -> str:
    """A class that a matter names, in the reader's language; the code itself where no table knows it."""
    first, _slash, second = code.partition("/")
    rows = ContentClass.objects.filter(root_id=root_id).select_related("parent")
    rows = rows.filter(parent__name=first, name=second) if second else rows.filter(parent=None, name=first)
    row = rows.order_by("ended_on").last()
    if row is None:
        return code
    return f"{row.parent.label}/{row.label}" if row.parent else row.label

"""The content classes of an office, to be chosen from: those that have not ended; to find matters by: all of them."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinqiao.organs.models import ContentClass

Group = tuple[str, Sequence[tuple[str, str]]]


# Every list asks for the whole table; an office has some two hundred classes.
_BORNE = """SELECT id, parent_id, name, coalesce(nullif({named}, ''), name), ended_on IS NOT NULL
FROM organs_contentclass WHERE root_id = %s ORDER BY ended_on NULLS FIRST, position, id"""


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
    named = {"zh-hant": "name_hant", "en": "name_en"}.get(get_language() or "", "name")
    with connection.cursor() as cursor:
        cursor.execute(_BORNE.format(named=named), [root_id])
        rows = cursor.fetchall()
    ended = _("%(name)s (ended)")
    groups: dict[str, tuple[str, dict[str, str]]] = {}
    first: dict[int, str] = {}
    for pk, parent_id, name, label, is_over in rows:
        if parent_id is None:
            first[pk] = name
            whole = {f"{name}/": _("%(name)s (all)") % {"name": label}}
            groups.setdefault(name, (ended % {"name": label} if is_over else label, whole))
    for _pk, parent_id, name, label, is_over in rows:
        if parent_id is not None:
            above = first[parent_id]
            groups[above][1].setdefault(f"{above}/{name}", ended % {"name": label} if is_over else label)
    return [(label, list(choices.items())) for label, choices in groups.values()]


def class_label(root_id: int, code: str) -> str:
    """A class that a matter names, in the reader's language; the code itself where no table knows it."""
    first, _slash, second = code.partition("/")
    rows = ContentClass.objects.filter(root_id=root_id).select_related("parent")
    rows = rows.filter(parent__name=first, name=second) if second else rows.filter(parent=None, name=first)
    row = rows.order_by("ended_on").last()
    if row is None:
        return code
    return f"{row.parent.label}/{row.label}" if row.parent else row.label

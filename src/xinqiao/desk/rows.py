"""A page of plain rows by the cursor of the list: for lists in the order of one column whose values differ."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.desk.paging import SIZE, Page, address, closed, opened

M = TypeVar("M", bound=Model)


def page_of(rows: QuerySet[M], query: QueryDict, *, by: str = "-id", size: int = SIZE, prefix: str = "") -> Page[M]:
    """One page in the order of ``by`` (``-id``: the newest first), with the places of its neighbours.

    A second list of the same page has a ``prefix`` before the names of its cursors: each then turns by itself.
    """
    column, falling = by.lstrip("-"), by.startswith("-")
    after, before = _key(query.get(f"{prefix}after")), _key(query.get(f"{prefix}before"))
    beyond, ahead_of = (f"{column}__lt", f"{column}__gt") if falling else (f"{column}__gt", f"{column}__lt")
    if before is not None and after is None:
        back = column if falling else f"-{column}"
        found = list(rows.filter(**{ahead_of: before}).order_by(back)[:size])[::-1]
    else:
        found = list((rows.filter(**{beyond: after}) if after is not None else rows).order_by(by)[:size])
    total = rows.count()
    ahead = rows.filter(**{ahead_of: getattr(found[0], column)}).count() if found else 0
    url = address(query, prefix)
    return Page(
        rows=found,
        first=ahead + 1,
        total=total,
        previous_url=f"{url}&{prefix}before={closed([getattr(found[0], column)])}" if ahead else "",
        next_url=f"{url}&{prefix}after={closed([getattr(found[-1], column)])}"
        if found and ahead + len(found) < total
        else "",
    )


def rows_words(page: Page[M]) -> str:
    """Which rows are shown, of how many; nothing where all are."""
    if not (page.previous_url or page.next_url):
        return ""
    last = page.first + len(page.rows) - 1
    return _("rows %(first)d–%(last)d of %(total)d") % {"first": page.first, "last": last, "total": page.total}


def _key(cursor: str | None) -> Any:
    match opened(cursor):
        case [int() | str() as key]:
            return key
    return None

"""A page of plain rows, newest first, by cursor: for lists that need no more order than their ids."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from xinqiao.desk.paging import SIZE, Page, address, closed, opened

M = TypeVar("M", bound=Model)


def page_of(rows: QuerySet[M], query: QueryDict, *, size: int = SIZE) -> Page[M]:
    """One page of rows that are ordered by ``-id``, with the places of its neighbours."""
    after, before = _key(query.get("after")), _key(query.get("before"))
    if before and not after:
        found = list(rows.filter(pk__gt=before).order_by("id")[:size])[::-1]
    else:
        found = list((rows.filter(pk__lt=after) if after else rows)[:size])
    total = rows.count()
    ahead = rows.filter(pk__gt=found[0].pk).count() if found else 0
    url = address(query)
    return Page(
        rows=found,
        first=ahead + 1,
        total=total,
        previous_url=f"{url}&before={closed([found[0].pk])}" if ahead else "",
        next_url=f"{url}&after={closed([found[-1].pk])}" if found and ahead + len(found) < total else "",
    )


def _key(cursor: str | None) -> int | None:
    match opened(cursor):
        case [int(pk)]:
            return pk
    return None

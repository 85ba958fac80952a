"""Pages by cursor: the last row of a page names the next, so that nothing is skipped or shown twice."""

import base64
import json
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from xinqiao.api.problems import Problem
from xinqiao.matters.models import Matter

SORTS = {
    "-received_on": ("received_on", True),
    "received_on": ("received_on", False),
    "next_due_on": ("next_due_on", False),
}


def page(rows: QuerySet[Matter], *, sort: str, cursor: str | None, limit: int) -> tuple[list[Matter], str | None]:
    """At most ``limit`` rows after the cursor, and the cursor of what follows."""
    column, descending = SORTS[sort]
    if column == "next_due_on":
        rows = rows.exclude(next_due_on=None)
    if cursor:
        rows = rows.filter(_after(column, descending, *_opened(cursor, sort)))
    order = (F(column).desc(), F("id").desc()) if descending else (F(column).asc(), F("id").asc())
    found = list(rows.order_by(*order)[: limit + 1])
    more = len(found) > limit
    return found[:limit], _closed(sort, getattr(found[limit - 1], column), found[limit - 1].pk) if more else None


def _after(column: str, descending: bool, day: date, pk: int) -> Q:
    way = "lt" if descending else "gt"
    return Q(**{f"{column}__{way}": day}) | Q(**{column: day, f"id__{way}": pk})


def _closed(sort: str, day: Any, pk: int) -> str:
    said = json.dumps([sort, day.isoformat(), pk])
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _opened(cursor: str, sort: str) -> tuple[date, int]:
    try:
        of_sort, day, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if of_sort != sort or type(pk) is not int or not 0 <= pk < 2**63:
            raise ValueError
        return date.fromisoformat(day), pk
    except (ValueError, TypeError, RecursionError):
        raise Problem(409, "cursor", _("This cursor does not go on with this list; begin again without it.")) from None

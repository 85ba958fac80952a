"""Pages by cursor: the last row of a page names the next, so that nothing is skipped or shown twice."""

import base64
import json
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from xinqiao.api.problems import Problem
from xinqiao.matters.listing import Key, Listing, Sort, key_of
from xinqiao.matters.models import Matter


def page(listing: Listing, *, sort: Sort, cursor: str | None, limit: int) -> tuple[list[Matter], str | None]:
    """At most ``limit`` matters after the cursor, and the cursor of what follows."""
    if sort == "next_due_on":
        listing = listing.where(Q(next_due_on__isnull=False))
    found = listing.page(sort=sort, after=_opened(cursor, sort) if cursor else None, size=limit + 1)
    return found[:limit], _closed(sort, *key_of(found[limit - 1], sort)) if len(found) > limit else None


def _closed(sort: str, day: date, pk: int) -> str:
    said = json.dumps([sort, day.isoformat(), pk])
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _opened(cursor: str, sort: str) -> Key:
    try:
        of_sort, day, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if of_sort != sort or type(pk) is not int or not 0 <= pk < 2**63:
            raise ValueError
        return date.fromisoformat(day), pk
    except (ValueError, TypeError, RecursionError):
        raise Problem(409, "cursor", _("This cursor does not go on with this list; begin again without it.")) from None

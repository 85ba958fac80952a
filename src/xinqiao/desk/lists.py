"""All matters: filtered by what they are, where they are and when they are due; found by number; page by page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.parts import Chip
from xinqiao.desk.duty_rows import Reader
from xinqiao.desk.filtering import classes_in_words, filters, is_filtered, more, selects, spans
from xinqiao.desk.keeping_lists import Kept, kept_for, view_query
from xinqiao.desk.matter_columns import at_first, matter_table
from xinqiao.desk.pages import DeskRequest, desk_page, gone_to, show_list
from xinqiao.desk.paging import Page, address, closed, opened, printed, size_chips, size_of
from xinqiao.desk.words import own_place
from xinqiao.matters.listing import MOST, DueSpan, Key, Listing, Sort, count_each, key_of
from xinqiao.matters.models import Matter

SORTS: Mapping[str, Sort] = {"received": "-received_on", "due": "next_due_on"}
#: What may be done with many at once, by the power that it takes.
FOR_MANY = (Permission.MATTER_TRANSFER, Permission.MATTER_EXPORT)


@desk_page("GET", to=Permission.MATTER_READ)
def matters(request: DeskRequest) -> HttpResponseBase:
    """Every matter that this post may know of; a number that is found leads straight to its matter."""
    query, listing = request.GET, Listing(request.actor)
    wanted = query.get("q", "").strip()
    if wanted:
        listing = listing.where(numbered(listing, wanted))
        if len(found := listing.page(sort="-received_on", size=2)) == 1:
            return gone_to(request, reverse("desk:matter", args=[found[0].number]))
    narrowed = listing.where(filters(query))
    due = spans(today())
    counts = _counts(narrowed, due)
    span = query.get("due", "") if query.get("due") in counts else ""
    sort = query.get("sort", "") if query.get("sort") in SORTS else "received"
    page = matter_page(narrowed, query, SORTS[sort], within=due[span], total=counts[span])
    kept = kept_for(request.actor, "matters")
    seldom = more(query, request.actor.root_organ_id or 0)
    context = {
        "q": wanted,
        "chosen": query,
        "chips": _chips(counts, query),
        "selects": selects(query, listing),
        "more": seldom,
        "page": page,
        "print_url": printed(query),
        "is_filtered": is_filtered(query),
        **_table(request.actor, page, kept, classes_in_words(seldom["classes"])),
        **own_views(kept, "matters", query),
        "export_url": _export_url(request.actor, query),
    }
    return show_list(request, "desk/matters.html", "desk/_matters.html", context)


def _counts(listing: Listing, due: Mapping[str, DueSpan]) -> dict[str, int]:
    """How many matters each group has; every matter is in one of them, so all together need no count of their own."""
    counts = count_each(listing, {name: span for name, span in due.items() if name})
    return {"": min(sum(counts.values()), MOST + 1), **counts}


def numbered(listing: Listing, wanted: str) -> Q:
    """The matter of this number; for bare figures those whose number ends in them."""
    number = "".join(wanted.split()).upper()
    exact = Q(number=number)
    if not number.isdecimal() or listing.where(exact).rows.exists():
        return exact
    return Q(number__endswith=f"-{number:0>5}")


def matter_page(listing: Listing, query: QueryDict, sort: Sort, *, within: DueSpan, total: int) -> Page[Matter]:
    """One page, with the places of its neighbours; a cursor knows how many stand before it."""
    after, before = _cursor(query.get("after")), _cursor(query.get("before"))
    is_backward, size = before is not None and after is None, size_of(query)
    at, place = after or before or (None, 0)
    found = listing.page(sort=sort, size=size + 1, within=within, **{"before" if is_backward else "after": at})
    rows = found[-size:] if is_backward else found[:size]
    ahead = max(place - len(rows), 0) if is_backward else place
    has_more = is_backward or len(found) > size
    has_less = len(found) > size if is_backward else ahead > 0
    url = address(query)
    return Page(
        rows=rows,
        first=ahead + 1,
        total=total,
        most=MOST,
        previous_url=f"{url}&before={closed((*key_of(rows[0], sort), ahead))}" if has_less and rows else "",
        next_url=f"{url}&after={closed((*key_of(rows[-1], sort), ahead + len(rows)))}" if has_more and rows else "",
        sizes=size_chips(query, total),
    )


def own_views(kept: Kept, list_name: str, query: QueryDict) -> dict[str, Any]:
    """The saved views as chips, and where this one is saved and the columns are chosen."""
    shown = view_query(query)
    suffix = f"?{shown}" if shown else ""
    return {
        "views": [
            Chip(label=name, url=f"?{saved}", current=saved == shown, icon="bookmark") for name, saved in kept.views
        ],
        "views_url": f"{reverse('desk:views', args=[list_name])}{suffix}",
        "columns_url": f"{reverse('desk:columns', args=[list_name])}{suffix}",
    }


def marks_of(actor: Actor) -> dict[str, bool]:
    """What this post may do with the rows that are marked."""
    return {"may_transfer": actor.may(FOR_MANY[0]) and actor.has_organs_below, "may_export": actor.may(FOR_MANY[1])}


def _table(actor: Actor, page: Page[Matter], kept: Kept, classes: Mapping[str, str]) -> dict[str, Any]:
    marks = marks_of(actor)
    shown = at_first() if kept.columns is None else kept.columns
    reader = Reader(day=today(), place=own_place(actor), classes=classes)
    table = matter_table(page.rows, reader, shown=shown, marks=any(marks.values())) if page.rows else None
    return {"table": table, **marks}


def _export_url(actor: Actor, query: QueryDict) -> str:
    return f"{reverse('desk:export')}{address(query)}" if actor.may(Permission.MATTER_EXPORT) else ""


def _cursor(cursor: str | None) -> tuple[Key, int] | None:
    match opened(cursor):
        case [str(day), int(pk), int(place)] if place >= 0:
            try:
                return (date.fromisoformat(day), pk), place
            except ValueError:
                return None
    return None


def _chips(counts: Mapping[str, int], query: QueryDict) -> list[Chip]:
    words = {
        "": _("All"),
        "overdue": _("Overdue"),
        "soon": _("Today or within three days"),
        "later": _("Later"),
        "none": _("Nothing due"),
    }
    return [
        Chip(
            label=label,
            url=address(query, due=name),
            count=min(counts[name], MOST),
            more=counts[name] > MOST,
            current=query.get("due", "") == name,
            red=name == "overdue" and bool(counts[name]),
        )
        for name, label in words.items()
    ]

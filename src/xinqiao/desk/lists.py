"""All matters: filtered by what they are, where they are and when they are due; found by number; page by page."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import StateCell, TitleCell
from xinqiao.components.parts import Chip, Column, RowGroup, Table
from xinqiao.desk.duties import SOON
from xinqiao.desk.duty_rows import tags_of
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.paging import SIZE, Page, address, closed, opened
from xinqiao.desk.words import duty_words, number_cell, short_name, stage_words
from xinqiao.matters.listing import MOST, Key, Listing, Sort, count_each, held_by, key_of
from xinqiao.matters.models import Kind, Matter, Stage
from xinqiao.matters.selectors import list_title

SORTS: Mapping[str, Sort] = {"received": "-received_on", "due": "next_due_on"}


@desk_page("GET", to=Permission.MATTER_READ)
def matters(request: DeskRequest) -> HttpResponseBase:
    """Every matter that this post may know of; a number that is found leads straight to its matter."""
    query, listing = request.GET, Listing(request.actor)
    wanted = query.get("q", "").strip()
    if wanted:
        listing = listing.where(numbered(listing, wanted))
        if len(found := listing.page(sort="-received_on", size=2)) == 1:
            return redirect("desk:matter", number=found[0].number)
    kept = listing.where(filters(query))
    counts = count_each({name: kept.where(span) for name, span in spans(today()).items()})
    span = query.get("due", "") if query.get("due") in counts else ""
    sort = query.get("sort", "") if query.get("sort") in SORTS else "received"
    page = matter_page(kept.where(spans(today())[span]), query, SORTS[sort], total=counts[span])
    context = {
        "q": wanted,
        "chosen": query,
        "chips": _chips(counts, query),
        "stages": [("", _("Stage: all")), *((code, stage_words(code)) for code in Stage.values)],
        "kinds": [("", _("Kind: all")), *Kind.choices],
        "organs": [("", _("Where: all organs")), *((organ.code, organ.label) for organ in listing.holders())],
        "sorts": [("received", _("Newest first")), ("due", _("Due first"))],
        "page": page,
        "table": matter_table(page.rows, today()) if page.rows else None,
        "is_filtered": any(query.get(name) for name in ("q", "stage", "kind", "organ", "due")),
        "export_url": _export_url(request.actor, query),
    }
    return show(request, "desk/matters.html", context)


def numbered(listing: Listing, wanted: str) -> Q:
    """The matter of this number; for bare figures those whose number ends in them."""
    number = "".join(wanted.split()).upper()
    exact = Q(number=number)
    if not number.isdecimal() or listing.where(exact).rows.exists():
        return exact
    return Q(number__endswith=f"-{number:0>5}")


def filters(query: QueryDict) -> Q:
    """The filters of the form; a word that is none of the choices filters nothing."""
    found = Q()
    if (stage := query.get("stage")) in Stage.values:
        found &= Q(stage=stage)
    if (kind := query.get("kind")) in Kind.values:
        found &= Q(kind=kind)
    if code := query.get("organ"):
        found &= held_by(code[:32])
    return found


def spans(day: date) -> Mapping[str, Q]:
    """What a chip stands for: when the next duty is due."""
    soon = day + timedelta(days=SOON)
    return {
        "": Q(),
        "overdue": Q(next_due_on__lt=day),
        "soon": Q(next_due_on__gte=day, next_due_on__lte=soon),
        "later": Q(next_due_on__gt=soon),
        "none": Q(next_due_on=None),
    }


def matter_page(listing: Listing, query: QueryDict, sort: Sort, *, total: int) -> Page[Matter]:
    """One page, with the places of its neighbours; a cursor knows how many stand before it."""
    after, before = _cursor(query.get("after")), _cursor(query.get("before"))
    is_backward = before is not None and after is None
    at, place = after or before or (None, 0)
    found = listing.page(sort=sort, size=SIZE + 1, **{"before" if is_backward else "after": at})
    rows = found[-SIZE:] if is_backward else found[:SIZE]
    ahead = max(place - len(rows), 0) if is_backward else place
    has_more = is_backward or len(found) > SIZE
    has_less = len(found) > SIZE if is_backward else ahead > 0
    url = address(query)
    return Page(
        rows=rows,
        first=ahead + 1,
        total=total,
        most=MOST,
        previous_url=f"{url}&before={closed((*key_of(rows[0], sort), ahead))}" if has_less and rows else "",
        next_url=f"{url}&after={closed((*key_of(rows[-1], sort), ahead + len(rows)))}" if has_more and rows else "",
    )


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
        "soon": _("Within three days"),
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


def matter_table(rows: Any, day: date) -> Table:
    """The matters of a page: what is due next stands beside where it is."""
    columns = [
        Column(label=_("Number"), width="w7", muted=True, wide=True),
        Column(label=_("Matter"), cut=True, wide=True),
        Column(label=_("Stage"), width="w7"),
        Column(label=_("Where"), width="w8", hide_s=True),
        Column(label=_("Received"), width="w7", hide_s=True),
        Column(label=_("Next duty"), width="w8", hide_s=True),
        Column(label=_("Due"), width="w7"),
        Column(label=_("Left"), width="w7", end_s=True),
    ]
    return Table(caption=_("Matters"), columns=columns, groups=[RowGroup(rows=[_cells(row, day) for row in rows])])


def _cells(matter: Matter, day: date) -> list[object]:
    due = matter.next_due_on
    state = "missed" if due and due < day else "running"
    url = reverse("desk:matter", args=[matter.number])
    return [
        number_cell(matter.number),
        TitleCell(text=list_title(matter), url=url, tags=tags_of(matter)[:2]),
        stage_words(matter.stage),
        short_name(matter.holder),
        matter.received_on,
        duty_words(matter.next_clock) if matter.next_clock else "",
        due,
        StateCell(state=state, days_left=(due - day).days) if due else "",
    ]


def _export_url(actor: Actor, query: QueryDict) -> str:
    """Where this very list comes as .xlsx, once there is such an address."""
    if not actor.may(Permission.MATTER_EXPORT):
        return ""
    try:
        return f"{reverse('desk:export')}{address(query)}"
    except NoReverseMatch:
        return ""

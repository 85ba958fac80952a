"""My work: the duties of the post's organ by day, and what was told since one last looked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.dates import desk_day
from xinqiao.components.parts import Chip
from xinqiao.components.surfaces import current_language
from xinqiao.desk import duties
from xinqiao.desk.drafts.keeping import drafts_of
from xinqiao.desk.duty_rows import duty_table
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.paging import SIZE, Page, address, closed, opened
from xinqiao.desk.words import DUTIES, alike
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.selectors import organ_names
from xinqiao.notices.models import Notice
from xinqiao.notices.services import mark_read, notices_for

NOTICES_SHOWN = 8


@desk_page("GET")
def home(request: DeskRequest) -> HttpResponseBase:
    """What is to be done, first what is over, then today, then the days after."""
    if not request.actor.may(Permission.MATTER_READ):
        return show(request, "desk/home_without_matters.html", {})
    day, query = today(), request.GET
    rows = duties.duties_of(request.actor)
    counts = duties.count_by_span(rows, day)
    chosen = duties.duties_of(
        request.actor, what=alike(query["what"]) if query.get("what") else (), holder=query.get("organ", "")
    )
    spanned = duties.within(chosen, query.get("due", ""), day)
    page = duty_page(spanned, query)
    is_supervising = request.actor.role in duties.SUPERVISORS
    coming = [] if page.rows else duties.ordered(rows, after=(day, "", 0), limit=1)
    context = {
        "counts": counts,
        "total": counts["all"],
        "chips": [*_chips(counts, query), drafts_chip(request.actor)],
        "acts": _acts(),
        "organs": _organs(request.actor),
        "chosen": query,
        "is_filtered": any(query.get(name) for name in ("what", "organ", "due")),
        "page": page,
        "table": duty_table(page.rows, duties.count_by_span(spanned, day), day, named=is_supervising)
        if page.rows
        else None,
        "next_due": _next_words(coming),
        **_told(request),
    }
    return show(request, "desk/home.html", context)


@desk_page("POST", to=Permission.MATTER_READ)
def read_notices(request: DeskRequest) -> HttpResponseBase:
    """Put notices away that were read; one reader is enough for an organ."""
    ids = [int(value) for value in request.POST.getlist("id") if value.isdecimal() and len(value) < 19]
    mark_read(_notices(request.actor), ids=ids, user_id=request.actor.user_id or 0)
    return redirect("desk:home")


def duty_page(rows: duties.Rows, query: QueryDict) -> Page[duties.Key]:
    """One page of duties, with the places of its neighbours."""
    after, before = _key(query.get("after")), _key(query.get("before"))
    found = duties.ordered(rows, after=after, before=None if after else before, limit=SIZE)
    total = rows[0].count() + rows[1].count()
    ahead = duties.count_ahead(rows, found[0]) if found else 0
    url = address(query)
    return Page(
        rows=found,
        first=ahead + 1,
        total=total,
        previous_url=f"{url}&before={closed(found[0])}" if ahead else "",
        next_url=f"{url}&after={closed(found[-1])}" if found and ahead + len(found) < total else "",
    )


def _key(cursor: str | None) -> duties.Key | None:
    match opened(cursor):
        case [str(day), "clock" | "paper" as kind, int(pk)]:
            try:
                return date.fromisoformat(day), kind, pk
            except ValueError:
                return None
    return None


def _chips(counts: Mapping[str, int], query: QueryDict) -> list[Chip]:
    words = {
        "": _("All"),
        "overdue": _("Overdue"),
        "today": _("Today"),
        "soon": _("Within three days"),
        "paused": _("Paused"),
    }
    return [
        Chip(
            label=label,
            url=address(query, due=name),
            count=counts[name or "all"],
            current=query.get("due", "") == name,
            red=name == "overdue" and bool(counts[name]),
            icon="exclamation-triangle" if name == "overdue" and counts[name] else "",
        )
        for name, label in words.items()
    ]


def drafts_chip(actor: Actor) -> Chip:
    """What is unfinished, beside what is due."""
    return Chip(label=_("My drafts"), url=reverse("desk:drafts"), count=drafts_of(actor).count(), icon="pencil")


def _acts() -> list[tuple[str, str]]:
    """Each duty once by its words: two clocks for one duty are one choice less to understand."""
    named: dict[str, str] = {}
    for code, words in DUTIES.items():
        if code not in duties.RIGHTS:
            named.setdefault(str(words), code)
    choices = [(code, words) for words, code in named.items()]
    return [("", _("What to do: all")), *choices, (duties.SERVE, _("Serve a document"))]


def _organs(actor: Actor) -> list[tuple[str, str]]:
    """For those who supervise: the organs that owe something now."""
    if actor.role not in duties.SUPERVISORS:
        return []
    names = organ_names(duties.owing_organs(actor))
    return [("", _("Who: all organs")), *sorted(names.items())]


def _next_words(keys: list[duties.Key]) -> str:
    """Where the chosen list is empty: when the first of all duties is due."""
    if not keys or keys[0][0] == duties.PAUSED:
        return ""
    return _("The next one is due on %(day)s.") % {"day": desk_day(keys[0][0], current_language())}


def _notices(actor: Actor) -> Any:
    streams = matters_visible_to(actor).values("stream_id")
    return notices_for(user_id=actor.user_id or 0, organ_id=actor.organ_id or 0, streams=streams)


def _told(request: DeskRequest) -> dict[str, Any]:
    rows = _notices(request.actor)
    shown: list[Notice] = list(rows[:NOTICES_SHOWN])
    numbers = dict(
        matters_visible_to(request.actor)
        .filter(stream_id__in=[row.stream_id for row in shown])
        .values_list("stream_id", "number")
    )
    return {
        "notices": [(row, numbers.get(row.stream_id or 0, "")) for row in shown],
        "notice_count": rows.count() if shown else 0,
    }

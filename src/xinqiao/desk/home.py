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
from xinqiao.desk.drafts.keeping import count_drafts
from xinqiao.desk.duty_rows import OPTIONAL, Reader, duty_table
from xinqiao.desk.keeping_lists import kept_for
from xinqiao.desk.lists import marks_of, own_views
from xinqiao.desk.pages import DeskRequest, desk_page, show, show_list
from xinqiao.desk.paging import Page, address, closed, opened, printed, size_chips, size_of
from xinqiao.desk.words import DUTIES, alike, own_place
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import organ_names
from xinqiao.notices.models import Notice
from xinqiao.notices.services import mark_read, newest_for, notices_for

NOTICES_SHOWN, NOTICES_COUNTED = 8, 99


@desk_page("GET")
def home(request: DeskRequest) -> HttpResponseBase:
    """What is to be done, first what is over, then today, then the days after."""
    if not request.actor.may(Permission.MATTER_READ):
        return show(request, "desk/home_without_matters.html", {})
    day, query = today(), request.GET
    mine = duties.duties_of(request.actor)
    request.duties_owed = min(len(mine.all), duties.MANY + 1)
    of_all_days = chosen_duties(request.actor, _of_all_days(query), day, among=mine)
    chosen = chosen_duties(request.actor, query, day, among=mine)
    page = duty_page(chosen, query)
    is_supervising = request.actor.role in duties.SUPERVISORS
    marks = marks_of(request.actor)
    kept = kept_for(request.actor, "work")
    context = {
        "total": duties.Count(len(mine.all), is_more=mine.is_cut),
        "chips": [*_chips(of_all_days.count_by_span(day), query), drafts_chip(request.actor)],
        "acts": _acts(mine, query.get("what", "")),
        "organs": _organs(request.actor, mine) if is_supervising else [],
        "chosen": query,
        "print_url": printed(query),
        "is_filtered": any(query.get(name) for name in ("what", "organ", "due")),
        "page": page,
        "table": duty_table(
            page.rows,
            chosen.count_by_span(day),
            Reader(day=day, place=own_place(request.actor)),
            named=is_supervising,
            shown=OPTIONAL if kept.columns is None else kept.columns,
            marks=any(marks.values()),
        )
        if page.rows
        else None,
        "next_due": "" if page.rows or query.get("due") == "paused" else _next_words(of_all_days, day),
        "export_url": f"{reverse('desk:export-work')}{address(query)}" if marks["may_export"] else "",
        **marks,
        **own_views(kept, "work", query),
        **_told(request),
    }
    return show_list(request, "desk/home.html", "desk/_home.html", context)


def _of_all_days(query: QueryDict) -> QueryDict:
    """The same choice without a day."""
    whole = query.copy()
    whole.pop("due", None)
    return whole


def chosen_duties(
    actor: Actor, query: QueryDict, day: date, *, among: duties.Duties | None = None, most: int | None = None
) -> duties.Duties:
    """What the filters of the list leave: taken from what was read, or read anew where that was cut."""
    what = alike(query["what"]) if query.get("what") else ()
    organ = query.get("organ", "")
    span = next((span for span in duties.spans(day) if span.name == query.get("due")), None)
    is_narrowed = bool(what or organ or span)
    if among is not None and not (among.is_cut and is_narrowed):
        return among.where(what=what, organ=organ).within(span)
    return duties.duties_of(actor, what=what, organ=organ, span=span, most=most)


@desk_page("POST", to=Permission.MATTER_READ)
def read_notices(request: DeskRequest) -> HttpResponseBase:
    """Put notices away that were read; one reader is enough for an organ."""
    ids = [int(value) for value in request.POST.getlist("id") if value.isdecimal() and len(value) < 19]
    mark_read(notices_for(**_own(request.actor)), ids=ids, user_id=request.actor.user_id or 0)
    return redirect("desk:home")


def duty_page(found: duties.Duties, query: QueryDict) -> Page[duties.Duty]:
    """One page of duties, with the places of its neighbours."""
    begin, total = _begin(found, query), len(found.all)
    rows = found.all[begin : begin + size_of(query)]
    url = address(query)
    return Page(
        rows=rows,
        first=begin + 1,
        total=total + found.is_cut,
        most=total if found.is_cut else None,
        previous_url=f"{url}&before={closed(rows[0].key)}" if rows and begin else "",
        next_url=f"{url}&after={closed(rows[-1].key)}" if begin + len(rows) < total else "",
        sizes=size_chips(query, total),
    )


def _begin(found: duties.Duties, query: QueryDict) -> int:
    """The place of the first duty of the page; a cursor stays good when duties come and go before it."""
    if after := _key(query.get("after")):
        return found.place_after(after)
    if before := _key(query.get("before")):
        return max(found.place_after(before) - 1 - size_of(query), 0)
    return 0


def _key(cursor: str | None) -> duties.Key | None:
    match opened(cursor):
        case [str(day), "clock" | "paper" as kind, int(pk)]:
            try:
                return date.fromisoformat(day), kind, pk
            except ValueError:
                return None
    return None


def _chips(counts: Mapping[str, duties.Count], query: QueryDict) -> list[Chip]:
    words = {
        "": _("All"),
        "overdue": _("Overdue"),
        "today": _("Today"),
        "soon": _("Within three days"),
        "paused": _("Paused"),
    }
    return [_chip(name, label, counts[name or "all"], query) for name, label in words.items()]


def _chip(name: str, label: str, count: duties.Count, query: QueryDict) -> Chip:
    """A group with its count; of what was not read none is said."""
    is_urgent = name == "overdue" and bool(count.n)
    return Chip(
        label=label,
        url=address(query, due=name),
        count=count.n if count.n or not count.is_more else None,
        more=count.is_more,
        current=query.get("due", "") == name,
        red=is_urgent,
        icon="exclamation-triangle" if is_urgent else "",
    )


def drafts_chip(actor: Actor) -> Chip:
    """What is unfinished, beside what is due."""
    return Chip(label=_("My drafts"), url=reverse("desk:drafts"), count=count_drafts(actor), icon="pencil")


def _acts(found: duties.Duties, chosen: str) -> list[tuple[str, str]]:
    """What there is to do, each duty once by its words: two clocks for one duty are one choice less to understand.

    A duty goes by its first clock whichever of them is owed, so that an address of today is still a choice tomorrow.
    """
    owed = {duty.what for duty in found.all} | {chosen}
    named: dict[str, str] = {}
    for code, words in DUTIES.items():
        if code not in duties.RIGHTS:
            named.setdefault(str(words), code)
    choices = [(code, words) for words, code in named.items() if found.is_cut or owed & set(alike(code))]
    if duties.SERVE in owed or found.is_cut:
        choices.append((duties.SERVE, _("Serve a document")))
    return [("", _("What to do: all")), *choices]


def _organs(actor: Actor, found: duties.Duties) -> list[tuple[str, str]]:
    """For those who supervise: the organs that owe something now."""
    names = organ_names(duties.organs_that_owe(actor, found))
    return [("", _("Who: all organs")), *sorted(names.items())]


def _next_words(found: duties.Duties, day: date) -> str:
    """Where the chosen list is empty: when the first of all duties is due that is not over yet."""
    coming = found.place_after((day, "", 0))
    if coming >= len(found.all) or found.all[coming].due == duties.PAUSED:
        return ""
    return _("The next one is due on %(day)s.") % {"day": desk_day(found.all[coming].due, current_language())}


def _own(actor: Actor) -> dict[str, Any]:
    streams = matters_visible_to(actor).order_by().values("stream_id")
    return {"user_id": actor.user_id or 0, "organ_id": actor.organ_id or 0, "streams": streams}


def _told(request: DeskRequest) -> dict[str, Any]:
    """The newest unread notices; of more than ``NOTICES_COUNTED`` it is only said that there are more."""
    ids = newest_for(**_own(request.actor), most=NOTICES_COUNTED + 1)
    shown = list(Notice.objects.filter(pk__in=ids[:NOTICES_SHOWN])) if ids else []
    streams = [row.stream_id for row in shown if row.stream_id]
    numbers = dict(Matter.objects.filter(stream_id__in=streams).values_list("stream_id", "number"))
    is_more = len(ids) > NOTICES_COUNTED
    return {
        "notices": [(row, numbers.get(row.stream_id or 0, "")) for row in shown],
        "news": duties.Count(min(len(ids), NOTICES_COUNTED), is_more=is_more),
        "more_notices": len(ids) - len(shown),
    }

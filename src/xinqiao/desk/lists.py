"""All matters: filtered by what they are, where they are and when they are due; found by number; page by page."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
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
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Kind, Matter, Stage
from xinqiao.matters.selectors import list_title
from xinqiao.organs.models import Organ

#: Sorted by: the column, whether the newest comes first, and in words.
SORTS = {"received": ("received_on", True), "due": ("next_due_on", False)}
Key = tuple[date, int]


@desk_page("GET", to=Permission.MATTER_READ)
def matters(request: DeskRequest) -> HttpResponseBase:
    """Every matter that this post may know of; a number that is found leads straight to its matter."""
    query, visible = request.GET, matters_visible_to(request.actor)
    wanted = query.get("q", "").strip()
    if wanted:
        visible = numbered(visible, wanted)
        if len(found := list(visible[:2])) == 1:
            return redirect("desk:matter", number=found[0].number)
    kept = filtered(visible, query)
    rows = spanned(kept, query.get("due", ""), today())
    sort = query.get("sort", "") if query.get("sort") in SORTS else "received"
    page = matter_page(rows, query, sort)
    context = {
        "q": wanted,
        "chosen": query,
        "chips": _chips(kept, query),
        "stages": [("", _("Stage: all")), *((code, stage_words(code)) for code in Stage.values)],
        "kinds": [("", _("Kind: all")), *Kind.choices],
        "organs": [("", _("Where: all organs")), *holders(request.actor)],
        "sorts": [("received", _("Newest first")), ("due", _("Due first"))],
        "page": page,
        "table": matter_table(page.rows, today()) if page.rows else None,
        "is_filtered": any(query.get(name) for name in ("q", "stage", "kind", "organ", "due")),
        "export_url": _export_url(request.actor, query),
    }
    return show(request, "desk/matters.html", context)


def numbered(rows: QuerySet[Matter], wanted: str) -> QuerySet[Matter]:
    """The matter of this number; for bare figures those whose number ends in them."""
    number = "".join(wanted.split()).upper()
    exact = rows.filter(number__iexact=number)
    if exact.exists() or not number.isdecimal():
        return exact
    return rows.filter(number__endswith=f"-{number:0>5}")


def filtered(rows: QuerySet[Matter], query: QueryDict) -> QuerySet[Matter]:
    """The filters of the form; a word that is none of the choices filters nothing."""
    if (stage := query.get("stage")) in Stage.values:
        rows = rows.filter(stage=stage)
    if (kind := query.get("kind")) in Kind.values:
        rows = rows.filter(kind=kind)
    if organ := query.get("organ"):
        rows = rows.filter(holder__code=organ[:32])
    return rows


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


def spanned(rows: QuerySet[Matter], span: str, day: date) -> QuerySet[Matter]:
    """Only the matters whose next duty is due then."""
    return rows.filter(spans(day).get(span, Q()))


def matter_page(rows: QuerySet[Matter], query: QueryDict, sort: str) -> Page[Matter]:
    """One page, with the places of its neighbours; sorted by the due day, what owes nothing comes last."""
    column, newest_first = SORTS[sort]
    after, before = _key(query.get("after")), _key(query.get("before"))
    found = _slice(rows, column, newest_first, after, None if after else before)
    total = rows.count()
    ahead = rows.filter(_beyond(column, newest_first, _key_of(found[0], column), ahead=True)).count() if found else 0
    url = address(query)
    return Page(
        rows=found,
        first=ahead + 1,
        total=total,
        previous_url=f"{url}&before={closed(_key_of(found[0], column))}" if ahead else "",
        next_url=f"{url}&after={closed(_key_of(found[-1], column))}" if found and ahead + len(found) < total else "",
    )


def _slice(
    rows: QuerySet[Matter], column: str, newest_first: bool, after: Key | None, before: Key | None
) -> list[Matter]:
    if key := after or before:
        rows = rows.filter(_beyond(column, newest_first, key, ahead=before is not None))
    backwards = newest_first != (before is not None)
    order = (
        (F(column).desc(nulls_first=True), F("id").desc())
        if backwards
        else (F(column).asc(nulls_last=True), F("id").asc())
    )
    found = list(rows.order_by(*order).select_related("holder", "next_organ")[:SIZE])
    return found if before is None else found[::-1]


def _beyond(column: str, newest_first: bool, key: Key, *, ahead: bool) -> Q:
    """What stands behind a key in the list (or ahead of it); no day is later than every day."""
    day, pk = key
    way = "lt" if newest_first != ahead else "gt"
    beside = Q(**{column: None if day == date.max else day, f"id__{way}": pk})
    if day == date.max:
        return beside if way == "gt" else beside | Q(**{f"{column}__isnull": False})
    beyond = beside | Q(**{f"{column}__{way}": day})
    return beyond | Q(**{f"{column}__isnull": True}) if way == "gt" else beyond


def _key_of(matter: Matter, column: str) -> Key:
    return getattr(matter, column) or date.max, matter.pk


def _key(cursor: str | None) -> Key | None:
    match opened(cursor):
        case [str(day), int(pk)]:
            try:
                return date.fromisoformat(day), pk
            except ValueError:
                return None
    return None


def holders(actor: Actor) -> list[tuple[str, str]]:
    """The organs that hold any of the matters in sight."""
    ids = matters_visible_to(actor).order_by().values("holder_id").distinct()
    return [(organ.code, organ.label) for organ in Organ.objects.filter(pk__in=ids)]


def _chips(rows: QuerySet[Matter], query: QueryDict) -> list[Chip]:
    words = {
        "": _("All"),
        "overdue": _("Overdue"),
        "soon": _("Within three days"),
        "later": _("Later"),
        "none": _("Nothing due"),
    }
    kinds = spans(today())
    counts = rows.aggregate(**{name or "all": Count("id", filter=q) for name, q in kinds.items()})
    return [
        Chip(
            label=label,
            url=address(query, due=name),
            count=counts[name or "all"],
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

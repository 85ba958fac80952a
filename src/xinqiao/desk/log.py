"""Looks at what is kept apart: an administrator's reasoned half hour, and the log of every look."""

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.access.models import AdminSession, Look
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import moment_html
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import DESK
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.paging import Page, address, closed, opened
from xinqiao.desk.signing_in import end_admin_sessions
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.organs.models import Organ

LASTS = timedelta(minutes=30)
SIZE = 50
WHAT = {
    "texts": gettext_lazy("the texts"),
    "contact": gettext_lazy("names and contact data"),
    "file": gettext_lazy("a file"),
    "paper": gettext_lazy("a document"),
    "export": gettext_lazy("an export of the list"),
}


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("It stands in the log beside every look."),
    )


@desk_page("GET", "POST", to=Permission.ADMIN_SESSION_OPEN, is_form=True)
def admin_session(request: DeskRequest) -> HttpResponseBase:
    """Look into matters for half an hour, for a reason; every look is on record."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = _open(request.actor, form.cleaned_data["reason"])
        request.session["admin_session"] = row.pk
        return redirect("desk:matters")
    return show(request, "desk/admin_session.html", {"form": form}, status=422 if form.errors else 200)


@desk_page("POST", to=Permission.ADMIN_SESSION_OPEN)
def end_admin_session(request: DeskRequest) -> HttpResponseBase:
    """End the look before its time."""
    end_admin_sessions(request.actor)
    request.session.pop("admin_session", None)
    messages.success(request, _("The look into matters has ended."))
    return redirect("desk:home")


def _open(actor: Actor, reason: str) -> AdminSession:
    end_admin_sessions(actor)
    begins = now()
    return AdminSession.objects.create(
        user_id=actor.user_id or 0,
        root_organ_id=actor.root_organ_id or 0,
        reason=reason,
        started_at=begins,
        ends_at=begins + LASTS,
    )


@desk_page("GET", to=Permission.ACCESS_LOG_READ)
def looks(request: DeskRequest) -> HttpResponseBase:
    """Who looked at what, when and why, newest first."""
    rows = looks_for(request.actor)
    page = _page(rows, request)
    context = {"page": page, "table": _table(page.rows, request.actor) if page.rows else None}
    return show(request, "desk/looks.html", context)


def looks_for(actor: Actor) -> QuerySet[Look]:
    """The looks at matters that the reader may know of; an administrator sees every look, and no matter."""
    rows = Look.objects.filter(root_organ_id=actor.root_organ_id or 0).select_related("user").order_by("-id")
    if actor.may(Permission.MATTER_READ) and not actor.admin_until:
        return rows.filter(stream_id__in=matters_visible_to(actor).values("stream_id"))
    return rows


def _page(rows: QuerySet[Look], request: DeskRequest) -> Page[Look]:
    after, before = _key(request.GET.get("after")), _key(request.GET.get("before"))
    if before and not after:
        found = list(rows.filter(pk__gt=before).order_by("id")[:SIZE])[::-1]
    else:
        found = list((rows.filter(pk__lt=after) if after else rows)[:SIZE])
    total = rows.count()
    ahead = rows.filter(pk__gt=found[0].pk).count() if found else 0
    url = address(request.GET)
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


def _table(rows: Sequence[Look], actor: Actor) -> Table:
    streams = [row.stream_id for row in rows]
    seen = matters_visible_to(actor).filter(stream_id__in=streams)
    numbers = dict(seen.values_list("stream_id", "number"))
    organs = {organ.pk: organ.label for organ in Organ.objects.filter(pk__in=[row.organ_id for row in rows])}
    reasons = _reasons(rows)
    columns = [
        Column(label=_("When"), width="w16"),
        Column(label=_("Who"), width="w16"),
        Column(label=_("Organ"), hide_s=True),
        Column(label=_("Saw"), wide=True),
        Column(label=_("Matter"), width="w8"),
        Column(label=_("Reason"), wide=True),
    ]
    cells = [
        [
            moment_html(row.at, surface=DESK),
            row.user.name,
            organs.get(row.organ_id, ""),
            str(WHAT.get(row.what, row.what)),
            _link(numbers.get(row.stream_id, "")),
            row.reason or reasons.get(row.pk, ""),
        ]
        for row in rows
    ]
    return Table(caption=_("Access log"), columns=columns, groups=[RowGroup(rows=cells)])


def _link(number: str) -> object:
    url = reverse("desk:matter", args=[number]) if number else ""
    return format_html('<a href="{}">{}</a>', url, number) if number else ""


def _reasons(rows: Sequence[Look]) -> dict[int, str]:
    """The reason of the administrator's half hour in which a look fell."""
    if not rows:
        return {}
    sessions = AdminSession.objects.filter(
        user_id__in={row.user_id for row in rows}, ends_at__gte=min(row.at for row in rows)
    )
    held = list(sessions)
    return {
        row.pk: next(
            (
                s.reason
                for s in held
                if s.user_id == row.user_id and s.started_at <= row.at <= (s.ended_at or s.ends_at)
            ),
            "",
        )
        for row in rows
    }

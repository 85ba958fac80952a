"""My drafts: what somebody left unfinished, to go on with or to throw away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.access.clock import today
from xinqiao.components.cells import TitleCell, moment_html
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import DESK
from xinqiao.desk.drafts.handles import REGISTER
from xinqiao.desk.drafts.keeping import drafts_of, opened
from xinqiao.desk.models import Draft
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.words import number_cell
from xinqiao.matters import labels
from xinqiao.matters.selectors import list_title
from xinqiao.matters.submission import title_from

MOST = 200


@desk_page("GET")
def drafts(request: DeskRequest) -> HttpResponseBase:
    """What is unfinished, the newest first."""
    found = list(drafts_of(request.actor)[:MOST])
    return show(request, "desk/drafts.html", {"table": _table(found, request) if found else None, "count": len(found)})


@desk_page("POST")
def discard(request: DeskRequest, draft_id: UUID) -> HttpResponseBase:
    """Throw one away; one of somebody else is none."""
    if drafts_of(request.actor).filter(pk=draft_id).delete()[0]:
        messages.success(request, _("The draft is thrown away."))
    return redirect("desk:drafts")


def _table(found: list[Draft], request: DeskRequest) -> Table:
    columns = [
        Column(label=_("Saved"), width="w8"),
        Column(label=_("What to do"), width="w8", end_s=True),
        Column(label=_("Number"), width="w7", muted=True, hide_s=True),
        Column(label=_("Matter"), cut=True, wide=True),
        Column(label=_("Throw away"), width="w7", sr_only=True, end_s=True),
    ]
    rows = [_cells(draft, request) for draft in found]
    return Table(caption=_("My drafts"), columns=columns, groups=[RowGroup(rows=rows)])


def _cells(draft: Draft, request: DeskRequest) -> list[object]:
    number = draft.matter.number if draft.matter else ""
    return [
        moment_html(draft.saved_at, surface=DESK, today=today()),
        _("Register") if draft.form == REGISTER else str(labels.ACTS[draft.form]),
        number_cell(number) if number else "",
        TitleCell(text=_title(draft), url=address_of(draft)),
        _discard_button(draft, request),
    ]


def address_of(draft: Draft) -> str:
    """Where a draft goes on."""
    if draft.matter is None:
        return f"{reverse('desk:register')}?draft={draft.pk}"
    return reverse("desk:act", args=[draft.matter.number, draft.form])


def _title(draft: Draft) -> str:
    if draft.matter is not None:
        return list_title(draft.matter)
    written = opened(draft)
    return written.first("title") or title_from(written.first("text")) or _("without a subject yet")


def _discard_button(draft: Draft, request: DeskRequest) -> SafeString:
    return format_html(
        '<form class="bare" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="btn quiet">{}</button></form>',
        reverse("desk:discard-draft", args=[draft.pk]),
        get_token(request),
        _("Throw away"),
    )

"""Patterns of the numbers of matters: the office's, and those of organs that number by themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import patterns as acts
from xinqiao.accounts.managing import managed_organ, organs_managed
from xinqiao.accounts.models import Change
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.desk.administration.shared import form_page, history, listing
from xinqiao.desk.pages import DeskRequest, desk_page
from xinqiao.desk.rows import page_of
from xinqiao.matters.codes import DEFAULT_PATTERN
from xinqiao.organs.lookup import called_like
from xinqiao.organs.models import Organ


class PatternForm(PlainForm):
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=acts.LONGEST_PATTERN,
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


@desk_page("GET", to=Permission.ORGAN_MANAGE)
def patterns(request: DeskRequest) -> HttpResponseBase:
    """Every organ of the sphere with the pattern that holds for it and the first number of this year by it."""
    rows, wanted = organs_managed(request.actor), request.GET.get("q", "").strip()
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=today()))
    if wanted:
        rows = rows.filter(called_like(wanted))
    page = page_of(rows.select_related("root"), request.GET, by="code")
    context = {
        "heading": _("Numbering"),
        "lead": _("An organ without a pattern of its own numbers what it registers in the series of the office."),
        "search_label": _("Name or code"),
        "page": page,
        "table": _table(page.rows) if page.rows else None,
        "nothing": _("No organ fits this search."),
        "history": history(request, Change.Subject.PATTERN),
    }
    return listing(request, context)


def _table(rows: Any) -> Table:
    columns = [
        Column(label=pgettext("administration", "Organ"), wide=True),
        Column(label=_("Pattern")),
        Column(label=_("For example"), end_s=True),
    ]
    cells = []
    for organ in rows:
        pattern = organ.number_pattern or organ.root.number_pattern or DEFAULT_PATTERN
        series = organ if organ.number_pattern else organ.root
        title = TitleCell(text=organ.label, url=reverse("desk:pattern", args=[organ.code]))
        cells.append([title, organ.number_pattern or _("that of the office"), acts.sample(series, pattern)])
    return Table(caption=_("Numbering"), columns=columns, groups=[RowGroup(rows=cells)])


@desk_page("GET", "POST", to=Permission.ORGAN_MANAGE)
def pattern_page(request: DeskRequest, code: str) -> HttpResponseBase:
    """Look at what a pattern gives, then set it."""
    organ = managed_organ(request.actor, code)
    form = PatternForm(request.POST or None, initial={"pattern": organ.number_pattern})
    is_preview = "preview" in request.POST
    shown = _preview(form, organ) if is_preview else ""

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.set_pattern(actor=request.actor, code=code, **data)
        messages.success(request, _("The pattern holds from the next matter on; numbers that were given stay."))
        return redirect("desk:patterns")

    more = {
        "second": _("Look at an example"),
        "preview": shown,
        "lead": _hint(),
        "facts": [(pgettext("administration", "Organ"), organ.label), (_("Code of the organ"), organ.code)],
        "shows_history": True,
        "history": history(request, Change.Subject.PATTERN, organ.pk),
    }
    trail = [(_("Numbering"), reverse("desk:patterns"))]
    heading = _("Pattern of its numbers")
    return form_page(
        request, form, None if is_preview else act, heading=heading, action=_("Set the pattern"), trail=trail, **more
    )


def _hint() -> str:
    return _(
        "{code} is the code of the organ, {year} the year, {seq:05} the running number in five figures. For example "
        "%(one)s. Leave it empty to number in the series of the office."
    ) % {"one": "{code}〔{year}〕{seq:04}号"}


def _preview(form: PatternForm, organ: Organ) -> str:
    if not form.is_valid():
        return ""
    pattern = form.cleaned_data["pattern"]
    if not pattern:
        return acts.sample(organ.root or organ, (organ.root or organ).number_pattern or DEFAULT_PATTERN)
    if wrong := acts.why_not_pattern(organ, pattern):
        form.add_error("pattern", wrong)
        return ""
    return acts.sample(organ, pattern)

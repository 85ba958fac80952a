"""Prefixes of the numbers of papers (发文代字): which organ numbers what under which, and how far each has come."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.rows import page_of, rows_words
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.models import PaperCounter, PaperSeries
from xinqiao.documents.numbering import WrongPrefix, ensure_series, format_number, set_prefixes
from xinqiao.documents.prefixes import MAX_PREFIX
from xinqiao.documents.template_texts import KINDS
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.lookup import called_like
from xinqiao.organs.models import Organ

#: The slip is signed under the number of its paper, and the receipt goes by that of the matter.
NUMBERED = tuple(kind for kind in KINDS if kind not in (PaperKind.RETURN_SLIP, PaperKind.RECEIPT))


def prefix_form(organ: Organ, data: QueryDict | None = None) -> PlainForm:
    """A prefix for every kind of paper of an organ, with the number that comes next."""
    found = dict(PaperSeries.objects.filter(organ=organ).values_list("kind", "prefix"))
    fields = {kind.value: _prefix_field(kind, _next(organ, found[kind.value])) for kind in NUMBERED}
    form: PlainForm = type("PrefixForm", (PlainForm,), fields)(data, initial=found)
    return form


def _prefix_field(kind: PaperKind, hint: str) -> forms.CharField:
    attrs = {"lang": "zh-Hans", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=str(kind.label), max_length=MAX_PREFIX, help_text=hint, widget=forms.TextInput(attrs=attrs)
    )


def _next(organ: Organ, prefix: str) -> str:
    year = today().year
    counter = PaperCounter.objects.filter(organ=organ, prefix=prefix, year=year).first()
    return _("next: %(number)s") % {"number": format_number(prefix, year, (counter.last if counter else 0) + 1)}


@desk_page("GET", to=Permission.PAPER_TEMPLATE_MANAGE)
def numbers(request: DeskRequest) -> HttpResponseBase:
    """The organs of the sphere, each with the prefix of its opinions."""
    wanted = request.GET.get("q", "").strip()
    rows = _organs(request)
    if wanted:
        rows = rows.filter(called_like(wanted))
    page = page_of(rows, request.GET, by="code")
    context = {"q": wanted, "page": page, "rows_words": rows_words(page)}
    context["table"] = _table(page.rows) if page.rows else None
    return show(request, "desk/paper_numbers.html", context)


def _table(organs: Any) -> Table:
    own = PaperSeries.objects.filter(organ__in=[organ.pk for organ in organs], kind=PaperKind.REPLY)
    prefixes = dict(own.values_list("organ_id", "prefix"))
    columns = [
        Column(label=pgettext("administration", "Organ"), wide=True),
        Column(label=_("Prefix of its opinions"), width="w16"),
    ]
    cells = [
        [
            TitleCell(text=organ.label, url=reverse("desk:paper-prefixes", args=[organ.code])),
            prefixes.get(organ.pk, ""),
        ]
        for organ in organs
    ]
    return Table(caption=_("Prefixes of numbers"), columns=columns, groups=[RowGroup(rows=cells)])


@desk_page("GET", "POST", to=Permission.PAPER_TEMPLATE_MANAGE, is_form=True)
def prefixes(request: DeskRequest, code: str) -> HttpResponseBase:
    """The prefixes of one organ; a new one counts from one, the numbers given under the old one stay."""
    organ = _organs(request).filter(code=code).first()
    if organ is None:
        raise NotThere
    ensure_series(organ)
    form = prefix_form(organ, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_prefixes(organ, form.cleaned_data, by=request.user)
            messages.success(request, _("The prefixes hold from the next document on."))
            return redirect("desk:paper-numbers")
        except WrongPrefix as error:
            for kind, sentence in error.errors.items():
                form.add_error(kind, sentence)
    context = {"form": form, "organ": organ}
    return show(request, "desk/paper_prefixes.html", context, status=422 if form.errors else 200)


def _organs(request: DeskRequest) -> Any:
    rows = Organ.objects.filter(root_id=request.actor.root_organ_id, ancestors__contains=[request.actor.scope_id])
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=today()))

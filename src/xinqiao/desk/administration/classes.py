"""The table of content classes: on one page by its first level; changed, ended, taken from a sheet and given as one."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import classes as acts
from xinqiao.accounts.models import Change
from xinqiao.accounts.sheets import read_classes, write_classes
from xinqiao.accounts.starting import start_classes
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Act, Column, RowGroup, Table
from xinqiao.desk.administration.shared import form_page, history, listing, reason_field
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.submission import Invalid
from xinqiao.organs.classes import living_classes
from xinqiao.organs.models import ContentClass

MANAGE = Permission.ORGAN_MANAGE


class ClassForm(PlainForm):
    parent = forms.TypedChoiceField(label=gettext_lazy("Below"), coerce=int, required=False, empty_value=None)
    name = forms.CharField(label=gettext_lazy("Its name"), max_length=acts.LONGEST)
    name_hant = forms.CharField(
        label=gettext_lazy("Name in Traditional Chinese"), max_length=acts.LONGEST, required=False
    )
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)

    def __init__(self, data: Any, root_id: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        tops = [(row.pk, row.label) for row in living_classes(root_id).filter(parent=None)]
        self.fields["parent"].choices = [("", _("First level")), *tops]  # type: ignore[attr-defined]


class OtherNamesForm(PlainForm):
    name_hant = forms.CharField(
        label=gettext_lazy("Name in Traditional Chinese"), max_length=acts.LONGEST, required=False
    )
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    position = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=1, max_value=999)


class EndForm(PlainForm):
    reason = reason_field()


class SheetForm(PlainForm):
    sheet = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("Its columns: first level, second level, then both in other scripts, as in the export."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def classes_trail(row: ContentClass | None = None) -> list[tuple[str, str]]:
    """The way back."""
    trail = [(_("Content classes"), reverse("desk:classes"))]
    return [*trail, (row.label, reverse("desk:class", args=[row.pk]))] if row else trail


@desk_page("GET", to=MANAGE)
def classes(request: DeskRequest) -> HttpResponseBase:
    """The classes in use, each first level with its second."""
    rows = list(living_classes(request.actor.root_organ_id or 0))
    wanted = request.GET.get("q", "").strip()
    shown = [row for row in rows if wanted in row.code or wanted.lower() in row.label.lower()] if wanted else rows
    second = sum(row.parent_id is not None for row in rows)
    words = ngettext("%(n)d class of the second level", "%(n)d classes of the second level", second)
    context = {
        "heading": _("Content classes"),
        "counted": words % {"n": second},
        "lead": _("What a matter is about, chosen when it is registered. A class ends; matters that bear it keep it."),
        "actions": _actions(bool(rows)),
        "search_label": _("Name of a class") if rows else "",
        "table": _table(shown, rows) if shown else None,
        "nothing": _("No class fits this search.") if rows else _("There is no table of classes yet."),
        "nothing_text": "" if rows else _("Take the starting list and change it, or take a sheet of your own."),
        "start_forms": [] if rows else [_start()],
        "history": history(request, Change.Subject.CONTENT_CLASS),
    }
    return listing(request, context)


def _actions(has_rows: bool) -> list[tuple[str, str, str]]:
    found = [
        (_("Add a class"), reverse("desk:add-class"), "plus"),
        (_("Take a sheet"), reverse("desk:take-classes"), "arrow-up-tray"),
    ]
    return [*found, (_("Export"), reverse("desk:classes-sheet"), "arrow-down-tray")] if has_rows else found


def _start() -> dict[str, str]:
    return {
        "url": reverse("desk:start-classes"),
        "label": _("Take the starting list"),
        "hint": _("Seventeen subjects with their second level; everything in it can be changed."),
    }


def _table(shown: list[ContentClass], rows: list[ContentClass]) -> Table:
    columns = [
        Column(label=_("Content class"), wide=True),
        Column(label=_("Simplified"), hide_s=True),
        Column(label=_("Traditional"), hide_s=True),
        Column(label=_("English"), hide_s=True),
    ]
    groups = []
    for top in [row for row in rows if row.parent_id is None]:
        below = [row for row in shown if row.parent_id == top.pk]
        if below or top in shown:
            groups.append(RowGroup(title="", rows=[_cells(top), *(_cells(row) for row in below)]))
    return Table(caption=_("Content classes"), columns=columns, groups=groups)


def _cells(row: ContentClass) -> list[object]:
    label = row.label if row.parent_id is None else f"　{row.label}"
    tags = [_("first level")] if row.parent_id is None else []
    return [
        TitleCell(text=label, url=reverse("desk:class", args=[row.pk]), tags=tags),
        row.name,
        row.name_hant,
        row.name_en,
    ]


@desk_page("GET", to=MANAGE)
def class_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One class, with what can be done to it and its history; ended ones too."""
    rows = ContentClass.objects.filter(root_id=request.actor.root_organ_id).select_related("parent")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    ended = _("This class has ended.") if row.ended_on else ""
    below = row.children.filter(ended_on=None).count()
    in_use = _("%(n)d classes below it are in use. End them first.") % {"n": below} if below else ""
    context = {
        "heading": row.label,
        "tags": [_("ended")] if row.ended_on else [],
        "trail": classes_trail(),
        "facts": [
            (_("Matters name it"), row.code),
            (_("Below"), row.parent.label if row.parent else _("First level")),
            (_("Name in Traditional Chinese"), row.name_hant),
            (_("Name in English"), row.name_en),
            (_("Place in the list"), row.position),
            (_("Ended on"), row.ended_on),
        ],
        "sections": [],
        "doors": [
            Act(label=_("Change"), verb="change", reason=ended, url=reverse("desk:change-class", args=[pk])),
            Act(
                label=_("End"),
                verb="end",
                reason=ended or in_use,
                url=reverse("desk:end-class", args=[pk]),
                danger=True,
            ),
        ],
        "history": history(request, Change.Subject.CONTENT_CLASS, pk),
    }
    return show(request, "desk/administration/detail.html", context)


@desk_page("GET", "POST", to=MANAGE)
def add_class(request: DeskRequest) -> HttpResponseBase:
    """A new class."""
    form = ClassForm(request.POST or None, request.actor.root_organ_id or 0)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        row = acts.add_class(actor=request.actor, **data)
        messages.success(request, _("The class is added."))
        return redirect("desk:class", row.pk)

    return form_page(request, form, act, heading=_("Add a class"), action=_("Add the class"), trail=classes_trail())


@desk_page("GET", "POST", to=MANAGE)
def change_class(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Its names in other scripts and its place in the list."""
    row = _living(request, pk)
    initial = {"name_hant": row.name_hant, "name_en": row.name_en, "position": row.position}
    form = OtherNamesForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.change_class(actor=request.actor, pk=pk, **data)
        messages.success(request, _("Saved."))
        return redirect("desk:class", pk)

    lead = _("The Simplified name stays, because matters bear it. For another name end this class and add a new one.")
    return form_page(request, form, act, heading=_("Change"), action=_("Save"), trail=classes_trail(row), lead=lead)


@desk_page("GET", "POST", to=MANAGE)
def end_class(request: DeskRequest, pk: int) -> HttpResponseBase:
    """No new matter gets it; those that have it keep it."""
    row = _living(request, pk)
    form = EndForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.end_class(actor=request.actor, pk=pk, **data)
        messages.success(request, _("The class has ended; matters that bear it keep it."))
        return redirect("desk:classes")

    heading = _("End “%(name)s”") % {"name": row.label}
    return form_page(
        request, form, act, heading=heading, action=_("End the class"), trail=classes_trail(row), danger=True
    )


def _living(request: DeskRequest, pk: int) -> ContentClass:
    row = living_classes(request.actor.root_organ_id or 0).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@desk_page("POST", to=MANAGE)
def take_start(request: DeskRequest) -> HttpResponseBase:
    """The starting list, where there is no table yet."""
    count = start_classes(actor=request.actor)
    words = ngettext("%(n)d class was taken.", "%(n)d classes were taken.", count) % {"n": count}
    messages.success(request, words)
    return redirect("desk:classes")


@desk_page("GET", to=MANAGE)
def classes_sheet(request: DeskRequest) -> HttpResponseBase:
    """The table as .xlsx; taken again it changes nothing."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    write_classes(Path(file.name), living_classes(request.actor.root_organ_id or 0))
    return FileResponse(file, as_attachment=True, filename=_("Content classes") + ".xlsx")


@desk_page("GET", "POST", to=MANAGE)
def take_sheet(request: DeskRequest) -> HttpResponseBase:
    """Classes of a sheet that are not there yet; a bad line is named, and then nothing is taken."""
    form = SheetForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        count = _take(request, data["sheet"])
        words = ngettext("%(n)d class was taken.", "%(n)d classes were taken.", count) % {"n": count}
        messages.success(request, words if count else _("All of them were there already."))
        return redirect("desk:classes")

    heading = _("Take a sheet")
    return form_page(request, form, act, heading=heading, action=_("Take it"), trail=classes_trail(), has_file=True)


def _take(request: DeskRequest, upload: Any) -> int:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            rows = read_classes(Path(file.name))
        except NotALedger:
            words = _("This is no workbook that can be read. Save it as .xlsx and choose it again.")
            raise Invalid({"sheet": words}) from None
    try:
        return acts.take_rows(actor=request.actor, rows=rows)
    except Invalid as error:
        lines = [_("Line %(line)s: %(what)s") % {"line": line, "what": what} for line, what in error.errors.items()]
        raise Invalid({"sheet": " ".join(lines[:5])}) from None

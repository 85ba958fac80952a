"""Places of the territory: one level at a time, from the county down to the village."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import places as acts
from xinqiao.accounts.models import Change
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Act, Column, RowGroup, Table
from xinqiao.desk.administration.shared import form_page, history, listing, reason_field
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.rows import page_of
from xinqiao.organs.models import Level, Place
from xinqiao.organs.places import living_places

MANAGE = Permission.ORGAN_MANAGE


class PlaceForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Its name"), max_length=40)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices)
    name_hant = forms.CharField(label=gettext_lazy("Name in Traditional Chinese"), max_length=40, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)


class NamesForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Its name"), max_length=40)
    name_hant = forms.CharField(label=gettext_lazy("Name in Traditional Chinese"), max_length=40, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)


class EndForm(PlainForm):
    reason = reason_field()


def places_trail(place: Place | None = None) -> list[tuple[str, str]]:
    """The way back: every place that this one lies in."""
    steps = []
    while place is not None:
        steps.append((place.label, reverse("desk:place", args=[place.pk])))
        place = place.parent
    return [(_("Places"), reverse("desk:places")), *reversed(steps)]


@desk_page("GET", to=MANAGE)
def places(request: DeskRequest) -> HttpResponseBase:
    """The highest places, or every place whose name is searched for."""
    rows = living_places(request.actor.root_organ_id or 0).select_related("parent")
    wanted = request.GET.get("q", "").strip()
    page = page_of(rows.filter(name__icontains=wanted) if wanted else rows.filter(parent=None), request.GET, by="id")
    words = ngettext("%(n)d place", "%(n)d places", rows.count()) % {"n": rows.count()}
    context = {
        "heading": _("Places"),
        "counted": words,
        "lead": _("Where something happened, chosen when it is registered: county, township, village."),
        "actions": [(_("Add a place"), reverse("desk:add-place"), "plus")],
        "search_label": _("Name of a place"),
        "page": page,
        "table": _table(page.rows, named=bool(wanted)) if page.rows else None,
        "nothing": _("No place fits this search.") if wanted else _("No place is entered yet."),
        "nothing_text": "" if wanted else _("Begin with the county, then its townships and villages."),
        "history": history(request, Change.Subject.PLACE),
    }
    return listing(request, context)


def _table(rows: Any, *, named: bool) -> Table:
    columns = [
        Column(label=_("Its name"), wide=True),
        Column(label=_("Level"), width="w8"),
        Column(label=_("Lies in"), hide_s=True),
        Column(label=_("Traditional"), hide_s=True),
        Column(label=_("English"), hide_s=True),
    ]
    cells = [
        [
            TitleCell(text=row.label, url=reverse("desk:place", args=[row.pk])),
            row.get_level_display(),
            row.parent.label if row.parent else "",
            row.name_hant,
            row.name_en,
        ]
        for row in rows
    ]
    return Table(caption=_("Places"), columns=columns, groups=[RowGroup(rows=cells)])


@desk_page("GET", to=MANAGE)
def place_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One place with what lies in it."""
    place = _place(request, pk)
    ended = _("This place has ended.") if place.ended_on else ""
    inside = list(place.children.filter(ended_on=None).select_related("parent"))
    in_use = _("%(n)d places lie in it. End them first.") % {"n": len(inside)} if inside else ""
    context = {
        "heading": place.label,
        "tags": [_("ended")] if place.ended_on else [],
        "trail": places_trail(place.parent),
        "facts": [
            (_("Level"), str(place.get_level_display())),
            (_("Name in Traditional Chinese"), place.name_hant),
            (_("Name in English"), place.name_en),
            (_("Ended on"), place.ended_on),
        ],
        "sections": [
            {
                "title": _("What lies in it"),
                "id": "h-inside",
                "table": _table(inside, named=False) if inside else None,
                "nothing": _("Nothing is entered below it."),
            }
        ],
        "doors": [
            Act(label=_("Add a place in it"), verb="add", reason=ended, url=reverse("desk:add-place-in", args=[pk])),
            Act(label=_("Correct the names"), verb="change", reason=ended, url=reverse("desk:change-place", args=[pk])),
            Act(
                label=_("End"),
                verb="end",
                reason=ended or in_use,
                url=reverse("desk:end-place", args=[pk]),
                danger=True,
            ),
        ],
        "history": history(request, Change.Subject.PLACE, pk),
    }
    return show(request, "desk/administration/detail.html", context)


@desk_page("GET", "POST", to=MANAGE)
def add_place(request: DeskRequest, pk: int | None = None) -> HttpResponseBase:
    """A new place, at the top or in another."""
    parent = _place(request, pk) if pk is not None else None
    form = PlaceForm(request.POST or None, initial={"level": _below(parent)})

    def act(data: dict[str, Any]) -> HttpResponseBase:
        row = acts.add_place(actor=request.actor, parent=pk, **data)
        messages.success(request, _("The place is added."))
        return redirect("desk:place", row.parent_id or row.pk)

    trail = places_trail(parent)
    return form_page(request, form, act, heading=_("Add a place"), action=_("Add the place"), trail=trail)


def _below(parent: Place | None) -> str:
    levels = list(Level.values)
    return levels[min(levels.index(parent.level) + 1, len(levels) - 1)] if parent else Level.COUNTY


@desk_page("GET", "POST", to=MANAGE)
def change_place(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Its names."""
    place = _place(request, pk)
    initial = {"name": place.name, "name_hant": place.name_hant, "name_en": place.name_en}
    form = NamesForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.change_place(actor=request.actor, pk=pk, **data)
        messages.success(request, _("Saved."))
        return redirect("desk:place", pk)

    heading = _("Correct the names")
    return form_page(request, form, act, heading=heading, action=_("Save"), trail=places_trail(place))


@desk_page("GET", "POST", to=MANAGE)
def end_place(request: DeskRequest, pk: int) -> HttpResponseBase:
    """It is offered no more; matters keep what they say of their place."""
    place = _place(request, pk)
    form = EndForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.end_place(actor=request.actor, pk=pk, **data)
        messages.success(request, _("The place has ended; matters keep what they say of it."))
        return redirect("desk:places")

    heading = _("End “%(name)s”") % {"name": place.label}
    return form_page(
        request, form, act, heading=heading, action=_("End the place"), trail=places_trail(place), danger=True
    )


def _place(request: DeskRequest, pk: int) -> Place:
    rows = Place.objects.filter(root_id=request.actor.root_organ_id).select_related("parent__parent__parent")
    place = rows.filter(pk=pk).first()
    if place is None:
        raise Http404
    return place

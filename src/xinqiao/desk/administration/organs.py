"""Organs: the list, one organ with its posts and its past, and what can be done to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from xinqiao.access.clock import today
from xinqiao.access.models import Ceiling
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import organs as acts
from xinqiao.accounts.managing import managed_organ, organs_managed
from xinqiao.accounts.models import Change
from xinqiao.accounts.open_work import count_open
from xinqiao.accounts.words import unfinished_words
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Act, Column, RowGroup, Table
from xinqiao.desk.administration.shared import basis_field, day_field, form_page, history, listing
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.rows import page_of
from xinqiao.organs.lookup import called_like
from xinqiao.organs.models import Category, Level, Organ, OrganKind, Post, Role
from xinqiao.procedure import pack_ids

MANAGE = Permission.ORGAN_MANAGE
ENDS = (
    ("merged", gettext_lazy("Merged into another")),
    ("split", gettext_lazy("Split into several")),
    ("abolished", gettext_lazy("Abolished")),
)


def organs_trail(organ: Organ | None = None) -> list[tuple[str, str]]:
    """The way back: the list, and the organ one is at."""
    trail = [(_("Organs"), reverse("desk:organs"))]
    return [*trail, (organ.label, reverse("desk:organ", args=[organ.code]))] if organ else trail


def organ_choices(rows: QuerySet[Organ], *, empty: str = "") -> list[tuple[str, str]]:
    """Living organs for a select, each set in under the one it stands below."""
    found = list(rows.filter(Q(valid_until=None) | Q(valid_until__gt=today())))
    below: dict[int | None, list[Organ]] = {}
    codes = {organ.pk for organ in found}
    for organ in found:
        below.setdefault(organ.parent_id if organ.parent_id in codes else None, []).append(organ)
    choices: list[tuple[str, str]] = [("", empty)] if empty else []

    def walk(parent: int | None, depth: int) -> None:
        for organ in below.get(parent, []):
            choices.append((organ.code, "　" * depth + organ.label))
            walk(organ.pk, depth + 1)

    walk(None, 0)
    return choices


class PlacedForm(PlainForm):
    """Where an organ stands; the choices are those of the administrator's sphere."""

    parent = forms.ChoiceField(label=gettext_lazy("Above by territory"))
    line_parent = forms.ChoiceField(label=gettext_lazy("Above by line"), required=False)

    def __init__(self, data: Any, request: DeskRequest, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        whole = Organ.objects.filter(root_id=request.actor.root_organ_id)
        self.fields["parent"].choices = organ_choices(organs_managed(request.actor))  # type: ignore[attr-defined]
        self.fields["line_parent"].choices = organ_choices(whole, empty="——")  # type: ignore[attr-defined]


class FoundForm(PlacedForm):
    code = forms.CharField(
        label=gettext_lazy("Code of the organ"),
        max_length=16,
        help_text=gettext_lazy("Capital letters and figures, for example HCJY. It stays for good."),
    )
    name = forms.CharField(label=gettext_lazy("Its name"), max_length=100)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of organ"), choices=OrganKind.choices, initial=OrganKind.ORGAN)
    category = forms.ChoiceField(
        label=gettext_lazy("Kind of organ"), choices=Category.choices, initial=Category.GOVERNMENT
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.COUNTY)
    since = day_field(gettext_lazy("Exists since"))
    basis = basis_field()
    field_order = ("code", "name", "short_name", "parent", "line_parent", "kind", "category", "level", "since", "basis")


class RenameForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("New name"), max_length=100)
    short_name = forms.CharField(label=gettext_lazy("New short name"), max_length=40, required=False)
    on = day_field(gettext_lazy("From"))
    basis = basis_field()


class MoveForm(PlacedForm):
    on = day_field(gettext_lazy("From"))
    basis = basis_field()


class DescribeForm(PlainForm):
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=40)
    name_hant = forms.CharField(label=gettext_lazy("Name in Traditional Chinese"), max_length=100, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    reception_hours = forms.CharField(label=gettext_lazy("Reception hours"), max_length=200, required=False)
    pack = forms.ChoiceField(
        label=gettext_lazy("Rules"),
        choices=lambda: [(pack, pack) for pack in pack_ids()],
        help_text=gettext_lazy("The edition by which new matters are counted; matters on their way keep theirs."),
    )
    is_front = forms.BooleanField(label=gettext_lazy("Petitions of the portal are received here"), required=False)


class EndForm(PlainForm):
    kind = forms.ChoiceField(label=gettext_lazy("How it ends"), choices=ENDS, widget=forms.RadioSelect)
    successors = forms.MultipleChoiceField(
        label=gettext_lazy("Goes on with the duties"),
        widget=forms.SelectMultiple(attrs={"size": "8"}),
        required=False,
        help_text=gettext_lazy("Several with Ctrl. Its matters, clocks and papers go on there, on the same days."),
    )
    basis = basis_field()

    def __init__(self, data: Any, request: DeskRequest, organ: Organ) -> None:
        super().__init__(data)
        others = Organ.objects.filter(root_id=organ.root_id).exclude(pk=organ.pk)
        self.fields["successors"].choices = organ_choices(others)  # type: ignore[attr-defined]


@desk_page("GET", to=MANAGE)
def organs(request: DeskRequest) -> HttpResponseBase:
    """The organs of the sphere, living ones or all, found by name or code."""
    rows, wanted = organs_managed(request.actor), request.GET.get("q", "").strip()
    chosen = request.GET.get("show", "")
    if chosen != "all":
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=today()))
    if wanted:
        rows = rows.filter(called_like(wanted))
    page = page_of(rows.select_related("parent"), request.GET, by="code")
    context = {
        "heading": _("Organs"),
        "counted": ngettext("%(n)d organ", "%(n)d organs", page.total) % {"n": page.total},
        "actions": [(_("Add an organ"), reverse("desk:found-organ"), "plus")],
        "search_label": _("Name or code"),
        "choices": [("", _("Current organs")), ("all", _("Ended ones too"))],
        "chosen": chosen,
        "page": page,
        "table": _list_table(page.rows) if page.rows else None,
        "nothing": _("No organ fits this search."),
        "nothing_text": _("Check the name, or take the search away."),
        "history": history(request, Change.Subject.ORGAN),
    }
    return listing(request, context)


def _list_table(rows: Any) -> Table:
    columns = [
        Column(label=_("Code of the organ"), width="w7", muted=True),
        Column(label=_("Its name"), wide=True),
        Column(label=_("Kind of organ"), hide_s=True),
        Column(label=_("Level"), width="w7", hide_s=True),
        Column(label=_("Above by territory"), width="w15", hide_s=True),
        Column(label=_("Ended on"), width="w7", hide_s=True),
    ]
    cells = [
        [
            organ.code,
            TitleCell(text=organ.label, url=reverse("desk:organ", args=[organ.code]), tags=_tags(organ)),
            organ.get_category_display(),
            organ.get_level_display(),
            organ.parent.label if organ.parent else "",
            organ.valid_until,
        ]
        for organ in rows
    ]
    return Table(caption=_("Organs"), columns=columns, groups=[RowGroup(rows=cells)])


def _tags(organ: Organ) -> list[str]:
    return [_("ended")] if organ.valid_until else [_("counter")] if organ.is_front else []


@desk_page("GET", to=MANAGE)
def organ_page(request: DeskRequest, code: str) -> HttpResponseBase:
    """One organ: what it is, what it was, its posts, what can be done, and what was done."""
    organ = managed_organ(request.actor, code)
    context = {
        "heading": organ.label,
        "tags": _tags(organ),
        "trail": organs_trail(),
        "facts": _facts(organ),
        "sections": [_posts(organ), _past(organ)],
        "doors": _doors(organ),
        "history": history(request, Change.Subject.ORGAN, organ.pk),
    }
    return show(request, "desk/administration/detail.html", context)


def _facts(organ: Organ) -> list[tuple[str, object]]:
    return [
        (_("Code of the organ"), organ.code),
        (_("Its name"), organ.name),
        (_("Short name"), organ.short_name),
        (_("Kind of organ"), str(organ.get_kind_display())),
        (_("Kind of organ"), str(organ.get_category_display())),
        (_("Level"), str(organ.get_level_display())),
        (_("Above by territory"), organ.parent.label if organ.parent else ""),
        (_("Above by line"), organ.line_parent.label if organ.line_parent else ""),
        (_("Address"), organ.address),
        (_("Telephone"), organ.telephone),
        (_("Reception hours"), organ.reception_hours),
        (_("Rules"), organ.pack),
        (_("Pattern"), organ.number_pattern or _("that of the office")),
        (_("Petitions of the portal are received here"), _("yes") if organ.is_front else _("no")),
        (_("Not finished here"), unfinished_words(count_open(organ))),
        (_("Ended on"), organ.valid_until),
    ]


def _posts(organ: Organ) -> dict[str, Any]:
    columns = [Column(label=_("Title"), wide=True), Column(label=_("Role")), Column(label=_("Sees up to"), hide_s=True)]
    ceilings = dict(Ceiling.choices)
    cells = [
        [
            TitleCell(text=post.title, url=reverse("desk:post", args=[post.pk])),
            str(Role(post.role).label),
            str(ceilings.get(post.ceiling, "")),
        ]
        for post in Post.objects.filter(organ=organ).order_by("id")
    ]
    table = Table(caption=_("Posts"), columns=columns, groups=[RowGroup(rows=cells)]) if cells else None
    return {"title": _("Posts"), "id": "h-posts", "table": table, "nothing": _("There is no post here yet.")}


def _past(organ: Organ) -> dict[str, Any]:
    columns = [
        Column(label=_("From"), width="w8"),
        Column(label=_("Until"), width="w8"),
        Column(label=_("Its name"), wide=True),
        Column(label=_("Above by territory"), hide_s=True),
    ]
    rows = organ.periods.select_related("parent").order_by("since")
    cells = [[row.since, row.until, row.name, row.parent.label if row.parent else ""] for row in rows]
    table = Table(caption=_("Names and places over time"), columns=columns, groups=[RowGroup(rows=cells)])
    return {"title": _("Names and places over time"), "id": "h-past", "table": table, "nothing": ""}


def _doors(organ: Organ) -> list[Act]:
    """What can be done to an organ; what cannot stands greyed with its reason."""
    ended = _("This organ has ended; nothing of it is changed any more.") if organ.valid_until else ""
    root = _("The office itself has nothing above it.") if organ.parent is None else ""
    named = [
        ("describe-organ", _("Change addresses and data"), ended, "pencil-square"),
        ("rename-organ", _("Rename"), ended, ""),
        ("move-organ", _("Move"), ended or root, ""),
        ("add-post", _("Add a post"), ended, "plus"),
        ("pattern", _("Pattern of its numbers"), ended, ""),
        ("end-organ", _("Merge, split or end"), ended or acts.why_not_end(organ, [organ]), ""),
    ]
    return [
        Act(
            label=label,
            verb=name,
            icon=icon,
            reason=reason,
            danger=name == "end-organ",
            url=reverse(f"desk:{name}", args=[organ.code]),
        )
        for name, label, reason, icon in named
    ]


@desk_page("GET", "POST", to=MANAGE)
def found_organ(request: DeskRequest) -> HttpResponseBase:
    """Add an organ."""
    form = FoundForm(request.POST or None, request, initial={"since": today()})

    def act(data: dict[str, Any]) -> HttpResponseBase:
        organ = acts.found(actor=request.actor, **data)
        messages.success(request, _("The organ is added. Its posts come next."))
        return redirect("desk:organ", organ.code)

    return form_page(request, form, act, heading=_("Add an organ"), action=_("Add the organ"), trail=organs_trail())


@desk_page("GET", "POST", to=MANAGE)
def rename_organ(request: DeskRequest, code: str) -> HttpResponseBase:
    """Another name from a day on."""
    organ = managed_organ(request.actor, code)
    initial = {"name": organ.name, "short_name": organ.short_name, "on": today()}
    form = RenameForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.rename(actor=request.actor, code=code, **data)
        messages.success(request, _("The organ has its new name; for the days before, the record keeps the old one."))
        return redirect("desk:organ", code)

    return form_page(request, form, act, heading=_("Rename"), action=_("Rename"), trail=organs_trail(organ))


@desk_page("GET", "POST", to=MANAGE)
def move_organ(request: DeskRequest, code: str) -> HttpResponseBase:
    """Another place in the tree from a day on."""
    organ = managed_organ(request.actor, code)
    above, line = organ.parent, organ.line_parent
    initial = {"parent": above.code if above else "", "line_parent": line.code if line else "", "on": today()}
    form = MoveForm(request.POST or None, request, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.move(actor=request.actor, code=code, **data)
        messages.success(request, _("The organ has moved, and all below it."))
        return redirect("desk:organ", code)

    return form_page(request, form, act, heading=_("Move"), action=_("Move"), trail=organs_trail(organ))


@desk_page("GET", "POST", to=MANAGE)
def describe_organ(request: DeskRequest, code: str) -> HttpResponseBase:
    """Addresses, hours, names in other scripts, rules."""
    organ = managed_organ(request.actor, code)
    initial = {name: getattr(organ, name) for name in acts.DESCRIBED}
    form = DescribeForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.describe(actor=request.actor, code=code, values=data)
        messages.success(request, _("Saved."))
        return redirect("desk:organ", code)

    heading = _("Change addresses and data")
    return form_page(request, form, act, heading=heading, action=_("Save"), trail=organs_trail(organ))


@desk_page("GET", "POST", to=MANAGE)
def end_organ(request: DeskRequest, code: str) -> HttpResponseBase:
    """Merge, split or end, today; never without somebody who goes on with the duties."""
    organ = managed_organ(request.actor, code)
    form = EndForm(request.POST or None, request, organ)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.dissolve(actor=request.actor, code=code, **data)
        messages.success(request, _("The organ has ended; its duties go on where you said."))
        return redirect("desk:organ", code)

    open_here = count_open(organ)
    lead = _("From today on its staff act for it no more, and the organs you choose go on with its duties.")
    return form_page(
        request,
        form,
        act,
        heading=_("Merge, split or end"),
        action=_("End this organ"),
        trail=organs_trail(organ),
        danger=True,
        lead=lead,
        facts=[
            (pgettext("administration", "Organ"), organ.label),
            (_("Not finished here"), unfinished_words(open_here)),
        ],
    )

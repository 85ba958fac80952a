"""Posts of an organ: added and changed, with those who hold them and who stands in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xinqiao.access.models import Ceiling
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import posts as acts
from xinqiao.accounts.managing import managed_organ, managed_post
from xinqiao.accounts.models import Change
from xinqiao.components.cells import TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Act, Column, RowGroup, Table
from xinqiao.desk.administration.organs import organs_trail
from xinqiao.desk.administration.shared import form_page, history
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.organs.models import Post, Role


class PostForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=60)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Role.choices,
        help_text=gettext_lazy("What whoever holds the post may do follows from the role."),
    )
    ceiling = forms.TypedChoiceField(
        label=gettext_lazy("Sees up to"), choices=Ceiling.choices, coerce=int, initial=Ceiling.INTERNAL
    )


@desk_page("GET", "POST", to=Permission.ORGAN_MANAGE)
def add_post(request: DeskRequest, code: str) -> HttpResponseBase:
    """A new post in an organ."""
    organ = managed_organ(request.actor, code)
    form = PostForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        post = acts.add_post(actor=request.actor, organ=code, **data)
        messages.success(request, _("The post is added. Give it to somebody on the page of the person."))
        return redirect("desk:post", post.pk)

    heading = _("Add a post")
    return form_page(request, form, act, heading=heading, action=_("Add the post"), trail=organs_trail(organ))


@desk_page("GET", to=Permission.ORGAN_MANAGE)
def post_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One post: what it is for, who holds it since when, and what was changed."""
    post = managed_post(request.actor, pk)
    context = {
        "heading": post.title,
        "trail": organs_trail(post.organ),
        "facts": [
            (pgettext("administration", "Organ"), post.organ.label),
            (_("Role"), str(Role(post.role).label)),
            (_("Sees up to"), str(Ceiling(post.ceiling).label)),
        ],
        "sections": [_holders(post)],
        "doors": [
            Act(label=_("Change the post"), url=reverse("desk:change-post", args=[pk]), icon="pencil-square"),
            Act(label=_("Give it to somebody"), url=reverse("desk:people"), icon="user-plus"),
        ],
        "history": history(request, Change.Subject.POST, pk),
    }
    return show(request, "desk/administration/detail.html", context)


def _holders(post: Post) -> dict[str, Any]:
    columns = [
        Column(label=_("Person"), wide=True),
        Column(label=_("From"), width="w8"),
        Column(label=_("Until"), width="w8"),
        Column(label=_("Stands in for"), hide_s=True),
        Column(label=_("Basis"), hide_s=True),
    ]
    cells = [
        [
            TitleCell(text=row.user.name, url=reverse("desk:person", args=[row.user.username])),
            row.since,
            row.until,
            row.deputy_for.name if row.deputy_for else "",
            row.basis,
        ]
        for row in post.holdings.select_related("user", "deputy_for").order_by("-since", "-id")[:50]
    ]
    table = Table(caption=_("Holders of the post"), columns=columns, groups=[RowGroup(rows=cells)]) if cells else None
    return {
        "title": _("Holders of the post"),
        "id": "h-holders",
        "table": table,
        "nothing": _("Nobody has held this post yet."),
    }


@desk_page("GET", "POST", to=Permission.ORGAN_MANAGE)
def change_post(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Another title, role or ceiling."""
    post = managed_post(request.actor, pk)
    initial = {"title": post.title, "role": post.role, "ceiling": post.ceiling}
    form = PostForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.change_post(actor=request.actor, pk=pk, **data)
        messages.success(request, _("Saved."))
        return redirect("desk:post", pk)

    trail = [*organs_trail(post.organ), (post.title, reverse("desk:post", args=[pk]))]
    return form_page(request, form, act, heading=_("Change the post"), action=_("Save"), trail=trail)

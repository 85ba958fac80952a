"""Deputies: who stands in for the holder of a post, on which days; named by the holder or an administrator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import deputies as acts
from xinqiao.accounts.managing import organs_managed
from xinqiao.accounts.models import Change
from xinqiao.components.forms import PlainForm
from xinqiao.desk.administration.shared import add_errors, basis_field, day_field, history
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding


class DeputyForm(PlainForm):
    deputy = forms.ChoiceField(label=gettext_lazy("The one who stands in"))
    since = day_field(gettext_lazy("From"))
    until = day_field(gettext_lazy("Until"), help_text=gettext_lazy("The first day on which nobody stands in again."))
    basis = basis_field()

    def __init__(self, data: Any, holding: Holding) -> None:
        super().__init__(data, initial={"since": today()})
        people = acts.may_stand_in(holding, today()).order_by("username")
        self.fields["deputy"].choices = [("", ""), *((p.username, p.name) for p in people)]  # type: ignore[attr-defined]


@desk_page("GET", "POST")
def deputies(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Who stands in in one post, now and later; and somebody new."""
    holding = _holding(request, pk)
    form = DeputyForm(request.POST or None, holding)
    if request.method == "POST" and form.is_valid():
        try:
            acts.deputise(actor=request.actor, holding=pk, **form.cleaned_data)
        except Invalid as error:
            add_errors(form, error.errors)
        else:
            messages.success(request, _("The deputy is named."))
            return redirect("desk:deputies", pk)
    rows = acts.deputies_of(holding, today())
    context = {
        "form": form,
        "holding": holding,
        "is_own": holding.user_id == request.actor.user_id,
        "deputies": [_deputy(row) for row in rows],
        "history": history(request, Change.Subject.DEPUTY, holding.post_id),
    }
    return show(request, "desk/account/deputies.html", context, status=422 if form.errors else 200)


def _holding(request: DeskRequest, pk: int) -> Holding:
    """A post of one's own, or of somebody whose account one administers; otherwise it is not there."""
    rows = Holding.objects.filter(pk=pk, deputy_for=None).exclude(post__role__in=acts.NOT_HANDED_ON)
    rows = rows.filter(Q(until=None) | Q(until__gt=today())).select_related("post__organ", "user")
    mine = rows.filter(user=request.user) if request.actor.deputy_for_id is None else rows.none()
    if request.actor.may(Permission.USER_MANAGE):
        mine = rows.filter(Q(post__organ__in=organs_managed(request.actor)) | Q(user=request.user))
    holding = mine.first()
    if holding is None:
        raise NotThere
    return holding


def _deputy(row: Holding) -> dict[str, Any]:
    return {"pk": row.pk, "name": row.user.name, "since": row.since, "until": row.until, "basis": row.basis}


@desk_page("POST")
def end_deputy(request: DeskRequest, pk: int) -> HttpResponseBase:
    """End it today, or take it back before it begins."""
    row = Holding.objects.filter(pk=pk).exclude(deputy_for=None).first()
    acts.end_deputy(actor=request.actor, deputy=pk)
    messages.success(request, _("From today on nobody stands in on this ground."))
    assert row is not None
    own = (
        Holding.objects.filter(post_id=row.post_id, user_id=row.deputy_for_id, deputy_for=None).order_by("-id").first()
    )
    return redirect("desk:deputies", own.pk) if own else redirect("desk:account")

"""What is done to the account of a person, each on a page of its own that asks why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import people as acts
from xinqiao.accounts.managing import managed_person, organs_managed
from xinqiao.components.forms import PlainForm
from xinqiao.desk.administration.people import people_trail, person
from xinqiao.desk.administration.shared import basis_field, day_field, form_page, reason_field
from xinqiao.desk.pages import DeskRequest, desk_page
from xinqiao.organs.models import Holding, Post

MANAGE = Permission.USER_MANAGE


class OpenForm(PlainForm):
    username = forms.CharField(
        label=gettext_lazy("Account name"),
        max_length=60,
        help_text=gettext_lazy("Small letters and figures, for example hexiaowen. It stays for good."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)


class PersonForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)


class ReasonForm(PlainForm):
    reason = reason_field()


class SureForm(PlainForm):
    """Nothing to fill in: the button is the answer."""


class AppointForm(PlainForm):
    post = forms.TypedChoiceField(label=gettext_lazy("Post"), coerce=int)
    since = day_field(gettext_lazy("From"))
    until = day_field(
        gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The first day without the post. Leave it empty where no end is set."),
    )
    basis = basis_field()

    def __init__(self, data: Any, request: DeskRequest) -> None:
        super().__init__(data, initial={"since": today()})
        living = organs_managed(request.actor).filter(Q(valid_until=None) | Q(valid_until__gt=today()))
        posts = Post.objects.filter(organ__in=living).select_related("organ").order_by("organ__code", "id")
        groups: dict[str, list[tuple[int, str]]] = {}
        for post in posts:
            name = post.organ.label
            groups.setdefault(name, []).append((post.pk, f"{name} {post.title}"))
        choices = [("", _("Choose a post")), *groups.items()]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class RelieveForm(PlainForm):
    until = day_field(
        gettext_lazy("Until"),
        help_text=gettext_lazy("The first day without the post: today or later, and after its beginning."),
    )
    basis = basis_field()


@sensitive_variables("password")
@desk_page("GET", "POST", to=MANAGE)
def open_account(request: DeskRequest) -> HttpResponseBase:
    """A new account, with a password that serves once and is shown once."""
    form = OpenForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        user, password = acts.open_account(actor=request.actor, **data)
        return person(request, user, told=_told(password))

    heading, lead = (
        _("Open an account"),
        _("A one-time password is shown next; tell it to its owner. Then give a post."),
    )
    return form_page(request, form, act, heading=heading, action=_("Open the account"), trail=people_trail(), lead=lead)


def _told(password: str) -> dict[str, str]:
    return {"words": _("One-time password, shown only now:"), "secret": password}


@sensitive_variables("password")
@desk_page("GET", "POST", to=MANAGE)
def new_password(request: DeskRequest, username: str) -> HttpResponseBase:
    """A password that serves once, for somebody who lost his own."""
    user = managed_person(request.actor, username)
    form = ReasonForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        password = acts.new_password(actor=request.actor, username=username, **data)
        return person(request, user, told=_told(password))

    lead = _("The password of now stops, every session of the account ends, and a lock is lifted.")
    return _page(request, username, form, act, heading=_("Give a one-time password"), lead=lead)


def _page(
    request: DeskRequest,
    username: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponseBase],
    *,
    heading: str,
    **more: Any,
) -> HttpResponseBase:
    trail = people_trail(managed_person(request.actor, username))
    return form_page(request, form, act, heading=heading, action=heading, trail=trail, **more)


def _simple(
    heading: str, said: str, form_class: type[forms.Form], act: Callable[..., object], **more: Any
) -> Callable[[DeskRequest, str], HttpResponseBase]:
    """A page whose act needs the account and what the form asks, and then goes back to the person."""

    @desk_page("GET", "POST", to=MANAGE)
    def view(request: DeskRequest, username: str) -> HttpResponseBase:
        user = managed_person(request.actor, username)
        initial = {"name": user.name, "email": user.email}
        form = form_class(request.POST if request.method == "POST" else None, initial=initial)

        def done(data: dict[str, Any]) -> HttpResponseBase:
            act(actor=request.actor, username=username, **data)
            messages.success(request, str(said))
            return redirect("desk:person", username)

        return _page(request, username, form, done, heading=str(heading), **more)

    return view


describe_person = _simple(
    gettext_lazy("Change name and e-mail"), gettext_lazy("Saved."), PersonForm, acts.describe_person
)
close_account = _simple(
    gettext_lazy("Shut the account"),
    gettext_lazy("The account is shut and its sessions have ended."),
    ReasonForm,
    acts.close_account,
    danger=True,
    lead=gettext_lazy("Nobody signs in with it any more. What was done under it stays on record."),
)
reopen_account = _simple(
    gettext_lazy("Open the account again"),
    gettext_lazy("The account is open again, with its posts as they were."),
    ReasonForm,
    acts.reopen_account,
)
reset_factors = _simple(
    gettext_lazy("Reset the second factor"),
    gettext_lazy("The second factor is taken away, and its sessions have ended."),
    ReasonForm,
    acts.reset_factors,
    danger=True,
    lead=gettext_lazy("Make sure that it is the person: from then on the password alone opens the account."),
)
unlock = _simple(
    gettext_lazy("Unlock"),
    gettext_lazy("Unlocked: the next try is the first again."),
    SureForm,
    acts.unlock,
    lead=gettext_lazy("Wrong passwords so far are forgotten. Make sure first that it was the person who mistyped."),
)


@desk_page("GET", "POST", to=MANAGE)
def appoint(request: DeskRequest, username: str) -> HttpResponseBase:
    """Give a post from a day on."""
    form = AppointForm(request.POST or None, request)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.appoint(actor=request.actor, username=username, **data)
        messages.success(request, _("The post is given."))
        return redirect("desk:person", username)

    return _page(request, username, form, act, heading=_("Give a post"))


@desk_page("GET", "POST", to=MANAGE)
def relieve(request: DeskRequest, username: str, pk: int) -> HttpResponseBase:
    """Take a post from a day on."""
    user = managed_person(request.actor, username)
    row = Holding.objects.filter(pk=pk, user=user).select_related("post__organ").first()
    first = max(today(), row.since + timedelta(days=1)) if row else today()
    form = RelieveForm(request.POST or None, initial={"until": first})

    def act(data: dict[str, Any]) -> HttpResponseBase:
        acts.relieve(actor=request.actor, username=username, holding=pk, **data)
        messages.success(request, _("The post is taken from that day on."))
        return redirect("desk:person", username)

    facts = [(_("Post"), f"{row.post.organ.label} {row.post.title}")] if row else []
    refused = acts.why_not_relieve(request.actor, user, row) if row and row.deputy_for_id is None else ""
    more = {"facts": facts, "refused": refused, "danger": True}
    return _page(request, username, form, act, heading=_("End the post"), **more)

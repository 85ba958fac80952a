"""Signing in and out by name and password; what comes after the password stands in ``second_step``.

Five wrong passwords shut the door for a quarter of an hour (django-axes). Nothing said here tells whether a name is
known.
"""

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.access.models import AdminSession
from xinqiao.accounts.adapters import may_sign_in
from xinqiao.accounts.arriving import safe_target
from xinqiao.accounts.history import note_sign_in, note_turned_away
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.office_sign_in import REFUSED, is_offered, offered_name
from xinqiao.components.forms import PlainForm
from xinqiao.organs.models import User

OFFICE_REFUSALS = {
    "nobody": _("The office's own sign-in knows you, but no open account here has your name. Ask the administrator."),
    "moved": _("This identity belongs to another account here. Ask the administrator."),
    "taken": _("The account of this name belongs to another identity. Ask the administrator."),
    "cancelled": _("The office's own sign-in was broken off. Nothing has happened."),
    "failed": _("The office's own sign-in does not answer as it should. Use name and password, or try again later."),
}
WRONG = _("Name or password is wrong, or the account is locked for a while.")


class SignInForm(PlainForm):
    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a member of staff in; programs have keys of their own and no page."""
    if request.user.is_authenticated:
        return redirect(safe_target(request, asked_for(request)))
    if reason := request.session.pop(REFUSED, ""):
        return page(request, wrong=str(OFFICE_REFUSALS.get(reason, OFFICE_REFUSALS["failed"])))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if user := _known(request, form):
            login = Login(user=user, redirect_url=asked_for(request))
            return perform_password_login(request, {"username": user.username}, login)
        form.add_error(None, WRONG)
    return page(request, form)


def page(request: HttpRequest, form: SignInForm | None = None, *, wrong: str = "") -> HttpResponse:
    """The door: name and password, and beside it the ways in that this office and this browser have."""
    form = form or SignInForm()
    if wrong:
        form = SignInForm({})
        form.errors.clear()
        form.add_error(None, wrong)
    context = {"form": form, "next": asked_for(request), "passkey_url": reverse("mfa_login_webauthn")}
    return render(request, "components/sign_in.html", context | _office_door(request))


def _office_door(request: HttpRequest) -> dict[str, str]:
    if not is_offered():
        return {}
    where, name = asked_for(request), offered_name()
    query = f"?{urlencode({'next': where})}" if where else ""
    words = gettext("Sign in by %(name)s") % {"name": name} if name else gettext("Sign in by the office's own account")
    return {"office_url": reverse("office-sign-in") + query, "office_door": words}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it an administrator's look into matters."""
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    if actor.admin_until:
        end_admin_sessions(actor)
    logout(request)
    return redirect("sign-in")


def end_admin_sessions(actor: Actor) -> None:
    """End what still runs of an administrator's looks."""
    AdminSession.objects.filter(user_id=actor.user_id or 0, ended_at=None).update(ended_at=now())


def asked_for(request: HttpRequest) -> str:
    """The page that somebody wanted before he was asked to sign in."""
    return request.POST.get("next") or request.GET.get("next") or ""


def _known(request: HttpRequest, form: SignInForm) -> User | None:
    user = authenticate(request, **form.cleaned_data)
    if isinstance(user, User) and may_sign_in(user):
        return user
    if owner := User.objects.filter(username=form.cleaned_data["username"]).first():
        note_failure(request, owner, means=SignIn.Means.PASSWORD, outcome=SignIn.Outcome.WRONG_PASSWORD)
    return None


def note_failure(request: HttpRequest, owner: User, *, means: str, outcome: str) -> None:
    """Tell the owner of an account that somebody failed at its door; the fifth failure has locked it (django-axes)."""
    if getattr(request, "axes_locked_out", False):
        note_turned_away(request, owner, means=means)
    else:
        note_sign_in(request, owner, outcome=outcome, means=means)

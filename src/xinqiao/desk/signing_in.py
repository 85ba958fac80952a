"""Signing in and out by name and password, and choosing a post.

Five wrong passwords shut the door for a quarter of an hour (django-axes). Nothing said here tells whether a name is
known.
"""

from typing import cast

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xinqiao.access.actor import Actor, current_holdings
from xinqiao.access.clock import now, today
from xinqiao.access.models import AdminSession
from xinqiao.components.forms import PlainForm
from xinqiao.organs.models import User

WRONG = _("Name or password is wrong, or the account is locked for a while.")


class SignInForm(PlainForm):
    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
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
        return redirect(after_sign_in(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if user := _known(request, form):
            return _let_in(request, user)
        form.add_error(None, WRONG)
    return render(request, "components/sign_in.html", {"form": form, "next": _asked_for(request)})


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


def after_sign_in(request: HttpRequest) -> str:
    """Where to go now: to the page that was asked for, or to one's work; never to another house."""
    target = _asked_for(request)
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if target and safe else reverse("desk:home")


def _asked_for(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _known(request: HttpRequest, form: SignInForm) -> User | None:
    user = authenticate(request, **form.cleaned_data)
    return user if isinstance(user, User) and not user.is_partner else None


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user)
    holdings = current_holdings(user, today())
    request.session["posts"] = len(holdings)
    target = after_sign_in(request)
    if len(holdings) > 1:
        request.session["after_post"] = target
        target = reverse("desk:posts")
    response = HttpResponseRedirect(target)
    keep_language(response, user.language)
    return response


def keep_language(response: HttpResponse, language: str) -> None:
    """The language of the account holds in this browser."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, httponly=True, samesite="Lax", secure=secure
    )

"""Behind the password: a code of the authenticator app, a recovery code, or a passkey. And the passkey alone.

A wrong code counts like a wrong password: five of them shut the same door (django-axes).
"""

import json
from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xinqiao.accounts.adapters import may_sign_in
from xinqiao.accounts.factors import check_code, factors_of
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.passkeys import asking_options, check_passkey
from xinqiao.components.forms import PlainForm
from xinqiao.desk.signing_in import asked_for, note_failure, page
from xinqiao.organs.models import User

WRONG_CODE = _("This code does not fit, or was used already. Wait for the next one, or take a recovery code.")
WRONG_PASSKEY = _("This passkey opens no account here. Sign in with name and password.")


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six figures from the authenticator app, or eight of a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w16"}),
    )


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody whose password was right; whoever comes without that is sent to the beginning."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or request.user.is_authenticated:
        return redirect("sign-in")
    user = cast(User, stage.login.user)
    if AxesProxyHandler.is_locked(request, {"username": user.username}):
        return get_lockout_response(request, credentials={"username": user.username})
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        if factor := _factor(request, form, user):
            return _go_on(request, stage, factor)
        _failed(request, user)
    return _page(request, form, user)


def _page(request: HttpRequest, form: CodeForm, user: User) -> HttpResponse:
    held = factors_of(user)
    context = {
        "form": form if held.app or held.codes else None,
        "has_app": held.app is not None,
        "passkey_options": json.dumps(asking_options(user)) if held.passkeys else "",
        "passkey_wrong": WRONG_CODE if "credential" in request.POST else "",
    }
    return render(request, "desk/second_step.html", context)


def _factor(request: HttpRequest, form: CodeForm, user: User) -> Authenticator | None:
    if "credential" in request.POST:
        return check_passkey(request.POST["credential"], user=user)
    if not form.is_valid():
        return None
    factor = check_code(user, form.cleaned_data["code"])
    if factor is None:
        form.add_error("code", WRONG_CODE)
    return factor


def _go_on(request: HttpRequest, stage: LoginStage, factor: Authenticator) -> HttpResponse:
    post_authentication(request, factor)
    response: HttpResponse = stage.exit()
    return response


def _failed(request: HttpRequest, user: User) -> None:
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)
    note_failure(request, user, means="", outcome=SignIn.Outcome.WRONG_CODE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey alone: the script asks for the challenge, the browser's answer comes as a form."""
    if request.user.is_authenticated:
        return redirect("desk:home")
    if request.method != "POST":
        return JsonResponse(asking_options())
    passkey = check_passkey(request.POST.get("credential", ""))
    if passkey is None or not may_sign_in(passkey.user):
        return page(request, wrong=str(WRONG_PASSKEY))
    if AxesProxyHandler.is_locked(request, {"username": passkey.user.username}):
        return get_lockout_response(request, credentials={"username": passkey.user.username})
    post_authentication(request, passkey, passwordless=True)
    return perform_login(request, Login(user=passkey.user, redirect_url=asked_for(request)))

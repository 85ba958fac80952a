"""What happens once somebody is in: the history, the language of the account, and where he goes first."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from xinqiao.access.actor import current_holdings
from xinqiao.access.clock import today
from xinqiao.accounts.history import note_sign_in
from xinqiao.accounts.models import OneTimePassword, SignIn
from xinqiao.accounts.passwords import MUST_CHANGE
from xinqiao.organs.models import User

CONFIRMED = "confirmed_at"
LANGUAGE_LASTS = 365 * 86400


def arrive(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Lead to the page that was asked for; whoever holds several posts first says in which one he works."""
    note_sign_in(request, user, outcome=SignIn.Outcome.IN)
    request.session[CONFIRMED] = time.time()
    if OneTimePassword.objects.filter(user=user).exists():
        request.session[MUST_CHANGE] = True
    holdings = current_holdings(user, today())
    request.session["posts"] = len(holdings)
    target = safe_target(request, target)
    if len(holdings) > 1:
        request.session["after_post"] = target
        target = reverse("desk:posts")
    response = HttpResponseRedirect(target)
    if user.language:
        keep_language(response, user.language)
    return response


def safe_target(request: HttpRequest, target: str) -> str:
    """The page that was asked for, or one's work; never another house."""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if target and safe else reverse("desk:home")


def keep_language(response: HttpResponse, language: str) -> None:
    """The language of the account holds in this browser."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=LANGUAGE_LASTS, httponly=True, samesite="Lax", secure=secure
    )

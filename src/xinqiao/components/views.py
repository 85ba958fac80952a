"""What the visitor prefers (language, large print, light or dark), kept in cookies, and the pages of errors.

No view here reads the database: a page that says that something is broken must not need it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from xinqiao.components.surfaces import LANGUAGE_TAGS, LARGE_COOKIE, THEME_COOKIE, THEMES

_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language `to` and go back to `next`; an unknown language changes nothing."""
    response = _back(request)
    to = _asked(request).lower()
    if to in LANGUAGE_TAGS:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, to)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def large_print(request: HttpRequest) -> HttpResponseBase:
    """Keep large print on (`to=1`) or off (`to=0`) and go back to `next`."""
    return _switch(request, LARGE_COOKIE, ("1",))


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponseBase:
    """Keep `light` or `dark`; anything else follows the system again."""
    return _switch(request, THEME_COOKIE, THEMES)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 400."""
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 403."""
    return _error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None, **values: Any) -> HttpResponse:
    """Handler of 404; what must not seem to exist answers with the same page. ``values``: what its frame says."""
    return _error(request, 404, **values)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of 500: drawn without context processors, which may need what is broken."""
    return HttpResponse(get_template("500.html").render({"request": request}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open too long (`CSRF_FAILURE_VIEW`)."""
    return render(request, "403_csrf.html", status=403)


def _error(request: HttpRequest, status: int, **values: Any) -> HttpResponse:
    return render(request, f"{status}.html", values, status=status)


def _asked(request: HttpRequest) -> str:
    return request.POST.get("to") or request.GET.get("to") or ""


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


def _switch(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> HttpResponse:
    response = _back(request)
    if (to := _asked(request)) in allowed:
        _keep(response, cookie, to)
    else:
        response.delete_cookie(cookie, samesite="Lax")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)

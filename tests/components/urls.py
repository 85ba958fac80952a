"""URLs for the tests of the components: the gallery, the preferences, and one page a kind of error."""

from datetime import date

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from xinqiao.components import gallery
from xinqiao.components.forms import PlainForm

handler400 = "xinqiao.components.views.bad_request"
handler403 = "xinqiao.components.views.permission_denied"
handler404 = "xinqiao.components.views.page_not_found"
handler500 = "xinqiao.components.views.server_error"


def bad(request: HttpRequest) -> HttpResponse:
    """A request that cannot be read."""
    raise BadRequest("unreadable")


def forbidden(request: HttpRequest) -> HttpResponse:
    """An act beyond the post."""
    raise PermissionDenied("not in the post")


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of our own."""
    raise RuntimeError("broken on purpose")


class SignIn(PlainForm):
    """Account and password."""

    username = forms.CharField(label="账号")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The page on which staff sign in, after a wrong try."""
    return render(request, "components/sign_in.html", {"form": SignIn({"username": "hexiaowen"}), "next": "/desk/"})


def confirm(request: HttpRequest, surface: str) -> HttpResponse:
    """The page that asks before a withdrawal."""
    values = {
        "heading": "撤回这件信访事项？",
        "text": "7 日内可以反悔。撤回不算办结，以后仍可再提。",
        "facts": [("编号", "禾信 2026-03876"), ("收到", date(2026, 8, 24))],
        "action": "撤回",
        "danger": True,
        "cancel": "不撤回",
        "cancel_url": "/gallery/",
    }
    return render(request, f"components/confirm_{surface}.html", values)


urlpatterns = [
    path("", include("xinqiao.components.urls")),
    path("", include(gallery)),
    path("sign-in/", sign_in),
    path("confirm/<str:surface>/", confirm),
    path("bad/", bad),
    path("forbidden/", forbidden),
    path("broken/", broken),
]

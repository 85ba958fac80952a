"""What somebody is told after too many wrong passwords: a page at the desk, a problem at the API."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinqiao.api.problems import problem


def locked_out(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
    """The same refusal whether the password of this try was right or wrong."""
    if request.path.startswith("/api/"):
        return problem(429, "locked-out", _("Too many wrong passwords. Try again in 15 minutes."))
    return render(request, settings.AXES_LOCKOUT_TEMPLATE, status=429)

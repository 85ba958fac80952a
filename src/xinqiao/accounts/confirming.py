"""Whether it is still the same person at the machine: what guards an account is changed only just after proof."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from xinqiao.accounts.arriving import CONFIRMED

LASTS = 10 * 60


def confirmed(request: HttpRequest) -> bool:
    """Whether somebody signed in, or gave the password again, in the last ten minutes of this session."""
    at = request.session.get(CONFIRMED)
    return isinstance(at, int | float) and 0 <= time.time() - at < LASTS


def confirm(request: HttpRequest) -> None:
    """Note that the password was given again."""
    request.session[CONFIRMED] = time.time()


def needs_confirming(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that first asks for the password again, where it was not given lately, and then comes back."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if confirmed(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("desk:account")
        return redirect(f"{reverse('desk:confirm')}?{urlencode({'next': back})}")

    return guarded

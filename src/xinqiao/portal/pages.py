"""What every page of the portal has in common: its methods, its frame, and that nobody on the way keeps a copy."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from xinqiao.components import views
from xinqiao.organs.models import Organ
from xinqiao.portal.office import NoOffice, front_office
from xinqiao.portal.simple import is_simple

MEGABYTE = 1024 * 1024
MAX_TOTAL = 100 * MEGABYTE
"""All files of one petition together."""
MAX_BODY = MAX_TOTAL + MEGABYTE
View = Callable[..., HttpResponseBase]


def page(*methods: str) -> Callable[[View], View]:
    """A view that answers these methods (GET includes HEAD), is never cached, and says so where there is no office."""
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NoOffice:
                return render(request, "portal/no_office.html", status=503)

        return never_cache(require_http_methods(allowed)(guarded))

    return decorate


def with_files(view: View) -> View:
    """A page that takes files: a body larger than all of them may be is refused before any of it is read.

    Django's own check of the form would read it first, so it is made here, after the length was looked at.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def measured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return show(request, "portal/too_large.html", {"total": MAX_TOTAL // MEGABYTE}, status=413)
        return protected(request, *args, **kwargs)

    return measured


def show(request: HttpRequest, template: str, values: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the frame of its office."""
    front = values.get("front") or front_office()
    return render(request, template, frame(front) | {"simple": is_simple(request)} | dict(values), status=status)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 404, in the name of the office, so that nobody thinks he came to another place."""
    try:
        values = frame(front_office())
    except NoOffice:
        values = {}
    return views.page_not_found(request, exception, **values)


def frame(front: Organ) -> dict[str, Any]:
    """What head and foot of every page say of the office."""
    office = {
        "name": front.label,
        "address": front.address,
        "telephone": front.telephone,
        "hours": front.reception_hours,
    }
    return {"front": front, "office": office, "home_url": reverse("portal:home"), "portal_links": foot_links()}


def foot_links() -> list[dict[str, str]]:
    """The pages that stand in the foot of every page."""
    pages = (
        ("portal:addresses", _("Addresses and reception hours")),
        ("portal:procedure", _("Procedure")),
        ("portal:law", _("Laws and regulations")),
        ("portal:privacy", _("How your data are protected")),
        ("portal:retaliation", _("Report retaliation")),
        ("portal:receipts", _("Check a receipt")),
        ("portal:verify", _("Check a document")),
    )
    return [{"url": reverse(view), "label": label} for view, label in pages]

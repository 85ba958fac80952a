"""What every answer under ``/api/`` has in common: refusals are problem details, bodies have a limit, caches are told.

It stands before all that can refuse, so that a refusal of Django itself (an unknown address, a method not there,
a crash) reads like one of ours.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers, set_response_etag
from django.utils.functional import Promise
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.api.parsing import MEGABYTE, largest_body
from xinqiao.api.problems import TYPE, problem

PREFIX = "/api/"
VARY = ("Accept-Language", "Authorization", "Cookie", "X-Query-Code")
SENTENCES: Mapping[int, tuple[str, Promise]] = {
    400: ("bad-request", gettext_lazy("The request cannot be read.")),
    403: ("forbidden", gettext_lazy("This is not open to you.")),
    404: ("no-such-address", gettext_lazy("There is nothing at this address.")),
    405: ("method-not-allowed", gettext_lazy("This address does not know this method; Allow names those it knows.")),
    500: ("server-error", gettext_lazy("Something went wrong at the office. Try again later.")),
}


class ApiAnswers:
    """See the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = _body_refused(request) or self.get_response(request)
            return _with_headers(request, _as_problem(response))


def _body_refused(request: HttpRequest) -> HttpResponse | None:
    """A body that is too large, or whose length nobody says, is not read at all."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        return problem(411, "length-required", _("Say the length of the body in Content-Length."))
    length, most = request.META.get("CONTENT_LENGTH") or "0", largest_body(request.path_info)
    if not (length.isascii() and length.isdigit()):
        return problem(400, "bad-request", str(SENTENCES[400][1]))
    if len(length) > 12 or int(length) > most:
        detail = _("The body is larger than %(most)d MB; send fewer or smaller files.") % {"most": most // MEGABYTE}
        return problem(413, "too-large", detail)
    return None


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """A refusal of Django's own, in our words under its headers."""
    if response.status_code < 400 or response.headers.get("Content-Type") == TYPE:
        return response
    code, sentence = SENTENCES.get(response.status_code, SENTENCES[400 if response.status_code < 500 else 500])
    told = problem(response.status_code, code, str(sentence))
    for name, value in response.headers.items():
        if name not in {"Content-Type", "Content-Length"}:
            told.headers[name] = value
    return told


def _with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What was read may be kept by the caller alone, and only to ask again whether it still holds."""
    patch_vary_headers(response, VARY)
    response.headers.setdefault("Content-Language", translation.get_language() or "")
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
    if request.method != "GET" or response.status_code not in {200, 304}:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    if isinstance(response, HttpResponse) and "ETag" not in response.headers:
        set_response_etag(response)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if isinstance(response, HttpResponse) and response.headers.get("ETag") in known:
        response.status_code, response.content = 304, b""
        del response.headers["Content-Type"], response.headers["Content-Length"]
    return response

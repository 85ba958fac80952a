"""Papers on their way to a browser: in which script, under which name, and where the code on them leads."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xinqiao.documents.models import Paper
from xinqiao.documents.placeholders import HANS, SCRIPTS


def script_of(request: HttpRequest) -> str:
    """The script asked for: Simplified, in which papers are issued, unless the address says ``?script=zh-hant``."""
    asked = request.GET.get("script", "").lower()
    return asked if asked in SCRIPTS else HANS


def base_url(request: HttpRequest) -> str:
    """Where the office is reached from outside: ``XINQIAO_URL``, or else the address of this request."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def file_name(paper: Paper) -> str:
    """``禾建信〔2026〕41号.pdf``; the kind stands in for a number that was not given."""
    return f"{paper.number or paper.get_kind_display()}.pdf"


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and is kept under its name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    return response

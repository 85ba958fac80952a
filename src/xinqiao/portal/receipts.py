"""The receipt page: number, query code and the file that proves both, shown from the session for half an hour."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinqiao.documents.qr import page_qr
from xinqiao.matters.codes import grouped
from xinqiao.portal import followed, sealed
from xinqiao.portal.handing_in import file_of
from xinqiao.portal.pages import page, show

NAME = "receipt"
SHOWN_FOR = timedelta(minutes=30)


def hand_out(request: HttpRequest, answer: dict[str, Any]) -> None:
    """Keep for the next page what the petitioner takes home, and let him follow his matter at once."""
    sealed.put(request, NAME, answer)
    followed.remember(request, answer["number"], answer["query_code"])


def receipt_kept(request: HttpRequest) -> str:
    """The number of what was handed in here within the last half hour; empty where nothing was, or it is forgotten."""
    answer = sealed.get(request, NAME, within=SHOWN_FOR)
    return str(answer["number"]) if answer else ""


@page("GET")
def receipt(request: HttpRequest) -> HttpResponse:
    """The page to write down, print and download from."""
    answer = sealed.get(request, NAME, within=SHOWN_FOR)
    if answer is None:
        return show(request, "portal/receipt_gone.html", {}, status=410)
    address = _track_url(request, answer["number"])
    values = {
        "number": answer["number"],
        "code": grouped(answer["query_code"]),
        "received_at": datetime.fromisoformat(answer["received_at"]),
        "address": request.build_absolute_uri(reverse("portal:track")),
        "qr": page_qr(address, label=_("QR code of the page to look it up; the query code is not in it")),
        "minutes": int(SHOWN_FOR.total_seconds() // 60),
        "heading": _("Received. Please write down these two"),
    }
    return show(request, "portal/receipt.html", values)


def _track_url(request: HttpRequest, number: str) -> str:
    """Where to look it up, with the number filled in and without the query code."""
    return request.build_absolute_uri(f"{reverse('portal:track')}?{urlencode({'number': number})}")


@page("GET")
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt with what was handed in, as a file for ``xinqiao verify``."""
    answer = sealed.get(request, NAME, within=SHOWN_FOR)
    if answer is None:
        return show(request, "portal/receipt_gone.html", {}, status=410)
    response = HttpResponse(file_of(answer), content_type="application/json")
    name = quote(f"{answer['number']}-receipt.json", safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@page("POST")
def receipt_taken(request: HttpRequest) -> HttpResponse:
    """The petitioner has written everything down: the page forgets it at once."""
    sealed.drop(request, NAME)
    return redirect("portal:home")

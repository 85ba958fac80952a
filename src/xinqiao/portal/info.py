"""What the office must publish (Article 18): where it is, how things go on, and how data are protected."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from xinqiao.portal.office import durations, front_office, law_title, published_organs
from xinqiao.portal.pages import page, show
from xinqiao.procedure import load_pack
from xinqiao.record import published_keys


@page("GET")
def addresses(request: HttpRequest) -> HttpResponse:
    """Every organ with address, telephone and reception hours, and the ways to hand something in."""
    front = front_office()
    return show(request, "portal/addresses.html", {"front": front, "organs": published_organs(front)})


@page("GET")
def procedure(request: HttpRequest) -> HttpResponse:
    """The way of a petition with its days and articles, from the pack that the office works by."""
    front = front_office()
    return show(request, "portal/procedure.html", {"front": front, **_law(front.pack), "durations": durations(front)})


@page("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """How names, words and files are kept."""
    return show(request, "portal/privacy.html", {})


@page("GET")
def retaliation(request: HttpRequest) -> HttpResponse:
    """What to do when somebody takes revenge for a petition."""
    return show(request, "portal/retaliation.html", {})


@page("GET")
def receipts(request: HttpRequest) -> HttpResponse:
    """How anybody checks a receipt without the office, and the keys of this one."""
    return show(request, "portal/receipts.html", {"keys": published_keys()["keys"]})


def _law(pack_id: str) -> dict[str, Any]:
    pack = load_pack(pack_id)
    return {
        "law": law_title(front_office()),
        "source": pack.source,
        "checked_on": pack.checked_on,
        "speakers": pack.representatives_max(99),
        "undo_days": pack.settings["withdrawal_undo_days"],
    }

"""What the office must publish (Article 18): where it is, how things go on, and how data are protected."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from xinqiao.matters.language import law_language
from xinqiao.matters.models import Kind
from xinqiao.portal.law_words import words_explained
from xinqiao.portal.laws import regulations
from xinqiao.portal.office import by_level, durations, front_office, published_organs
from xinqiao.portal.pages import page, show
from xinqiao.procedure import load_pack
from xinqiao.record import published_keys

MANY = 1000


@page("GET")
def addresses(request: HttpRequest) -> HttpResponse:
    """Every organ with address, telephone and reception hours, and the ways to hand something in."""
    front = front_office()
    values = {"front": front, "levels": by_level(published_organs(front)), "articles": articles_of(front.pack)}
    return show(request, "portal/addresses.html", values)


@page("GET")
def procedure(request: HttpRequest) -> HttpResponse:
    """The way of a petition with its days and articles, from the pack that the office works by."""
    front = front_office()
    values = {"front": front, **_law(front.pack), "durations": durations(front), "words": words_explained()}
    return show(request, "portal/procedure.html", values)


@page("GET")
def law(request: HttpRequest) -> HttpResponse:
    """What the regulations ask, article by article."""
    front = front_office()
    return show(request, "portal/law.html", {"front": front, "regulations": regulations()})


@page("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """How names, words and files are kept."""
    front = front_office()
    return show(request, "portal/privacy.html", {"front": front, "articles": articles_of(front.pack)})


@page("GET")
def retaliation(request: HttpRequest) -> HttpResponse:
    """What to do when somebody takes revenge for a petition; ``?number=`` is the matter from which one came here."""
    front = front_office()
    query = {"kind": Kind.ACCUSATION.value} | ({"about": number} if (number := request.GET.get("number", "")) else {})
    values = {
        "front": front,
        "articles": articles_of(front.pack),
        "report_url": f"{reverse('portal:submit-kind')}?{urlencode(query)}",
    }
    return show(request, "portal/retaliation.html", values)


def shown_keys() -> list[dict[str, Any]]:
    """The office's keys in groups of four, which the eye compares and a narrow page can break between."""
    keys: Any = published_keys()["keys"]
    return [row | {"parts": [row["key"][i : i + 4] for i in range(0, len(row["key"]), 4)]} for row in keys]


def _law(pack_id: str) -> dict[str, Any]:
    pack = load_pack(pack_id)
    return {
        "law": pack.title.text(law_language()),
        "source": pack.source,
        "checked_on": pack.checked_on,
        "speakers": pack.representatives_max(MANY),
        "undo_days": pack.settings["withdrawal_undo_days"],
        "articles": articles_of(pack_id),
    }


def articles_of(pack_id: str) -> dict[str, str]:
    """The articles of the office's edition by subject, in the reader's language; what it has not is left out."""
    pack = load_pack(pack_id)
    return {key: article.text(law_language()) for key, article in pack.articles.items() if article.number}

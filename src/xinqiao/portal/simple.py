"""The simple mode: large print, one thing a page, fewer words, the telephone in front. A cookie keeps the choice."""

from django.http import HttpRequest

from xinqiao.components.surfaces import LARGE_COOKIE

ALL = "all"


def is_simple(request: HttpRequest) -> bool:
    """Whether the visitor chose large print."""
    return request.COOKIES.get(LARGE_COOKIE) == "1"


def template_for(request: HttpRequest, name: str) -> str:
    """The short form of a page where the visitor wants it; ``?all=1`` shows the whole one, in large print."""
    return f"portal/{name}_simple.html" if is_simple(request) and ALL not in request.GET else f"portal/{name}.html"

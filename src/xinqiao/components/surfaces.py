"""Which of the two faces a part is drawn for, and what the visitor prefers.

The frames (`desk.html`, `portal.html`) put `surface` into the context of the
page, so that one part speaks tersely to staff and plainly to citizens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

DESK = "desk"
PORTAL = "portal"

LARGE_COOKIE = "xinqiao_large"
THEME_COOKIE = "xinqiao_theme"
THEMES = ("light", "dark")

#: Django's code of a language, and the tag (BCP 47) that pages and fonts hang on.
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class PageState:
    """What the frame of a page depends on: the language and the visitor's preferences."""

    language: str
    tag: str
    large: bool
    theme: str
    path: str


def surface_of(context: Context | Mapping[str, Any]) -> str:
    """`desk` or `portal`; `desk` where no frame has said otherwise."""
    return str(context.get("surface") or DESK)


def is_printing(context: Context | Mapping[str, Any]) -> bool:
    """Whether the page was asked for with `?print=1`: every explanation then stands open."""
    request: HttpRequest | None = context.get("request")
    return bool(context.get("printing")) or (request is not None and request.GET.get("print") == "1")


def current_language() -> str:
    """The active language as one of `zh-hans`, `zh-hant`, `en`."""
    language = get_language() or "zh-hans"
    return language if language in LANGUAGE_TAGS else "zh-hans"


def page_state_of(context: Context | Mapping[str, Any]) -> PageState:
    """The state of the page; without a request (the page of a broken server) no preference is known."""
    request: HttpRequest | None = context.get("request")
    cookies = request.COOKIES if request is not None else {}
    theme = cookies.get(THEME_COOKIE, "")
    return PageState(
        language=current_language(),
        tag=LANGUAGE_TAGS[current_language()],
        large=cookies.get(LARGE_COOKIE) == "1",
        theme=theme if theme in THEMES else "",
        path=request.get_full_path() if request is not None else "/",
    )

"""A clock drawn on one line: start, original day, today, due day.

The drawing is never the only bearer: `Ruler.words` says the same, and the
computation stands in the account beside it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from xinqiao.components.dates import day_words
from xinqiao.components.surfaces import DESK, PORTAL, current_language

_LEFT, _RIGHT = 4, 316
#: Half the room that a label needs; nearer ones would run into each other.
_APART = 62


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """Where the marks stand (in the units of the drawing) and what the drawing says."""

    now: int
    original: int | None
    original_label: str
    extended_from: int | None
    start_label: str
    due_label: str
    now_anchor: str
    words: str


def ruler_of(
    *,
    started_on: date,
    due: date,
    today: date,
    original_due: date | None = None,
    start_words: str = "",
    surface: str = DESK,
) -> Ruler | None:
    """The ruler of a running clock; None where there is no length to draw (`due` not after `started_on`)."""
    if due <= started_on:
        return None
    now = _place(today, started_on, due)
    original = _place(original_due, started_on, due) if original_due and original_due < due else None
    start = f"{_short(started_on, surface)} {start_words}".strip()
    return Ruler(
        now=now,
        original=original,
        original_label=_original_label(original, original_due, surface),
        extended_from=max(now, original) if original is not None else None,
        start_label=start,
        due_label=_short(due, surface),
        now_anchor="start" if now < _APART else "end",
        words=_words(started_on, due, today, original_due if original is not None else None),
    )


def _place(day: date, started_on: date, due: date) -> int:
    part = (day - started_on).days / (due - started_on).days
    return round(_LEFT + (_RIGHT - _LEFT) * min(max(part, 0), 1))


def _short(day: date, surface: str) -> str:
    if surface == PORTAL:
        return day_words(day, language=current_language(), surface=PORTAL, short=True)
    return f"{day:%m-%d}"


def _original_label(place: int | None, original_due: date | None, surface: str) -> str:
    if place is None or original_due is None or not _LEFT + 2 * _APART < place < _RIGHT - _APART:
        return ""
    words = gettext("first due day")
    return f"{_short(original_due, surface)} {words}"


def _words(started_on: date, due: date, today: date, original_due: date | None) -> str:
    language = current_language()
    values = {
        name: day_words(day, language=language, surface=PORTAL) for name, day in (("start", started_on), ("due", due))
    }
    values["n"] = str((min(today, due) - started_on).days)
    if original_due is None:
        return gettext("Day %(n)s since %(start)s; due on %(due)s") % values
    values["first"] = day_words(original_due, language=language, surface=PORTAL)
    return gettext("Day %(n)s since %(start)s; first due on %(first)s, after the extension on %(due)s") % values

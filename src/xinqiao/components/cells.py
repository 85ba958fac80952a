"""What stands in a cell of a table or beside a term: values in, escaped HTML out."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache, singledispatch
from html import escape
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.dates import day_of, day_words, figure, time_words
from xinqiao.components.escaping import escaped
from xinqiao.components.states import outcome_badge_html, state_badge_html
from xinqiao.components.surfaces import current_language

# A day in what is read, not in the attribute of a tag.
_DAY_IN_WORDS = re.compile(
    r"(?:\d{4}-\d\d-\d\d|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}:\d\d[–-]\d{1,2}:\d\d)(?![^<>]*>)", re.ASCII
)


class TitleCell(NamedTuple):
    """The one link of a row, with at most two tags behind it (联名, 集体, 交办, 重, 保密, 建议)."""

    text: str
    url: str
    tags: Sequence[str] = ()


class StateCell(NamedTuple):
    """The badge of a clock in a row."""

    state: str
    days_left: int | None = None
    days_late: int | None = None


class MarkCell(NamedTuple):
    """The box before a row: its value goes with the form `f-marks`, its label says which row it marks."""

    value: str
    label: str


class OrganCell(NamedTuple):
    """An organ in a narrow column: ``shown`` is cut where it must be, a pointer finds the ``name`` in full.

    ``place`` is a beginning of ``shown`` that is heard and not seen: of the reader's own county every row would say it.
    """

    shown: str
    name: str
    place: str = ""


class OutcomeCell(NamedTuple):
    """The badge of an outcome in a row."""

    outcome: str


class ReasonCell(NamedTuple):
    """Why a day is this day, in one line, with its article and a tag once the statistical day is past."""

    text: str
    article: str = ""
    tag: str = ""


def day_html(value: date | datetime, *, surface: str, short: bool = False, today: date | None = None) -> SafeString:
    """`<time>` around a day in the words of the surface."""
    return _day_html(day_of(value), current_language(), surface, short, today)


@lru_cache(maxsize=4096)  # a list has the same few days in every row
def _day_html(day: date, language: str, surface: str, short: bool, today: date | None) -> SafeString:
    words = day_words(day, language=language, surface=surface, short=short, today=today)
    return SafeString(f'<time datetime="{day:%Y-%m-%d}">{escape(words)}</time>')


def prose_html(text: object) -> SafeString:
    """A sentence in which no day and no span of hours is torn apart at the end of a line, as browsers would."""

    return SafeString(_DAY_IN_WORDS.sub(r'<span class="nowrap">\g<0></span>', escaped(text)))


def moment_html(value: date | datetime, *, surface: str, today: date | None = None) -> SafeString:
    """A day, and for an instant the time of day behind it."""
    day = day_html(value, surface=surface, today=today)
    if not isinstance(value, datetime):
        return day
    return format_html('{} <span class="num">{}</span>', day, time_words(value))


class Face(NamedTuple):
    """For whom a cell is drawn: language and surface, and today where days of this year stand without it."""

    language: str
    surface: str
    today: date | None = None


def cell_html(value: object, *, surface: str, today: date | None = None) -> SafeString:
    """One value as it stands in a cell: nothing is ——, a day is short, a figure has its comma."""
    return SafeString(draw(value, Face(current_language(), surface, today)))


# A page of a list has hundreds of cells: these are written out, because ``format_html`` calls much for each, and what
# says the same in many rows is kept.
@singledispatch
def draw(value: object, _face: Face) -> str:
    """The same for a table, which knows for all its cells whom it is drawn for."""
    return prose_html(value)


@draw.register
def _(_value: None, _face: Face) -> str:
    return "——"


@draw.register
def _(value: str, _face: Face) -> str:
    return _words_html(value) if value else "——"


@draw.register
def _(value: SafeString, _face: Face) -> str:
    return value or "——"


@draw.register
def _(value: date, face: Face) -> str:
    return _day_html(day_of(value), face.language, face.surface, False, face.today)


@draw.register
def _(value: bool, _face: Face) -> str:
    return str(value)


@draw.register
def _(value: int | float, _face: Face) -> str:
    return f'<span class="num">{figure(value)}</span>'


@draw.register
def _(cell: TitleCell, _face: Face) -> str:
    tags = "".join([f'<span class="tag">{escape(tag)}</span>' for tag in cell.tags])
    return f'<div class="line"><a class="t" href="{escape(cell.url)}">{escape(cell.text)}</a>{tags}</div>'


@draw.register
@lru_cache(maxsize=4096)
def _(cell: StateCell, face: Face) -> str:
    return state_badge_html(cell.state, surface=face.surface, days_left=cell.days_left, days_late=cell.days_late)


@draw.register
@lru_cache(maxsize=4096)
def _(cell: OrganCell, _face: Face) -> str:
    place = f'<span class="sr">{escape(cell.place)}</span>' if cell.place else ""
    return f'<span title="{escape(cell.name)}">{place}{escape(cell.shown.removeprefix(cell.place))}</span>'


@draw.register
def _(cell: OutcomeCell, _face: Face) -> str:
    return outcome_badge_html(cell.outcome)


@draw.register
def _(cell: ReasonCell, _face: Face) -> str:
    article = f'<span class="muted nowrap">〔{escape(cell.article)}〕</span>' if cell.article else ""
    tag = f'<span class="tag">{escape(cell.tag)}</span>' if cell.tag else ""
    return f"{escape(cell.text)}{article}{tag}"


@draw.register
def _(cell: MarkCell, face: Face) -> str:
    label = _mark_words(face.language) % {"row": escape(cell.label)}
    return f'<input type="checkbox" name="m" value="{escape(cell.value)}" form="f-marks" aria-label="{label}">'


@lru_cache(maxsize=4096)
def _words_html(text: str) -> str:
    return prose_html(text)


@cache
def _mark_words(_language: str) -> str:
    return escape(gettext("Mark %(row)s"))


def telephone_html(number: str) -> SafeString:
    """A telephone number as a link that calls it; words beside the figures do not go into the call."""
    called = "".join(letter for letter in number if letter.isascii() and letter.isdigit())
    return format_html('<a class="num" href="tel:{}">{}</a>', called, number)

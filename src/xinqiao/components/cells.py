"""What stands in a cell of a table or beside a term: values in, escaped HTML out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.dates import day_of, day_words, figure, time_words
from xinqiao.components.parts import Column
from xinqiao.components.states import outcome_badge_html, state_badge_html
from xinqiao.components.surfaces import current_language

# A day in what is read, not in the attribute of a tag.
_DAY_IN_WORDS = re.compile(
    r"(?:\d{4}-\d\d-\d\d|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}:\d\d[–-]\d{1,2}:\d\d)(?![^<>]*>)", re.ASCII
)


@dataclass(frozen=True, kw_only=True)
class TitleCell:
    """The one link of a row, with at most two tags behind it (联名, 集体, 交办, 重, 保密, 建议)."""

    text: str
    url: str
    tags: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class StateCell:
    """The badge of a clock in a row."""

    state: str
    days_left: int | None = None
    days_late: int | None = None


@dataclass(frozen=True, kw_only=True)
class MarkCell:
    """The box before a row: its value goes with the form `f-marks`, its label says which row it marks."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class OrganCell:
    """An organ in a narrow column: ``shown`` is cut where it must be, a pointer finds the ``name`` in full.

    ``place`` is a beginning of ``shown`` that is heard and not seen: of the reader's own county every row would say it.
    """

    shown: str
    name: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class OutcomeCell:
    """The badge of an outcome in a row."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class ReasonCell:
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
    html = text if isinstance(text, SafeString) else escape(str(text))
    return SafeString(_DAY_IN_WORDS.sub(r'<span class="nowrap">\g<0></span>', html))


def moment_html(value: date | datetime, *, surface: str, today: date | None = None) -> SafeString:
    """A day, and for an instant the time of day behind it."""
    day = day_html(value, surface=surface, today=today)
    if not isinstance(value, datetime):
        return day
    return format_html('{} <span class="num">{}</span>', day, time_words(value))


def cell_html(value: object, *, surface: str, today: date | None = None) -> SafeString:
    """One value as it stands in a cell: nothing is ——, a day is short, a figure has its comma."""
    match value:
        case None | "":
            return SafeString("——")
        case datetime() | date():
            return day_html(value, surface=surface, today=today)
        case bool():
            return SafeString(value)
        case int() | float():
            return format_html('<span class="num">{}</span>', figure(value))
        case TitleCell():
            return _title_html(value)
        case StateCell():
            return _state_html(value, surface, current_language())
        case OrganCell():
            return _organ_html(value)
        case OutcomeCell():
            return outcome_badge_html(value.outcome)
        case ReasonCell():
            return _reason_html(value)
        case MarkCell():
            return _mark_html(value)
        case SafeString():
            return value
        case str():
            return _words_html(value)
    return prose_html(value)


def row_html(
    columns: Sequence[Column], row: Sequence[object], *, surface: str, today: date | None = None
) -> SafeString:
    """The cells of a row; a row that has not one cell a column is a ValueError."""
    if len(columns) != len(row):
        raise ValueError(f"a row has {len(row)} cells, its table {len(columns)} columns")
    return SafeString(
        "".join(
            f'<td role="cell" class="{_css(column, value)}">{cell_html(value, surface=surface, today=today)}</td>'
            for column, value in zip(columns, row, strict=True)
        )
    )


def rows_html(
    columns: Sequence[Column], rows: Sequence[Sequence[object]], *, surface: str, today: date | None = None
) -> SafeString:
    """The rows of a group."""
    lines = (f'<tr role="row">{row_html(columns, row, surface=surface, today=today)}</tr>' for row in rows)
    return SafeString("".join(lines))


# A page of a list has hundreds of cells: these are written out, because ``format_html`` calls much for each.
def _css(column: Column, value: object) -> str:
    """The classes of a cell; an empty one takes no line where rows are stacked."""
    is_empty = value is None or value == ""
    return f"{column.css} none".strip() if is_empty else column.css


@lru_cache(maxsize=4096)  # stages and duties, the same few in every row
def _words_html(text: str) -> SafeString:
    return prose_html(text)


@lru_cache(maxsize=4096)
def _state_html(cell: StateCell, surface: str, _language: str) -> SafeString:
    return state_badge_html(cell.state, surface=surface, days_left=cell.days_left, days_late=cell.days_late)


def _title_html(cell: TitleCell) -> SafeString:
    tags = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in cell.tags)
    link = f'<a class="t" href="{escape(cell.url)}">{escape(cell.text)}</a>'
    return SafeString(f'<div class="line">{link}{tags}</div>')


def _mark_html(cell: MarkCell) -> SafeString:
    words = gettext("Mark %(row)s") % {"row": cell.label}
    return SafeString(
        f'<input type="checkbox" name="m" value="{escape(cell.value)}" form="f-marks" aria-label="{escape(words)}">'
    )


@lru_cache(maxsize=4096)
def _organ_html(cell: OrganCell) -> SafeString:
    place = f'<span class="sr">{escape(cell.place)}</span>' if cell.place else ""
    shown = escape(cell.shown.removeprefix(cell.place))
    return SafeString(f'<span title="{escape(cell.name)}">{place}{shown}</span>')


def _reason_html(cell: ReasonCell) -> SafeString:
    article = f'<span class="muted nowrap">〔{escape(cell.article)}〕</span>' if cell.article else ""
    tag = f'<span class="tag">{escape(cell.tag)}</span>' if cell.tag else ""
    return SafeString(f"{escape(cell.text)}{article}{tag}")


def telephone_html(number: str) -> SafeString:
    """A telephone number as a link that calls it; words beside the figures do not go into the call."""
    called = "".join(letter for letter in number if letter.isascii() and letter.isdigit())
    return format_html('<a class="num" href="tel:{}">{}</a>', called, number)

"""Why a clock stands as it does: line by line, input, rule and result, in three languages.

Computed when asked for, from the clock alone. The sentences are in `explanation_texts`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from .explanation_texts import EVENTS, SAY, WEEKDAYS
from .packs import article

if TYPE_CHECKING:
    from .clocks import Clock

COUNTED_FROM = "CC 201"
MOVED_BY = "CC 203"


def explain(clock: Clock, lang: str) -> list[str]:
    """The lines of `clock` in `lang`."""
    lines = [*_start(clock), *_length(clock), *_move(clock), *_state(clock), *_basis(clock)]
    return [_say(key, lang, **values) for key, values in lines]


Line = tuple[str, dict[str, Any]]


def _say(key: str, lang: str, **values: Any) -> str:
    spoken = {name: _spoken(value, lang) for name, value in values.items()}
    return SAY[key].text(lang).format(**spoken)


def _spoken(value: Any, lang: str) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.text(lang) if hasattr(value, "text") else value


def _day(day: date, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}day": day, f"{prefix}weekday": WEEKDAYS[day.weekday()]}


def _start(clock: Clock) -> list[Line]:
    if clock.given_on is not None:
        return [("started", {"day": clock.started_on, "event": EVENTS[clock.started_by]})]
    return [("started_uncounted", {"day": clock.started_on, "event": EVENTS[clock.started_by]})]


def _length(clock: Clock) -> list[Line]:
    lines: list[Line] = []
    if clock.given_on is not None:
        lines.append(("given", _day(clock.given_on)))
    if clock.extended_by:
        lines.append(
            ("extension", {"days": clock.extended_by, "article": clock.rule.extension_article or clock.article})
        )
    if clock.paused_days:
        key = "hearing_open" if clock.is_paused else "hearing"
        lines.append((key, {"days": clock.paused_days, "article": clock.article}))
    if clock.rule.unit == "working":
        lines.append(("plus_working", {"days": clock.days, **_day(clock.legal_due)}))
    elif clock.stat_due is not None and (clock.given_on is None or clock.extended_by or clock.paused_days):
        lines.append(_sum(clock, clock.stat_due))
    return lines


def _sum(clock: Clock, stat_due: date) -> Line:
    more = clock.extended_by + clock.paused_days
    if not more:
        return "plus", {"days": clock.days, **_day(stat_due)}
    first = (stat_due - clock.started_on).days - more
    return "plus_more", {"days": first, "more": more, "total": first + more, **_day(stat_due)}


def _move(clock: Clock) -> list[Line]:
    lines: list[Line] = []
    if clock.stat_due is not None and clock.legal_due != clock.stat_due:
        holiday = clock.calendar.holidays.get(clock.stat_due)
        values = {**_day(clock.stat_due), **_day(clock.legal_due, "legal_"), "article": article(MOVED_BY)}
        lines.append(("moved_holiday", values | {"holiday": holiday}) if holiday else ("moved", values))
    elif clock.rule.unit == "calendar" and clock.given_on is None and clock.days:
        lines.append(("not_moved", _day(clock.legal_due)))
    if clock.calendar.is_provisional(clock.legal_due):
        lines.append(("provisional", {"year": clock.legal_due.year}))
    return lines


def _state(clock: Clock) -> list[Line]:
    state, left = clock.state, clock.days_left
    values: dict[str, Any] = {"legal": clock.legal_due, "today": clock.today, "days": abs(left or 0)}
    if clock.stopped_on is not None:
        values |= {"stop": clock.stopped_on, "event": EVENTS[clock.stopped_by]}
        values["days"] = max((clock.stopped_on - clock.legal_due).days, 0)
    return [(f"state_{state}", values)]


def _basis(clock: Clock) -> list[Line]:
    key = "own_rule" if clock.rule.own_rule else "unverified" if clock.rule.unverified else "basis"
    return [(key, {"article": clock.article})]

"""Slots in texts, filled when the day of an act is known.

``{y-1}`` a year, ``{m-2}`` a month as one speaks of it, ``{M-2}`` the bare month, ``{d-12}`` a day of the year,
``{w+7}`` a working day; the numbers count from the day of the act. ``{place}`` and other facts are given by name.
"""

import re
from datetime import date, timedelta
from typing import Any

from xinqiao.procedure import default_calendar

_SLOT = re.compile(r"([ymMdw])([+-]\d+)?")


class Slots(dict[str, str]):
    """The facts of an act by name, and any day, month or year counted from its day."""

    def __init__(self, day: date, **facts: str) -> None:
        super().__init__(facts)
        self.day = day

    def __missing__(self, name: str) -> str:
        found = _SLOT.fullmatch(name)
        if found is None:
            raise KeyError(f"no such slot: {name}")
        return _READ[found[1]](self.day, int(found[2] or 0))


def fill(text: str, day: date, **facts: Any) -> str:
    """The text with its slots filled; raises KeyError for a slot that does not exist."""
    return text.format_map(Slots(day, **facts))


def _year(day: date, count: int) -> str:
    return f"{day.year + count}年"


def _month(day: date, count: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + count, 12)
    return years, month + 1


def _spoken_month(day: date, count: int) -> str:
    years, month = _month(day, count)
    spoken = {0: "今年", -1: "去年", -2: "前年"}.get(years)
    return f"{spoken or f'{day.year + years}年'}{month}月"


def _day(day: date, count: int) -> str:
    then = day + timedelta(days=count)
    return f"{then.month}月{then.day}日"


def _working_day(day: date, count: int) -> str:
    then = default_calendar().next_working_day(day + timedelta(days=count))
    return f"{then.month}月{then.day}日"


_READ = {
    "y": _year,
    "m": _spoken_month,
    "M": lambda day, count: f"{_month(day, count)[1]}月",
    "d": _day,
    "w": _working_day,
}

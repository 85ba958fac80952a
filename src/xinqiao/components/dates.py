"""Days, instants and figures in the words of the desk and of the portal.

Days are dates in the office's time zone; an instant must carry its offset and
becomes a day here, at the edge. Source: the wording table of the design.
"""

from datetime import date, datetime

from django.utils import timezone

from xinqiao.components.surfaces import DESK

_SHORT_WEEKDAY = {
    "zh-hans": "周一 周二 周三 周四 周五 周六 周日",
    "zh-hant": "週一 週二 週三 週四 週五 週六 週日",
    "en": "Mon Tue Wed Thu Fri Sat Sun",
}
_WEEKDAY = {
    "zh-hans": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "zh-hant": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MONTH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_of(value: date | datetime) -> date:
    """The day of a date, or of an aware instant in the office's time zone; a naive instant is a ValueError."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


def weekday(value: date | datetime, language: str, *, short: bool = True) -> str:
    """周一 (short) or 星期一; in English Mon or Monday."""
    names = _SHORT_WEEKDAY if short else _WEEKDAY
    return names[language].split()[day_of(value).weekday()]


def desk_day(value: date | datetime, language: str, *, within: int | None = None) -> str:
    """`2026-11-23 周一`; within the year given the year is left out: `11-23 周一`."""
    day = day_of(value)
    figures = f"{day:%m-%d}" if day.year == within else f"{day:%Y-%m-%d}"
    return f"{figures} {weekday(day, language)}"


def portal_day(value: date | datetime, language: str) -> str:
    """`2026年11月23日（星期一）`; in English `Monday, 23 November 2026`."""
    day = day_of(value)
    name = weekday(day, language, short=False)
    if language == "en":
        return f"{name}, {day.day} {_MONTH[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（{name}）"


def portal_instant(value: datetime, language: str) -> str:
    """`2026年11月23日（星期一）21:40`; in English `Monday, 23 November 2026, 21:40`."""
    between = ", " if language == "en" else ""
    return f"{portal_day(value, language)}{between}{time_words(value)}"


def portal_short_day(value: date | datetime, language: str) -> str:
    """`11月23日`; in English `23 November`. Only where the full day stands beside it."""
    day = day_of(value)
    return f"{day.day} {_MONTH[day.month - 1]}" if language == "en" else f"{day.month}月{day.day}日"


def day_words(
    value: date | datetime, *, language: str, surface: str, short: bool = False, today: date | None = None
) -> str:
    """A day as the surface writes it. `short` leaves out the year; on the desk so does `today` of the same year."""
    if surface == DESK:
        day = day_of(value)
        return desk_day(day, language, within=day.year if short else today.year if today else None)
    return portal_short_day(value, language) if short else portal_day(value, language)


def time_words(value: datetime) -> str:
    """`09:20`, 24 hours, in the office's time zone."""
    return f"{timezone.localtime(value):%H:%M}"


def figure(value: float | int | None) -> str:
    """`86,400`; nothing known is `——`, and zero is `0`."""
    return "——" if value is None else f"{value:,}"


def file_size(value: int) -> str:
    """A size in bytes as `640 B`, `12 KB`, `8.2 MB`."""
    if value < 1024:
        return f"{value} B"
    if value < 1024**2:
        return f"{value / 1024:.0f} KB"
    return f"{value / 1024**2:.1f} MB"

"""Days as a notice writes them: always with the weekday, in the language that is active."""

from datetime import date

from django.utils.translation import get_language

_SHORT = {"zh-hans": "周一 周二 周三 周四 周五 周六 周日", "zh-hant": "週一 週二 週三 週四 週五 週六 週日"}
_LONG = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
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


def day_for_citizen(day: date) -> str:
    """``2026年11月23日（星期一）``; in English ``Monday, 23 November 2026``."""
    if _is_english():
        return f"{_WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（{_LONG[day.weekday()]}）"


def day_for_staff(day: date) -> str:
    """``2026-11-23 周一``; in English ``2026-11-23 Mon``."""
    if _is_english():
        return f"{day.isoformat()} {_WEEKDAYS[day.weekday()][:3]}"
    return f"{day.isoformat()} {_SHORT[get_language() or 'zh-hans'].split()[day.weekday()]}"


def _is_english() -> bool:
    return (get_language() or "zh-hans").startswith("en")

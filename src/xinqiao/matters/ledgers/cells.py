"""Cells as days, numbers and texts. A cell that cannot be taken raises CellRefused with a sentence for the clerk."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from xinqiao.access.clock import SHANGHAI
from xinqiao.matters.ledgers.workbook import Unreadable, Value

_SERIAL_FROM, _SERIAL_TO = 32_874, 73_050
"""Spreadsheets count days from 1900: these are 1 January 1990 and 31 December 2099."""
_DATE = re.compile(
    r"([0-9]{4})\s*(?:[-/.年\s]|\\)\s*([0-9]{1,2})\s*(?:[-/.月\s]|\\)\s*([0-9]{1,2})\s*[日号號]?(?:[T\s上中下凌早晚午晨(（星周].*)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4}|[0-9]{6})?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WIDE = str.maketrans("０１２３４５６７８９／－．：", "0123456789/-.:")
_COUNT = re.compile(r"([0-9]{1,6})(?:\.0+)?\s*(?:人次|人|名|位|persons?)?")


class CellRefused(ValueError):
    """The cell cannot be taken; the message says why and what to do."""


def as_text(value: Value) -> str:
    """A cell as the words it shows: whole numbers without a fraction, days as 2026-09-07."""
    refuse_unreadable(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    return value if isinstance(value, str) else str(value)


def refuse_unreadable(value: Value) -> None:
    """Raise CellRefused for a cell without a value."""
    if isinstance(value, Unreadable):
        raise CellRefused(_WHY[value.why]() % {"shown": value.shown[:60]})


_WHY = {
    "formula": lambda: _("The formula %(shown)s has no stored value: save the file in the spreadsheet program first."),
    "error": lambda: _("The cell shows the error %(shown)s: put the value in."),
    "damaged": lambda: _("The cell cannot be read: type the value in again."),
}


def as_date(value: Value, *, epoch: datetime) -> date | None:
    """The day of a cell, whatever its form; None where it is empty. An instant with offset counts as a day in China."""
    refuse_unreadable(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, epoch)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _from_text(str(value).strip(), epoch)


def _from_number(value: int | float, epoch: datetime) -> date:
    if _SERIAL_FROM <= value < _SERIAL_TO:
        return (epoch + timedelta(days=int(value))).date()
    if value == int(value) and _COMPACT.fullmatch(str(int(value))):
        return _from_text(str(int(value)), epoch)
    raise _no_date(value)


def _from_text(text: str, epoch: datetime) -> date:
    text = text.translate(_WIDE)
    if _INSTANT.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(SHANGHAI).date()
    if text.isdecimal() and len(text) == 5:
        return _from_number(int(text), epoch)
    if found := _CHINESE.match(text):
        return _day(int(found[1].translate(_DIGITS)), _chinese(found[2]), _chinese(found[3]), text)
    if found := _COMPACT.fullmatch(text) or _DATE.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    raise _no_date(text)


def _day(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_date(shown) from None


def _chinese(number: str) -> int:
    """一 to 三十一."""
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return int(number.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)


def _no_date(shown: object) -> CellRefused:
    return CellRefused(_("“%(shown)s” is no date: write it as 2026-09-07.") % {"shown": str(shown)[:60]})


def as_count(value: Value) -> int | None:
    """A number of persons; None where the cell is empty."""
    text = as_text(value).strip()
    if not text:
        return None
    found = _COUNT.fullmatch(text.translate(_WIDE))
    if found is None:
        raise CellRefused(_("“%(shown)s” is no number of persons: write it in digits.") % {"shown": text[:60]})
    return int(found[1])

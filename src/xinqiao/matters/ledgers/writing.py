"""Writing .xlsx line by line: memory stays flat, and no text becomes a formula in whoever's spreadsheet program."""

import re
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xinqiao.matters.ledgers.workbook import CREATOR

LONGEST = 32_767
"""Characters that a cell holds."""
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 (a workbook's day has no zone; one day for all makes equal files equal)


class Page:
    """One sheet of a new workbook, filled line by line from the top."""

    def __init__(self, path: Path, title: str) -> None:
        self._book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
        self._book.set_properties({"author": CREATOR, "created": _MADE})
        self._sheet: Worksheet = self._book.add_worksheet(title)
        self._sheet.freeze_panes(1, 0)
        self._formats: dict[str, Format] = {
            "head": self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": self._book.add_format({"valign": "top", "text_wrap": True}),
            "day": self._book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
            "instant": self._book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._line = 0

    def widths(self, widths: list[float]) -> None:
        """How wide the columns are, in characters; before the first line."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def headings(self, titles: list[str]) -> None:
        """The line that says what the columns are."""
        for column, title in enumerate(titles):
            self._sheet.write_string(0, column, title, self._formats["head"])
        self._line = 1

    def line(self, values: list[object]) -> None:
        """The next line; days stay days, numbers numbers, and all else is text."""
        for column, value in enumerate(values):
            self._put(column, value)
        self._line += 1

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def _put(self, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            self._sheet.write_datetime(self._line, column, value.replace(tzinfo=None), self._formats["instant"])
        elif isinstance(value, date):
            self._sheet.write_datetime(self._line, column, value, self._formats["day"])
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self._sheet.write_number(self._line, column, value, self._formats["text"])
        else:
            self._sheet.write_string(self._line, column, guarded(str(value))[:LONGEST], self._formats["text"])


def guarded(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe goes before what might be one.

    Reading one of our own exports takes it away again.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text

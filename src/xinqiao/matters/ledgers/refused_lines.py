"""The lines that were refused, in a copy of the sheet beside the file: as they stood, with the reasons.

Corrected there and imported again, they enter as lines of a new file.
"""

import filecmp
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import time, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.headings import Headings
from xinqiao.matters.ledgers.rows import Entry, Wrong
from xinqiao.matters.ledgers.workbook import Unreadable, Value

if TYPE_CHECKING:
    from xinqiao.matters.ledgers.writing import Page

KEPT = 1000
"""How many reasons stay in memory to be listed; the copy has all."""


class RefusedLines(AbstractContextManager["RefusedLines"]):
    """Collects refused lines on disk; ``keep`` puts the copy beside the ledger, otherwise nothing of it is left."""

    def __init__(self, headings: Headings, *, beside: Path) -> None:
        self.count = 0
        self._beside, self._headings = beside, headings
        self._reasons: list[Wrong] = []
        self._folder = tempfile.TemporaryDirectory(prefix="xinqiao-")
        self._path = Path(self._folder.name) / "errors.xlsx"
        self._page: Page | None = None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()

    def add(self, entry: Entry) -> None:
        """Take in one refused line."""
        self.count += len(entry.wrong)
        self._reasons += entry.wrong[: max(0, KEPT - len(self._reasons))]
        page = self._page = self._page or self._new_page()
        width = len(self._headings.titles)
        values = [_as_it_stood(value) for value in entry.row.values[:width]]
        reasons = "\n".join(f"{one.column}：{one.reason}" if one.column else one.reason for one in entry.wrong)
        page.line([*values, *[None] * (width - len(values)), entry.row.line, reasons])

    def first(self, most: int) -> Sequence[Wrong]:
        """The first reasons, in the order of the lines."""
        return self._reasons[:most]

    def keep(self) -> Path | None:
        """Put the copy beside the ledger and say where; None where no line was refused.

        A file that is there already may have been corrected by hand: an equal one is kept, another never written over.
        """
        if self._page is None:
            return None
        self._page.close()
        place = self._free_place()
        try:
            if not place.exists():
                shutil.copyfile(self._path, place)
        except OSError as error:
            raise NotALedger(f"{place} cannot be written ({error.strerror}): no list of refused lines") from error
        return place

    def _new_page(self) -> "Page":
        """What writes is loaded only where something is refused: most imports need none of it."""
        from xinqiao.matters.ledgers.writing import Page

        page = Page(self._path, _("Refused lines"))
        page.headings([*self._headings.titles, _("Line in the file"), _("Why it was refused")])
        return page

    def _free_place(self) -> Path:
        """``LEDGER.errors.xlsx``, or with a number the first that is free or has this very content."""
        stem = self._beside.stem
        names = (f"{stem}.errors{'' if n == 1 else f'-{n}'}.xlsx" for n in count(1))
        return next(
            place
            for name in names
            if not (place := self._beside.with_name(name)).exists() or filecmp.cmp(place, self._path, shallow=False)
        )


def _as_it_stood(value: Value) -> object:
    """A cell as the sheet showed it; a formula as its text."""
    if isinstance(value, Unreadable):
        return value.shown
    return str(value) if isinstance(value, (bool, time, timedelta)) else value

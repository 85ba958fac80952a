"""The table of content classes as .xlsx, out and in: the same columns both ways."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from xinqiao.matters.ledgers.workbook import open_workbook
from xinqiao.matters.ledgers.writing import Page
from xinqiao.organs.models import ContentClass

WIDTHS = [18.0, 26.0, 18.0, 26.0, 28.0, 40.0]
MOST_LINES = 2_000


def headings() -> list[str]:
    """What the columns are called."""
    return [
        _("First level"),
        _("Second level"),
        _("First level, Traditional"),
        _("Second level, Traditional"),
        _("First level, English"),
        _("Second level, English"),
    ]


def write_classes(path: Path, rows: Iterable[ContentClass]) -> None:
    """Write the classes in their order, a second level a line; a first level without any has a line of its own."""
    found = list(rows)
    page = Page(path, _("Content classes"))
    page.widths(WIDTHS)
    page.headings(headings())
    for top in [row for row in found if row.parent_id is None]:
        below: list[ContentClass | None] = [row for row in found if row.parent_id == top.pk]
        for one in below or [None]:
            page.line(_line(top, one))
    page.close()


def _line(top: ContentClass, one: ContentClass | None) -> list[object]:
    names = (one.name, one.name_hant, one.name_en) if one else ("", "", "")
    return [top.name, names[0], top.name_hant, names[1], top.name_en, names[2]]


def read_classes(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """The lines of the first sheet below its headings, with their numbers; raises Unreadable's kin for a bad file."""
    with open_workbook(path) as sheets:
        lines = []
        for row in sheets[0].rows() if sheets else []:
            texts = tuple("" if value is None else str(value) for value in row.values)
            if row.line > 1 and any(text.strip() for text in texts):
                lines.append((row.line, texts))
            if len(lines) > MOST_LINES:
                break
    return lines

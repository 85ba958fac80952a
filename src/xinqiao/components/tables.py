"""A table in a frame that scrolls where it must, the largest part of a list: values in, escaped HTML out."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xinqiao.components.cells import Face, draw
from xinqiao.components.escaping import escaped
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import current_language

#: So many rem may the columns of a fixed width take together; what is more would leave nothing for the title.
ROOM = 52
ARROWS = {"ascending": "↑", "descending": "↓"}


def table_html(table: Table, *, surface: str, today: date | None = None) -> SafeString:
    """A table with its groups; with ``today`` days of this year stand without the year.

    A row that has not one cell a column is a ValueError.
    """
    columns, caption = table.columns, escaped(table.caption)
    begins, face = _begins(columns), Face(current_language(), surface, today)
    css = " ".join([*([] if table.plain else ["list"]), *(["stackable"] if table.stackable else [])])
    widths = "".join([f'<col class="{one.width}{" noprint" if one.marks else ""}">' for one in columns])
    heads = "".join([_head(one) for one in columns])
    frame = "scroll wide" if sum(int(one.width[1:] or 0) for one in columns) > ROOM else "scroll"
    bodies = "".join([_body(group, begins, face) for group in table.groups])
    return SafeString(
        f'<div class="{frame}" tabindex="0" role="region" aria-label="{caption}"><table class="{css}" role="table">'
        f'<caption class="sr">{caption}</caption><colgroup>{widths}</colgroup>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{bodies}</table></div>'
    )


def _head(column: Column) -> str:
    css = ' class="r"' if column.number else ' class="noprint"' if column.marks else ""
    sort = f' aria-sort="{column.sort}"' if column.sort else ""
    arrow = f' <span aria-hidden="true">{ARROWS[column.sort]}</span>' if column.sort else ""
    return f'<th role="columnheader" scope="col"{css}{sort}>{_head_words(column)}{arrow}</th>'


def _head_words(column: Column) -> str:
    words = escaped(column.label)
    if column.marks:
        every = escaped(gettext("Mark all on this page"))
        return f'<span class="sr">{words}</span><input type="checkbox" data-mark-all hidden aria-label="{every}">'
    if column.sr_only:
        return f'<span class="sr">{words}</span>'
    return f'<a href="{escaped(column.sort_url)}">{words}</a>' if column.sort_url else words


class _Begin(NamedTuple):
    """How a cell of a column begins, and how an empty one: that takes no line where rows are stacked."""

    full: str
    empty: str


def _begins(columns: Sequence[Column]) -> list[_Begin]:
    drawn = '<td role="cell" class="{}">'
    return [_Begin(drawn.format(one.css), drawn.format(f"{one.css} none".strip())) for one in columns]


def _body(group: RowGroup, begins: Sequence[_Begin], face: Face) -> str:
    rows = "".join([f'<tr role="row">{_row(begins, row, face)}</tr>' for row in group.rows])
    return f'<tbody role="rowgroup">{_heading(group, len(begins))}{rows}</tbody>'


def _heading(group: RowGroup, width: int) -> str:
    if not group.title:
        return ""
    css = "group red" if group.red else "group"
    heading = f'<th role="rowheader" scope="rowgroup" colspan="{width}" class="{css}">{escaped(group.title)}</th>'
    return f'<tr role="row">{heading}</tr>'


def _row(begins: Sequence[_Begin], row: Sequence[object], face: Face) -> str:
    if len(begins) != len(row):
        raise ValueError(f"a row has {len(row)} cells, its table {len(begins)} columns")
    cells = []
    for begin, value in zip(begins, row, strict=True):
        cells += (begin.empty if value is None or value == "" else begin.full, draw(value, face), "</td>")
    return "".join(cells)

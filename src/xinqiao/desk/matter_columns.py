"""The columns of the list of matters: what each shows, and which ones somebody wants to see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xinqiao.components.cells import MarkCell, StateCell, TitleCell
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.desk.duty_rows import Reader, mark_column, tags_of
from xinqiao.desk.words import duty_words, matter_url, number_cell, stage_words
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import list_title


@dataclass(frozen=True, kw_only=True)
class MatterColumn:
    """A column that may be chosen: its words, how it is drawn, what stands in it. ``fixed`` ones are always there."""

    label: Any
    cell: Callable[[Matter, Reader], object]
    look: dict[str, Any]
    fixed: bool = False
    at_first: bool = True


def _left(matter: Matter, reader: Reader) -> object:
    due, day = matter.next_due_on, reader.day
    if due is None:
        return ""
    return StateCell(state="missed" if due < day else "running", days_left=(due - day).days)


def _title(matter: Matter, reader: Reader) -> object:
    return TitleCell(text=list_title(matter), url=matter_url(matter.number), tags=tags_of(matter)[:2])


COLUMNS: dict[str, MatterColumn] = {
    "number": MatterColumn(
        label=_("Number"),
        cell=lambda m, reader: number_cell(m.number),
        look={"width": "w7", "muted": True},
        fixed=True,
    ),
    "matter": MatterColumn(label=_("Matter"), cell=_title, look={"cut": True, "wide": True}, fixed=True),
    "kind": MatterColumn(
        label=_("Kind"),
        cell=lambda m, reader: str(m.get_kind_display()),
        look={"width": "w7", "hide_s": True},
        at_first=False,
    ),
    "class": MatterColumn(
        label=_("Class"),
        cell=lambda m, reader: reader.classes.get(m.class_code, m.class_code),
        look={"width": "w8", "hide_s": True},
        at_first=False,
    ),
    "stage": MatterColumn(label=_("Stage"), cell=lambda m, reader: stage_words(m.stage), look={"width": "w7"}),
    "where": MatterColumn(
        label=_("Where"),
        cell=lambda m, reader: reader.organ(m.holder),
        look={"width": "w7", "cut": True},
    ),
    "received": MatterColumn(
        label=_("Received"), cell=lambda m, reader: m.received_on, look={"width": "w6", "hide_s": True}
    ),
    "duty": MatterColumn(
        label=_("Next duty"),
        cell=lambda m, reader: duty_words(m.next_clock, m.stage) if m.next_clock else "",
        look={"width": "w8", "hide_s": True},
    ),
    "due": MatterColumn(label=_("Due"), cell=lambda m, reader: m.next_due_on, look={"width": "w6"}),
    "left": MatterColumn(label=_("Left"), cell=_left, look={"width": "w6", "end_s": True}),
}


def matter_table(rows: Sequence[Matter], reader: Reader, *, shown: Sequence[str], marks: bool) -> Table:
    """The matters of a page; with ``marks`` a box before each, for what is done with many at once."""
    chosen = [(name, column) for name, column in COLUMNS.items() if column.fixed or name in shown]
    columns = [Column(label=str(column.label), **column.look) for _name, column in chosen]
    cells = [[column.cell(row, reader) for _name, column in chosen] for row in rows]
    if marks:
        columns.insert(0, mark_column())
        for row, line in zip(rows, cells, strict=True):
            line.insert(0, MarkCell(value=row.number, label=list_title(row)))
    return Table(caption=str(_("Matters")), columns=columns, groups=[RowGroup(rows=cells)])


def at_first() -> list[str]:
    """What is shown to whoever has not chosen."""
    return [name for name, column in COLUMNS.items() if column.at_first]

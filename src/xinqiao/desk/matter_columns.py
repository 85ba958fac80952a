"""The columns of the list of matters: what each shows, and which ones somebody wants to see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinqiao.components.cells import MarkCell, StateCell, TitleCell
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.desk.duty_rows import mark_column, tags_of
from xinqiao.desk.words import duty_words, number_cell, short_name, stage_words
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import list_title


@dataclass(frozen=True, kw_only=True)
class MatterColumn:
    """A column that may be chosen: its words, how it is drawn, what stands in it. ``fixed`` ones are always there."""

    label: Any
    cell: Callable[[Matter, date], object]
    look: dict[str, Any]
    fixed: bool = False
    at_first: bool = True


def _left(matter: Matter, day: date) -> object:
    due = matter.next_due_on
    if due is None:
        return ""
    return StateCell(state="missed" if due < day else "running", days_left=(due - day).days)


def _title(matter: Matter, day: date) -> object:
    url = reverse("desk:matter", args=[matter.number])
    return TitleCell(text=list_title(matter), url=url, tags=tags_of(matter)[:2])


COLUMNS: dict[str, MatterColumn] = {
    "number": MatterColumn(
        label=_("Number"),
        cell=lambda m, day: number_cell(m.number),
        look={"width": "w7", "muted": True},
        fixed=True,
    ),
    "matter": MatterColumn(label=_("Matter"), cell=_title, look={"cut": True, "wide": True}, fixed=True),
    "kind": MatterColumn(
        label=_("Kind"),
        cell=lambda m, day: str(m.get_kind_display()),
        look={"width": "w7", "hide_s": True},
        at_first=False,
    ),
    "class": MatterColumn(
        label=_("Class"), cell=lambda m, day: m.class_code, look={"width": "w8", "hide_s": True}, at_first=False
    ),
    "stage": MatterColumn(label=_("Stage"), cell=lambda m, day: stage_words(m.stage), look={"width": "w7"}),
    "where": MatterColumn(
        label=_("Where"), cell=lambda m, day: short_name(m.holder), look={"width": "w8", "hide_s": True}
    ),
    "received": MatterColumn(
        label=_("Received"), cell=lambda m, day: m.received_on, look={"width": "w7", "hide_s": True}
    ),
    "duty": MatterColumn(
        label=_("Next duty"),
        cell=lambda m, day: duty_words(m.next_clock) if m.next_clock else "",
        look={"width": "w8", "hide_s": True},
    ),
    "due": MatterColumn(label=_("Due"), cell=lambda m, day: m.next_due_on, look={"width": "w7"}),
    "left": MatterColumn(label=_("Left"), cell=_left, look={"width": "w7", "end_s": True}),
}


def matter_table(rows: Sequence[Matter], day: date, *, shown: Sequence[str], marks: bool) -> Table:
    """The matters of a page; with ``marks`` a box before each, for what is done with many at once."""
    chosen = [(name, column) for name, column in COLUMNS.items() if column.fixed or name in shown]
    columns = [Column(label=str(column.label), **column.look) for _name, column in chosen]
    cells = [[column.cell(row, day) for _name, column in chosen] for row in rows]
    if marks:
        columns.insert(0, mark_column())
        for row, line in zip(rows, cells, strict=True):
            line.insert(0, MarkCell(value=row.number, label=list_title(row)))
    return Table(caption=str(_("Matters")), columns=columns, groups=[RowGroup(rows=cells)])


def at_first() -> list[str]:
    """What is shown to whoever has not chosen."""
    return [name for name, column in COLUMNS.items() if column.at_first]

"""Small ledgers for tests, and a short way to import one as the demonstration's petition office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.office import Office
from xinqiao.access.actor import Actor, importing_actor
from xinqiao.matters.ledgers.importing import Outcome, choose_sheet, entries, import_ledger, ledger_of
from xinqiao.matters.ledgers.rows import Entry, Wrong
from xinqiao.matters.ledgers.workbook import open_workbook

HEAD = ("信访日期", "标题", "概况", "信访形式", "姓名", "电话", "住址")
LINE = ("2026-03-02", "路灯不亮", "文昌路路灯已有一月不亮，请修复。", "来信", "安平", "13800000000", "禾川县文昌路9号")


def sheet_file(path: Path, *lines: Sequence[Any], sheet: str = "台账") -> Path:
    """A workbook with these lines in its only sheet."""
    book = Workbook()
    book.active.title = sheet
    for line in lines:
        book.active.append(list(line))
    book.save(path)
    return path


@dataclass
class Imported:
    """What an import came to."""

    outcome: Outcome
    refused: list[Entry] = field(default_factory=list)

    @property
    def wrong(self) -> list[Wrong]:
        return [one for entry in self.refused for one in entry.wrong]


def import_file(
    office: Office, path: Path, *, actor: Actor | None = None, organ: str = "HCXF", **options: Any
) -> Imported:
    """Import a file without the command around it."""
    refused: list[Entry] = []
    with open_workbook(path) as sheets:
        sheet, headings = choose_sheet(sheets, wanted=options.pop("sheet", None))
        actor = actor or importing_actor(office.organs[organ])
        ledger = ledger_of(path, sheet, headings, actor=actor, organ_code=organ, **options)
        return Imported(import_ledger(ledger, told=refused.append, progress=lambda so_far: None), refused)


def entries_of(office: Office, path: Path, *, organ: str = "HCXF") -> list[Entry]:
    """How the lines of a file are read, before anything is registered."""
    with open_workbook(path) as sheets:
        sheet, headings = choose_sheet(sheets, wanted=None)
        ledger = ledger_of(path, sheet, headings, actor=importing_actor(office.organs[organ]), organ_code=organ)
        return list(entries(ledger))

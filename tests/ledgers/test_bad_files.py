"""What is no ledger is refused in one line before anything is written."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.ledgers.sheets import HEAD, LINE, sheet_file
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.importing import choose_sheet
from xinqiao.matters.ledgers.workbook import open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text_file(path: Path) -> None:
    path.write_text("信访日期,概况\n2026-03-02,路灯\n", encoding="utf-8")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def old_workbook(path: Path) -> None:
    path.write_bytes(OLE + bytes(2000))


def protected(path: Path) -> None:
    path.write_bytes(OLE + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(600))


def plain_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")


def cut_off(path: Path) -> None:
    sheet_file(path, HEAD, *[LINE] * 50)
    path.write_bytes(path.read_bytes()[:-400])


def bomb(path: Path) -> None:
    sheet_file(path, HEAD, LINE)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.bin", bytes(80 * 1024 * 1024))


def with_macros(path: Path) -> None:
    sheet_file(path, HEAD, LINE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")


def without_workbook(path: Path) -> None:
    replaced(path, "xl/workbook.xml", b"")


def broken_sheet_list(path: Path) -> None:
    replaced(path, "xl/workbook.xml", b"<workbook>")


def broken_texts(path: Path) -> None:
    replaced(path, "xl/sharedStrings.xml", b"<sst><si><t>half")


def folder(path: Path) -> None:
    path.mkdir()


def replaced(path: Path, part: str, content: bytes) -> None:
    """A workbook with one of its parts made something else; an empty content leaves it out."""
    book = Workbook(str(path))
    book.add_worksheet().write_row(0, 0, HEAD)
    book.close()
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info, old.read(info))
            elif content:
                new.writestr(part, content)
    path.write_bytes(target.getvalue())


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (text_file, "not an .xlsx"),
        (empty_file, "not an .xlsx"),
        (old_workbook, "not an .xlsx"),
        (plain_zip, "not an .xlsx"),
        (protected, "password"),
        (cut_off, "damaged"),
        (bomb, "unpack"),
        (with_macros, "macros"),
        (without_workbook, "not an .xlsx"),
        (broken_sheet_list, "damaged"),
        (broken_texts, "damaged"),
        (folder, "cannot be read"),
        (lambda path: None, "cannot be read"),  # not there at all
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    path = tmp_path / "a.xlsx"
    make(path)
    with pytest.raises(NotALedger) as caught, open_workbook(path):
        pass
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sheet_that_breaks_off_gives_no_line_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in HEAD).encode()
    lines = b"".join(b'<row r="%d">%s</row>' % (n, cells) for n in range(1, 5000))
    replaced(
        path,
        "xl/worksheets/sheet1.xml",
        b'<worksheet xmlns="%s"><dimension ref="A1:G5000"/><sheetData>%s<row r="5' % (space, lines),
    )
    with open_workbook(path) as sheets, pytest.raises(NotALedger, match="is damaged"):
        choose_sheet(sheets, wanted=None)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_part_that_defines_entities_is_refused(tmp_path: Path, part: str) -> None:
    replaced(
        tmp_path / "a.xlsx",
        part,
        b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst/>',
    )
    with pytest.raises(NotALedger, match="damaged"), open_workbook(tmp_path / "a.xlsx"):
        pass

"""An .xlsx that may be hostile, opened and read row by row.

Values only: a formula is never worked out here, its stored value counts. Memory does not grow with the number of
rows: shared texts lie in a temporary file.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import IO, Any, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from xinqiao.documents.containers import zip_kind
from xinqiao.documents.refusals import FileRefused
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.shared_texts import SharedTexts, unescaped

MAX_BYTES = 200 * 1024 * 1024
MAX_MERGED = 20_000
_WHAT_TO_DO = {
    "file-damaged": "is damaged or not an .xlsx workbook: save it again as .xlsx",
    "file-protected": "is protected by a password: save it without one",
    "file-macros": "has macros: save it as .xlsx without them",
    "file-bomb": "would unpack to more than is reasonable: save it again, or split it",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_NO_ANSWER = "is not an .xlsx workbook: save it as .xlsx"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value that could be taken: ``why`` is ``formula``, ``error`` or ``damaged``."""

    why: str
    shown: str


Value: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | Unreadable | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet, counted as the spreadsheet counts it, from 1; values by column, from 0."""

    line: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; lines from 1, columns from 0, the last ones included."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int
    name: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of an open workbook. ``lines`` is how many the file promises, None where it says nothing."""

    name: str
    index: int
    lines: int | None
    epoch: datetime
    is_our_export: bool
    _path: str
    _workbook: Any
    _texts: SharedTexts

    def rows(self) -> Iterator[Row]:
        """Every line that has a value in it, from the top; may be asked for again."""
        with self._workbook._archive.open(self._path) as source:
            yield from _rows(self._parser(source), self.name)

    @cached_property
    def merged(self) -> list[Merged]:
        """The merged ranges. Raises NotALedger where the sheet breaks off anywhere: then nothing of it is taken."""
        with self._workbook._archive.open(self._path) as source:
            try:
                return [_merged(name) for name in _merged_names(source)]
            except (ExpatError, zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise NotALedger(f"the sheet {self.name!r} is damaged: save the workbook again") from error

    def _parser(self, source: IO[bytes]) -> "_CellReader":
        book = self._workbook
        return _CellReader(
            source,
            self._texts,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )


@contextmanager
def open_workbook(path: Path) -> Iterator[list[Sheet]]:
    """The sheets of a workbook, hidden ones last. Raises NotALedger for anything that is none, or not a safe one."""
    refuse_unsafe(path)
    reader = _WorkbookReader(path, read_only=True, data_only=True, keep_links=False)
    try:
        yield _sheets(reader, path)
    finally:
        reader.archive.close()
        reader.texts.close()


def refuse_unsafe(path: Path) -> None:
    """Raise NotALedger for what is no .xlsx, protected, full of macros, too large, or made to explode."""
    try:
        size, start = path.stat().st_size, _beginning(path)
    except OSError as error:
        raise NotALedger(f"{path} cannot be read: {error.strerror}") from error
    if size > MAX_BYTES:
        raise NotALedger(f"{path.name} is larger than {MAX_BYTES >> 20} MB: split it")
    if start.startswith(_OLE):
        raise NotALedger(f"{path.name} {_ole_advice(start)}")
    if not start.startswith(b"PK"):
        raise NotALedger(f"{path.name} {_NO_ANSWER}")
    _refuse_unsafe_zip(path)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1 << 16)


def _ole_advice(start: bytes) -> str:
    return _WHAT_TO_DO["file-protected"] if _PROTECTED in start else _NO_ANSWER


def _refuse_unsafe_zip(path: Path) -> None:
    try:
        with path.open("rb") as file:
            kind = zip_kind(file, name=path.name)
    except FileRefused as refused:
        raise NotALedger(f"{path.name} {_WHAT_TO_DO.get(refused.code, _NO_ANSWER)}") from refused
    if not kind.endswith("spreadsheetml.sheet"):
        raise NotALedger(f"{path.name} {_NO_ANSWER}")
    if _defines_entities(path):
        raise NotALedger(f"{path.name} {_WHAT_TO_DO['file-damaged']}")


def _defines_entities(path: Path) -> bool:
    """No spreadsheet program writes document types; they serve to make XML explode, or to read other files."""
    with zipfile.ZipFile(path) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        return any(b"<!DOCTYPE" in archive.open(part).read(4096).upper() for part in parts)


class _WorkbookReader(ExcelReader):
    """Reads a workbook's parts; shared texts go to a temporary file, pictures and themes are left alone."""

    texts: SharedTexts

    def __init__(self, path: Path, **options: Any) -> None:
        super().__init__(path, **options)
        self.texts = SharedTexts()

    def read_strings(self) -> None:
        package: Any = self.package
        part = package.find("application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml")
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.texts.fill(source)
        self.shared_strings = self.texts  # type: ignore[assignment]

    def read_theme(self) -> None:
        """Nothing of it is needed."""

    def read_custom(self) -> None:
        """Nothing of it is needed."""


# What openpyxl raises for a zip that is an .xlsx by name only: it checks little and trips over the first thing missing.
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
)


def _sheets(reader: _WorkbookReader, path: Path) -> list[Sheet]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read()
    except _BROKEN as error:
        raise NotALedger(f"{path.name} {_WHAT_TO_DO['file-damaged']}") from error
    book: Any = reader.wb
    ours = book.properties.creator == CREATOR
    pages = [page for page in book._sheets if hasattr(page, "_worksheet_path")]
    ordered = sorted(enumerate(pages), key=lambda one: one[1].sheet_state != "visible")
    return [
        Sheet(page.title, index, page._max_row, book.epoch, ours, page._worksheet_path, book, reader.texts)
        for index, page in ordered
    ]


CREATOR = "Xinqiao 信桥"


class _CellReader(WorkSheetParser):
    """Reads cells and nothing else; one that cannot be read is a value of its own and never the end of the sheet."""

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
        """Every line; what was read is let go of at once."""
        lines = None
        for event, element in iterparse(self.source, ("start", "end")):
            if element.tag == DATA_TAG:
                if event == "end":
                    return
                lines = element
            elif event == "end" and element.tag == ROW_TAG and lines is not None:
                yield self.parse_row(element)
                lines.clear()
                self.row_dimensions.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, KeyError, IndexError, TypeError, OverflowError):
            return self._instead(element, Unreadable("damaged", element.findtext(VALUE_TAG) or ""))
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = Unreadable("formula", f"={element.findtext(FORMULA_TAG) or ''}")
        elif cell["data_type"] == "e":
            cell["value"] = Unreadable("error", str(cell["value"]))
        elif element.get("t") in ("str", "inlineStr") and cell["value"]:
            cell["value"] = unescaped(cell["value"])
        return cell

    def _instead(self, element: Any, value: Unreadable) -> dict[str, Any]:
        self.col_counter += 1
        return {"column": self.col_counter, "value": value, "data_type": "e", "row": self.row_counter, "style_id": 0}


def _rows(parser: _CellReader, sheet: str) -> Iterator[Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for line, cells in parser.parse():
                if values := _values(cells):
                    yield Row(line, values)
    except _BROKEN as error:
        raise NotALedger(f"the sheet {sheet!r} is damaged from line {parser.row_counter} on: save it again") from error


def _values(cells: list[dict[str, Any]]) -> tuple[Value, ...]:
    """The cells of a line by their columns; nothing at all where every one is empty."""
    filled = {cell["column"]: cell["value"] for cell in cells if not _is_empty(cell["value"])}
    return tuple(filled.get(column) for column in range(1, max(filled) + 1)) if filled else ()


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"(\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})\"")
_STEP = 1 << 20


def _merged_names(source: IO[bytes]) -> Iterator[str]:
    """The ranges stand after the cells, so the whole sheet is looked through once; it must be whole."""
    kept, found, whole = b"", 0, ParserCreate()
    while piece := source.read(_STEP):
        whole.Parse(piece)
        block = kept + piece
        end = 0
        for match in _MERGE.finditer(block):
            found, end = found + 1, match.end()
            if found > MAX_MERGED:
                raise NotALedger(f"the sheet has more than {MAX_MERGED} merged cells: unmerge them")
            yield match[1].decode().replace("$", "")
        kept = block[max(end, len(block) - 200) :]
    whole.Parse(b"", True)


def _merged(name: str) -> Merged:
    (first_column, first_line), (last_column, last_line) = (_place(corner) for corner in name.split(":"))
    return Merged(first_line, last_line, first_column, last_column, name)


def _place(corner: str) -> tuple[int, int]:
    letters = corner.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(corner[len(letters) :])

"""Papers as PDF/A-2b. A compiler and its fonts are kept for the life of the process; the data comes as JSON.

Nothing is stored: a paper is set anew from record, row and version of its texts whenever somebody asks for it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from xinqiao.documents.fonts import NoFont, library
from xinqiao.documents.placeholders import HANT
from xinqiao.documents.qr import paper_qr
from xinqiao.documents.sheets import Sheet, composed

SOURCES = Path(__file__).resolve().parent / "typst"
STANDARD = "a-2b"
_lock = Lock()
_compilers: dict[int, typst.Compiler] = {}


class NotTypeset(Exception):
    """The paper could not be set; the message is the typesetter's own, for the administrator."""


def render(sheet: Sheet) -> bytes:
    """One paper as PDF/A-2b, the same bytes for the same sheet and fonts.

    Raises NoFont for a character that no font has, UnknownPlaceholder for texts that ask for what does not exist, and
    NotTypeset where the typesetter has anything to say, a warning too: an unknown font would be no more than one.
    """
    data = composed(sheet)
    fonts = library()
    if missing := fonts.missing("".join(_texts(data)), sheet.script):
        raise NoFont(missing)
    data["fonts"] = fonts.stacks(sheet.script)
    data["qr"] = paper_qr(sheet.proving.url) if sheet.proving else ""
    at = datetime.combine(sheet.issued_on, time(), UTC)
    return _typeset(json.dumps(data, ensure_ascii=False), int(at.timestamp()))


def preview(sheet: Sheet) -> bytes:
    """The same paper before the act: without number and code, and marked across each page."""
    number = "（待編號）" if sheet.script == HANT else "（待编号）"
    return render(replace(sheet, number=number, proving=None, is_preview=True))


def _typeset(data: str, timestamp: int) -> bytes:
    with _lock:
        try:
            pdf, warnings = _compiler().compile_with_warnings(
                format="pdf", sys_inputs={"paper": data}, pdf_standards=[STANDARD], timestamp=timestamp
            )
        except typst.TypstError as error:
            raise NotTypeset(error.message) from error
    if warnings or not isinstance(pdf, bytes):
        raise NotTypeset("; ".join(warning.message for warning in warnings) or "no document")
    return pdf


def _compiler() -> typst.Compiler:
    fonts = library().fonts
    if id(fonts) not in _compilers:
        _compilers.clear()
        _compilers[id(fonts)] = typst.Compiler(
            input=SOURCES / "paper.typ", root=SOURCES, font_paths=fonts, ignore_system_fonts=True
        )
    return _compilers[id(fonts)]


def _texts(value: Any) -> Iterator[str]:
    """Every text in the data, whatever it is part of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)

"""The texts that the cells of a workbook share, on disk instead of in memory."""

import re
import tempfile
from array import array
from typing import IO, Any

from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_ENTRY, _TEXT, _RUN = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
IN_MEMORY = 1024 * 1024


class SharedTexts:
    """A list of texts that only grows; up to 1 MB of them stays in memory, the rest in a temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._starts = array("Q", [0])

    def fill(self, source: IO[bytes]) -> None:
        """Take in a part ``sharedStrings.xml``."""
        root = None
        for event, element in iterparse(source, ("start", "end")):
            if root is None:
                root = element
            if event == "end" and element.tag == _ENTRY:
                self.append(unescaped(_plain(element)))
                root.clear()

    def append(self, text: str) -> None:
        """Add one."""
        self._file.seek(self._starts[-1])
        written = self._file.write(text.encode("utf-8", "surrogatepass"))
        self._starts.append(self._starts[-1] + written)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        """The text at a place; raises IndexError where there is none."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        start, end = self._starts[index], self._starts[index + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _plain(entry: Any) -> str:
    """The words of an entry: its text, or the texts of its runs; how Chinese is pronounced is no part of it."""
    parts = [entry.find(_TEXT), *(run.find(_TEXT) for run in entry.findall(_RUN))]
    return "".join(part.text or "" for part in parts if part is not None)


def unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as ``_x000D_`` in a workbook."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

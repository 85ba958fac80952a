"""Names of files as people send them: shown and handed back, never used as a path."""

import re
import unicodedata

from xinqiao.documents.refusals import FileRefused

MAX_NAME = 120
"""Characters; with Chinese letters and an extension a name still fits what every system can save."""

_PATH = re.compile(r"[/\\]|^[A-Za-z]:")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_name(name: str) -> str:
    """The name in NFC, without invisible joiners and without spaces or dots around it.

    Raises FileRefused: ``file-name-path`` for a name with a folder or a drive, ``file-name-hidden`` for control
    characters and those that turn the direction of writing (they make an .exe look like a .pdf),
    ``file-name-missing``, ``file-name-long``.
    """
    if _PATH.search(name):
        raise FileRefused("file-name-path", name=printable(name))
    if any(_is_hidden(letter) for letter in name):
        raise FileRefused("file-name-hidden", name=printable(name))
    clean = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf").strip(" \u3000.")
    if not clean or not stem(name.strip(" \u3000")):
        raise FileRefused("file-name-missing", name=printable(name))
    if len(clean) > MAX_NAME:
        raise FileRefused("file-name-long", name=printable(clean), found=len(clean), limit=MAX_NAME)
    return clean


def extension(name: str) -> str:
    """The ending in small letters without its dot; empty where there is none (“合同.扫描件” has none)."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""


def stem(name: str) -> str:
    """The name without its ending, spaces and dots."""
    return _EXTENSION.sub("", name).strip(" \u3000.")


def printable(name: str) -> str:
    """A name that can stand in a sentence: hidden characters become ␣, and it is cut at 60."""
    shown = "".join("␣" if _is_hidden(c) else c for c in name)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _is_hidden(letter: str) -> bool:
    """Control characters, halves of surrogates, line separators, non-characters, and what turns the direction."""
    if letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    return ord(letter) & 0xFFFE == 0xFFFE

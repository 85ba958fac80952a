"""The fonts that papers are set in: which there are on this machine, and whether they have every character of a text.

An office's own folder (``XINQIAO_FONTS``) comes first, then the fonts of the system, then Noto Sans CJK, which is
always there because it is installed with the program. A family that is missing is never asked for.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

import manimgx_fonts_cjk
import typst
from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from xinqiao.documents.placeholders import HANS, HANT, SCRIPTS

#: Voices of official paper (GB/T 9704), each with the families that serve, the genuine ones first. What follows the
#: genuine ones are free stand-ins; the last two of a script are always tried.
SERVING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    HANS: {
        "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", "Noto Serif CJK SC"),
        "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R"),
        "own": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai", "LXGW WenKai", "AR PL UKai"),
        "heading": ("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "FandolHei"),
        "figures": ("SimSun", "宋体", "STSong", "Noto Serif CJK SC", "FandolSong"),
    },
    HANT: {
        "title": ("FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0", "Noto Serif CJK TC", "Noto Serif CJK HK"),
        "body": ("FangSong", "仿宋", "STFangsong", "cwTeXFangSong"),
        "own": ("DFKai-SB", "BiauKai", "KaiTi", "楷体", "LXGW WenKai TC", "LXGW WenKai", "AR PL UKai TW"),
        "heading": ("Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC"),
        "figures": ("PMingLiU", "MingLiU", "Noto Serif CJK TC"),
    },
}
_LAST = {HANS: ("Noto Serif CJK SC", "Noto Sans CJK SC"), HANT: ("Noto Serif CJK TC", "Noto Sans CJK TC")}
#: Stand-ins whose Latin letters and figures belong to another voice: these come from the font for figures.
_POOR_LATIN = frozenset({"FandolFang R", "FandolKai", "cwTeXFangSong"})
#: What is set as a space or as the end of a line, whatever the fonts have.
_WHITE = "\n\r\t\u3000 "
_LOCK = Lock()


class NoFont(Exception):
    """A character of a paper is in none of the fonts; ``characters`` are those that are missing."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters

    @property
    def sentence(self) -> str:
        """What is missing and what to do."""
        named = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in self.characters[:5])
        return _(
            "No font here has the character %(characters)s. Write it another way, or have the administrator add a font "
            "that has it."
        ) % {"characters": named}


@dataclass(frozen=True)
class Library:
    """The fonts as they were found when the process first needed them."""

    fonts: typst.Fonts
    faces: Mapping[str, tuple[tuple[str, int], ...]]

    def stack(self, voice: str, script: str) -> list[str]:
        """The families for a voice, the best first; never empty, never one that is missing."""
        wanted = (*SERVING[script][voice], *_LAST[script])
        return list(dict.fromkeys(family for family in wanted if family in self.faces))

    def stacks(self, script: str) -> dict[str, list[str | dict[str, str]]]:
        """Every voice with its families, as the typesetter takes them."""
        return {voice: self._with_figures(voice, script) for voice in SERVING[script]}

    def _with_figures(self, voice: str, script: str) -> list[str | dict[str, str]]:
        families = self.stack(voice, script)
        if families[0] not in _POOR_LATIN:
            return [*families]
        return [{"name": self.stack("figures", script)[0], "covers": "[ -~]"}, *families]

    @cached_property
    def _reserves(self) -> Mapping[str, list[tuple[str, int]]]:
        """For each script the faces of all its families, the widest first."""
        stacks = {s: [family for voice in SERVING[s] for family in reversed(self.stack(voice, s))] for s in SCRIPTS}
        return {s: [face for family in dict.fromkeys(stacks[s]) for face in self.faces[family]] for s in SCRIPTS}

    def missing(self, text: str, script: str) -> str:
        """The characters of a text that no font of a script has, each once, in their order."""
        lacking = [sign for sign in dict.fromkeys(text) if sign not in _WHITE]
        for path, index in self._reserves[script]:
            if not lacking:
                break
            covered = coverage(path, index)
            lacking = [sign for sign in lacking if not covered.has(ord(sign))]
        return "".join(lacking)


@dataclass(frozen=True)
class Coverage:
    """Which characters a font maps to a glyph, as spans."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, point: int) -> bool:
        """Whether there is a glyph for a code point."""
        place = bisect_right(self.starts, point) - 1
        return place >= 0 and point <= self.ends[place]


def library() -> Library:
    """The fonts of this machine; found once, in a tenth of a second."""
    with _LOCK:
        return _library(str(settings.FONTS_DIR))


def forget() -> None:
    """Look again: for an administrator who added a font, and for tests."""
    _library.cache_clear()


def check_covered(texts: Iterable[str], script: str = HANS) -> None:
    """Raise NoFont where a character of the texts is in none of the fonts of a script."""
    if missing := library().missing("".join(texts), script):
        raise NoFont(missing)


@cache
def _library(own_folder: str) -> Library:
    folders = [folder for folder in (own_folder, str(Path(manimgx_fonts_cjk.__file__).parent)) if folder]
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)
    faces: dict[str, list[tuple[str, int]]] = {}
    for font in fonts.fonts():
        if font.path and font.style == "normal":
            faces.setdefault(font.family, []).append((font.path, font.index))
    return Library(fonts, {family: tuple(found) for family, found in faces.items()})


@cache
def coverage(path: str, index: int) -> Coverage:
    """The characters of one face of a font file.

    The spans of a large font are read as they lie (format 12); unfolding them into a table takes two seconds.
    """
    with TTFont(path, fontNumber=index, lazy=True) as font:
        spans = _spans(font.reader["cmap"])
        if spans is None:
            points = sorted(font.getBestCmap() or {})
            return Coverage(tuple(points), tuple(points))
    return Coverage(tuple(start for start, _end in spans), tuple(end for _start, end in spans))


def _spans(table: bytes) -> list[tuple[int, int]] | None:
    """The spans of a cmap's Unicode subtable of format 12; None where it has none."""
    (count,) = struct.unpack_from(">H", table, 2)
    for place in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * place)
        if (platform, encoding) in ((3, 10), (0, 4), (0, 6)) and struct.unpack_from(">H", table, offset) == (12,):
            (groups,) = struct.unpack_from(">L", table, offset + 12)
            body = table[offset + 16 : offset + 16 + 12 * groups]
            return [(start, end) for start, end, glyph in struct.iter_unpack(">LLL", body) if glyph]
    return None

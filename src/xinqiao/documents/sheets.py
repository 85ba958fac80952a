"""From the texts of a template and the values of a case to what is set on the page. Pure: nothing is read here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xinqiao.documents.labels import PaperKind
from xinqiao.documents.placeholders import HANT, PLACEHOLDERS, fill_line, used
from xinqiao.documents.template_texts import OPINIONS

_H1 = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；：]{1,20}$").fullmatch
_H2 = re.compile(r"^（[一二三四五六七八九十]{1,3}）[^。；：]{1,24}$").fullmatch
TITLE_WIDTH = 20  # characters of 2号 in the width of the type area
_NEVER_FIRST = "的了和与及、，。；：”」』）》？！"
_NEVER_LAST = "“「『（《"
_GOOD_ENDS = "”」》"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """``is``: ``p``, ``own`` (somebody's own words), ``flush``, ``h1``, ``h2``."""

    style: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Proving:
    """What is printed with the code: the address behind it, and what is typed from the paper."""

    url: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that one paper says, in one script.

    ``texts`` by field, ``values`` by key of a placeholder, ``blocks`` likewise for those that bring paragraphs.
    ``organ`` is the name at the head and in the signature, ``copies`` who else gets the paper. ``rows`` are the cells
    of a form: text, whether it is a label, width in columns, height in millimetres.
    """

    kind: str
    script: str
    texts: Mapping[str, str]
    organ: str
    number: str
    issued_on: date
    values: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, Sequence[Paragraph]] = field(default_factory=dict)
    copies: Sequence[str] = ()
    signers: Sequence[str] = ()
    rows: Sequence[tuple[str, bool, int, int]] = ()
    proving: Proving | None = None
    is_preview: bool = False

    @property
    def layout(self) -> str:
        """The format: general (``opinion``), ``letter`` or form (``slip``)."""
        if self.kind == PaperKind.RETURN_SLIP:
            return "slip"
        return "opinion" if self.kind in OPINIONS else "letter"


def composed(sheet: Sheet) -> dict[str, Any]:
    """The data that the page is set from; raises UnknownPlaceholder for texts that ask for what does not exist."""
    words = _WORDS[sheet.script == HANT]
    title = one_line(sheet, "title")
    day = chinese_day(sheet.issued_on)
    return {
        "layout": sheet.layout,
        "region": "tw" if sheet.script == HANT else "cn",
        "head": sheet.organ,
        "number": sheet.number,
        "title": title_lines(title),
        "salutation": one_line(sheet, "salutation"),
        "blocks": [{"is": one.style, "text": one.text} for one in paragraphs(sheet)],
        "signature": sheet.organ,
        "date": day,
        "signers": list(sheet.signers),
        "notes": [line for line in (_filled(sheet, raw) for raw in _lines(sheet.texts.get("note", ""))) if line],
        "copies": f"{words['copies']}{'，'.join(sheet.copies)}。" if sheet.copies else "",
        "imprint": {"organ": sheet.organ, "date": f"{day}{words['printed']}"},
        "rows": [{"text": t, "label": label, "span": span, "height": mm} for t, label, span, mm in sheet.rows],
        "check": [words["check"], words["code"], sheet.proving.code] if sheet.proving else [],
        "preview": words["preview"] if sheet.is_preview else "",
        "doc": {
            "title": f"{title} {sheet.number}".strip(),
            "author": sheet.organ,
            "date": [sheet.issued_on.year, sheet.issued_on.month, sheet.issued_on.day],
        },
    }


_WORDS: tuple[dict[str, str], dict[str, str]] = (
    {"copies": "抄送：", "printed": "印发", "check": "扫码核验本文书", "code": "校验码", "preview": "预览件"},
    {"copies": "抄送：", "printed": "印發", "check": "掃碼核驗本文書", "code": "校驗碼", "preview": "預覽件"},
)


def paragraphs(sheet: Sheet) -> list[Paragraph]:
    """Body and remedy, line by line; what has nothing to say is left out, and so is the line that announces it."""
    found: list[Paragraph] = []
    for line in (*_lines(sheet.texts.get("body", "")), *_lines(sheet.texts.get("remedy", ""))):
        if block := _block_of(line, sheet.script):
            inserted = sheet.blocks.get(block, ())
            if not inserted and found and found[-1].text.endswith("："):
                found.pop()
            found += inserted
        elif text := _filled(sheet, line):
            found.append(Paragraph(style=_style(text), text=text))
    return found


def one_line(sheet: Sheet, name: str) -> str:
    """A field of one line with its values; empty where a value is."""
    return _filled(sheet, " ".join(_lines(sheet.texts.get(name, "")))) or ""


def said(text: str, style: str = "p") -> list[Paragraph]:
    """What somebody wrote as paragraphs, a line each, empty lines left out."""
    return [Paragraph(style=style, text=line.strip()) for line in text.splitlines() if line.strip()]


def chinese_day(day: date) -> str:
    """2026年9月20日, as official paper writes it: Arabic figures without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def title_lines(title: str) -> list[str]:
    """A title in lines of nearly the same length, broken where words end as far as the signs tell."""
    if len(title) <= TITLE_WIDTH:
        return [title]
    count = -(-len(title) // TITLE_WIDTH)
    place = _best_break(title, round(len(title) / count))
    return [title[:place], *title_lines(title[place:])]


def _best_break(title: str, ideal: int) -> int:
    def cost(place: int) -> float:
        before, after = title[place - 1], title[place]
        if after in _NEVER_FIRST or before in _NEVER_LAST or (before.isascii() and after.isascii()):
            return 100 + abs(place - ideal)
        return abs(place - ideal) - (8 if before in _GOOD_ENDS else 3 if after in "“「《" else 0)

    # What follows must fit into the lines that are left.
    least = max(1, len(title) - TITLE_WIDTH * (-(-len(title) // TITLE_WIDTH) - 1))
    return min(range(least, min(TITLE_WIDTH, len(title) - 1) + 1), key=cost)


def _block_of(line: str, script: str) -> str:
    if re.fullmatch(r"\{[^{}]+\}", line):
        (key,) = used(line, script)
        return key if PLACEHOLDERS[key].block else ""
    return ""


def _filled(sheet: Sheet, line: str) -> str | None:
    inline = {key: "；".join(one.text.rstrip("。；") for one in block) for key, block in sheet.blocks.items()}
    return fill_line(line, {**inline, **sheet.values}, sheet.script)


def _style(text: str) -> str:
    return "h1" if _H1(text) else "h2" if _H2(text) else "p"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

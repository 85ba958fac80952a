"""The measures of official paper (GB/T 9704-2012), held against what stands on the page, in millimetres.

Fonts of this machine serve; the measures hold with any of them.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import pypdfium2
import pytest
import typst
from pypdf import PdfReader

from xinqiao.documents import fonts, rendering
from xinqiao.documents.fonts import NoFont, check_covered, library
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.placeholders import HANS, HANT, UnknownPlaceholder
from xinqiao.documents.rendering import NotTypeset, preview, render
from xinqiao.documents.sheets import Proving, Sheet, said, title_lines
from xinqiao.documents.specimens import specimen
from xinqiao.documents.template_texts import KINDS, shipped_texts

MM = 72 / 25.4
NEAR = 1.0
"""One millimetre: what the standard allows at the margins."""
STROKE = 0.7
"""The ends of a rule are measured with half its thickness around it."""
APART = 8
"""Points between the middles of two characters that stand on different lines."""


def sheet(kind: str, script: str = HANS, **changes: Any) -> Sheet:
    made = specimen(kind, script, shipped_texts(kind)[script])
    proving = Proving(url="https://xf.example/papers/verify?" + "n" * 300, code="1A2B 3C4D 5E6F 7A8B")
    return replace(made, number="禾建信〔2026〕41号", proving=proving, **changes)


@dataclass(frozen=True)
class Line:
    """A line of text as it stands: its words, and its edges from the upper left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Printed:
    """A PDF as somebody with a ruler sees it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.document = pypdfium2.PdfDocument(pdf)
        self.pages = [list(self._lines(page)) for page in self.document]

    def _lines(self, page: Any) -> Iterator[Line]:
        height, text = page.get_height(), page.get_textpage()
        signs = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
        rows = [
            (sign, (left, right, height - top, height - bottom))
            for sign, (left, bottom, right, top) in signs
            if sign.strip()
        ]
        yield from _joined(rows)

    def line(self, wanted: str, page: int = 0) -> Line:
        """The first line that begins so."""
        return next(one for one in self.pages[page] if one.text.startswith(wanted))

    def rules(self, page: int = 0) -> list[tuple[float, float, float]]:
        """The horizontal rules of a page from top to bottom: distance from the top, left end, right end."""
        found, height = [], self.document[page].get_height()
        for item in self.document[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=4):
            left, bottom, right, top = item.get_bounds()
            if right - left > 100 * MM and top - bottom < 3 * MM:
                found.append(((height - (top + bottom) / 2) / MM, left / MM, right / MM))
        return sorted(found)


def _joined(rows: list[tuple[str, tuple[float, ...]]]) -> Iterator[Line]:
    """Characters whose middles lie at one height are one line."""
    group: list[tuple[str, tuple[float, ...]]] = []
    for row in rows:
        if group and abs(_middle(row) - _middle(group[-1])) > APART:
            yield _line(group)
            group = []
        group.append(row)
    if group:
        yield _line(group)


def _middle(row: tuple[str, tuple[float, ...]]) -> float:
    return (row[1][2] + row[1][3]) / 2


def _line(group: list[tuple[str, tuple[float, ...]]]) -> Line:
    return Line(
        "".join(sign for sign, _box in group),
        min(box[0] for _s, box in group) / MM,
        max(box[1] for _s, box in group) / MM,
        min(box[2] for _s, box in group) / MM,
        max(box[3] for _s, box in group) / MM,
    )


@pytest.fixture(scope="module")
def opinion() -> Printed:
    facts = said("经现场查看北墙渗水点均在保修期内报修而未予维修" * 50)
    made = sheet("reply")
    return Printed(render(replace(made, blocks={**made.blocks, "facts": facts})))


@pytest.fixture(scope="module")
def letter() -> Printed:
    return Printed(render(sheet("acceptance")))


def test_it_is_a4(opinion: Printed) -> None:
    width, height = opinion.document[0].get_size()
    assert (round(width / MM), round(height / MM)) == (210, 297)


def test_the_red_name_begins_35_mm_below_the_upper_edge_of_the_type_area(opinion: Printed) -> None:
    assert opinion.line("禾川县住房").top == pytest.approx(37 + 35, abs=NEAR)


def test_the_number_stands_in_the_middle_and_the_red_rule_4_mm_below_it(opinion: Printed) -> None:
    number, (rule, left, right) = opinion.line("禾建信〔2026〕41号"), opinion.rules()[0]
    assert (number.left + number.right) / 2 == pytest.approx(28 + 156 / 2, abs=NEAR)
    assert rule - number.bottom == pytest.approx(4, abs=NEAR)
    assert (left, right) == (pytest.approx(28, abs=STROKE), pytest.approx(184, abs=STROKE))  # as wide as the type area


def test_the_title_is_in_the_middle_two_lines_below_the_rule(opinion: Printed) -> None:
    title = opinion.line("关于“锦和苑")
    assert (title.left + title.right) / 2 == pytest.approx(106, abs=2.5)  # quotation marks are half empty
    assert title.top - opinion.rules()[0][0] == pytest.approx(2 * 225 / 22 + 2, abs=2)


def test_a_full_page_has_22_lines_of_28_characters(opinion: Printed) -> None:
    body = [line for line in opinion.pages[1] if not line.text.startswith("—")]
    assert len(body) == 22
    full = [line for line in body if re.fullmatch(r"[\u4e00-\u9fff]{20,}", line.text) and line.left < 29]
    assert len(full) > 15
    assert {len(line.text) for line in full} == {28}
    pitch = [b.bottom - a.bottom for a, b in pairwise(full)]
    assert min(pitch) == pytest.approx(225 / 22, abs=0.3)


def test_the_text_keeps_to_its_margins(opinion: Printed) -> None:
    for page in opinion.pages[1:-1]:
        body = [line for line in page if not line.text.startswith("—")]
        assert min(line.left for line in body) == pytest.approx(28, abs=NEAR)
        assert max(line.right for line in body) == pytest.approx(184, abs=NEAR)
        assert body[0].top == pytest.approx(37 + (225 / 22 - 5.64) / 2, abs=NEAR)
        assert body[-1].bottom < 297 - 35


def test_page_numbers_stand_7_mm_below_right_on_odd_and_left_on_even_pages(opinion: Printed) -> None:
    first, second = opinion.line("—", 0), opinion.line("—", 1)
    assert first.text.replace(" ", "") == "—1—"
    assert first.right == pytest.approx(184 - 5.6, abs=NEAR)
    assert second.left == pytest.approx(28 + 5.6, abs=NEAR)
    assert second.top == pytest.approx(262 + 7, abs=2)  # the dash stands at half the height of its figures


def test_the_imprint_ends_on_the_last_line_of_the_last_page(opinion: Printed) -> None:
    rules = opinion.rules(len(opinion.pages) - 1)
    assert len(rules) == 3
    assert rules[-1][0] == pytest.approx(262, abs=NEAR)
    last = len(opinion.pages) - 1
    assert opinion.line("抄送：", last).left == pytest.approx(28 + 4.9, abs=NEAR)
    assert opinion.line("禾川县住房和城乡建设局2026年9月20日印发", last)


def test_the_day_ends_four_characters_from_the_right(letter: Printed) -> None:
    day = next(line for line in letter.pages[0] if line.text.endswith("2026年9月20日") and line.left > 100)
    assert day.right == pytest.approx(184 - 4 * 5.57, abs=3)  # the longer name above may push it in


def test_a_letter_has_its_name_30_mm_from_the_edge_between_double_rules(letter: Printed) -> None:
    assert letter.line("禾川县住房").top == pytest.approx(30, abs=NEAR)
    rules = letter.rules()
    assert len(rules) == 4
    assert rules[0][0] - letter.line("禾川县住房").bottom == pytest.approx(4, abs=NEAR)
    assert rules[-1][0] == pytest.approx(297 - 20, abs=NEAR)
    for _top, left, right in rules:
        assert (left, right) == (pytest.approx(20, abs=STROKE), pytest.approx(190, abs=STROKE))  # 170 mm
    assert letter.line("禾建信〔2026〕41号").right == pytest.approx(184, abs=NEAR)
    assert not [line for line in letter.pages[0] if line.text.startswith("—")]  # no number on the first page


def test_a_letter_of_the_house_fits_on_one_page(letter: Printed) -> None:
    assert len(letter.pages) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", [HANS, HANT])
def test_every_paper_is_pdf_a_2b_with_its_fonts_and_its_text(kind: PaperKind, script: str) -> None:
    pdf = render(sheet(kind, script))
    reader = PdfReader(io.BytesIO(pdf))
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert reader.metadata is not None
    assert reader.metadata.author == sheet(kind, script).organ
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (child,) = font.get_object()["/DescendantFonts"]
            descriptor = child.get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert sheet(kind, script).organ in text
    assert shipped_texts(kind)[script]["title"].split("{")[0] in text


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert render(sheet("acceptance")) == render(sheet("acceptance"))


def test_a_preview_has_no_number_and_no_code() -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(preview(sheet("acceptance")))).pages)
    assert "41号" not in text
    assert "校验码" not in text
    assert "预览件" in text.replace(" ", "")


@pytest.mark.parametrize("name", ["堃", "喆", "翀", "镕", "䶮", "𠮷", "㛃"])
def test_names_of_rare_characters_are_printed(name: str) -> None:
    made = sheet("acceptance", values={**specimen("acceptance", HANS, {}).values, "petitioner": f"安{name}"})
    text = PdfReader(io.BytesIO(render(made))).pages[0].extract_text()
    assert f"安{name}：" in text


def test_a_character_that_no_font_has_stops_the_paper() -> None:
    made = sheet("acceptance", values={**specimen("acceptance", HANS, {}).values, "petitioner": "安\U0002ffff"})
    with pytest.raises(NoFont) as caught:
        render(made)
    assert caught.value.characters == "\U0002ffff"
    assert "U+2FFFF" in caught.value.sentence


def test_what_is_said_is_never_read_as_source() -> None:
    words = '#panic("x") $x$ *a* _b_ <c> @d `e` \\ // /* {信访人} #[ 》'
    made = sheet("reply")
    pdf = render(replace(made, blocks={**made.blocks, "facts": said(words)}))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "#panic(" in text
    assert "{信访人}" in text


def test_texts_that_ask_for_what_is_not_known_are_an_error() -> None:
    with pytest.raises(UnknownPlaceholder):
        render(sheet("acceptance", texts={"title": "{天气}", "body": "x"}))


def test_an_unknown_font_is_an_error_and_no_warning(monkeypatch: Any) -> None:
    unknown = {voice: ["No Such"] for voice in fonts.SERVING[HANS]}
    monkeypatch.setattr(fonts.Library, "stacks", lambda self, script: unknown)
    with pytest.raises(NotTypeset, match="no such"):
        render(sheet("acceptance"))


def test_without_fonts_on_the_machine_the_one_that_is_installed_serves(monkeypatch: Any) -> None:
    """A fresh machine: only Noto Sans CJK from the wheel, whose first instance is hair-thin."""
    whole = library()
    own = {f: tuple(face for face in faces if "manimgx" in face[0]) for f, faces in whole.faces.items()}
    bare = fonts.Library(_only_the_wheel(), {family: faces for family, faces in own.items() if faces})
    monkeypatch.setattr(rendering, "library", lambda: bare)
    pdf = render(sheet("acceptance"))
    assert "安平" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert _ink(pdf) > 0.7 * _ink_of(whole, monkeypatch)


def _only_the_wheel() -> Any:
    folder = str(Path(manimgx_fonts_cjk.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _ink_of(whole: fonts.Library, monkeypatch: Any) -> float:
    monkeypatch.setattr(rendering, "library", lambda: whole)
    return _ink(render(sheet("acceptance")))


def _ink(pdf: bytes) -> float:
    """How much of the page is dark."""
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=1, grayscale=True)
    return sum(255 - value for value in bytes(bitmap.buffer))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("信访事项受理告知书", ["信访事项受理告知书"]),
        ("关于“锦和苑3号楼外墙渗水”信访事项的处理意见书", ["关于“锦和苑3号楼外墙渗水”", "信访事项的处理意见书"]),
        (
            "关于转送“县道改造占地补偿款未发放到户”信访事项的函",
            ["关于转送“县道改造占地", "补偿款未发放到户”信访事项的函"],
        ),
    ],
)
def test_a_title_is_broken_where_the_words_end(title: str, lines: list[str]) -> None:
    found = title_lines(title)
    assert "".join(found) == title
    assert max(map(len, found)) <= 20
    assert len(found) == len(lines)
    assert not any(line[0] in "”的，）" or line[-1] in "“（" for line in found)


def test_a_text_is_checked_before_it_is_needed() -> None:
    check_covered(["安平提出的请求，〔2026〕41号"])
    with pytest.raises(NoFont):
        check_covered(["\U0002ffff"])

"""Which line of a sheet says what the columns are, and what they may be called."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.ledgers.sheets import HEAD, LINE, sheet_file
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.headings import HEADINGS, Headings, plain
from xinqiao.matters.ledgers.importing import choose_sheet
from xinqiao.matters.ledgers.workbook import open_workbook


def headings_of(path: Path, *, sheet: str | None = None, has_channel: bool = False) -> Headings:
    with open_workbook(path) as sheets:
        return choose_sheet(sheets, wanted=sheet, has_channel=has_channel)[1]


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (HEAD, ("received_on", "title", "text", "channel", "name", "telephone", "address")),
        (HEAD[::-1], ("received_on", "title", "text", "channel", "name", "telephone", "address")),  # any order
        (("信訪日期", "標題", "概況", "信訪形式"), ("received_on", "title", "text", "channel")),  # Traditional
        (("信访 日期", "标题*", "概况（必填）", "信访形式："), ("received_on", "title", "text", "channel")),  # remarks
        (("来信日期", "主要内容", "信访渠道", "来信人"), ("received_on", "text", "channel", "name")),  # synonyms
        (
            ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"),
            ("number", "received_on", "text"),
        ),
        (("Date of petition", "Text", "Channel", "E-mail"), ("received_on", "text", "channel", "email")),  # English
    ],
)
def test_columns_are_found_by_their_headings(tmp_path: Path, titles: Sequence[str], fields: Sequence[str]) -> None:
    found = headings_of(sheet_file(tmp_path / "a.xlsx", titles))
    assert set(fields) <= set(found.columns)
    assert found.ignored == ()


@pytest.mark.parametrize("language", [0, 1, 2])
def test_every_heading_of_an_export_is_read_as_what_it_is(language: int) -> None:
    titles = [names[language] for names in HEADINGS.values()]
    assert len({plain(title) for title in titles}) == len(titles)


def test_no_two_columns_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for field, names in HEADINGS.items():
        for name in names:
            owners.setdefault(plain(name), set()).add(field)
    assert {name: fields for name, fields in owners.items() if len(fields) > 1} == {}


def test_headings_stand_below_merged_titles(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", ("2026年信访台账",), ("单位：县信访局", None, "标题：无"), HEAD, LINE)
    assert headings_of(merged(path, "A1:G1", "A2:B2")).line == 3


def test_a_heading_of_two_lines_counts_in_both(tmp_path: Path) -> None:
    above = ("信访日期", "概况", "信访形式", "信访人", None)
    path = sheet_file(tmp_path / "a.xlsx", above, (None, None, None, "姓名", "电话"), ("2026-03-02", "路灯", "来信"))
    found = headings_of(merged(path, "A1:A2", "B1:B2", "C1:C2", "D1:E1"))
    assert found.line == 2
    assert dict(found.columns) == {
        "received_on": (0,),
        "text": (1,),
        "channel": (2,),
        "name": (3,),
        "telephone": (4,),
    }


def merged(path: Path, *ranges: str) -> Path:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for name in ranges:
        book.active.merge_cells(name)
    book.save(path)
    return path


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    assert headings_of(sheet_file(tmp_path / "a.xlsx", (*HEAD, "性别", "领导批示"))).ignored == ("性别", "领导批示")


@pytest.mark.parametrize(
    ("titles", "missing"),
    [
        (("信访日期", "标题", "信访形式"), ["概况"]),
        (("标题", "概况", "信访形式"), ["信访日期"]),
        (("信访日期", "标题", "概况"), ["信访形式"]),
        (("标题", "姓名"), ["概况", "信访日期", "信访形式"]),
    ],
)
def test_missing_columns_are_named(tmp_path: Path, titles: Sequence[str], missing: Sequence[str]) -> None:
    with pytest.raises(NotALedger) as caught:
        headings_of(sheet_file(tmp_path / "a.xlsx", titles))
    assert all(name in str(caught.value) for name in missing)
    assert "\n" not in str(caught.value)


def test_a_channel_given_beside_the_file_replaces_its_column(tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", ("信访日期", "概况"))
    assert headings_of(path, has_channel=True).line == 1


def book_of(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(list(line))
    book.save(path)
    return path


def test_of_several_sheets_the_first_with_headings_is_read(tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", 说明=[("填写说明",)], 一季度=[HEAD, LINE], 二季度=[HEAD])
    with open_workbook(path) as sheets:
        assert choose_sheet(sheets, wanted=None)[0].name == "一季度"
        assert choose_sheet(sheets, wanted="二季度")[0].name == "二季度"


@pytest.mark.parametrize(("wanted", "told"), [("三季度", "说明"), ("说明", "说明"), (None, "no sheet")])
def test_a_sheet_that_is_not_there_or_has_no_headings_is_told(tmp_path: Path, wanted: str | None, told: str) -> None:
    path = book_of(tmp_path / "a.xlsx", 说明=[("填写说明", "请勿改动")])
    with pytest.raises(NotALedger, match=told):
        headings_of(path, sheet=wanted)

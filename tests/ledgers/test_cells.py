"""Days, numbers and words as people write them into cells."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from xinqiao.matters.ledgers.cells import CellRefused, as_count, as_date, as_text
from xinqiao.matters.ledgers.workbook import Unreadable, Value, open_workbook

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (spreadsheets know no zone)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2026, 3, 2, 23, 59),  # noqa: DTZ001 (a cell has no zone)
        "2026-03-02",
        "2026-3-2",
        "2026/3/2",
        "2026/3/2 11:25:05",
        "2026.3.2",
        "2026.03.02",
        "2026年3月2日",
        "2026年3月2日 上午9时",
        "2026年03月02日(星期一)",
        " 2026-03-02 ",
        "２０２６-０３-０２",  # full width
        "20260302",
        "20260302112505",
        20260302,
        46083,  # as a spreadsheet counts
        46083.75,
        "46083",
        "2026-03-02T09:00:00+08:00",
        "2026-03-01T17:00:00Z",  # in China it is the second of March
        "二〇二六年三月二日",
    ],
)
def test_a_day_is_read_however_it_is_written(value: Value) -> None:
    assert as_date(value, epoch=EPOCH) == DAY


@pytest.mark.parametrize("text", ["二〇二五年十二月三十一日", "二零二五年十二月三十一日"])
def test_days_in_chinese_numbers(text: str) -> None:
    assert as_date(text, epoch=EPOCH) == date(2025, 12, 31)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_cell_is_no_day(value: Value) -> None:
    assert as_date(value, epoch=EPOCH) is None


@pytest.mark.parametrize(
    "value",
    [
        "三月二日",
        "不详",
        "2026-02-30",  # no such day
        "2026-13-01",
        "2026-3-211",
        "26-3-2",  # which century, which is the day
        "3/2/2026",  # March or February
        "2026-3-2至3-5",  # two days
        "去年",
        123,
        -1,
        9e99,
        True,
        "٢٠٢٦-٠٣-٠٢",  # digits of another script
        Unreadable("formula", "=TODAY()"),
        Unreadable("error", "#REF!"),
        Unreadable("damaged", ""),
    ],
)
def test_what_is_no_day_is_refused_with_a_reason(value: Value) -> None:
    with pytest.raises(CellRefused) as caught:
        as_date(value, epoch=EPOCH)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("value", "count"),
    [("5", 5), (5, 5), (5.0, 5), ("5人", 5), ("12 人次", 12), ("１２", 12), (None, None), ("", None)],
)
def test_a_number_of_persons(value: Value, count: int | None) -> None:
    assert as_count(value) == count


@pytest.mark.parametrize("value", ["五六人", "5-10", "-1", 2.5, "很多", Unreadable("error", "#N/A")])
def test_what_is_no_number_of_persons_is_refused(value: Value) -> None:
    with pytest.raises(CellRefused):
        as_count(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),  # a telephone number that the spreadsheet took for a number
        (0.5, "0.5"),
        ("\n\t正文  ", "\n\t正文  "),  # not a blank is lost
        (datetime(2026, 3, 2), "2026-03-02"),  # noqa: DTZ001 (a cell has no zone)
        (None, ""),
        (True, "True"),
    ],
)
def test_a_cell_as_words(value: Value, text: str) -> None:
    assert as_text(value) == text


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["=1+1", '=HYPERLINK("http://192.0.2.1","x")'])
    book.save(tmp_path / "a.xlsx")
    with open_workbook(tmp_path / "a.xlsx") as sheets:
        (row,) = sheets[0].rows()
    assert row.values == (Unreadable("formula", "=1+1"), Unreadable("formula", '=HYPERLINK("http://192.0.2.1","x")'))


def test_a_formula_that_was_saved_counts_with_its_value(tmp_path: Path) -> None:
    from xlsxwriter import Workbook as Writer

    book = Writer(str(tmp_path / "a.xlsx"))
    book.add_worksheet().write_formula(0, 0, "=1+1", value=2)
    book.close()
    with open_workbook(tmp_path / "a.xlsx") as sheets:
        assert next(sheets[0].rows()).values == (2,)


@pytest.mark.parametrize("constant_memory", [False, True], ids=["shared texts", "texts in place"])
@pytest.mark.parametrize("text", ["a\r\nb", "_x0041_", "\t首行", "\U00020087人", "a\x01b"])
def test_a_text_comes_as_it_was_written(tmp_path: Path, text: str, constant_memory: bool) -> None:
    from xlsxwriter import Workbook as Writer

    book = Writer(str(tmp_path / "a.xlsx"), {"constant_memory": constant_memory})
    book.add_worksheet().write_string(0, 0, text)
    book.close()
    with open_workbook(tmp_path / "a.xlsx") as sheets:
        assert next(sheets[0].rows()).values == (text,)

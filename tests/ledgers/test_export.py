"""What is exported is what one may see, is no formula, and can be read again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.ledgers.sheets import entries_of
from tests.office import PERSON, Office
from xinqiao.access.actor import Actor, Forbidden
from xinqiao.access.models import Look
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.ledgers.exporting import TooMany, export_matters
from xinqiao.matters.submission import Person


def exported(path: Path, actor: Actor, *, language: str = "zh-hans", **options: Any) -> list[dict[str, Any]]:
    """The lines of an export under its headings."""
    export_matters(path, actor=actor, narrowed=lambda rows: rows.order_by("id"), language=language, **options)
    titles, *lines = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


def test_a_line_tells_what_the_ledger_would(office: Office, tmp_path: Path) -> None:
    done = office.register(received_on=date(2026, 3, 2), claims=("修好北墙", "公开维修资金"), purpose="settlement")
    (line,) = exported(tmp_path / "out.xlsx", office.hexiaowen)
    assert line["信访件编号"] == done.number
    assert line["信访日期"].date() == date(2026, 3, 2)
    assert (line["信访形式"], line["信访目的"], line["信访类别"]) == ("来信", "求决", "申诉求决")
    assert line["诉求"] == "修好北墙\n公开维修资金"
    assert (line["姓名"], line["电话"], line["住址"]) == (PERSON.name, PERSON.telephone, PERSON.address)
    assert (line["匿名"], line["保密"], line["状态"]) == ("否", "否", "收到")


@pytest.mark.parametrize(
    ("language", "heading", "channel"),
    [("zh-hans", "信访形式", "来信"), ("zh-hant", "信訪形式", "來信"), ("en", "Channel", "Letter")],
)
def test_headings_and_words_are_in_the_readers_language(
    office: Office, tmp_path: Path, language: str, heading: str, channel: str
) -> None:
    office.register()
    (line,) = exported(tmp_path / "out.xlsx", office.hexiaowen, language=language)
    assert line[heading] == channel


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_an_export_can_be_read_again(office: Office, tmp_path: Path, language: str) -> None:
    two = (Person(name="安平", telephone="13800000000"), Person(name="乐山", address="禾川县文昌路9号"))
    said = {
        "channel": "telephone",
        "title": "=路灯",
        "text": "\n\t第一行\r\n=SUM(A1)\n'-1",
        "claims": ("修好", "@公开"),
        "petitioners": two,
        "persons": 7,
        "involved": 40,
        "received_on": date(2026, 3, 2),
        "place": "+禾川县",
        "class_code": "城乡建设",
        "purpose": "opinion",
        "kind": "proposal",
        "accused_organs": ("HCZJ",),
    }
    office.register(**said)
    path = tmp_path / "out.xlsx"
    exported(path, office.hexiaowen, language=language)
    (entry,) = entries_of(office, path)
    assert entry.wrong == ()
    assert entry.submission is not None
    again = entry.submission.normalised()
    assert {name: getattr(again, name) for name in said} == said | {"text": "\n\t第一行\n=SUM(A1)\n'-1"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "'="])
def test_no_text_becomes_a_formula(office: Office, tmp_path: Path, start: str) -> None:
    words = f"{start}HYPERLINK(1)"
    office.register(text=words, title="标题", petitioners=(Person(name=words, telephone="1"),))
    path = tmp_path / "out.xlsx"
    (line,) = exported(path, office.hexiaowen)
    assert line["概况"] == "'" + words
    assert {cell.data_type for row in load_workbook(path).worksheets[0].iter_rows() for cell in row} <= {"s", "n", "d"}


def test_of_what_is_sealed_a_line_says_no_more_than_the_list(office: Office, tmp_path: Path) -> None:
    office.register(kind="accusation", title="举报某人收礼", accused_organs=("HCZJ",))
    office.register(confidential=True, title="家事")
    lines = exported(tmp_path / "out.xlsx", office.hexiaowen)
    assert [line["标题"] for line in lines] == ["检举控告件", "保密件"]
    assert [(x["概况"], x["姓名"], x["电话"], x["被反映人或单位"], x["问题属地"]) for x in lines] == [(None,) * 5] * 2


def test_only_what_is_in_sight_is_written(office: Office, tmp_path: Path) -> None:
    mine, _other = office.register(), office.register()
    transfer(number=mine.number, actor=office.hexiaowen, to="HCZJ", notified=True)
    lines = exported(tmp_path / "out.xlsx", office.jiangbo)
    assert [line["信访件编号"] for line in lines] == [mine.number]


def test_who_may_not_read_identities_exports_none(office: Office, tmp_path: Path) -> None:
    office.register()
    (line,) = exported(tmp_path / "out.xlsx", office.dulan)  # an inspector
    assert line["概况"]
    assert not {"姓名", "电话", "邮箱", "住址", "证件号码"} & set(line)


@pytest.mark.parametrize("who", ["wenqi", "guoting", "admin"])
def test_a_post_without_the_power_exports_nothing(office: Office, tmp_path: Path, who: str) -> None:
    office.register()
    with pytest.raises(Forbidden):
        exported(tmp_path / "out.xlsx", getattr(office, who))
    assert not (tmp_path / "out.xlsx").exists()


def test_every_matter_that_leaves_is_put_on_record(office: Office, tmp_path: Path) -> None:
    done = [office.register(), office.register()]
    exported(tmp_path / "out.xlsx", office.hexiaowen)
    looks = Look.objects.filter(what="export", user=office.people["hexiaowen"])
    assert set(looks.values_list("stream_id", flat=True)) == {one.matter.stream_id for one in done}


def test_a_list_that_is_too_long_is_refused_before_anything_is_written(office: Office, tmp_path: Path) -> None:
    office.register(), office.register()
    with pytest.raises(TooMany):
        exported(tmp_path / "out.xlsx", office.hexiaowen, most=1)
    assert not (tmp_path / "out.xlsx").exists()
    assert not Look.objects.filter(what="export").exists()


def test_a_list_of_several_batches_keeps_its_order(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.matters.ledgers.exporting.BATCH", 2)
    numbers = [office.register().number for _ in range(5)]
    lines = exported(tmp_path / "out.xlsx", office.hexiaowen)
    assert [line["信访件编号"] for line in lines] == numbers

"""Lines go in each by itself: a bad one loses no other, none goes in twice, and nothing is made up."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.ledgers.sheets import HEAD, LINE, entries_of, import_file, sheet_file
from tests.ledgers.test_headings import merged
from tests.office import Office
from xinqiao.access.actor import Forbidden, importing_actor
from xinqiao.access.permissions import Permission
from xinqiao.matters.ledgers import importing
from xinqiao.matters.models import Accused, ClockRow, LedgerRun, Matter, Petition, Petitioner
from xinqiao.matters.submission import Submission
from xinqiao.notices.models import Notice
from xinqiao.record import events_of, texts_of


def line(**changes: Any) -> list[Any]:
    """The usual line with other cells."""
    return [changes.get(title, value) for title, value in zip(HEAD, LINE, strict=True)]


def test_a_line_becomes_a_petition_with_all_that_belongs_to_it(office: Office, tmp_path: Path) -> None:
    imported = import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE))
    assert (imported.outcome.registered, imported.wrong) == (1, [])
    matter = Matter.objects.get()
    assert (matter.title, matter.received_on, matter.received_by.code) == ("路灯不亮", date(2026, 3, 2), "HCXF")
    (event,) = events_of(matter.stream_id)
    assert (event.type, event.on, event.actor.kind) == ("received", date(2026, 3, 2), "system")
    assert texts_of(matter.stream_id)[1, "text"] == LINE[2]
    assert ClockRow.objects.get(matter=matter).clock == "K02"
    assert Petitioner.objects.get(matter=matter).name is not None


def test_a_day_in_the_past_stays_and_its_clock_may_be_missed(
    office: Office, tmp_path: Path, on: Callable[[str], Any]
) -> None:
    with on("2026-06-01"):
        import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE))
    assert Matter.objects.get().received_on == date(2026, 3, 2)
    assert ClockRow.objects.get().state == "missed"


def test_whoever_is_named_registers(office: Office, tmp_path: Path) -> None:
    import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE), actor=office.hexiaowen)
    assert Petition.objects.get().registered_by == office.people["hexiaowen"]


def test_the_machines_own_power_is_to_register_and_nothing_else(office: Office) -> None:
    assert importing_actor(office.organs["HCXF"]).permissions == {Permission.MATTER_REGISTER}


def test_who_may_not_register_imports_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE), actor=office.jiangbo, organ="HCZJ")
    assert not Petition.objects.exists()


BAD = [
    ({"信访日期": "不详"}, "信访日期"),
    ({"信访日期": "2099-01-01"}, "信访日期"),  # not yet
    ({"信访日期": "1980-01-01"}, "信访日期"),  # before 1990
    ({"信访日期": "=TODAY()"}, "信访日期"),  # a formula without a stored value
    ({"标题": "长" * 61}, "标题"),
    ({"概况": "长" * 20_001}, "概况"),
    ({"概况": None}, "概况"),
    ({"概况": "字\x01字"}, "概况"),
    ({"信访形式": "飞鸽"}, "信访形式"),
    ({"信访形式": None}, "信访形式"),
    ({"姓名": "长" * 61}, "姓名"),
    ({"电话": "1" * 41}, "电话"),
    ({"住址": "长" * 201}, "住址"),
]


@pytest.mark.parametrize(("changes", "column"), BAD)
def test_a_bad_line_is_named_with_its_column_and_loses_no_other(
    office: Office, tmp_path: Path, changes: dict[str, Any], column: str
) -> None:
    path = tmp_path / "a.xlsx"
    write(path, HEAD, LINE, line(**changes), LINE)
    imported = import_file(office, path)
    assert [(one.line, one.column) for one in imported.wrong] == [(3, column)]
    assert imported.wrong[0].reason
    assert (imported.outcome.registered, imported.outcome.refused) == (2, 1)
    assert Petition.objects.count() == 2


def write(path: Path, *lines: Sequence[Any]) -> None:
    """A workbook by another program, which keeps control characters too; a text that begins with = is a formula."""
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    page = book.add_worksheet()
    for number, values in enumerate(lines):
        for column, value in enumerate(values):
            if value == "=TODAY()":
                page.write_formula(number, column, value, value="")
            else:
                page.write(number, column, value)
    book.close()


def test_every_mistake_of_a_line_is_told_at_once(office: Office, tmp_path: Path) -> None:
    bad = line(信访日期="不详", 信访形式="飞鸽")
    imported = import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, bad))
    assert [one.column for one in imported.wrong] == ["信访形式", "信访日期"]


def test_the_same_file_again_doubles_nothing(office: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, LINE, LINE, line(信访日期="不详"))
    import_file(office, path)
    again = import_file(office, path)
    assert (again.outcome.registered, again.outcome.known, again.outcome.refused) == (0, 2, 1)
    assert Petition.objects.count() == 2


def test_equal_lines_of_one_file_are_two_petitions(office: Office, tmp_path: Path) -> None:
    import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE, LINE))
    assert Matter.objects.count() == 2


def test_an_interrupted_import_goes_on_where_it_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, *[LINE] * 7)
    monkeypatch.setattr(importing, "BATCH", 2)
    real, calls = importing.register_checked, []

    def breaks_off(intakes: Any) -> Any:
        calls.append(len(intakes))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(intakes)

    monkeypatch.setattr(importing, "register_checked", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        import_file(office, path)
    assert Petition.objects.count() == 4
    monkeypatch.setattr(importing, "register_checked", real)
    again = import_file(office, path)
    assert (again.outcome.known, again.outcome.registered) == (4, 3)
    runs = LedgerRun.objects.order_by("id")
    assert [(run.registered, run.finished_at is None) for run in runs] == [(4, True), (3, False)]


def test_what_the_database_refuses_loses_no_other_line(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet_file(tmp_path / "a.xlsx", HEAD, LINE, line(标题="挡住"), LINE)
    real = importing.register_checked

    def refusing(intakes: Any) -> Any:
        done = real(intakes)
        if any(one.said.title == "挡住" for one in intakes):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        return done

    monkeypatch.setattr(importing, "register_checked", refusing)
    imported = import_file(office, path)
    assert [(one.line, one.column) for one in imported.wrong] == [(3, "")]
    assert (imported.outcome.registered, Petition.objects.count(), Matter.objects.count()) == (2, 2, 2)


def test_empty_lines_and_repeated_headings_are_passed_over(office: Office, tmp_path: Path) -> None:
    imported = import_file(office, sheet_file(tmp_path / "a.xlsx", HEAD, LINE, [None] * 7, ["  "], HEAD, LINE))
    assert (imported.outcome.rows, imported.outcome.registered) == (2, 2)


def test_cells_merged_over_several_lines_are_refused(office: Office, tmp_path: Path) -> None:
    path = sheet_file(tmp_path / "a.xlsx", ("台账",), HEAD, LINE, LINE, LINE)
    imported = import_file(office, merged(path, "A1:G1", "E4:E5"))
    assert [(one.line, one.column) for one in imported.wrong] == [(4, ""), (5, "")]
    assert "E4:E5" in imported.wrong[0].reason


def test_cells_merged_within_a_line_say_what_their_first_says(office: Office, tmp_path: Path) -> None:
    path = merged(sheet_file(tmp_path / "a.xlsx", (*HEAD, "备注"), (*LINE, None)), "G2:H2")
    assert import_file(office, path).outcome.registered == 1


def read(office: Office, path: Path, titles: Sequence[str], *values: Any) -> Submission:
    """How a single line is read."""
    (entry,) = entries_of(
        office, sheet_file(path, ("信访日期", "概况", "信访形式", *titles), ("2026-03-02", "正文", "来信", *values))
    )
    assert entry.wrong == ()
    assert entry.submission is not None
    return entry.submission


def test_several_names_are_several_petitioners(office: Office, tmp_path: Path) -> None:
    said = read(
        office, tmp_path / "a.xlsx", ("姓名", "电话", "住址"), "安平、乐山", "13800000000\n13900000000", "文昌路9号"
    )
    assert [(p.name, p.telephone, p.address) for p in said.petitioners] == [
        ("安平", "13800000000", "文昌路9号"),
        ("乐山", "13900000000", ""),
    ]


@pytest.mark.parametrize("name", ["买买提·艾力", "欧阳 明"])
def test_a_name_with_a_dot_or_a_blank_is_one_name(office: Office, tmp_path: Path, name: str) -> None:
    assert [p.name for p in read(office, tmp_path / "a.xlsx", ("姓名",), name).petitioners] == [name]


@pytest.mark.parametrize(("titles", "values"), [((), ()), (("姓名",), (None,)), (("姓名", "匿名"), ("安平", "是"))])
def test_without_a_name_or_by_its_own_word_a_petition_is_anonymous(
    office: Office, tmp_path: Path, titles: Sequence[str], values: Sequence[Any]
) -> None:
    assert read(office, tmp_path / "a.xlsx", titles, *values).anonymous


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [("求决", "appeal"), ("申诉", "appeal"), ("意见建议", "proposal"), ("揭发控告", "accusation"), ("咨询", "appeal")],
)
def test_the_purpose_tells_the_kind(office: Office, tmp_path: Path, purpose: str, kind: str) -> None:
    assert read(office, tmp_path / "a.xlsx", ("信访目的",), purpose).kind == kind  # Articles 29 to 31


def test_a_claim_stands_on_each_line_of_its_cell(office: Office, tmp_path: Path) -> None:
    assert read(office, tmp_path / "a.xlsx", ("诉求",), "修好路灯\n公开账目").claims == ("修好路灯", "公开账目")


def test_numbers_of_a_spreadsheet_lose_no_digit(office: Office, tmp_path: Path) -> None:
    said = read(office, tmp_path / "a.xlsx", ("姓名", "电话", "信访人数"), "安平", 13800000000.0, 5.0)
    assert (said.petitioners[0].telephone, said.persons) == ("13800000000", 5)


def test_what_a_ledger_says_besides_is_kept_with_the_record(office: Office, tmp_path: Path) -> None:
    titles, values = ("编号", "登记时间", "点赞数"), ("2026-0815", "2026-03-03 09:10", 12)
    path = sheet_file(tmp_path / "a.xlsx", (*HEAD, *titles), (*LINE, *values))
    import_file(office, path)
    kept = texts_of(Matter.objects.get().stream_id)[1, "ledger"]
    assert kept == "编号：2026-0815\n点赞数：12\n登记时间：2026-03-03 09:10"


def test_an_accusation_in_a_ledger_is_sealed_and_kept_from_the_accused(office: Office, tmp_path: Path) -> None:
    titles = (*HEAD, "信访目的", "被反映人或单位")
    path = sheet_file(tmp_path / "a.xlsx", titles, (*LINE, "揭发控告", "县信访局、江波、某建筑公司"))
    imported = import_file(office, path)
    assert imported.wrong == []
    matter = Matter.objects.get()
    assert (matter.kind, matter.title, matter.received_by.code) == ("accusation", "", "YZXF")  # the office above
    accused = Accused.objects.filter(matter=matter).order_by("id")
    assert [(row.organ and row.organ.code, row.user and row.user.username) for row in accused] == [
        ("HCXF", None),
        (None, "jiangbo"),
    ]
    assert texts_of(matter.stream_id)[1, "ledger"] == "被反映人或单位：县信访局、江波、某建筑公司"


def test_a_foreign_ledger_without_addresses_leaves_nobody_to_tell(office: Office, tmp_path: Path) -> None:
    titles = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数")
    path = sheet_file(
        tmp_path / "a.xlsx", titles, (188006, "A000102948", "路灯", "2019/2/28 11:25:05", "路灯不亮", 0, 1)
    )
    import_file(office, path)
    petition = Petition.objects.get()
    assert (petition.channel, petition.received_on, petition.address_unclear) == ("mailbox", date(2019, 2, 28), True)
    assert not Notice.objects.exists()

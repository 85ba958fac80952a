"""Calendar, classes, places and patterns of numbers: entered by an administrator, ended and not lost, with history."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.accounts.conftest import SignedIn, words
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.access.clock import today
from xinqiao.accounts.actions.classes import add_class, change_class, end_class
from xinqiao.accounts.actions.patterns import sample, set_pattern, why_not_pattern
from xinqiao.accounts.actions.places import add_place, change_place, end_place
from xinqiao.accounts.models import Change
from xinqiao.accounts.starting import start_classes, starting_rows
from xinqiao.matters.submission import Invalid
from xinqiao.organs.classes import class_choices, class_label, living_classes
from xinqiao.organs.models import CalendarDay, ContentClass, Organ
from xinqiao.organs.places import place_choices

ADMIN = "/desk/administration"
ALL = len({row[0] for row in starting_rows()}) + len(starting_rows())


def refused(act: Any, **said: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        act(**said)
    return error.value.errors


# The calendar.


def test_a_notice_is_entered_by_lines_of_days_and_shown_with_its_year(office: Office, as_: SignedIn) -> None:
    client, year = as_("admin"), today().year + 1
    page = words(client.get(f"{ADMIN}/calendar?year={year}"))
    assert "期限都是暂定的" in page, "no notice for this year yet"
    said = {"source": "国务院办公厅通知", "off": f"{year}-10-01 — {year}-10-07", "work": f"{year}-10-10\n"}
    response = client.post(f"{ADMIN}/calendar/enter", said)
    assert response.headers["Location"] == f"{ADMIN}/calendar?year={year}"
    assert CalendarDay.objects.filter(root_id=office.root_id).count() == 8
    page = words(client.get(f"{ADMIN}/calendar?year={year}"))
    for words_shown in ("国务院办公厅通知", "系统管理员", "上班"):
        assert words_shown in page


@pytest.mark.parametrize(
    ("off", "work", "field", "why"),
    [
        ("2027/10/01", "", "off", "not a day"),
        ("2027-10-07 — 2027-10-01", "", "off", "the end before the beginning"),
        ("2027-10-01", "2027-10-01", "work", "both free and working"),
        ("2020-10-01", "", None, "a day that is over"),
        ("", "", None, "no day at all"),
    ],
)
def test_a_wrong_notice_is_refused_and_kept_as_typed(
    office: Office, as_: SignedIn, off: str, work: str, field: str | None, why: str
) -> None:
    response = as_("admin").post(f"{ADMIN}/calendar/enter", {"source": "某通知", "off": off, "work": work})
    assert response.status_code == 422
    page = words(response)
    assert "某通知" in page
    assert field is None or f'id="id_{field}-e"' in page, why
    assert not CalendarDay.objects.exists()


# Classes.


def test_the_starting_list_is_taken_once_and_offered_in_three_languages(office: Office) -> None:
    assert start_classes(actor=office.admin) == ALL
    assert start_classes(actor=office.admin) == 0
    groups = class_choices(office.root_id)
    assert groups[0][0] == "城乡建设"
    assert ("城乡建设/工程质量", "工程质量") in groups[0][1]
    assert all(row.name_hant and row.name_en for row in ContentClass.objects.all())
    assert all(len(row.code) <= 60 for row in ContentClass.objects.select_related("parent"))
    assert Change.objects.get().what == "started"


def test_a_class_ends_and_does_not_vanish(office: Office) -> None:
    top = add_class(actor=office.admin, parent=None, name="城乡建设", name_en="Building")
    row = add_class(actor=office.admin, parent=top.pk, name="物业管理", name_en="Estates")
    assert "1 个分类在用" in refused(end_class, actor=office.admin, pk=top.pk, reason="x")["reason"]
    end_class(actor=office.admin, pk=row.pk, reason="并入住房保障")
    assert class_choices(office.root_id) == [("城乡建设", [("城乡建设", "城乡建设")])]
    assert class_label(office.root_id, "城乡建设/物业管理") == "城乡建设/物业管理", "matters still read as before"
    again = add_class(actor=office.admin, parent=top.pk, name="物业管理")
    assert again.pk != row.pk
    assert [c.what for c in Change.objects.filter(subject_id=row.pk).order_by("id")] == ["added", "ended"]


@pytest.mark.parametrize(
    ("parent", "name", "field", "why"),
    [
        (None, "城乡建设", "name", "it is there already"),
        (None, "水/电", "name", "the sign between the levels"),
        (None, " ", "name", "no name"),
        (None, "长" * 29, "name", "too long for a matter to bear"),
        ("second", "三级", "parent", "a third level"),
    ],
)
def test_a_wrong_class_is_refused(office: Office, parent: str | None, name: str, field: str, why: str) -> None:
    top = add_class(actor=office.admin, parent=None, name="城乡建设")
    second = add_class(actor=office.admin, parent=top.pk, name="物业管理")
    above = second.pk if parent else None
    assert list(refused(add_class, actor=office.admin, parent=above, name=name)) == [field], why


def test_a_class_changes_its_other_names_and_its_place(office: Office) -> None:
    row = add_class(actor=office.admin, parent=None, name="城乡建设")
    change_class(actor=office.admin, pk=row.pk, name_hant="城鄉建設", name_en="Building", position=3)
    assert Change.objects.latest("id").fields["name_hant"] == ["", "城鄉建設"]


def test_the_table_goes_out_and_comes_in_as_a_sheet(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    client.post(f"{ADMIN}/classes/start")
    sheet = b"".join(client.get(f"{ADMIN}/classes.xlsx").streaming_content)  # type: ignore[attr-defined]
    assert client.post(f"{ADMIN}/classes/take", {"sheet": _upload(sheet)}).status_code == 302
    assert living_classes(office.root_id).count() == ALL, "the same sheet again doubles nothing"
    ContentClass.objects.filter(parent__isnull=False).delete()
    ContentClass.objects.all().delete()
    client.post(f"{ADMIN}/classes/take", {"sheet": _upload(sheet)})
    assert living_classes(office.root_id).count() == ALL


def _upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("classes.xlsx", content)


def _sheet(*rows: list[str]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in (["一级", "二级"], *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a workbook", "另存为 .xlsx"),
        (_sheet(), "表里没有内容"),
        (_sheet(["城乡建设", "水/电"], ["", "无一级"], ["民政", "养老"]), "第 2 行：不写“/”"),
    ],
)
def test_a_bad_sheet_is_refused_whole_and_says_where(office: Office, as_: SignedIn, content: bytes, said: str) -> None:
    response = as_("admin").post(f"{ADMIN}/classes/take", {"sheet": _upload(content)})
    assert response.status_code == 422
    assert said in words(response)
    assert not ContentClass.objects.exists(), "all or none"


# Places.


def test_places_stand_in_each_other_and_end(office: Office) -> None:
    county = add_place(actor=office.admin, parent=None, name="禾川县", level="county")
    town = add_place(actor=office.admin, parent=county.pk, name="云溪镇", level="township", name_en="Yunxi")
    village = add_place(actor=office.admin, parent=town.pk, name="柳湾村", level="village")
    assert place_choices(office.root_id) == [
        ("禾川县", "禾川县"),
        ("禾川县云溪镇", "　云溪镇"),
        ("禾川县云溪镇柳湾村", "　　柳湾村"),
    ]
    assert "level" in refused(add_place, actor=office.admin, parent=village.pk, name="x", level="county")
    assert "name" in refused(add_place, actor=office.admin, parent=town.pk, name="柳湾村", level="village")
    assert "reason" in refused(end_place, actor=office.admin, pk=town.pk, reason="x")
    change_place(actor=office.admin, pk=village.pk, name="柳湾社区", name_hant="柳灣社區", name_en="")
    end_place(actor=office.admin, pk=village.pk, reason="并入云溪社区")
    assert len(place_choices(office.root_id)) == 2
    history = Change.objects.filter(subject_id=village.pk, subject="place").order_by("id")
    assert [row.what for row in history] == ["added", "changed", "ended"]


# Histories.


def test_a_history_has_pages_that_turn_apart_from_the_list_above(office: Office, as_: SignedIn) -> None:
    county = add_place(actor=office.admin, parent=None, name="禾川县", level="county")
    for n in range(30):
        change_place(actor=office.admin, pk=county.pk, name=f"禾川县{n}", name_hant="", name_en="")
    client, address = as_("admin"), f"{ADMIN}/places/{county.pk}"
    first = words(client.get(address))
    assert "第 1–25 条，共 31 条" in first
    onward = re.search(r'id="history-on" href="([^"]+)"', first)
    assert onward
    assert onward[1].endswith("#h-history"), "the next page shows the history, not the top"
    second = words(client.get(address + onward[1].replace("&amp;", "&")))
    assert "第 26–31 条，共 31 条" in second
    assert "禾川县3 → 禾川县4" not in first
    assert "禾川县3 → 禾川县4" in second
    assert re.search(r'id="history-back" href="', second)


def test_the_notices_of_the_calendar_have_pages_too(office: Office, as_: SignedIn) -> None:
    first = today() + timedelta(days=1)
    for n in range(27):
        CalendarDay.objects.create(
            root_id=office.root_id, day=first + timedelta(days=n), is_working=False, source=f"第{n}号通知"
        )
    client = as_("admin")
    page = words(client.get(f"{ADMIN}/calendar?year=2020"))
    assert "第26号通知" in page
    assert "第1号通知" not in page
    onward = re.search(r'id="history-on" href="([^"]+)"', page)
    assert onward
    page = words(client.get(f"{ADMIN}/calendar{onward[1]}".replace("&amp;", "&")))
    assert "第1号通知" in page
    assert "第26号通知" not in page


# Patterns of numbers.


@pytest.mark.parametrize(
    ("pattern", "wrong", "why"),
    [
        ("{code}{year}-{seq:05}", "", "as the office does, with the own code"),
        ("云信〔{year}〕{seq:04}号", "", "as on paper"),
        ("{code}{year}-{seq:05", "花括号", "a brace is missing"),
        ("{code}{year}-{number:05}", "{number}", "a field that is not there"),
        ("{code}-{seq:05}", "{year}", "without the year numbers would come twice"),
        ("{code}{year}", "{seq:05}", "no running number"),
        ("{code}{year}-{seq:05}-{seq:05}", "各写一次", "twice"),
        ("{code}{year}-{seq}", "位数", "how many figures?"),
        ("{code}{year!r}-{seq:05}", "{seq:05}", "nothing of the program's own"),
        ("{code.__class__}{year}-{seq:05}", "没有", "nothing of the program's own"),
        ("{code}{year}{seq:05}", "非数字", "where does the year end?"),
        ("{code}{year}-0{seq:05}", "非数字", "where does the number begin?"),
        ("{code} {year}-{seq:05}", "空格", "a blank"),
        ("{code}/{year}/{seq:05}", "“/”", "an address on the web"),
        ("{code}{code}{code}{code}{code}{code}{code}{code}{code}{year}-{seq:05}", "最多", "too long"),
        ("HC{year}-{seq:05}", "重号", "the series of the office"),
    ],
)
def test_a_pattern_says_what_is_wrong_with_it(office: Office, pattern: str, wrong: str, why: str) -> None:
    said = why_not_pattern(office.organs["YXZ"], pattern)
    assert (wrong in said) if wrong else not said, why


def test_a_pattern_holds_from_the_next_matter_on(office: Office) -> None:
    set_pattern(actor=office.admin, code="HCXF", pattern="{code}{year}-{seq:05}")
    assert office.register().number == f"HCXF{today().year}-00001"
    assert Change.objects.get().fields["number_pattern"] == ["", "{code}{year}-{seq:05}"]
    assert sample(Organ.objects.get(code="HCXF"), "{code}〔{year}〕{seq:04}号") == f"HCXF〔{today().year}〕0001号"


def test_no_series_is_used_by_two_organs_not_even_later(office: Office) -> None:
    set_pattern(actor=office.admin, code="HCXF", pattern="访{year}-{seq:05}")
    assert "重号" in refused(set_pattern, actor=office.admin, code="YXZ", pattern="访{year}-{seq:06}")["pattern"]
    set_pattern(actor=office.admin, code="HCXF", pattern="")
    assert "重号" in refused(set_pattern, actor=office.admin, code="YXZ", pattern="访{year}-{seq:05}")["pattern"]


def test_an_example_is_shown_before_it_is_set(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    shown = client.post(f"{ADMIN}/patterns/YXZ", {"pattern": "{code}{year}-{seq:04}", "preview": "1"})
    assert f"YXZ{today().year}-0001" in words(shown)
    assert not Organ.objects.get(code="YXZ").number_pattern
    assert client.post(f"{ADMIN}/patterns/YXZ", {"pattern": "{code}{year}-{seq:04}"}).status_code == 302
    assert f"YXZ{today().year}-0001" in words(client.get(f"{ADMIN}/patterns"))
    assert "{code}{year}-{seq:04}" in words(client.get(f"{ADMIN}/patterns/YXZ"))


# All of them.


def test_each_page_works_with_what_is_in_the_tables(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    start_classes(actor=office.admin)
    county = add_place(actor=office.admin, parent=None, name="禾川县", level="county")
    row = ContentClass.objects.filter(parent__isnull=False).first()
    assert row is not None
    assert row.name in words(client.get(f"{ADMIN}/classes?q={row.name}"))
    assert words(client.get(f"{ADMIN}/classes/{row.pk}")).count(row.code) >= 1
    assert client.post(f"{ADMIN}/classes/add", {"parent": "", "name": "海洋"}).status_code == 302
    names = {"name_hant": "城管", "name_en": "City", "position": 5}
    assert client.post(f"{ADMIN}/classes/{row.pk}/change", names).status_code == 302
    assert client.post(f"{ADMIN}/classes/{row.pk}/end", {"reason": "不再使用"}).status_code == 302
    page = words(client.get(f"{ADMIN}/classes/{row.pk}"))
    for said in ("修改", "已终止", "不再使用"):
        assert said in page
    assert client.get(f"{ADMIN}/classes/{row.pk}/change").status_code == 404
    inside = {"name": "云溪镇", "level": "township"}
    assert client.post(f"{ADMIN}/places/{county.pk}/add", inside).status_code == 302
    assert "云溪镇" in words(client.get(f"{ADMIN}/places/{county.pk}"))
    assert "云溪镇" in words(client.get(f"{ADMIN}/places?q=云溪"))
    renamed = {"name": "禾川县", "name_hant": "禾川縣", "name_en": "Hechuan"}
    assert client.post(f"{ADMIN}/places/{county.pk}/change", renamed).status_code == 302
    assert client.post(f"{ADMIN}/places/{county.pk}/end", {"reason": "x"}).status_code == 422


def test_only_who_administers_changes_a_table(office: Office) -> None:
    for act in (
        lambda: start_classes(actor=office.hexiaowen),
        lambda: add_class(actor=office.hexiaowen, parent=None, name="x"),
        lambda: add_place(actor=office.hexiaowen, parent=None, name="x", level="county"),
        lambda: set_pattern(actor=office.hexiaowen, code="YXZ", pattern=""),
    ):
        with pytest.raises(Forbidden):
            act()


def test_days_to_come_only(office: Office, as_: SignedIn) -> None:
    yesterday = (today() - timedelta(1)).isoformat()
    response = as_("admin").post(f"{ADMIN}/calendar/enter", {"source": "x", "off": yesterday})
    assert response.status_code == 422
    assert date.fromisoformat(yesterday) not in set(CalendarDay.objects.values_list("day", flat=True))

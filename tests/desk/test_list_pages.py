"""A list as each person wants it: columns, saved views, and what is done with many rows at once."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.desk.models import SavedView
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import Matter

Hold = Callable[[str], Any]


def heads(page: str) -> list[str]:
    """The headings of the columns."""
    return [head.strip() for head in re.findall(r'<th role="columnheader"[^>]*>(?:<span[^>]*>)?([^<]+)', page)]


def test_columns_are_chosen_for_oneself_and_stay(office: Office, as_: SignedIn) -> None:
    office.register(class_code="0203")
    client = as_("hexiaowen")
    assert "内容分类" not in heads(words(client.get("/desk/matters")))
    answer = client.post("/desk/columns/matters?stage=received", {"columns": ["class", "due"]})
    assert answer.headers["Location"] == "/desk/matters?stage=received"
    page = words(as_("hexiaowen").get("/desk/matters"))
    assert heads(page) == ["选择", "编号", "事项", "内容分类", "截止日"]  # number and matter always show
    assert "0203" in page
    assert "内容分类" not in heads(words(as_("qinshuo").get("/desk/matters")))
    client.post("/desk/columns/matters", {"reset": "1"})
    assert "在哪里" in heads(words(client.get("/desk/matters")))


def test_my_work_has_columns_views_and_marks_of_its_own(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("hexiaowen")
    page = words(client.get("/desk/"))
    assert heads(page) == ["选择", "还剩", "截止日", "要办的事", "编号", "事项", "在哪里", "为什么是这一天"]
    assert f'name="m" value="{number}"' in page
    client.post("/desk/columns/work", {"columns": ["why"]})
    client.post("/desk/views/work", {"name": "逾期的", "query": "due=overdue"})
    page = words(client.get("/desk/"))
    assert heads(page) == ["选择", "还剩", "截止日", "要办的事", "事项", "为什么是这一天"]
    assert 'href="?due=overdue" id="view-0"' in page
    part = words(client.get("/desk/?due=overdue", headers={"HX-Request": "true"}))
    assert part.strip().startswith('<div id="list">')
    assert client.get("/desk/columns/elsewhere").status_code == 404


def test_my_work_as_a_file_says_what_the_list_says(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-10"):
        office.register(title="路灯不亮")
        office.register(kind="accusation", title="举报某人")
    with on("2026-11-23"):
        client = as_("hexiaowen")
        answer = client.get("/desk/work.xlsx")
        page = load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
        none = client.get("/desk/work.xlsx?due=overdue")
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == ("还剩", "截止日", "要办的事", "编号", "事项", "在哪里", "为什么是这一天")
    assert [row[4] for row in rows[1:]] == ["路灯不亮", "检举控告件"]
    assert (rows[1][0], rows[1][1].date(), rows[1][2]) == ("剩 2 日", date(2026, 11, 25), "转送交办")  # type: ignore[union-attr]
    assert rows[1][6] == "11-10 收到＋15 日〔22〕"
    assert len(list(load_workbook(BytesIO(b"".join(none.streaming_content))).active)) == 1  # type: ignore[attr-defined]


def test_whatever_is_chosen_the_file_has_the_rows_of_the_list(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-10"):
        office.register(title="路灯不亮")
        transfer(number=office.register().number, actor=office.hexiaowen, to="HCZJ", notified=True)
    with on("2026-11-23"):
        client = as_("hexiaowen")
        page = words(client.get("/desk/"))
        select = re.search(r'<select id="f-what".*?</select>', page, re.DOTALL)
        assert select is not None
        found = {}
        for what in re.findall(r'value="(\w*)"', select[0]):
            sheet = load_workbook(BytesIO(b"".join(client.get(f"/desk/work.xlsx?what={what}").streaming_content)))  # type: ignore[attr-defined]
            found[what] = [row[3] for row in list(sheet.active.iter_rows(values_only=True))[1:]]  # type: ignore[union-attr]
            assert found[what] == re.findall(r'name="m" value="([^"]+)"', words(client.get(f"/desk/?what={what}")))
    assert found["serve"], "the notice of destination waits"
    assert len(found[""]) == 2


def test_the_groups_count_what_the_other_filters_leave(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-10"):
        office.register()
        transfer(number=office.register().number, actor=office.hexiaowen, to="HCZJ", notified=True)
        page = words(as_("hexiaowen").get("/desk/?what=serve"))
    assert re.search(r'>全部 <span class="n">1</span>', page)
    assert "待办 2 件" in page


def test_another_page_is_never_drawn_inside_the_list(office: Office, as_: SignedIn) -> None:
    page = words(as_("hexiaowen").get("/desk/"))
    assert re.search(r'href="/desk/drafts" id="due-\d+" hx-boost="false"', page)


def test_a_view_is_saved_opened_by_its_link_renamed_and_thrown_away(office: Office, as_: SignedIn) -> None:
    office.register(kind="proposal")
    client = as_("hexiaowen")
    form = words(client.get("/desk/views/matters?kind=proposal&stage=&after=x&due=later"))
    kept = re.search(r'name="query" value="([^"]*)"', form)
    assert kept is not None
    assert kept[1] == "kind=proposal&amp;due=later"  # no place in the list, nothing empty
    saved = client.post("/desk/views/matters", {"name": "建议", "query": "kind=proposal&due=later"})
    assert saved.headers["Location"] == "/desk/matters?kind=proposal&due=later"
    page = words(client.get("/desk/matters?kind=proposal&due=later"))
    assert re.search(r'href="\?kind=proposal&amp;due=later" id="view-0" aria-current="true"', page)
    view = SavedView.objects.get()
    client.post("/desk/views/matters", {"rename": view.pk, f"name-{view.pk}": "年底要答的"})
    assert "年底要答的" in words(client.get("/desk/matters"))
    assert "年底要答的" not in words(as_("qinshuo").get("/desk/matters"))
    assert as_("qinshuo").post("/desk/views/matters", {"delete": view.pk}).status_code == 404
    client.post("/desk/views/matters", {"delete": view.pk})
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name_and_there_are_not_too_many(office: Office, as_: SignedIn) -> None:
    client = as_("hexiaowen")
    assert client.post("/desk/views/matters", {"name": " ", "query": "kind=appeal"}).status_code == 422
    for n in range(30):
        client.post("/desk/views/matters", {"name": f"视图{n}", "query": f"organ=X{n}"})
    answer = client.post("/desk/views/matters", {"name": "又一个", "query": "kind=appeal"})
    assert answer.status_code == 422
    assert "已有 30 个视图" in words(answer)
    assert client.get("/desk/views/elsewhere").status_code == 404


def mark(client: Client, numbers: list[str], **data: Any) -> Any:
    """Transfer the marked matters as the page would send it."""
    page = words(client.get("/desk/transfer", {"m": numbers}))
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))
    return client.post("/desk/transfer", {"m": numbers, "seen": "1"} | seen | data)


def test_many_are_transferred_each_by_its_own_act(office: Office, as_: SignedIn) -> None:
    numbers = [office.register().number for _n in range(3)]
    ended = office.register().number
    withdraw(number=ended, actor=office.hexiaowen, signed_paper="撤回申请（11-20）", reason="已自行解决。")
    accused = office.register(kind="accusation", accused_organs=("HCZJ",)).number
    page = words(mark(as_("hexiaowen"), [*numbers, ended, accused], to="HCZJ", note="请依法办理。"))
    assert re.findall(r'class="group[^"]*">([^<]+)<', page) == ["没有转送　2 件", "已转送　3 件"]
    assert "不得转给被检举控告的单位" in page
    assert page.count("已转送禾川县住房和城乡建设局。") == 3
    assert {m.number for m in Matter.objects.filter(holder__code="HCZJ")} == set(numbers)
    assert Matter.objects.get(number=accused).stream.length == 1  # nothing is half done


def test_whatever_happened_meanwhile_stops_only_that_matter(office: Office, as_: SignedIn) -> None:
    first, second = (office.register().number for _n in range(2))
    client = as_("hexiaowen")
    page = words(client.get("/desk/transfer", {"m": [first, second]}))
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))
    annotate(number=first, actor=office.qinshuo, note="先电话了解。")
    answer = words(client.post("/desk/transfer", {"m": [first, second], "seen": "1", "to": "HCZJ"} | seen))
    assert "刚才有人办理了这件事项" in answer
    assert {m.number for m in Matter.objects.filter(holder__code="HCZJ")} == {second}


def test_a_wrong_choice_is_said_and_nothing_is_transferred(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    answer = mark(as_("hexiaowen"), [number], to="")
    assert answer.status_code == 422
    assert Matter.objects.get().stream.length == 1


def test_what_one_may_not_see_cannot_be_marked(office: Office, as_: SignedIn) -> None:
    number, other = office.register().number, office.register(office.jinhe).number
    recuse(number=number, actor=office.qinshuo, user="hexiaowen", reason="亲属。")
    answer = as_("hexiaowen").get("/desk/transfer", {"m": [number, other]})
    assert answer.headers["Location"] == "/desk/matters"
    assert "先在列表中勾选事项" in words(as_("hexiaowen").get("/desk/transfer", {"m": ["X"]}, follow=True))


def test_only_what_one_may_do_with_many_is_offered(office: Office, as_: SignedIn) -> None:
    office.register()
    clerk, leader, inspector = (words(as_(who).get("/desk/matters")) for who in ("hexiaowen", "guoting", "dulan"))
    assert "批量转送" in clerk
    assert 'name="m"' not in leader
    assert "批量转送" not in inspector
    assert "导出所选" in inspector


def test_a_script_gets_the_list_alone_and_is_sent_where_it_must_go(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("hexiaowen")
    part = client.get("/desk/matters?stage=received", headers={"HX-Request": "true"})
    assert words(part).strip().startswith('<div id="list">')
    assert "HX-Request" in part.headers["Vary"]
    found = client.get("/desk/matters", {"q": number}, headers={"HX-Request": "true"})
    assert found.headers["HX-Redirect"] == f"/desk/matters/{number}"
    late = Client().get(
        "/desk/matters",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/matters?kind=proposal"},
    )
    assert late.headers["HX-Redirect"] == "/sign-in?next=/desk/matters%3Fkind%3Dproposal"


def test_contact_data_come_alone_too(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    part = words(as_("hexiaowen").post(f"/desk/matters/{number}/contact", headers={"HX-Request": "true"}))
    assert part.startswith('<div id="who">')
    assert "13800000000" in part


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/desk/drafts", "/desk/"),
        ("/desk/columns/work", "/desk/"),
        ("/desk/views/matters", "/desk/matters"),
        ("/desk/transfer?m={number}", "/desk/matters"),
    ],
)
def test_the_navigation_says_where_one_is(office: Office, as_: SignedIn, path: str, place: str) -> None:
    number = office.register().number
    page = words(as_("hexiaowen").get(path.format(number=number)))
    assert f'<a href="{place}" aria-current="page">' in page

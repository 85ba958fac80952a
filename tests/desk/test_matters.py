"""All matters: filters, finding by number, pages; what one may not see is nowhere."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.desk.conftest import SignedIn, words
from tests.desk.test_home import numbers
from tests.office import Office
from xinqiao.accounts.actions.classes import add_class, end_class
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer


@pytest.fixture
def three(office: Office, on: Callable[[str], Any]) -> list[str]:
    """Received long ago and closed, sent to housing and overdue there, received today as a proposal."""
    with on("2026-09-01"):
        first, second = office.register().number, office.register().number
        decline(number=first, actor=office.hexiaowen, kind="not_accepted", reason="法院正在审理。", door="县人民法院")
        serve(number=first, actor=office.hexiaowen, document="not_accepted")
        close(number=first, actor=office.qinshuo)
        transfer(number=second, actor=office.hexiaowen, to="HCZJ")
    with on("2026-11-23"):
        third = office.register(kind="proposal").number
    return [first, second, third]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [2, 1, 0]),  # the newest first
        ("stage=closed", [0]),
        ("stage=no-such-stage", [2, 1, 0]),
        ("kind=proposal", [2]),
        ("organ=HCZJ", [1]),
        ("channel=letter", [2, 1, 0]),
        ("channel=visit", []),
        ("from=2026-11-01", [2]),
        ("to=2026-09-01", [1, 0]),
        ("from=yesterday", [2, 1, 0]),
        ("flag=anonymous", []),
        ("flag=no-such-flag", [2, 1, 0]),
        ("class=02", []),
        ("due=overdue", [1]),
        ("due=none", [0]),
        ("due=later", [2]),
        ("sort=due", [1, 2, 0]),  # what owes nothing comes last
        ("stage=closed&kind=proposal", []),
        ("after=not-a-cursor", [2, 1, 0]),
        ("after=WzEsMl0", [2, 1, 0]),  # a cursor of something else
    ],
)
def test_filters_and_order(
    as_: SignedIn, three: list[str], on: Callable[[str], Any], query: str, shown: list[int]
) -> None:
    with on("2026-11-23"):
        page = words(as_("hexiaowen").get(f"/desk/matters?{query}"))
    assert numbers(page) == [three[i] for i in shown]


def test_whoever_sees_a_part_of_the_office_filters_it_in_the_same_way(
    office: Office, as_: SignedIn, three: list[str], on: Callable[[str], Any]
) -> None:
    with on("2026-11-23"):
        client = as_("tanyue")
        for query in ("", "channel=letter", "to=2026-10-01", "kind=appeal", f"m={three[1]}&m={three[2]}"):
            assert numbers(words(client.get(f"/desk/matters?{query}"))) == [three[1]], query
        for query in ("channel=visit", "from=2026-10-01", "flag=joint", "class=02"):
            assert numbers(words(client.get(f"/desk/matters?{query}"))) == [], query


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("城乡建设/", [0, 1, 3]),  # the first level with all below it
        ("城乡建设/物业", [1]),  # and not 物业管理, which begins alike
        ("城乡建设/物业管理", [3]),
        ("交通/", []),
        ("城乡", [0, 1, 2, 3]),  # what an old address typed
    ],
)
def test_a_class_is_chosen_from_the_offices_table(office: Office, as_: SignedIn, chosen: str, shown: list[int]) -> None:
    top = add_class(actor=office.admin, parent=None, name="城乡建设", name_hant="城鄉建設")
    for name in ("物业", "物业管理"):
        ended = add_class(actor=office.admin, parent=top.pk, name=name)
    end_class(actor=office.admin, pk=ended.pk, reason="并入物业")
    add_class(actor=office.admin, parent=None, name="交通")
    codes = ("城乡建设", "城乡建设/物业", "城乡建设规划/测绘", "城乡建设/物业管理")
    made = [office.register(class_code=code).number for code in codes]
    page = words(as_("hexiaowen").get("/desk/matters", {"class": chosen}))
    assert sorted(numbers(page)) == [made[i] for i in shown]
    assert f'<option value="{chosen}" selected>' in page
    assert '<optgroup label="城乡建设"><option value="城乡建设/"' in page
    assert "物业管理（已终止）" in page, "matters bear what has ended"


def test_an_office_without_a_table_of_classes_types_them(office: Office, as_: SignedIn) -> None:
    number = office.register(class_code="0203").number
    page = words(as_("hexiaowen").get("/desk/matters?class=02"))
    assert numbers(page) == [number]
    assert '<input id="f-class" name="class" value="02"' in page


@pytest.mark.parametrize("path", ["/desk/", "/desk/matters"])
@pytest.mark.parametrize(
    ("language", "cell"),
    [
        ("zh-hans", '<span title="禾川县信访局">县信访局</span>'),
        ("zh-hant", '<span title="禾川縣信訪局">縣信訪局</span>'),
        ("en", '<span title="Hechuan County Petition Office"><span class="sr">Hechuan County </span>Petition Office'),
    ],
)
def test_an_organ_of_the_own_county_is_short_to_see_and_whole_to_hear(
    office: Office, as_: SignedIn, path: str, language: str, cell: str
) -> None:
    office.register()
    client = as_("hexiaowen")
    client.get(f"/settings/set-language?to={language}&next=/desk/")
    assert cell in words(client.get(path))


@pytest.mark.parametrize("sort", ["received", "due"])
def test_pages_show_every_matter_once(office: Office, as_: SignedIn, on: Callable[[str], Any], sort: str) -> None:
    with on("2026-11-20"):
        made = [office.register(received_on=date(2026, 11, 1 + i % 7)).number for i in range(30)]
        for number in made[:27]:
            decline(number=number, actor=office.hexiaowen, kind="not_accepted", reason="不属于本机关。", door="法院")
        client = as_("hexiaowen")
        first = words(client.get("/desk/matters", {"sort": sort}))
        link = re.search(r'href="([^"]+)" rel="next"', first)
        assert link is not None
        second = words(client.get("/desk/matters" + link[1].replace("&amp;", "&")))
        link = re.search(r'href="([^"]+)" rel="prev"', second)
        assert link is not None
        again = words(client.get("/desk/matters" + link[1].replace("&amp;", "&")))
    assert sorted(numbers(first) + numbers(second)) == sorted(made)
    assert "第 26–30 件，共 30 件" in second
    assert numbers(again) == numbers(first)


@pytest.mark.parametrize("path", ["/desk/", "/desk/matters"])
def test_more_rows_a_page_where_one_chooses_so(office: Office, as_: SignedIn, path: str) -> None:
    made = [office.register().number for _ in range(30)]
    client = as_("hexiaowen")
    usual, wide = words(client.get(path)), words(client.get(path, {"rows": "50"}))
    assert "第 1–25 件，共 30 件" in usual
    assert 'href="?rows=50"' in usual
    assert "第 1–30 件，共 30 件" in wide
    assert sorted(numbers(wide)) == sorted(made)
    assert '<input type="hidden" name="rows" value="50">' in wide  # a filter keeps what was chosen
    assert "第 1–25 件" in words(client.get(path, {"rows": "5000"}))


@pytest.mark.parametrize("written", ["HC2026-00001", "hc2026-00001", " HC2026-00001 ", "00001", "1"])
def test_a_number_leads_straight_to_its_matter(office: Office, as_: SignedIn, written: str) -> None:
    number = office.register().number
    response = as_("hexiaowen").get("/desk/matters", {"q": written.replace("HC2026-00001", number)})
    assert response.headers["Location"] == f"/desk/matters/{number}"


def test_a_number_of_others_is_not_found_as_one_that_does_not_exist(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    client = as_("luowentao")
    theirs = words(client.get("/desk/matters", {"q": number}))
    nobodys = words(client.get("/desk/matters", {"q": "HC2026-99999"}))
    assert "没有符合条件的事项" in theirs
    assert theirs.replace(number, "-") == nobodys.replace("HC2026-99999", "-")


def test_an_accusation_of_the_organ_leaves_no_trace_in_its_counts(office: Office, as_: SignedIn) -> None:
    done = office.register(kind="accusation", accused_organs=("HCZJ",))
    page = words(as_("tanyue").get("/desk/matters"))
    assert done.number not in page
    assert "这里还没有事项" in page


def test_a_day_is_read_as_people_write_it_and_one_that_is_none_is_told(as_: SignedIn, three: list[str]) -> None:
    client = as_("hexiaowen")
    assert numbers(words(client.get("/desk/matters?from=2026年11月1日"))) == [three[2]]
    page = words(client.get("/desk/matters?from=11月1日"))
    assert "日期请写成 2026-01-01" in page
    assert 'name="from" value="11月1日" aria-invalid="true"' in page


def test_with_many_columns_the_title_keeps_its_room_and_the_list_scrolls(as_: SignedIn, three: list[str]) -> None:
    client = as_("hexiaowen")
    assert '<div class="scroll" ' in words(client.get("/desk/matters"))
    every = ["kind", "class", "stage", "where", "received", "duty", "due", "left"]
    client.post("/desk/columns/matters", {"columns": every})
    assert '<div class="scroll wide" ' in words(client.get("/desk/matters"))


def test_the_class_of_a_matter_is_said_in_the_readers_language(office: Office, as_: SignedIn) -> None:
    first = add_class(
        actor=office.admin, name="城乡建设", name_hant="城鄉建設", name_en="Town and country", parent=None
    )
    add_class(actor=office.admin, name="物业管理", name_hant="物業管理", name_en="Property", parent=first.pk)
    office.register(class_code="城乡建设/物业管理")
    client = as_("hexiaowen")
    client.post("/desk/columns/matters", {"columns": ["class"]})
    for language, said in (
        ("zh-Hans", "城乡建设/物业管理"),
        ("zh-Hant", "城鄉建設/物業管理"),
        ("en", "Town and country/Property"),
    ):
        assert f">{said}</td>" in words(client.get(f"/desk/matters?lang={language}"))


def test_who_has_nobody_below_is_offered_no_transfer_of_many(as_: SignedIn, office: Office, three: list[str]) -> None:
    assert "批量转送" in words(as_("hexiaowen").get("/desk/matters"))
    assert "批量转送" not in words(as_("jiangbo").get("/desk/matters"))

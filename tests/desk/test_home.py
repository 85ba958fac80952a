"""My work: every duty once, in the order of its day, under true counts; nothing of anybody else."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.desk import duties
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import Matter
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.review import review

Hold = Callable[[str], Any]
OPINION = {"facts": "现场查看属实。", "opinion": "由物业维修北墙。", "basis": "《民法典》"}


def headings(page: str) -> list[str]:
    """The headings of the groups, e.g. 逾期未办　1 件."""
    return re.findall(r'class="group[^"]*">([^<]+)<', page)


def numbers(page: str) -> list[str]:
    """The numbers of matters in the order of the rows."""
    return re.findall(r'<td role="cell" class="muted[^"]*"><span class="num">(HC\d+-\d+)</span></td>', page)


def test_duties_stand_in_groups_by_their_legal_day_with_true_counts(office: Office, as_: SignedIn, on: Hold) -> None:
    for day in ("2026-11-01", "2026-11-06", "2026-11-09", "2026-11-09", "2026-11-12", "2026-11-20"):
        with on(day):
            office.register(received_on=date.fromisoformat(day))
    with on("2026-11-23"):
        page = words(as_("hexiaowen").get("/desk/"))
    assert headings(page) == [
        "逾期未办　1 件",  # received on 1 November: due on Monday the 16th
        "今天　11-23 周一　1 件",  # the 15th day is Saturday the 21st, so Monday binds
        "三日内　11-24至11-26　2 件",
        "本周其余　11-27至11-29　1 件",
        "以后　1 件",
    ]
    assert "待办 6 件" in page
    assert "周六顺延" in page


@pytest.mark.parametrize(
    ("due", "shown"),
    [("", 6), ("overdue", 1), ("today", 1), ("soon", 2), ("paused", 0), ("no-such-group", 6)],
)
def test_a_chip_shows_its_group_alone(office: Office, as_: SignedIn, on: Hold, due: str, shown: int) -> None:
    for day in ("2026-11-01", "2026-11-06", "2026-11-09", "2026-11-09", "2026-11-12", "2026-11-20"):
        with on(day):
            office.register(received_on=date.fromisoformat(day))
    with on("2026-11-23"):
        page = words(as_("hexiaowen").get("/desk/", {"due": due}))
    assert len(numbers(page)) == shown


def test_who_looks_at_more_than_is_read_is_told_so_and_finds_the_rest_by_a_filter(
    office: Office, as_: SignedIn, on: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county's organs may owe tens of thousands: what is due first is read, and no count says less than is so."""
    monkeypatch.setattr(duties, "MOST", 3)
    for day in ("2026-11-01", "2026-11-06", "2026-11-09", "2026-11-09", "2026-11-12", "2026-11-20"):
        with on(day):
            number = office.register(received_on=date.fromisoformat(day)).number
    with on("2026-11-23"):
        transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
        leader = as_("guoting")
        page, later = words(leader.get("/desk/")), words(leader.get("/desk/", {"due": "later"}))
        of_housing = words(leader.get("/desk/", {"organ": "HCZJ"}))
    assert headings(page) == ["逾期未办　1 件", "今天　11-23 周一　1 件", "三日内　11-24至11-26"]
    assert "待办 3 件以上" in page
    assert "第 1–3 件，共 3 件以上" in page
    assert chips(page) == {
        "全部": "3+",
        "逾期未办": "1",
        "今天": "1",
        "三日内": "1+",
    }  # of what stands still none was read
    assert 'value="HCZJ"' in page  # what the housing bureau owes is due last; it stands among the organs all the same
    assert set(numbers(later)) == {number}
    assert numbers(of_housing) == [number]


def chips(page: str) -> dict[str, str]:
    """The counts on the links above the list."""
    found = re.findall(r'<a class="chip[^>]*id="due-\d+"[^>]*>(.*?) <span class="n">([^<]*)</span>', page)
    return {re.sub(r"<svg.*?</svg>", "", label): n for label, n in found if "草稿" not in label}


def test_an_organ_sees_its_own_duties_and_a_right_is_no_duty(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-20"):
        done = office.register()
        transfer(number=done.number, actor=office.hexiaowen, to="HCZJ", notified=True)
        housing, bureau = words(as_("jiangbo").get("/desk/")), words(as_("hexiaowen").get("/desk/"))
        elsewhere = words(as_("luowentao").get("/desk/"))
    assert numbers(housing) == [done.number]  # to tell whether it is accepted; the objection is a right, not a duty
    assert "告知是否受理" in housing
    assert numbers(bureau) == [done.number]  # its own letter has been sent on; the notice of it waits to be served
    assert "送达去向告知书" in bureau
    assert "现在没有待办" in elsewhere


def test_what_was_missed_before_the_petitioner_withdrew_is_no_duty_any_more(
    office: Office, as_: SignedIn, on: Hold
) -> None:
    with on("2026-11-02"):
        done = office.register()
    with on("2026-11-23"):
        assert numbers(words(as_("hexiaowen").get("/desk/"))) == [done.number]
        withdraw(number=done.number, actor=office.citizen(done))
        assert numbers(words(as_("hexiaowen").get("/desk/"))) == []


def test_a_reviewer_sees_reviews_and_a_leader_what_all_organs_owe(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-03-02"):
        first, second = office.register(), office.register()
        for done in (first, second):
            transfer(number=done.number, actor=office.hexiaowen, to="HCZJ")
            accept(number=done.number, actor=office.jiangbo, path=6)
            serve(number=done.number, actor=office.jiangbo, document="acceptance")
        reply(number=first.number, actor=office.jiangbo, outcome="explained", **OPINION)
        serve(number=first.number, actor=office.jiangbo, document="reply")
        request_review(number=first.number, actor=office.citizen(first), reason="没有说明资金去向。")
        reviewer, leader = words(as_("xuanni").get("/desk/")), words(as_("guoting").get("/desk/"))
    assert numbers(reviewer) == [first.number]
    assert "出具复查意见书" in reviewer
    assert set(numbers(leader)) == {first.number, second.number}


def test_what_stands_still_comes_last_and_is_never_overdue(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-03-02"):
        done = office.register()
        number = done.number
        transfer(number=number, actor=office.hexiaowen, to="YXZ")
        accept(number=number, actor=office.luowentao, path=6)
        serve(number=number, actor=office.luowentao, document="acceptance")
        reply(number=number, actor=office.luowentao, outcome="explained", **OPINION)
        serve(number=number, actor=office.luowentao, document="reply")
        request_review(number=number, actor=office.citizen(done), reason="不同意。")
        review(number=number, actor=office.xuanni, outcome="upheld", **OPINION)
        serve(number=number, actor=office.xuanni, document="review")
        request_rereview(number=number, actor=office.citizen(done), reason="仍不同意。")
        open_hearing(number=number, actor=office.moran, stage="rereview")
    with on("2026-06-01"):
        page = words(as_("moran").get("/desk/"))
    assert headings(page) == ["暂停　1 件"]
    assert 'data-state="missed"' not in page
    assert "暂停计时" in page


def test_pages_show_every_duty_once_forwards_and_backwards(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-20"):
        made = [office.register().number for _i in range(53)]
        for number in made[:3]:
            assign(number=number, actor=office.hexiaowen, to="HCZJ", report_due_on=date(2026, 12, 1), notified=True)
        client = as_("hexiaowen")
        pages = [words(client.get("/desk/"))]
        while found := re.search(r'href="([^"]+)" rel="next"', pages[-1]):
            pages.append(words(client.get("/desk/" + found[1].replace("&amp;", "&"))))
        back = re.search(r'href="([^"]+)" rel="prev"', pages[-1])
        assert back is not None
        before = words(client.get("/desk/" + back[1].replace("&amp;", "&")))
    assert [len(numbers(page)) for page in pages] == [25, 25, 3]
    assert sorted(number for page in pages for number in numbers(page)) == sorted(made)
    assert "第 26–50 件，共 53 件" in pages[1]
    assert numbers(before) == numbers(pages[1])


def test_a_sealed_matter_has_no_title_in_the_list(office: Office, as_: SignedIn) -> None:
    office.register(kind="accusation", title="举报某人虚报补贴")
    page = words(as_("hexiaowen").get("/desk/"))
    assert "检举控告件" in page
    assert "虚报补贴" not in page


def test_news_of_the_organ_shows_until_somebody_has_seen_it(office: Office, as_: SignedIn) -> None:
    done = office.register()
    transfer(number=done.number, actor=office.hexiaowen, to="HCZJ")
    client = as_("jiangbo")
    page = words(client.get("/desk/"))
    assert "1 条未读" in page
    ids = re.findall(r'name="id" value="(\d+)"', page)
    assert client.post("/desk/notices", {"id": ids}).headers["Location"] == "/desk/"
    assert "条未读" not in words(as_("tanyue").get("/desk/"))  # one reader is enough for an organ


def test_news_of_others_cannot_be_put_away(office: Office, as_: SignedIn) -> None:
    done = office.register()
    transfer(number=done.number, actor=office.hexiaowen, to="HCZJ")
    (waiting,) = re.findall(r'name="id" value="(\d+)"', words(as_("jiangbo").get("/desk/")))
    as_("luowentao").post("/desk/notices", {"id": [waiting]})
    assert "1 条未读" in words(as_("jiangbo").get("/desk/"))


def test_an_administrator_has_no_matters_and_is_told_so(office: Office, as_: SignedIn) -> None:
    office.register()
    page = words(as_("admin").get("/desk/"))
    assert "这个岗位不办理事项" in page
    assert Matter.objects.get().number not in page


def test_what_to_do_offers_what_there_is_under_one_code_for_alike_clocks(office: Office, as_: SignedIn) -> None:
    """A bureau that has something to transfer finds that choice, and none for duties that it has not."""
    office.register()
    page = words(as_("hexiaowen").get("/desk/"))
    offered = re.search(r'<select id="f-what".*?</select>', page)
    assert offered is not None
    assert "转送交办" in offered[0]
    assert "出具复核意见书" not in offered[0]
    chosen = re.findall(r'<option value="(K\d+)"', offered[0])
    for code in chosen:
        assert f'<option value="{code}" selected>' in words(as_("hexiaowen").get(f"/desk/?what={code}"))

"""The page of a matter at every stage: whose turn, by when and why, and nothing that is not for the petitioner."""

import re
from datetime import date
from typing import Any

import pytest

from tests.office import PERSON
from tests.portal.conftest import Visitor, upload, words
from tests.portal.stories import OPINION, on, received, walked
from xinqiao.components.surfaces import LARGE_COOKIE
from xinqiao.documents.services import attach
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.report import report
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.submission import Person
from xinqiao.portal.reading import full
from xinqiao.reviews.actions.open_hearing import open_hearing


def page_of(visitor: Visitor, done: Registered, day: str, **query: str) -> Any:
    with on(day):
        visitor.follow(done.number, done.query_code)
        return visitor.get(f"/track/{done.number}", **query)


@pytest.mark.parametrize(
    ("step", "day", "heading", "said"),
    [
        ("", "2026-08-25", "正在由禾川县信访局办理", "9月8日（星期二）前转给承办单位"),  # 15 days, Article 22
        (
            "assigned",
            "2026-08-28",
            "正在由禾川县住房和城乡建设局办理",
            "2026年9月11日（星期五）前书面告知您",
        ),  # Art. 23
        (
            "accepted",
            "2026-09-12",
            "正在由禾川县住房和城乡建设局办理",
            "2026年11月9日（星期一）前书面答复您",
        ),  # 60 days
        ("replied", "2026-11-07", "答复正在送达", "您收到以后，您的期限才开始计算"),  # nothing runs before service
        # 30 days from service, the last of them included
        ("reply_served", "2026-11-23", "现在轮到您", "2026年12月10日（星期四）以前（含当天）可以申请复查"),
        ("review_requested", "2026-11-23", "正在由禾川县人民政府办理", "前办完复查"),  # the superior has 30 days
        ("reviewed", "2026-12-10", "答复正在送达", "您收到以后"),
        ("review_served", "2026-12-15", "复查意见已经作出，现在轮到您", "以前（含当天）可以申请复核"),
        ("rereview_requested", "2026-12-22", "正在由云州市人民政府办理", "前办完复核"),
        ("rereview_served", "2027-01-20", "信访程序已经走完", "最终意见"),  # Article 36
    ],
)
def test_whose_turn_it_is_by_which_day(visitor: Visitor, step: str, day: str, heading: str, said: str) -> None:
    done = walked(visitor.office, step) if step else received(visitor.office)
    page = page_of(visitor, done, day)
    assert heading in page.context["turn"].heading
    assert said in page.context["turn"].text


@pytest.mark.parametrize(
    ("step", "day", "counted", "due", "article"),
    [
        ("", "2026-08-25", ["＋15 日"], date(2026, 9, 8), "第二十二条"),  # to be passed on
        ("", "2026-09-10", ["＋15 日"], date(2026, 9, 8), "第二十二条"),  # and late with it
        ("assigned", "2026-08-28", ["＋15 日"], date(2026, 9, 11), "第二十三条"),  # the notice
        ("accepted", "2026-09-12", ["＋60 日"], date(2026, 11, 9), "第三十四条"),  # the answer
        ("accepted", "2026-11-12", ["＋60 日"], date(2026, 11, 9), "第三十四条"),  # and late with it
        ("review_requested", "2026-11-23", ["＋30 日", "顺延"], date(2026, 12, 21), "第三十五条"),  # a Sunday moved on
        ("rereview_requested", "2026-12-22", ["＋30 日"], date(2027, 1, 20), "第三十六条"),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_the_day_that_an_organ_must_keep_explains_itself_beside_it(
    visitor: Visitor, step: str, day: str, counted: list[str], due: date, article: str, large: bool
) -> None:
    if large:
        visitor.client.cookies[LARGE_COOKIE] = "1"
    done = walked(visitor.office, step) if step else received(visitor.office)
    page = page_of(visitor, done, day)
    turn, shown = page.context["turn"], words(page)
    assert [row.left for row in turn.clock.why][1:] == [*counted, due]
    assert article in turn.clock.note
    assert turn.text.index(full(due)) >= 0
    assert shown.index('class="gap turn"') < shown.index(turn.why_title) < shown.index("h-can")


def test_a_day_that_was_extended_shows_the_first_one_and_what_was_added(visitor: Visitor) -> None:
    done = walked(visitor.office, "acceptance_served")
    with on("2026-11-05"):
        extend(number=done.number, actor=visitor.office.tanyue, days=30, reason="第三方鉴定未完成。")
    turn = page_of(visitor, done, "2026-11-12").context["turn"]
    rows = [(row.left, row.text) for row in turn.clock.why]
    assert [left for left, _text in rows] == [date(2026, 9, 10), "＋60 日", "＋30 日", date(2026, 12, 9)]
    assert "2026年11月9日" in rows[1][1]
    assert "延长" in rows[2][1]


@pytest.mark.parametrize(("step", "day"), [("replied", "2026-11-07"), ("reply_served", "2026-11-23")])
def test_where_no_organ_owes_anything_the_banner_has_no_day_to_explain(visitor: Visitor, step: str, day: str) -> None:
    assert page_of(visitor, walked(visitor.office, step), day).context["turn"].clock is None


@pytest.mark.parametrize(
    ("step", "day", "late", "days", "urging"),
    [
        ("", "2026-09-10", "禾川县信访局", 2, "云州市信访局"),  # the petition office itself: the one above urges
        ("assigned", "2026-09-14", "禾川县住房和城乡建设局", 3, "禾川县信访局"),
        ("accepted", "2026-11-12", "禾川县住房和城乡建设局", 3, "禾川县信访局"),
        ("review_requested", "2026-12-23", "禾川县人民政府", 2, "禾川县信访局"),
    ],
)
def test_an_organ_that_is_late_is_said_so_with_the_days_and_who_urges_it(
    visitor: Visitor, step: str, day: str, late: str, days: int, urging: str
) -> None:
    done = walked(visitor.office, step) if step else received(visitor.office)
    page = page_of(visitor, done, day)
    turn = page.context["turn"]
    assert turn.heading == "已经逾期"
    assert late in turn.text
    assert f"已晚 {days} 日" in turn.text
    assert f"您可以向{urging}反映，由它催办" in words(page)
    assert f'href="tel:{turn.urging.telephone.replace("-", "").replace(" ", "")}"' in words(page)
    assert f"已过期限 {days} 日" in words(page)


def test_what_was_declined_is_said_with_the_reason_and_the_right_door(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        decline(
            number=done.number,
            actor=visitor.office.hexiaowen,
            kind="not_accepted",
            reason="这件事法院正在审理。",
            door="请向禾川县人民法院反映。",
        )
    page = page_of(visitor, done, "2026-08-27")
    assert page.context["turn"].text == "这件事法院正在审理。请向禾川县人民法院反映。"
    assert [step.title for step in page.context["steps"]][-1] == "不予受理"


def test_a_withdrawal_says_until_when_it_can_be_undone(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        withdraw(number=done.number, actor=visitor.office.citizen(done))
    page = page_of(visitor, done, "2026-08-27")
    assert "2026年9月2日（星期三）以前（含当天）可以反悔" in page.context["turn"].text
    assert [door.verb for door in page.context["doors"].open] == ["restore"]


@pytest.mark.parametrize(("kind", "shown_at_once"), [("appeal", True), ("accusation", False)])
def test_why_it_was_withdrawn_stands_in_the_own_timeline(visitor: Visitor, kind: str, shown_at_once: bool) -> None:
    done = received(visitor.office, kind=kind)
    with on("2026-08-26"):
        withdraw(number=done.number, actor=visitor.office.citizen(done), reason="邻居已经把墙修好了。")
    assert ("邻居已经把墙修好了。" in words(page_of(visitor, done, "2026-08-27"))) is shown_at_once
    assert "邻居已经把墙修好了。" in words(page_of(visitor, done, "2026-08-27", show="1"))


@pytest.mark.parametrize(
    ("step", "heading"),
    [
        ("", "Where it is now"),  # the petition office only passes it on
        ("assigned", "Who handles it"),
        ("accepted", "Who handles it"),
        ("review_requested", "Who handles it"),
    ],
)
def test_no_organ_is_said_to_handle_it_before_one_has_it(visitor: Visitor, step: str, heading: str) -> None:
    done = walked(visitor.office, step) if step else received(visitor.office)
    page = page_of(visitor.speaking("en"), done, "2026-11-23")
    assert re.findall(r'<h2 id="h-org">([^<]+)</h2>', words(page)) == [heading]


def test_a_hearing_stops_the_time(visitor: Visitor) -> None:
    done = walked(visitor.office, "rereview_requested")
    with on("2026-12-28"):
        open_hearing(number=done.number, actor=visitor.office.moran, stage="rereview", reason="情况复杂。")
    page = page_of(visitor, done, "2026-12-30")
    assert page.context["turn"].heading == "暂停计时"


def test_what_was_accepted_on_another_path_has_times_of_its_own(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-27"):
        transfer(number=done.number, actor=visitor.office.hexiaowen, to="HCRS")
    with on("2026-08-28"):
        accept(number=done.number, actor=visitor.office.baiyun, path=2, basis="劳动争议仲裁。")
    page = page_of(visitor, done, "2026-08-31")
    assert "按另外的程序办理" in page.context["turn"].text


def test_a_closed_matter_says_so(visitor: Visitor) -> None:
    done = walked(visitor.office, "rereview_served")
    with on("2027-01-20"):
        serve(number=done.number, actor=visitor.office.hexiaowen, document="destination", method="post")
        report(number=done.number, actor=visitor.office.jiangbo, report="已答复。")
        close(number=done.number, actor=visitor.office.tanyue, checks=["settled", "explained"])
    page = page_of(visitor, done, "2027-01-21")
    assert page.context["turn"].heading == "已经办结"
    assert [door.verb for door in page.context["doors"].open] == ["supplement"]


def test_every_date_that_binds_has_its_reason(visitor: Visitor) -> None:
    page = page_of(visitor, walked(visitor.office, "reply_served"), "2026-11-23")
    measured = [entry for entry in page.context["entries"] if entry.why]
    assert [entry.why_title for entry in measured] == [
        "为什么期限是11月9日",
        "为什么期限是9月11日",
        "为什么期限是9月8日",
    ]
    assert [entry.meta[-1] for entry in measured] == ["按期"] * 3
    remedy = page.context["doors"].remedy
    assert remedy.clock.legal_due == date(2026, 12, 10)
    assert [row.left for row in remedy.clock.why][1] == "＋30 日"
    assert "第三十五条" in remedy.clock.note


def test_steps_of_organs_among_themselves_leave_no_gap(visitor: Visitor) -> None:
    done = walked(visitor.office, "accepted")
    with on("2026-09-14"):
        annotate(number=done.number, actor=visitor.office.tanyue, note="请物业股盯紧。")
    page = words(page_of(visitor, done, "2026-09-15"))
    assert "盯紧" not in page
    assert "批示" not in page


def test_notes_of_one_organ_to_another_are_not_shown(visitor: Visitor) -> None:
    done = received(visitor.office)
    with on("2026-08-26"):
        transfer(number=done.number, actor=visitor.office.hexiaowen, to="HCZJ", note="请注意方式方法。")
    page = words(page_of(visitor, done, "2026-08-27"))
    assert "方式方法" not in page
    assert "转给禾川县住房和城乡建设局" in page


def test_what_a_decision_says_is_shown_once_it_has_reached_the_petitioner(visitor: Visitor) -> None:
    before = words(page_of(visitor, walked(visitor.office, "replied"), "2026-11-07"))
    after = words(page_of(visitor, walked(visitor.office, "reply_served"), "2026-11-11"))
    assert OPINION["opinion"] not in before
    assert "解释说明" not in before
    assert OPINION["opinion"] in after
    assert "解释说明" in after


def test_a_longer_time_is_told_with_its_reason(visitor: Visitor) -> None:
    done = walked(visitor.office, "acceptance_served")
    with on("2026-11-05"):
        extend(number=done.number, actor=visitor.office.tanyue, days=30, reason="第三方鉴定未完成。")
    page = words(page_of(visitor, done, "2026-11-06"))
    assert "延长 30 日" in page
    assert "第三方鉴定未完成。" in page


def test_papers_say_when_they_came_or_should_have_come(visitor: Visitor) -> None:
    page = page_of(visitor, walked(visitor.office, "acceptance_served"), "2026-09-14")
    told = {row.title: " ".join(row.meta) for row in page.context["papers"]}
    assert "9月11日送达" in told["受理告知书"]
    assert "应在9月3日前送到您手上，还没有送到" in told["转送（交办）去向告知书"]
    assert not any("交办函" in title for title in told)


def test_the_organ_in_charge_is_named_with_address_and_telephone(visitor: Visitor) -> None:
    page = page_of(visitor, walked(visitor.office, "review_requested"), "2026-11-23")
    assert [organ.code for organ in page.context["organs"]] == ["HC", "HCZJ"]
    assert "0000-6123 8890" in words(page)
    assert "禾川县建设路6号" in words(page)


def test_a_report_shows_nothing_of_itself_until_it_is_opened(visitor: Visitor) -> None:
    said = {"kind": "accusation", "title": "镇干部优亲厚友", "text": "镇上的干部把低保名额给了亲戚。"}
    done = received(visitor.office, accused_organs=("YXZ",), **said)
    attach(done.matter.stream, [upload("低保公示.png")], sealed=True, from_petitioner=True)
    closed = words(page_of(visitor, done, "2026-08-25"))
    for secret in ("优亲厚友", "低保", "云溪镇", "检举"):
        assert secret not in closed
    opened = words(page_of(visitor, done, "2026-08-25", show="1"))
    for own in ("镇干部优亲厚友", "低保名额给了亲戚", "低保公示.png"):
        assert own in opened


def test_whoever_urges_is_never_the_organ_reported(visitor: Visitor) -> None:
    done = received(visitor.office, kind="accusation", accused_organs=("HCXF",))
    turn = page_of(visitor, done, "2026-09-20").context["turn"]
    assert turn.days_late > 0
    assert turn.urging.code == "YZ"  # it went to the petition office above, and over that stands its government


def test_several_petitioners_each_have_their_own_day(visitor: Visitor) -> None:
    both = (PERSON, Person(name="顾明", address="禾川县锦和苑3号楼102"))
    page = page_of(visitor, walked(visitor.office, "reply_served", petitioners=both), "2026-11-23")
    assert page.context["turn"].who == "petitioner"
    assert "顾明" not in words(page)  # names stand on no page that shows the matter


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("step", ["accepted", "replied", "reply_served", "review_requested", "rereview_served"])
def test_the_page_is_whole_in_every_language(visitor: Visitor, language: str, step: str) -> None:
    visitor.client.cookies["django_language"] = language
    page = words(page_of(visitor, walked(visitor.office, step), "2027-01-20"))
    tag = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}[language]
    assert f'<html lang="{tag}"' in page
    assert "%(" not in page


def test_where_and_how_to_ask_stands_with_the_right_to_ask(visitor: Visitor) -> None:
    page = words(page_of(visitor, walked(visitor.office, "reply_served"), "2026-11-23"))
    for told in ("还有 17 日", "2026年12月10日（星期四）", "邮戳", "禾川县文昌路1号", "tel:000061230001"):
        assert told in page


def test_retaliation_is_reported_from_every_matter_as_one_of_its_own(visitor: Visitor) -> None:
    done = walked(visitor.office, "reply_served")
    page = page_of(visitor, done, "2026-11-23")
    assert f'href="/info/retaliation?number={done.number}"' in words(page)
    told = visitor.get("/info/retaliation", number=done.number)
    report = f"/submit?kind=accusation&about={done.number}"
    assert told.context["report_url"] == report
    form = visitor.get(report).context["form"]
    assert form["kind"].value() == "accusation"
    visitor.post(report, kind="accusation", who="person")
    assert visitor.get("/submit/account").context["form"]["text"].value().startswith(f"我以前提出过 {done.number}")


def test_a_report_is_not_mixed_with_a_draft_of_something_else(visitor: Visitor) -> None:
    visitor.fill()
    page = visitor.get("/submit", kind="accusation")
    assert page.context["form"]["kind"].value() == "appeal"
    assert "您还有一份没提交的" in words(page)
    begun = visitor.post("/submit/discard", then="accusation")
    assert begun["Location"] == "/submit?kind=accusation"
    assert visitor.get(begun["Location"]).context["form"]["kind"].value() == "accusation"

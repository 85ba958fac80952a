"""Clocks of the law as parts: the account that leads to a day, the same on paper as in the law's own words."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.utils import translation

from xinqiao.components.accounts import account_of, act_part, clock_part
from xinqiao.procedure import Clock, Event, Refusal, default_calendar, load_pack, read_case

RECEIVED = Event("received", date(2026, 9, 7), data={"by": "bureau"})
ASSIGNED = Event("assigned", date(2026, 9, 10), data={"to": "yunxi", "received_on": "2026-09-11"})
ACCEPTED = Event("accepted", date(2026, 9, 20), data={"path": 6})
EXTENDED = Event("extended", date(2026, 11, 16), data={"days": 30, "approved_on": "2026-11-16", "notified": True})


def clock(clock_id: str, events: Iterable[Event], today: date = date(2026, 11, 23)) -> Clock:
    case = read_case(events, pack=load_pack("CN-2022"), calendar=default_calendar(), today=today)
    return next(found for found in case.clocks if found.id == clock_id)


def lines(found: Clock, surface: str = "desk") -> list[tuple[str, str, str]]:
    """The account as one reads it: left, middle, article."""
    return [
        (f"{row.left:%m-%d}" if isinstance(row.left, date) else row.left, row.text, row.law)
        for row in account_of(found, surface=surface)
    ]


def test_an_extended_clock_is_an_account_of_every_step() -> None:
    assert lines(clock("K08", [RECEIVED, ASSIGNED, ACCEPTED, EXTENDED])) == [
        ("09-20", "受理告知，当日不计", "34"),
        ("＋60 日", "11-19 周四", "34"),
        ("＋30 日", "12-19 周六，延长", "34"),
        ("顺延", "12-19 周六至12-20 周日不是工作日", "计日"),
        ("12-21", "法定截止", ""),
    ]


def test_a_clock_of_working_days_says_so() -> None:
    assert lines(clock("K05", [RECEIVED, ASSIGNED])) == [
        ("09-11", "收到交办，当日不计", "23"),
        ("＋5 个工作日", "09-18 周五", "23"),
        ("09-18", "法定截止", ""),
    ]


def test_make_up_days_and_holidays_on_the_way_are_told() -> None:
    """On Sunday 20 September one works for the days off of the autumn; the week of 1 October is not worked."""
    assert lines(clock("K05", [RECEIVED, Event("transferred", date(2026, 9, 16), data={"to": "yunxi"})])) == [
        ("09-16", "收到转送，当日不计", "23"),
        ("计入", "09-20 周日 调休上班", "计日"),
        ("＋5 个工作日", "09-22 周二", "23"),
        ("09-22", "法定截止", ""),
    ]
    holiday = lines(clock("K05", [RECEIVED, Event("transferred", date(2026, 9, 29), data={"to": "yunxi"})]))
    assert ("不计", "10-01 周四至10-02 周五，10-05 周一至10-07 周三 放假", "计日") in holiday


def test_a_day_that_the_sender_set_needs_no_counting() -> None:
    assigned = Event("assigned", date(2026, 9, 10), data={"to": "yunxi", "report_due_on": "2026-11-25"})
    assert lines(clock("K10", [RECEIVED, assigned]))[-1] == ("11-25", "交办函指定", "")


def test_on_the_portal_the_account_speaks_in_whole_days_and_keeps_the_article_beneath() -> None:
    found = clock("K04", [RECEIVED, ASSIGNED])
    assert lines(found, "portal") == [
        ("09-11", "收到交办，当日不计", ""),
        ("＋15 日", "2026年9月26日（星期六）", ""),
        ("顺延", "2026年9月26日（星期六）至2026年9月27日（星期日）不是工作日", ""),
        ("09-28", "最后一天", ""),
    ]
    assert clock_part(found, surface="portal").note == "信访工作条例 第二十三条"


@pytest.mark.parametrize("clock_id", ["K02", "K04", "K05", "K08"])
def test_the_account_ends_on_the_day_that_the_law_names(clock_id: str) -> None:
    found = clock(clock_id, [RECEIVED, ASSIGNED, ACCEPTED])
    assert account_of(found)[-1].left == found.legal_due


def test_a_part_has_what_the_card_needs() -> None:
    part = clock_part(clock("K08", [RECEIVED, ASSIGNED, ACCEPTED, EXTENDED]))
    assert (part.title, part.state, part.days_left) == ("办结", "running", 28)
    assert (part.stat_due, part.legal_due) == (date(2026, 12, 19), date(2026, 12, 21))
    assert part.original_due == date(2026, 11, 19)


def test_lateness_is_counted_from_the_day_that_binds() -> None:
    late = Event("assigned", date(2026, 9, 25), data={"to": "yunxi"})
    assert clock_part(clock("K02", [RECEIVED, late])).days_late == 3


@pytest.mark.parametrize(("language", "title"), [("zh-hant", "轉送交辦"), ("en", "transfer or assign")])
def test_a_part_speaks_the_language_of_the_page(language: str, title: str) -> None:
    with translation.override(language):
        assert clock_part(clock("K02", [RECEIVED])).title == title


def test_a_closed_act_says_what_the_refusal_says() -> None:
    refusal = Refusal(code="not-accepted", article="信访工作条例 第三十四条")
    closed = act_part("extend", "延长办理期限", "/extend", refusal)
    assert (closed.url, closed.reason, closed.article) == ("", refusal.sentence("zh-Hans"), "信访工作条例 第三十四条")


def test_an_open_act_is_a_door() -> None:
    assert act_part("accept", "受理", "/accept", None, key="A").url == "/accept"

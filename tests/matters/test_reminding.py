"""Every morning: what ran out is shown so, and organs are told of their duties, once; no day ends a matter."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.matters.cases import answered, assigned, clock, fresh, handled, reviewed, sent
from tests.office import Office
from xinqiao.access.clock import today
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import ClockRow, Reminder, Stage
from xinqiao.matters.reminding import remind
from xinqiao.matters.replaying import check_matters
from xinqiao.matters.turning import turn
from xinqiao.notices.models import Notice
from xinqiao.record import events_of
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview


def told(kind: str) -> list[tuple[str, str]]:
    """To which organ which due day was told."""
    rows = Notice.objects.filter(kind=kind).order_by("id")
    return [(notice.organ.code, notice.facts.get("due_on", "")) for notice in rows if notice.organ]


def morning(on: Callable[[str], Any], day: str) -> int:
    with on(day):
        turn(today())
        return remind(today())


@pytest.mark.parametrize(
    ("day", "soon", "missed", "why"),
    [
        ("2026-05-04", 0, 0, "four days before"),
        ("2026-05-05", 1, 0, "three days before"),
        ("2026-05-08", 1, 0, "the last day, for a worker that was off before"),
        ("2026-05-09", 0, 1, "the day after"),
    ],
)
def test_a_duty_is_told_before_and_after_its_day(
    office: Office, on: Callable[[str], Any], day: str, soon: int, missed: int, why: str
) -> None:
    handled(office, on)
    morning(on, day)
    assert (len(told("clock_soon")), len(told("clock_missed"))) == (soon, missed), why
    assert set(told("clock_soon") + told("clock_missed")) == {("HCZJ", "2026-05-08")} if soon or missed else True


def test_a_day_run_twice_says_nothing_new(office: Office, on: Callable[[str], Any]) -> None:
    handled(office, on)
    assert [morning(on, "2026-05-05"), morning(on, "2026-05-05"), morning(on, "2026-05-06")] == [1, 0, 0]
    assert len(told("clock_soon")) == 1


def test_an_extended_duty_is_told_anew_before_its_new_day(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    morning(on, "2026-05-06")
    with on("2026-05-07"):
        extend(number=done.number, actor=office.tanyue, days=30, reason="鉴定未完成。")
        serve(number=done.number, actor=office.jiangbo, document="extension")
    assert morning(on, "2026-05-09") == 0
    morning(on, "2026-06-05")
    assert told("clock_soon") == [("HCZJ", "2026-05-08"), ("HCZJ", "2026-06-08")]


def test_a_right_of_the_petitioner_is_nobodys_duty(office: Office, on: Callable[[str], Any]) -> None:
    done = answered(office, on)
    assert morning(on, "2026-05-14") == 0, "his time to ask for review ends tomorrow"
    assert morning(on, "2026-05-18") == 0, "it is over"
    assert clock(done, "K11").state == "lapsed"


@pytest.mark.parametrize(
    ("make", "day", "states", "why"),
    [
        (sent, "2026-03-11", {"K04": "running", "K05": "running"}, "the fifth working day is not over"),
        (sent, "2026-03-12", {"K04": "running", "K05": "lapsed"}, "a right lapses"),
        (sent, "2026-03-20", {"K04": "missed", "K05": "lapsed"}, "a duty is missed"),
        (assigned, "2026-05-21", {"K04": "missed", "K10": "missed"}, "so is the report"),
    ],
)
def test_the_rows_follow_the_days(
    office: Office, on: Callable[[str], Any], make: Any, day: str, states: dict[str, str], why: str
) -> None:
    done = make(office, on)
    with on(day):
        changed = turn(today())
        assert turn(today()) == 0, "the same day changes nothing twice"
        assert {name: clock(done, name).state for name in states} == states, why
        assert list(check_matters()) == []
    assert changed == sum(
        state != "running" for state in ClockRow.objects.filter(stopped_on=None).values_list("state", flat=True)
    )


def test_while_a_hearing_lasts_the_due_day_moves_with_the_days(office: Office, on: Callable[[str], Any]) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    with on("2026-06-10"):
        open_hearing(number=done.number, actor=office.moran, stage="rereview")
    for day, paused, due in [("2026-06-10", 1, "2026-07-02"), ("2026-06-17", 8, "2026-07-09")]:
        with on(day):
            turn(today())
            row = clock(done, "K14")
            assert (row.state, row.paused_days, row.legal_due.isoformat()) == ("paused", paused, due)
            assert fresh(done).next_due_on == row.legal_due


def test_a_year_in_which_nobody_does_anything_ends_nothing(office: Office, on: Callable[[str], Any]) -> None:
    """An organ's lateness closes nothing, and waiting never turns into an answer."""
    done = [sent(office, on), handled(office, on), answered(office, on)]
    before = [(fresh(one).stage, len(events_of(one.matter.stream_id))) for one in done]
    day = date(2026, 4, 16)
    while day < date(2027, 4, 16):
        morning(on, day.isoformat())
        day += timedelta(days=15)
    assert [(fresh(one).stage, len(events_of(one.matter.stream_id))) for one in done] == before
    assert not {stage for stage, _ in before} & {Stage.CLOSED, Stage.WITHDRAWN, Stage.DECLINED}
    assert (clock(done[0], "K04").state, clock(done[1], "K08").state) == ("missed", "missed")
    assert fresh(done[1]).next_due_on == date(2026, 5, 8), "the missed duty stays the next one"
    with on("2027-04-16"):
        assert list(check_matters()) == []


@pytest.mark.parametrize(
    ("day", "count", "why"),
    [("2026-03-16", 0, "the fifth working day"), ("2026-03-17", 1, "the day after"), ("2026-04-17", 1, "told once")],
)
def test_a_paper_that_is_not_served_is_told_after_five_working_days(
    office: Office, on: Callable[[str], Any], day: str, count: int, why: str
) -> None:
    from xinqiao.matters.actions.accept import accept

    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    morning(on, day)
    morning(on, day)
    assert told("paper_unserved") == [("HCZJ", "2026-03-16")] * count, why


def test_of_a_matter_that_ended_nothing_is_told(office: Office, on: Callable[[str], Any]) -> None:
    from xinqiao.matters.actions.accept import accept

    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    with on("2026-03-10"):
        withdraw(number=done.number, actor=office.citizen(done))
    assert morning(on, "2026-06-01") == 0


def test_of_an_accusation_a_reminder_tells_nothing(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-03-02"):
        done = office.register(kind="accusation", accused_organs=("HCZJ",))
    morning(on, "2026-03-20")
    notice = Notice.objects.get(stream=done.matter.stream, kind="clock_missed")
    assert (notice.neutral, notice.facts, notice.organ) == (True, {}, office.organs["HCXF"])


def test_whoever_carries_on_the_duties_is_told(office: Office, on: Callable[[str], Any]) -> None:
    from xinqiao.organs.tree import dissolve

    handled(office, on)
    dissolve(
        office.organs["HCZJ"], kind="merged", successors=[office.organs["HCRS"]], on=date(2026, 4, 1), basis="机构改革"
    )
    morning(on, "2026-05-05")
    assert [code for code, _due in told("clock_soon")] == ["HCRS"]


def test_reminders_are_about_duties_and_name_nobody(office: Office, on: Callable[[str], Any]) -> None:
    handled(office, on)
    morning(on, "2026-05-05")
    row = Reminder.objects.get()
    assert (row.kind, row.on) == ("clock_soon", date(2026, 5, 5))
    assert set(Notice.objects.get(kind="clock_soon").facts) == {"number", "due_on", "article"}

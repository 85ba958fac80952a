"""Recompute 重算时限: a new notice moves what runs, by an event, and leaves alone what was stopped."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.matters.cases import OPINION, clock, fresh, handled, last, sent
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.matters.actions.change_calendar import change_calendar
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.recompute import recompute_office
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.models import ClockRow
from xinqiao.matters.replaying import check_matters
from xinqiao.matters.submission import Invalid
from xinqiao.organs.calendars import calendar_named, calendar_of
from xinqiao.organs.models import CalendarDay
from xinqiao.record import events_of

FRIDAY, SATURDAY = date(2026, 5, 8), date(2026, 5, 9)  # the Saturday is a make-up working day
NOTICE = "禾川县关于调整工作日的通知"


def close_offices_on(office: Office, *days: date) -> None:
    change_calendar(actor=office.admin, days=dict.fromkeys(days, False), source=NOTICE)


def test_what_runs_moves_by_an_event_that_names_both_days(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
        assert recompute_office(office.root_id) == 1
    event = last(done)
    assert (event.type, event.actor.kind, event.organ) == ("recomputed", "system", None)
    assert event.data["clocks"] == [
        {"clock": "K08", "organ": "HCZJ", "started_on": "2026-03-09", "was": "2026-05-08", "now": "2026-05-09"}
    ]
    assert event.calendar == clock(done, "K08").calendar_version == calendar_of(office.root_id).version
    assert (clock(done, "K08").legal_due, fresh(done).next_due_on) == (SATURDAY, SATURDAY)
    with on("2026-04-02"):
        assert list(check_matters()) == []


def test_what_was_stopped_keeps_its_calendar(office: Office, on: Callable[[str], Any]) -> None:
    """K04 was due on 19 March and stopped on the 9th; a notice of the 10th closes the offices on the 19th."""
    done, running = handled(office, on), sent(office, on)
    with on("2026-03-10"):
        close_offices_on(office, date(2026, 3, 19))
        recompute_office(office.root_id)
        assert clock(done, "K04").legal_due == date(2026, 3, 19), "stopped before the notice"
        assert clock(running, "K04").legal_due == date(2026, 3, 20), "still running"
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        assert clock(done, "K04").legal_due == date(2026, 3, 19), "a later act counts nothing anew that was stopped"
        assert list(check_matters()) == []


def test_a_past_act_stays_lawful_whatever_the_calendar_says_later(office: Office, on: Callable[[str], Any]) -> None:
    """Extended on the last day, the Saturday because the Friday was a day off; then the Friday is worked after all."""
    done = handled(office, on)
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
        recompute_office(office.root_id)
    with on("2026-05-09"):
        extend(number=done.number, actor=office.tanyue, days=10, reason="鉴定未完成。")
    CalendarDay.objects.create(root_id=office.root_id, day=FRIDAY, is_working=True, source="更正")
    with on("2026-05-12"):
        recompute_office(office.root_id)
        assert list(check_matters()) == []
        assert clock(done, "K08").legal_due == date(2026, 5, 18)


def test_until_the_event_the_rows_stay_and_nothing_disagrees(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
        assert clock(done, "K08").legal_due == FRIDAY
        assert list(check_matters()) == []


def test_where_no_due_day_moves_nothing_is_recorded(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        close_offices_on(office, date(2026, 5, 7))
        assert recompute_office(office.root_id) == 0
        assert last(done).type == "served"
        version = calendar_of(office.root_id).version
        assert not ClockRow.objects.filter(state="running").exclude(calendar_version=version).exists()


def test_counting_twice_records_once(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
        assert [recompute_office(office.root_id), recompute_office(office.root_id)] == [1, 0]
    assert [e.type for e in events_of(done.matter.stream_id)].count("recomputed") == 1


def test_a_change_queues_its_job_and_is_on_record_with_its_notice(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
    row = CalendarDay.objects.get()
    assert (row.day, row.is_working, row.source, row.added_by) == (FRIDAY, False, NOTICE, office.people["admin"])
    job = ProcrastinateJob.objects.get(task_name="matters.recompute_clocks")
    assert job.args == {"root_id": office.root_id}


@pytest.mark.parametrize(
    ("days", "source", "field", "why"),
    [
        ({date(2026, 3, 31): False}, NOTICE, "days", "nobody makes up a holiday afterwards"),
        ({}, NOTICE, "days", "no day at all"),
        ({FRIDAY: False}, " ", "source", "no notice says so"),
        ({FRIDAY: False}, "通" * 201, "source", "longer than the column"),
    ],
)
def test_a_change_without_ground_is_refused(
    office: Office, on: Callable[[str], Any], days: dict[date, bool], source: str, field: str, why: str
) -> None:
    with on("2026-04-01"), pytest.raises(Invalid) as wrong:
        change_calendar(actor=office.admin, days=days, source=source)
    assert list(wrong.value.errors) == [field], why
    assert not CalendarDay.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_only_an_administrator_changes_the_calendar(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-04-01"), pytest.raises(Forbidden):
        change_calendar(actor=office.qinshuo, days={FRIDAY: False}, source=NOTICE)


def test_a_later_row_for_the_same_day_wins_and_the_earlier_version_can_still_be_told(
    office: Office, on: Callable[[str], Any]
) -> None:
    with on("2026-04-01"):
        close_offices_on(office, FRIDAY)
        closed = calendar_of(office.root_id)
        change_calendar(actor=office.admin, days={FRIDAY: True}, source="更正通知")
        opened = calendar_of(office.root_id)
    assert (closed.is_working_day(FRIDAY), opened.is_working_day(FRIDAY)) == (False, True)
    told = calendar_named(closed.version)
    assert told is not None
    assert not told.is_working_day(FRIDAY)
    assert calendar_named("CN-1999+00000000") is None

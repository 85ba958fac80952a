"""The worker's own round, as the worker calls it: on really committed rows and connections of its own."""

from datetime import date

import pytest

from tests.office import Office
from xinqiao.matters.actions.change_calendar import change_calendar
from xinqiao.matters.models import ClockRow
from xinqiao.matters.tasks import recompute_clocks, turn_the_day
from xinqiao.organs import calendars
from xinqiao.project.demo_office import found_office, hire
from xinqiao.record import events_of


@pytest.fixture
def committed(committed_db: str) -> Office:
    calendars.forget()
    organs = found_office()
    return Office(organs, hire(organs, password="a-long-test-password"))


def test_the_round_of_the_day_and_the_job_of_a_new_calendar(committed: Office, on: object) -> None:
    with on("2026-03-02"):  # type: ignore[operator]
        done = committed.register()
        change_calendar(actor=committed.admin, days={date(2026, 3, 17): False}, source="调休通知")
        assert recompute_clocks(root_id=committed.root_id) == 1
        assert events_of(done.matter.stream_id)[-1].type == "recomputed"
        assert recompute_clocks(root_id=committed.root_id) == 0
    with on("2026-03-19"):  # type: ignore[operator]
        assert [turn_the_day(timestamp=0), turn_the_day(timestamp=0)] == [1, 0]
        assert ClockRow.objects.get(clock="K02").state == "missed"

"""When a clock is due: every counting rule once, with the weekday at the line's end."""

import pytest

from tests.procedure.records import case_of, clock_of, day
from xinqiao.procedure import Due, default_calendar, due_days, load_pack

PACK = load_pack("CN-2022")


@pytest.mark.parametrize(
    ("clock", "started", "stat_due", "legal_due"),
    [
        ("K02", "2026-09-07", "2026-09-22", "2026-09-22"),  # Mon + 15 → Tue
        ("K02", "2026-09-16", "2026-10-01", "2026-10-08"),  # Wed + 15 → National Day → Thu
        ("K02", "2026-11-07", "2026-11-22", "2026-11-23"),  # Sat + 15 → Sun → Mon
        ("K08", "2026-08-03", "2026-10-02", "2026-10-08"),  # Mon + 60 → National Day → Thu
        ("K11", "2026-09-01", "2026-10-01", "2026-10-08"),  # Tue + 30 → National Day → Thu
        ("K08", "2026-07-22", "2026-09-20", "2026-09-20"),  # Wed + 60 → a made-up Sunday stays
        ("K05", "2026-09-28", None, "2026-10-10"),  # Mon + 5 working days → made-up Sat
        ("K15", "2026-09-30", None, "2026-10-10"),  # Wed + 3 working days → made-up Sat
        ("K16", "2026-09-21", None, "2026-10-12"),  # Mon + 10 working days → Mon
    ],
)
def test_the_day_of_the_trigger_does_not_count_and_a_day_off_moves_the_end(
    clock: str, started: str, stat_due: str | None, legal_due: str
) -> None:
    due = due_days(PACK.clocks[clock], started_on=day(started), calendar=default_calendar())
    assert due == Due(day(stat_due) if stat_due else None, day(legal_due))


def test_an_extension_counts_from_the_start_and_is_moved_once() -> None:
    due = due_days(PACK.clocks["K08"], started_on=day("2026-08-03"), calendar=default_calendar(), more=30)
    assert due == Due(day("2026-11-01"), day("2026-11-02"))  # Sun → Mon; not 30 days from 10-08


def test_the_days_of_a_hearing_are_added_before_the_move() -> None:
    before = (
        ("2026-07-01", "received", {"by": "organ", "organ": "housing"}),
        ("2026-07-02", "accepted", {"path": 6}),
        ("2026-08-03", "replied"),
        ("2026-08-04", "served", {"document": "reply"}),
        ("2026-08-10", "review_requested"),
        ("2026-09-01", "reviewed", {"outcome": "upheld"}),
        ("2026-09-02", "served", {"document": "review"}),
        ("2026-10-09", "rereview_requested", {"posted_on": "2026-09-30"}),
    )
    hearing = (
        ("2026-10-20", "hearing_opened", {"stage": "rereview"}),
        ("2026-10-27", "hearing_closed", {"stage": "rereview"}),
    )
    without = clock_of(case_of(*before, today="2026-11-01"), "K14")
    paused = clock_of(case_of(*before, *hearing, today="2026-11-01"), "K14")
    assert (without.stat_due, without.legal_due) == (day("2026-11-08"), day("2026-11-09"))  # Sun → Mon
    assert (paused.stat_due, paused.legal_due, paused.paused_days) == (day("2026-11-16"), day("2026-11-16"), 8)

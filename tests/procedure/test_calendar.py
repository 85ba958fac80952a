"""Which days are working days, and where the tables end."""

from datetime import date

import pytest

from tests.procedure.records import day
from xinqiao.procedure import WorkCalendar, default_calendar

GIVEN = WorkCalendar(off=frozenset({day("2026-10-01")}), work=frozenset({day("2026-10-10")}))


@pytest.mark.parametrize(
    ("on", "works"),
    [
        ("2024-02-09", True),  # Friday: the eve of 2024 was no day off by the notice
        ("2024-02-04", True),  # Sunday made up for the Spring Festival
        ("2024-10-12", True),  # Saturday made up for National Day
        ("2025-01-28", False),  # the eve of the Spring Festival, off since 2025
        ("2025-10-08", False),  # Wednesday, National Day and Mid-Autumn together
        ("2025-10-11", True),  # Saturday made up
        ("2026-01-02", False),  # Friday, New Year
        ("2026-01-04", True),  # Sunday made up
        ("2026-02-23", False),  # Monday, last day of the Spring Festival
        ("2026-09-20", True),  # Sunday made up for National Day
        ("2026-10-08", True),  # Thursday after National Day
        ("2026-11-21", False),  # an ordinary Saturday
    ],
)
def test_the_notices_of_2024_to_2026(on: str, works: bool) -> None:
    assert default_calendar().is_working_day(day(on)) is works


@pytest.mark.parametrize(
    ("year", "days_off", "made_up"),
    [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)],
)
def test_each_notice_is_whole(year: int, days_off: int, made_up: int) -> None:
    calendar = default_calendar()
    assert len([d for d in calendar.off if d.year == year]) == days_off
    assert len([d for d in calendar.work if d.year == year]) == made_up
    assert f"{year}年" in calendar.sources[year]


def test_a_made_up_day_is_always_at_the_week_end_and_never_off() -> None:
    calendar = default_calendar()
    assert {d.weekday() for d in calendar.work} == {5, 6}
    assert not calendar.work & calendar.off


def test_a_year_without_a_notice_is_provisional() -> None:
    assert default_calendar().is_provisional(day("2027-01-04"))
    assert not default_calendar().is_provisional(day("2026-12-31"))


def test_a_given_calendar_answers_for_every_year() -> None:
    assert not GIVEN.is_provisional(day("2031-01-01"))


@pytest.mark.parametrize(
    ("from_day", "count", "expected"),
    [
        ("2026-09-28", 5, "2026-10-10"),  # Mon; 29, 30, then 8, 9 and the made-up Saturday
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-21", 10, "2026-10-12"),  # Mon; 25 to 27 off, 1 to 7 off
        ("2026-09-18", 1, "2026-09-20"),  # Fri → the made-up Sunday
        ("2026-09-18", 0, "2026-09-18"),
    ],
)
def test_adding_working_days(from_day: str, count: int, expected: str) -> None:
    added = default_calendar().add_working_days(day(from_day), count)
    assert added == day(expected)
    assert default_calendar().count_working_days(day(from_day), added) == count


def test_an_organ_may_have_days_of_its_own() -> None:
    own = default_calendar().with_days(off=[date(2026, 11, 23)], work=[date(2026, 10, 1)], version="village")
    assert not own.is_working_day(date(2026, 11, 23))
    assert own.is_working_day(date(2026, 10, 1))
    assert default_calendar().is_working_day(date(2026, 11, 23))
    assert own.version == "village"


def test_the_version_names_the_years_and_the_content() -> None:
    assert default_calendar().version.startswith("CN-2024-2026+")

"""The working calendar of an office: the product's own data, overridden day by day; now, and as it was before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import connection

from xinqiao.organs.models import CalendarDay
from xinqiao.procedure import WorkCalendar, calendar_of_version, default_calendar

_by_version: dict[str, WorkCalendar | None] = {}


#: The newest row that an office added to the calendar; for statements that ask for something else of it too.
NEWEST = "SELECT coalesce(max(id), 0) FROM organs_calendarday WHERE root_id = {root}"


def calendar_of(root_id: int, *, newest: int | None = None) -> WorkCalendar:
    """The calendar that holds for an office now; cached until a row is added: ``newest``, where that is known."""
    if newest is None:
        with connection.cursor() as cursor:
            cursor.execute(NEWEST.format(root="%s"), [root_id])
            newest = int(cursor.fetchone()[0])
    if not newest:
        return default_calendar()
    return calendar_named(f"{default_calendar().version}+{root_id}.{newest}") or default_calendar()


def calendar_named(version: str) -> WorkCalendar | None:
    """The calendar that an event names, as it was then; None where it cannot be told any more."""
    if version not in _by_version:
        _by_version[version] = _as_it_was(version)
    return _by_version[version]


def forget() -> None:
    """Drop what was kept: for tests, whose offices come and go."""
    _by_version.clear()


def _as_it_was(version: str) -> WorkCalendar | None:
    """Rows are only ever added: those up to the newest that the version names are what there was."""
    notices, _plus, own = version.rpartition("+")
    root_id, _dot, newest = own.partition(".")
    if not (root_id.isdecimal() and newest.isdecimal()):
        return calendar_of_version(version)
    base = calendar_of_version(notices)
    return _merge(base, int(root_id), int(newest)) if base else None


def _merge(base: WorkCalendar, root_id: int, newest: int) -> WorkCalendar:
    rows = CalendarDay.objects.filter(root_id=root_id, id__lte=newest).order_by("id")
    days = dict(rows.values_list("day", "is_working"))
    own = base.with_days(
        off=[day for day, working in days.items() if not working],
        work=[day for day, working in days.items() if working],
        version=f"{base.version}+{root_id}.{newest}",
    )
    return replace(own, years=(own.years or frozenset()) | announced(days))


def announced(days: Mapping[date, bool]) -> frozenset[int]:
    """The years whose holiday notice an office has entered itself: every such notice makes New Year's Day free."""
    return frozenset(day.year for day, working in days.items() if (day.month, day.day) == (1, 1) and not working)

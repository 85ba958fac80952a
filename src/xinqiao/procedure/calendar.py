"""Working days: which days count, which day comes next.

The tables are data (`calendars/*.toml`), one per State Council notice; a year
without a notice is counted Monday to Friday and said to be provisional.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .articles import Names

DATA = Path(__file__).parent / "calendars"
ONE_DAY = timedelta(days=1)
NO_NAMES: Mapping[date, Names] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """The working days of a place.

    A day is a working day if it is in `work`, or if it is Monday to Friday
    and not in `off`. `years` are the years for which a notice was published;
    None where whoever gave the table answers for every year. `version` is
    stored with each clock counted by this calendar.
    """

    off: frozenset[date]
    work: frozenset[date]
    version: str = "given"
    years: frozenset[int] | None = None
    holidays: Mapping[date, Names] = field(default_factory=lambda: NO_NAMES)
    sources: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def is_working_day(self, day: date) -> bool:
        """Whether the offices work on `day`."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which itself does not count."""
        while count > 0:
            day += ONE_DAY
            if self.is_working_day(day):
                count -= 1
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(map(self.is_working_day, days))

    def is_provisional(self, day: date) -> bool:
        """Whether no notice is known for the year of `day`, so that its due days may still move."""
        return self.years is not None and day.year not in self.years

    def with_days(self, *, off: Iterable[date] = (), work: Iterable[date] = (), version: str) -> WorkCalendar:
        """This calendar with days of one organ's own; a day in `work` here wins over one in `off`."""
        added_off, added_work = frozenset(off), frozenset(work)
        return WorkCalendar(
            off=(self.off | added_off) - added_work,
            work=(self.work - added_off) | added_work,
            version=version,
            years=self.years,
            holidays=self.holidays,
            sources=self.sources,
        )


@cache
def default_calendar() -> WorkCalendar:
    """The product's own calendar: every notice in `calendars/`, read once."""
    return load_calendar(sorted(DATA.glob("*.toml")))


@cache
def calendar_of_version(version: str) -> WorkCalendar | None:
    """The product's own calendar as it was when it had this version; None where a notice was corrected since.

    Notices come year by year, so an earlier version is the first so many of them.
    """
    if version == default_calendar().version:
        return default_calendar()
    files = sorted(DATA.glob("*.toml"))
    earlier = (load_calendar(files[:count]) for count in range(len(files), 0, -1))
    return next((calendar for calendar in earlier if calendar.version == version), None)


def load_calendar(files: Iterable[Path]) -> WorkCalendar:
    """Read one file per year of notice; the version names the years and the content."""
    digest, off, work, sources = hashlib.sha256(), dict[date, Names](), set[date](), dict[int, str]()
    for file in files:
        content = file.read_bytes()
        digest.update(content)
        notice = tomllib.loads(content.decode())
        sources[notice["year"]] = notice["source"]
        work.update(notice["work"])
        for holiday in notice["holiday"]:
            off.update(dict.fromkeys(_days(holiday["first"], holiday["last"]), Names(*holiday["name"])))
    span = f"{min(sources)}-{max(sources)}" if sources else "none"
    return WorkCalendar(
        off=frozenset(off),
        work=frozenset(work),
        version=f"CN-{span}+{digest.hexdigest()[:8]}",
        years=frozenset(sources),
        holidays=MappingProxyType(off),
        sources=MappingProxyType(sources),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

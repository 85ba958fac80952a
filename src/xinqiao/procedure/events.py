"""What happened: the plain types that the record is read as.

Nothing here judges; a `History` is the list of events as it was kept. The
order of the law is by day, and on one day by the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .calendar import WorkCalendar

DEFAULT_TIMEZONE: Final = "Asia/Shanghai"

# Events that stand on a record and move no clock; they are lawful at any time, also after the end.
ASIDES: Final = frozenset({"annotated", "supplemented", "rated"})


@dataclass(frozen=True, slots=True, eq=True)
class Event:
    """One event of a record.

    `on` is its local day, `at` its instant where one is known. `data` holds the
    fields of the interface (days as `date` or ISO text) and any others, which
    the clocks ignore. `calendar` is the one that held when it was recorded,
    None where that is the reader's own.
    """

    type: str
    on: date
    at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    calendar: WorkCalendar | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The events of one record in the order they were kept."""

    events: tuple[Event, ...]

    @classmethod
    def of(cls, events: Iterable[Event]) -> History:
        """A history of any sequence of events."""
        return events if isinstance(events, History) else cls(tuple(events))

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def ordered(self) -> list[tuple[int, Event]]:
        """The events with their place in the list, by day and on one day by place."""
        return sorted(enumerate(self.events), key=_by_day)


def _by_day(numbered: tuple[int, Event]) -> date:
    return numbered[1].on


@cache
def timezone_of(name: str) -> tzinfo:
    """The timezone of that name; ValueError if there is none.

    A machine without a timezone table still knows the default: China has had
    one offset, without summer time, since 1991.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if name == DEFAULT_TIMEZONE:
            return timezone(timedelta(hours=8), name)
        raise ValueError(f"no timezone {name!r}") from error


def local_day(at: datetime, zone: tzinfo) -> date:
    """The day of an aware instant where the office is: the one place where an instant becomes a day."""
    return at.astimezone(zone).date()

"""One clock: when it started, when it is due, how it stands today.

Dates in, dates out. The day of the trigger does not count; n days later is
`stat_due`; `legal_due` is that day or the next working day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from .articles import cite
from .calendar import WorkCalendar
from .explanations import explain
from .packs import ClockRule


class Due(NamedTuple):
    """The plain day (None for a clock of working days) and the day that binds."""

    stat: date | None
    legal: date


def due_days(
    rule: ClockRule, *, started_on: date, calendar: WorkCalendar, days: int | None = None, more: int = 0
) -> Due:
    """When a clock of `rule` is due; `days` replaces the pack's number, `more` is added before the one move.

    A rule of 0 days binds on the day itself, whatever day that is.
    """
    length = (rule.days if days is None else days) + more
    if rule.unit == "working":
        return Due(None, calendar.add_working_days(started_on, length))
    stat = started_on + timedelta(days=length)
    return Due(stat, calendar.next_working_day(stat) if length else stat)


class Clock:
    """A duty or a right with its time; the fold of the record starts and stops it, nobody else.

    `state` is one of running, paused, met, late, missed, lapsed, waived, void.
    Every printed field of the interface is an attribute or property here;
    `duty_of` is bureau, organ or petitioner.
    """

    __slots__ = (
        "about",
        "calendar",
        "days",
        "duty_of",
        "ending",
        "extended_by",
        "given_on",
        "hearing_closed_on",
        "hearing_since",
        "is_paused",
        "legal_due",
        "organ",
        "paused_days",
        "petitioner",
        "rule",
        "started_by",
        "started_on",
        "stat_due",
        "stopped_by",
        "stopped_on",
        "today",
    )

    rule: ClockRule
    stat_due: date | None
    legal_due: date

    def __init__(
        self,
        rule: ClockRule,
        started_on: date,
        *,
        by: str,
        calendar: WorkCalendar,
        today: date,
        organ: str | None = None,
        petitioner: str | None = None,
        days: int | None = None,
        given_on: date | None = None,
        about: str = "",
        duty_of: str = "",
    ) -> None:
        """Start a clock by the event type `by`; `given_on` is a due day that somebody set."""
        self.rule, self.started_on, self.started_by = rule, started_on, by
        self.calendar, self.today = calendar, today
        self.organ, self.petitioner, self.about = organ, petitioner, about
        self.duty_of = duty_of or rule.duty_of
        self.days = rule.days if days is None else days
        self.given_on = given_on
        self.extended_by = self.paused_days = 0
        self.stopped_on: date | None = None
        self.stopped_by = self.ending = ""
        self.is_paused = False
        self.hearing_since: date | None = None
        self.hearing_closed_on: date | None = None
        self._count()

    def _count(self) -> None:
        more = self.extended_by + self.paused_days
        if self.given_on is not None and not more:
            self.stat_due = self.legal_due = self.given_on
            return
        days = self.days if self.given_on is None else (self.given_on - self.started_on).days
        self.stat_due, self.legal_due = due_days(
            self.rule, started_on=self.started_on, calendar=self.calendar, days=days, more=more
        )

    # What the fold does to it

    @property
    def is_open(self) -> bool:
        """Whether nothing has stopped or ended it."""
        return self.stopped_on is None

    def stop(self, on: date, by: str) -> None:
        """The act was done on `on`; whether in time is told by the due day."""
        if self.stopped_on is None:
            self.close_hearing(on)
            self.stopped_on, self.stopped_by = on, by

    def end(self, state: str, on: date, by: str) -> None:
        """It ended `void` or `waived`, without having been owed."""
        self.close_hearing(on)
        self.stopped_on, self.stopped_by, self.ending = on, by, state

    def extend(self, days: int) -> None:
        """Give `days` more, counted from the start and moved once."""
        self.extended_by = days
        self._count()

    def recount(self, calendar: WorkCalendar) -> None:
        """Count by another calendar; what was stopped keeps the one by which it was."""
        if self.is_open:
            self.calendar = calendar
            self._count()

    def open_hearing(self, on: date) -> None:
        """A hearing that pauses it began; one that begins after the due day revives nothing."""
        if self.is_open and self.rule.pauses_for_hearing and self.hearing_since is None and on <= self.legal_due:
            self.hearing_since = on

    def close_hearing(self, on: date) -> None:
        """The hearing ended; its days are added, no day twice."""
        if self.hearing_since is None:
            return
        first, last = self.hearing_since, self.hearing_closed_on
        if last is not None and first <= last:
            first = last + timedelta(days=1)
        self.paused_days += max((on - first).days + 1, 0)
        self.hearing_since, self.hearing_closed_on = None, on
        self._count()

    def settle(self) -> None:
        """Count an open hearing as if it ended today; called once, when the whole record is read."""
        if self.is_open and self.hearing_since is not None:
            self.close_hearing(self.today)
            self.is_paused = True

    # What is printed

    @property
    def id(self) -> str:
        """The stable name of the clock: K02, K08 …"""
        return self.rule.id

    @property
    def name(self) -> dict[str, str]:
        """What it is called, by language."""
        return self.rule.name.as_dict()

    @property
    def article(self) -> str:
        """The article that has the length, or the duty where the length is the office's own."""
        return self.rule.article

    def is_over(self, on: date) -> bool:
        """Whether the due day had passed on `on`, however the clock stands."""
        return on > self.legal_due

    def runs_on(self, on: date) -> bool:
        """Whether it was running or paused on `on`: open, and the day not over."""
        return self.stopped_on is None and (on <= self.legal_due or self.hearing_since is not None)

    @property
    def state(self) -> str:
        """How it stands today."""
        if self.ending:
            return self.ending
        if self.stopped_on is not None:
            return "met" if self.stopped_on <= self.legal_due else "late"
        if self.is_paused:
            return "paused"
        if self.today > self.legal_due:
            return "lapsed" if self.rule.is_right else "missed"
        return "running"

    @property
    def days_left(self) -> int | None:
        """Calendar days until `legal_due`, negative when over, None when stopped."""
        return None if self.stopped_on is not None else (self.legal_due - self.today).days

    def why(self, lang: str = "zh-Hans") -> list[str]:
        """How it came about, line by line: input, rule, result."""
        return explain(self, lang)

    def article_text(self, lang: str = "zh-Hans") -> str:
        """The citation in `lang`."""
        return cite(self.article, lang)

    def as_dict(self, lang: str = "zh-Hans") -> dict[str, Any]:
        """The clock as `xinqiao clocks` prints it, in that order; `lang` is the language of article and why."""
        return {
            "id": self.id,
            "name": self.name,
            "duty_of": self.duty_of,
            "organ": self.organ,
            "petitioner": self.petitioner,
            "started_on": self.started_on.isoformat(),
            "legal_due": self.legal_due.isoformat(),
            "stat_due": self.stat_due.isoformat() if self.stat_due else None,
            "state": self.state,
            "stopped_on": self.stopped_on.isoformat() if self.stopped_on else None,
            "days_left": self.days_left,
            "extended_by": self.extended_by,
            "paused_days": self.paused_days,
            "article": self.article_text(lang),
            "why": self.why(lang),
        }


def in_order(clocks: Iterable[Clock]) -> list[Clock]:
    """By start, then by id; clocks alike in both stay in the order in which they were started."""
    return sorted(clocks, key=lambda clock: (clock.started_on, clock.rule.id))

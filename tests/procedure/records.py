"""Records written as one would tell them: a day, a type, what it says. No test stands here."""

from datetime import date
from typing import Any

from xinqiao.procedure import Case, Clock, Event, Refusal, Refused, WorkCalendar, default_calendar, load_pack, read_case

Row = tuple[str, str] | tuple[str, str, dict[str, Any]]

# Shared beginnings; each is lawful as it stands.
AT_BUREAU: tuple[Row, ...] = (("2026-09-07", "received", {"by": "bureau"}),)
SENT: tuple[Row, ...] = (*AT_BUREAU, ("2026-09-10", "transferred", {"to": "housing", "received_on": "2026-09-11"}))
ACCEPTED: tuple[Row, ...] = (*SENT, ("2026-09-21", "accepted", {"path": 6}))
REPLIED: tuple[Row, ...] = (*ACCEPTED, ("2026-10-12", "replied", {"outcome": "explained"}))
SERVED: tuple[Row, ...] = (*REPLIED, ("2026-10-14", "served", {"document": "reply"}))
ASKED: tuple[Row, ...] = (*SERVED, ("2026-10-20", "review_requested"))
REVIEWED: tuple[Row, ...] = (*ASKED, ("2026-11-02", "reviewed", {"outcome": "upheld"}))
REVIEW_SERVED: tuple[Row, ...] = (*REVIEWED, ("2026-11-04", "served", {"document": "review"}))
ASKED_AGAIN: tuple[Row, ...] = (*REVIEW_SERVED, ("2026-11-09", "rereview_requested"))
FINAL: tuple[Row, ...] = (*ASKED_AGAIN, ("2026-11-20", "rereviewed", {"outcome": "upheld"}))


def day(text: str) -> date:
    return date.fromisoformat(text)


def events(*rows: Row) -> list[Event]:
    return [Event(row[1], day(row[0]), None, row[2] if len(row) > 2 else {}) for row in rows]


def case_of(
    *rows: Row,
    today: str = "2026-12-31",
    pack: str = "CN-2022",
    internal: bool = False,
    calendar: WorkCalendar | None = None,
) -> Case:
    return read_case(
        events(*rows),
        pack=load_pack(pack),
        calendar=calendar or default_calendar(),
        today=day(today),
        internal=internal,
    )


def refusal_of(*rows: Row, today: str = "2026-12-31", pack: str = "CN-2022") -> Refusal:
    try:
        case_of(*rows, today=today, pack=pack)
    except Refused as refused:
        return refused.refusal
    raise AssertionError("the record was accepted")


def clocks_of(case: Case, clock_id: str) -> list[Clock]:
    return [clock for clock in case.clocks if clock.id == clock_id]


def clock_of(case: Case, clock_id: str) -> Clock:
    (clock,) = clocks_of(case, clock_id)
    return clock


def told(clock: Clock) -> tuple[str, str, str | None, str, str | None]:
    """Start, legal due day, plain due day, state, stop: what a lawyer asks of a clock."""
    stat = clock.stat_due.isoformat() if clock.stat_due else None
    stop = clock.stopped_on.isoformat() if clock.stopped_on else None
    return clock.started_on.isoformat(), clock.legal_due.isoformat(), stat, clock.state, stop

"""Reading a record: every event once, in the order of the law, into a `Case`.

The same function serves the desk, the portal, the API and the command line;
the record's self-check runs it over every matter there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .acts import MAY, RECORD
from .acts.restore import restored_too_late
from .calendar import WorkCalendar
from .case import Case
from .events import ASIDES, Event, History
from .packs import Pack
from .refusals import Refusal, Refused

AFTER_THE_END = frozenset({"reopened", "restored"})
EVENT_TYPES = frozenset(RECORD)


def read_case(
    history: History | Iterable[Event], *, pack: Pack, calendar: WorkCalendar, today: date, internal: bool = False
) -> Case:
    """The case that the record tells of, as of `today`.

    Raises `Refused` with the code, the article and the place of the first
    event that is not lawful. `internal` adds the office's own clocks. Events
    that were recorded under an earlier calendar are read by it, so that a later
    one moves no clock that was stopped and makes no past act unlawful; open
    clocks are counted by `calendar`.
    """
    ordered = History.of(history).ordered()
    case = Case(pack, calendar, today, internal=internal)
    case.may = MAY
    case.petitioners = _petitioners(ordered)
    for index, event in _without_undone(case, ordered):
        case.count_by(event.calendar or calendar)
        if refusal := _apply(case, event):
            raise Refused(refusal.at(index))
    case.count_by(calendar)
    for clock in case.started:
        clock.settle()
    return case


def _apply(case: Case, event: Event) -> Refusal | None:
    if refusal := _out_of_order(case, event):
        return refusal
    return RECORD[event.type](case, event)


def _out_of_order(case: Case, event: Event) -> Refusal | None:
    """What is refused whatever the event says: its type, its day, its place."""
    if event.on > case.today:
        return case.refuse("after-today", "register", on=event.on, today=case.today)
    if event.type not in EVENT_TYPES:
        return Refusal(code="unknown-type", params={"value": event.type})
    if event.type != "received" and case.received_on is None:
        return case.refuse("not-received-first", "register")
    if case.ended_on is not None and event.type not in AFTER_THE_END and event.type not in ASIDES:
        return case.after_end()
    return None


def _petitioners(ordered: list[tuple[int, Event]]) -> tuple[str, ...]:
    """Everybody the record names, in the order of naming."""
    names: dict[str, None] = {}
    for _, event in ordered:
        if event.type == "received":
            names.update(dict.fromkeys(event.data.get("petitioners") or ()))
        elif name := event.data.get("petitioner"):
            names[name] = None
    return tuple(names)


def _without_undone(case: Case, ordered: list[tuple[int, Event]]) -> list[tuple[int, Event]]:
    """The events without the withdrawals that were taken back, and without the taking back."""
    if not any(event.type == "restored" for _, event in ordered):
        return ordered
    kept: list[tuple[int, Event]] = []
    for index, event in ordered:
        before = _withdrawal_before(kept) if event.type == "restored" else None
        if before is None or event.on > case.today:
            kept.append((index, event))
            continue
        if refusal := restored_too_late(case.pack, kept[before][1].on, event.on):
            raise Refused(refusal.at(index))
        del kept[before]
    return kept


def _withdrawal_before(kept: list[tuple[int, Event]]) -> int | None:
    """The place of the withdrawal that is the newest event but for asides."""
    for place in range(len(kept) - 1, -1, -1):
        if kept[place][1].type not in ASIDES:
            return place if kept[place][1].type == "withdrawn" else None
    return None

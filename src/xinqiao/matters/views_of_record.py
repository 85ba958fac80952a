"""The rows that lists read, written from the record: stage, next duty, clocks."""

from collections.abc import Iterable
from datetime import date

from xinqiao.access.clock import now
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.organs.lookup import organ_id
from xinqiao.procedure import Case, Clock, WorkCalendar
from xinqiao.record.writing_rows import update, upsert

OPEN = ("running", "paused", "missed")
KEY = ("matter", "clock", "organ", "petitioner", "started_on")
RESULT = (
    "legal_due",
    "stat_due",
    "state",
    "stopped_on",
    "extended_by",
    "paused_days",
    "article",
    "pack_version",
    "calendar_version",
)
COLUMNS = (
    "stage",
    "holder",
    "next_due_on",
    "next_clock",
    "next_organ",
    "changed_at",
    "is_assigned",
    "calendar_version",
)


def save_view(matter: Matter, case: Case, *, calendar: WorkCalendar) -> None:
    """Bring a matter's row and its clock rows up to what the case says now."""
    set_columns(matter, case, calendar=calendar)
    update(matter, *COLUMNS)
    save_clocks(matter, case.clocks, calendar=calendar)


def set_columns(matter: Matter, case: Case, *, calendar: WorkCalendar) -> None:
    """The columns of a matter that follow from its record."""
    matter.stage = case.stage
    matter.changed_at = now()
    matter.calendar_version = calendar.version
    duty = next_duty(case.clocks)
    matter.next_due_on = duty.legal_due if duty else None
    matter.next_clock = duty.id if duty else ""
    matter.next_organ_id = organ_id(duty.organ) if duty and duty.organ else None


def next_duty(clocks: Iterable[Clock]) -> Clock | None:
    """The duty of an organ that is due first; a right (to object, to ask for review) is nobody's duty."""
    duties = [c for c in clocks if c.state in OPEN and not c.rule.is_right]
    return min(duties, key=lambda c: (c.legal_due or date.max, c.id), default=None)


def save_clocks(matter: Matter, clocks: Iterable[Clock], *, calendar: WorkCalendar) -> None:
    """Write every clock in one statement."""
    upsert([clock_row(matter, clock, calendar=calendar) for clock in latest(clocks).values()], key=KEY, result=RESULT)


def latest(clocks: Iterable[Clock]) -> dict[tuple[str, str, str, date], Clock]:
    """The clocks by what their rows are keyed by; of two that began alike on one day the later one stands."""
    return {(c.id, c.organ or "", c.petitioner or "", c.started_on): c for c in clocks}


def clock_row(matter: Matter, clock: Clock, *, calendar: WorkCalendar) -> ClockRow:
    """One clock as its row."""
    return ClockRow(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        clock=clock.id,
        organ=clock.organ or "",
        petitioner=clock.petitioner or "",
        started_on=clock.started_on,
        legal_due=clock.legal_due,
        stat_due=clock.stat_due,
        state=clock.state,
        stopped_on=clock.stopped_on,
        extended_by=clock.extended_by,
        paused_days=clock.paused_days,
        article=clock.article,
        pack_version=matter.pack_version,
        calendar_version=calendar.version,
    )

"""Report 办结报告: the organ tells the one that assigned the matter how it ended."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..clocks import Clock
from ..events import Event
from ..refusals import Refusal


def may_report(case: Case, *, today: date, organ: str | None = None) -> Refusal | None:
    """Whether a report may be handed in: always by an organ that holds the matter or still owes the report."""
    return case.after_end() or _refused(case, organ)


def _refused(case: Case, organ: str | None) -> Refusal | None:
    if _owed(case, organ) or case.holding(organ):
        return None
    return case.refuse("not-dispatched-to", "report", organ=organ)


def _owed(case: Case, organ: str | None) -> list[Clock]:
    return [clock for clock in case.open_clocks("K10") if organ is None or clock.organ == organ]


def reported(case: Case, event: Event) -> Refusal | None:
    """The report is in; one that nobody asked for stands on the record."""
    organ = event.data.get("organ")
    if refusal := _refused(case, organ):
        return refusal
    case.stop(_owed(case, organ), event.on, event.type)
    case.move("report")
    return None

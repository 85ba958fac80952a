"""Report up 报告党委政府: a bureau puts a grave or urgent matter before its party committee and government."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._dispatch import not_a_holder


def may_report_up(case: Case, *, today: date, organ: str | None = None) -> Refusal | None:
    """Whether the bureau may report the matter up; an organ that is no bureau reports urgent matters elsewhere."""
    if refusal := case.after_end():
        return refusal
    bureaus = [holder for holder in case.holders if holder.is_bureau]
    if not bureaus or (organ is not None and organ not in {holder.name for holder in bureaus}):
        return case.refuse("not-a-bureau", "report_up", organ=organ)
    return None


def reported_up(case: Case, event: Event) -> Refusal | None:
    """The bureau did its part; the matter stays with it until it is told where to send it."""
    organ = event.data.get("organ")
    if refusal := not_a_holder(case, organ, "report_up"):
        return refusal
    clocks = (c for c in case.open_clocks("K02", "K02a", "K22") if organ is None or c.organ in (organ, None))
    case.stop(list(clocks), event.on, event.type)
    case.move("report_up")
    return None

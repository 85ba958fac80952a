"""Extension 延期: once, approved by the head of the organ before the time is over, with notice to the petitioner."""

from __future__ import annotations

from datetime import date

from ..case import Case, day_of
from ..clocks import Clock
from ..events import Event
from ..refusals import Refusal

CLOCK = "K08"


def may_extend(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    clock: str = CLOCK,
    days: int | None = None,
    approved_on: date | None = None,
    approved_by_head: bool | None = None,
    reason: str | None = None,
) -> Refusal | None:
    """Whether `clock` of `organ` may be extended by `days`, approved on `approved_on` (today if not given)."""
    if clock == CLOCK and any(holder.has_concluded for holder in case.accepted(organ)):
        return case.after_end() or case.refuse("already-replied", "reply", organ=organ)
    if refusal := case.after_end() or refused_extension(case, organ, clock, days, approved_on or today):
        return refusal
    if approved_by_head is False:
        return case.refuse("approval-missing", "extend")
    return case.refuse("reason-missing", "extend") if reason is not None and not reason.strip() else None


def refused_extension(case: Case, organ: str | None, clock: str, days: int | None, approved_on: date) -> Refusal | None:
    """The law on the clocks that would be extended, in the order: too late, again, too long."""
    clocks = _clocks(case, organ, clock)
    if not clocks:
        return _nothing_to_extend(case, organ, clock)
    for each in clocks:
        if approved_on > each.legal_due:
            return case.refuse("extension-too-late", "extend", due=each.legal_due)
        if each.extended_by:
            return case.refuse("extended-before", "extend", days=each.extended_by)
        if (days or 1) > each.rule.max_extension:
            return case.refuse("extension-too-long", "extend", max=each.rule.max_extension, days=days)
    return None


def _clocks(case: Case, organ: str | None, clock: str) -> list[Clock]:
    return [each for each in case.open_clocks(clock) if organ is None or each.organ in (organ, None)]


def _nothing_to_extend(case: Case, organ: str | None, clock: str) -> Refusal:
    """No such clock is open: the organ does not hold the matter, or it never started, or it is over."""
    if organ is not None and not case.holding(organ):
        return case.refuse("not-dispatched-to", "extend", organ=organ)
    if clock in ("K12", "K14"):
        return case.refuse("no-review-pending", "review" if clock == "K12" else "rereview")
    ended = case.clock(clock, organ=organ)
    if ended is None:
        return case.refuse("not-accepted", "extend", organ=organ)
    return case.refuse("extension-too-late", "extend", due=ended.stopped_on)


def extended(case: Case, event: Event) -> Refusal | None:
    """The head approved: n and the extension count from the start, and the end is moved once."""
    organ, clock, days = event.data.get("organ"), event.data.get("clock") or CLOCK, event.data.get("days")
    if days is None:
        return Refusal(code="missing-field", params={"field": "days"})
    approved_on = day_of(event.data.get("approved_on")) or event.on
    if approved_on > event.on:
        return Refusal(code="bad-date", params={"field": "approved_on", "value": approved_on})
    if refusal := refused_extension(case, organ, clock, days, approved_on):
        return refusal
    for each in _clocks(case, organ, clock):
        each.extend(days)
    case.move("extend")
    return None

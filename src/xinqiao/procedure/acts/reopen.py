"""Reopening 重开: new facts or a corrected error bring the matter back to its organ, which owes a notice anew."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal

RESTING = ("declined", "final")


def may_reopen(
    case: Case, *, today: date, organ: str | None = None, reason: str | None = None, has_new_facts: bool | None = None
) -> Refusal | None:
    """Whether a matter that ended may go on: with new facts, new reasons or a decision that corrects an error."""
    if refusal := _refused(case, organ):
        return refusal
    if has_new_facts is False or (reason is not None and not reason.strip()):
        return case.refuse("new-facts-missing", "reopen")
    return None


def _refused(case: Case, organ: str | None) -> Refusal | None:
    if case.ended_on is None and case.stage not in RESTING:
        return case.refuse("not-ended", "reopen")
    if organ is not None and organ not in {holder.name for holder in case.holders}:
        return case.refuse("not-dispatched-to", "reopen", organ=organ)
    return None


def reopened(case: Case, event: Event) -> Refusal | None:
    """The matter begins anew where it was handled; what was replied and served before is history."""
    organ = event.data.get("organ")
    if refusal := _refused(case, organ):
        return refusal
    returning = _its_organs(case, organ)
    case.ended_on = case.replied_on = None
    case.served.clear()
    case.to_send_again.clear()
    for asked in (case.review_asked, case.rereview_asked, case.reviewed_for, case.rereviewed_for):
        asked.clear()
    for holder in case.holders:
        holder.holds = False
    sent_to_an_organ = [_begin(case, event, old) for old in returning]
    case.move("reopen", "at an organ" if any(sent_to_an_organ) else "")
    return None


def _its_organs(case: Case, organ: str | None) -> list[Holder]:
    """The one named; else the organs that held it at the end; else the last that declined; else the bureau."""
    if organ is not None:
        return [holder for holder in case.holders if holder.name == organ][-1:]
    organs = [holder for holder in case.holders if not holder.is_bureau]
    return (
        [holder for holder in organs if holder.holds]
        or [holder for holder in organs if holder.declined_on][-1:]
        or [holder for holder in case.holders if holder.is_bureau][-1:]
    )


def _begin(case: Case, event: Event, old: Holder) -> bool:
    """Start the notice anew; nothing was sent to anybody, so no right to object begins."""
    new = Holder(old.name, is_bureau=old.is_bureau, direct=old.direct, sender=old.sender)
    clock = "K02" if old.is_bureau else "K03" if old.direct else "K04"
    new.notice = case.start(clock, event.on, by=event.type, organ=old.name)
    case.holders.append(new)
    return not old.is_bureau and not old.direct

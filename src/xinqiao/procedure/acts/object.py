"""Objection 异议: an organ that is not competent asks the sender to take the matter back."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal


def may_object(
    case: Case, *, today: date, organ: str | None = None, reason: str | None = None, consent: bool | None = None
) -> Refusal | None:
    """Whether `organ` may object; after its time only with the sender's `consent`, always with reasons."""
    if refusal := case.after_end() or _never_sent(case, organ) or refused_objection(case, organ):
        return refusal
    if reason is not None and not reason.strip():
        return case.refuse("reason-missing", "object")
    for holder in objectors(case, organ):
        if holder.objection_pending:
            return case.refuse("objection-pending", "decide_objection")
        if consent is False and (holder.objection is None or today > holder.objection.legal_due):
            due = holder.objection.legal_due if holder.objection else None
            return case.refuse("objection-needs-consent", "object", due=due)
    return None


def _never_sent(case: Case, organ: str | None) -> Refusal | None:
    """Who has it from the petitioner himself has nothing to object to."""
    held = [holder for holder in case.undecided(organ) if organ is not None]
    return case.refuse("not-sent", "object") if held and all(holder.direct for holder in held) else None


def objectors(case: Case, organ: str | None) -> list[Holder]:
    """The organs to which the matter was sent and that have not answered yet."""
    return [holder for holder in case.undecided(organ) if not holder.direct]


def refused_objection(case: Case, organ: str | None) -> Refusal | None:
    """Only an organ to which the matter was sent objects, and not after accepting it."""
    if objectors(case, organ):
        return None
    has_accepted = bool(case.accepted(organ))
    return case.refuse("already-accepted" if has_accepted else "not-dispatched-to", "object", organ=organ)


def objected(case: Case, event: Event) -> Refusal | None:
    """An organ objected; an undecided objection stops nothing but the time to object."""
    organ = event.data.get("organ")
    if refusal := refused_objection(case, organ):
        return refusal
    disputed = any(holder.decision is not None for holder in case.holders)
    for holder in objectors(case, organ):
        if not holder.objection_pending:
            _object(case, event, holder)
    if disputed and not list(case.open_clocks("K07")):
        case.start("K07", event.on, by="objected")
    case.move("object")
    return None


def _object(case: Case, event: Event, holder: Holder) -> None:
    right, sender = holder.objection, holder.sender
    holder.objected_in_time = right is not None and not right.is_over(event.on)
    if right is not None and holder.objected_in_time:
        right.stop(event.on, event.type)
    holder.decision = case.start(
        "K06",
        event.on,
        by=event.type,
        organ=sender.name if sender else None,
        duty_of="organ" if sender and not sender.is_bureau else "bureau",
    )

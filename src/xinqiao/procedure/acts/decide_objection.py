"""Decision on an objection 核实异议: the sender takes the matter back, or says that it stays."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal


def may_decide_objection(
    case: Case, *, today: date, organ: str | None = None, objector: str | None = None, upheld: bool | None = None
) -> Refusal | None:
    """Whether `organ`, the sender, may decide on the objection of `objector`."""
    if refusal := case.after_end():
        return refusal
    waiting = _waiting(case, objector)
    if not waiting:
        return case.refuse("no-objection-pending", "decide_objection")
    senders = {holder.sender.name for holder in waiting if holder.sender}
    if organ is not None and None not in senders and organ not in senders:
        return case.refuse("not-the-sender", "decide_objection")
    return None


def objection_decided(case: Case, event: Event) -> Refusal | None:
    """The sender decided; `organ` names the one that objected."""
    upheld = event.data.get("upheld")
    if upheld is None:
        return Refusal(code="missing-field", params={"field": "upheld"})
    waiting = _waiting(case, event.data.get("organ"))
    if not waiting:
        return case.refuse("no-objection-pending", "decide_objection")
    for holder in waiting:
        _take_back(case, event, holder) if upheld else case.stop([holder.decision], event.on, event.type)
    organs_left = any(not holder.is_bureau for holder in case.holding())
    case.move("decide_objection", "given back" if upheld and not organs_left else "")
    return None


def _waiting(case: Case, objector: str | None) -> list[Holder]:
    return [holder for holder in case.holding(objector) if holder.objection_pending]


def _take_back(case: Case, event: Event, holder: Holder) -> None:
    """The matter is the sender's again; the notice is not owed where the objection came in its time."""
    holder.holds = False
    if holder.objected_in_time and holder.notice is not None and holder.notice.is_open:
        holder.notice.end("void", event.on, event.type)
    if holder.report is not None and holder.report.is_open:
        holder.report.end("void", event.on, event.type)
    if holder.decision is not None:
        case.to_send_again.append(holder.decision)
    if holder.sender is not None:
        holder.sender.holds = True

"""What transfer and assignment share: who sends, who receives, which clocks stop and start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..case import Case, day_of
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal


def dispatched(case: Case, event: Event, verb: str) -> Refusal | None:
    """The matter goes to `to`: the sender's clocks stop, the receiver's start."""
    to, organ = event.data.get("to"), event.data.get("organ")
    if not to:
        return Refusal(code="missing-field", params={"field": "to"})
    arrived = day_of(event.data.get("received_on")) or event.on
    if refusal := _impossible_day(case, event, arrived) or not_a_holder(case, organ, verb):
        return refusal
    senders = senders_of(case, organ)
    _stop_clocks(case, event, organ, senders)
    receiver = _receive(case, event, to, arrived, senders)
    if due := day_of(event.data.get("report_due_on")):
        receiver.report = case.start("K10", event.on, by="assigned", organ=to, given_on=due)
    case.move(verb)
    return None


def not_a_holder(case: Case, organ: str | None, about: str) -> Refusal | None:
    """The refusal of a sender that the matter never reached."""
    if organ is None or any(holder.name in (organ, None) for holder in case.holders):
        return None
    return case.refuse("not-dispatched-to", about, organ=organ)


def senders_of(case: Case, organ: str | None) -> list[Holder]:
    """Who sends: the one named; else the bureaus that hold it; else the organ that the petitioner turned to."""
    if organ is not None:
        named = [holder for holder in case.holders if holder.name == organ]
        return named or _bind(case, organ, lambda holder: holder.direct)
    holding = case.holding()
    bureaus = [holder for holder in holding if holder.is_bureau]
    return bureaus or [holder for holder in holding if holder.direct and not holder.accepted_on]


def bind_organ(case: Case, organ: str) -> list[Holder]:
    """The organ that received the matter itself without being named, now known to be `organ`."""
    return _bind(case, organ, lambda holder: holder.direct and not holder.is_bureau and holder.holds)


def _bind(case: Case, organ: str, fits: Callable[[Holder], bool]) -> list[Holder]:
    unnamed = [holder for holder in case.holders if holder.name is None and fits(holder)][:1]
    for holder in unnamed:
        holder.name = organ
        if holder.notice is not None:
            holder.notice.organ = organ
    return unnamed


def _impossible_day(case: Case, event: Event, arrived: date) -> Refusal | None:
    report_due = day_of(event.data.get("report_due_on"))
    if arrived > case.today:
        return case.refuse("after-today", "transfer", on=arrived, today=case.today)
    if arrived < event.on:
        return Refusal(code="bad-date", params={"field": "received_on", "value": arrived})
    if report_due is not None and report_due < event.on:
        return case.refuse("report-due-past", "assign", on=report_due)
    return None


def _stop_clocks(case: Case, event: Event, organ: str | None, senders: list[Holder]) -> None:
    names = {holder.name for holder in senders}
    case.stop((c for c in case.open_clocks("K02", "K02a") if c.organ in names), event.on, event.type)
    if event.data.get("notified"):
        told = (c for c in case.open_clocks("K03") if organ is None or c.organ == organ)
        case.stop(list(told), event.on, event.type)
    case.stop(case.to_send_again, event.on, event.type)
    case.to_send_again.clear()
    case.stop(list(case.open_clocks("K07")), event.on, event.type)
    for sender in senders:
        sender.holds = sender.has_accepted


def _receive(case: Case, event: Event, to: str, arrived: date, senders: list[Holder]) -> Holder:
    """The receiver; an organ that holds the matter already owes no second notice."""
    is_bureau = event.data.get("to_kind") == "bureau"
    for holder in case.holding(to):
        if holder.is_bureau == is_bureau:
            return holder
    sender = senders[0] if senders else next((h for h in reversed(case.holders) if h.is_bureau), None)
    receiver = Holder(to, is_bureau=is_bureau, direct=False, sender=sender)
    case.holders.append(receiver)
    came = f"{event.type}_in"
    if is_bureau:
        receiver.notice = case.start("K02", arrived, by=came, organ=to)
        start_ladder(case, event, arrived, to)
    else:
        receiver.notice = case.start("K04", arrived, by=came, organ=to)
        receiver.objection = case.start("K05", arrived, by=came, organ=to)
    return receiver


def start_ladder(case: Case, event: Event, on: date, organ: str | None) -> None:
    """The bureau's own, shorter time to pass a matter on, where the record says at which level it is."""
    rule = case.pack.clocks.get("K02a")
    level = str(event.data.get("level"))
    if rule is not None and level in rule.by_level:
        case.start("K02a", on, by="received", organ=organ, days=rule.by_level[level])

"""What review and re-review share: who asks, who decides, and the order to remake a reply."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..case import Case, day_of
from ..clocks import Clock
from ..events import Event
from ..refusals import Refusal

REMADE = ("remade", "revoked")


class Remedy(NamedTuple):
    """One step of the remedies: its paper that must be served first, its clocks and its articles."""

    after: str
    right: str
    duty: str
    asking: str
    deciding: str


REVIEW = Remedy("reply", "K11", "K12", "request_review", "review")
REREVIEW = Remedy("review", "K13", "K14", "request_rereview", "rereview")


def asked(case: Case, remedy: Remedy) -> set[str | None]:
    """Who asked for it in this round."""
    return case.review_asked if remedy is REVIEW else case.rereview_asked


def decided_for(case: Case, remedy: Remedy) -> set[str | None]:
    """For whom it was decided in this round."""
    return case.reviewed_for if remedy is REVIEW else case.rereviewed_for


def refused_request(case: Case, remedy: Remedy, petitioner: str | None) -> Refusal | None:
    """A request needs a paper that was served on the one who asks, and comes once."""
    if not case.pack.has_clock(remedy.duty):
        return case.refuse("remedy-exhausted", "exhausted")
    if case.replied_on is None and not case.reviewed_for:
        return case.refuse("not-replied", remedy.asking)
    if remedy is REVIEW and case.replied_on is None:
        return case.refuse("not-replied", remedy.asking)
    reached = _reached(case, remedy, petitioner)
    if not reached:
        return case.refuse("not-served", remedy.asking)
    if all(who in asked(case, remedy) for who in reached):
        return case.refuse("remedy-exhausted", "exhausted")
    return None


def _reached(case: Case, remedy: Remedy, petitioner: str | None) -> list[str | None]:
    return [who for who in case.targets(petitioner) if case.was_served(remedy.after, who)]


def request(case: Case, event: Event, remedy: Remedy) -> Refusal | None:
    """The right is used on the day of posting, the duty starts on the day of receipt."""
    petitioner = event.data.get("petitioner")
    posted_on = day_of(event.data.get("posted_on")) or event.on
    if posted_on > event.on:
        return Refusal(code="bad-date", params={"field": "posted_on", "value": posted_on})
    if refusal := refused_request(case, remedy, petitioner):
        return refusal
    asking = [who for who in _reached(case, remedy, petitioner) if who not in asked(case, remedy)]
    for clock in case.open_clocks(remedy.right):
        if clock.petitioner in (*asking, None) and not clock.is_over(posted_on):
            clock.stop(posted_on, event.type)
    asked(case, remedy).update(asking)
    _start_duty(case, event, remedy, asking)
    case.move(remedy.asking)
    return None


def _start_duty(case: Case, event: Event, remedy: Remedy, asking: list[str | None]) -> None:
    who = asking[0] if len(asking) == 1 else None
    duty = case.start(remedy.duty, event.on, by=event.type, petitioner=who, organ=event.data.get("organ"))
    if duty is not None and case.hearings.get(remedy.deciding):
        duty.open_hearing(event.on)


def pending(case: Case, remedy: Remedy, petitioner: str | None = None) -> list[Clock]:
    """The requests that wait: all, or those of the one named and of all together."""
    clocks = case.open_clocks(remedy.duty)
    return [clock for clock in clocks if petitioner is None or clock.petitioner in (petitioner, None)]


def refused_decision(
    case: Case,
    remedy: Remedy,
    organ: str | None,
    *,
    is_superior: bool | None,
    same_person: bool | None,
    recused: bool | None,
) -> Refusal | None:
    """Only a superior of the organ that decided, never that organ, never a person who took part."""
    if organ is not None and organ in _earlier_deciders(case, remedy):
        return case.refuse("same-organ", remedy.deciding, organ=organ)
    if is_superior is False:
        return case.refuse("not-superior", remedy.deciding, organ=organ)
    if same_person:
        return case.refuse("same-person", "recusal")
    return case.refuse("recused", "recusal") if recused else None


def _earlier_deciders(case: Case, remedy: Remedy) -> set[str]:
    """The organs that replied, and for a re-review those that reviewed; some editions let the first review itself."""
    repliers = {holder.name for holder in case.holders if holder.replied_on and holder.name}
    if remedy is REVIEW:
        return set() if "handling_organ" in case.pack.settings["remedy_to"] else repliers
    return repliers | {clock.organ for clock in case.started if clock.rule.id == REVIEW.duty and clock.organ}


def decide(case: Case, event: Event, remedy: Remedy) -> Refusal | None:
    """The opinion was given; where the reply falls, the handling organ must make it again."""
    remake_due = day_of(event.data.get("remake_due_on"))
    if remake_due is not None and remake_due < event.on:
        return Refusal(code="bad-date", params={"field": "remake_due_on", "value": remake_due})
    waiting = pending(case, remedy, event.data.get("petitioner"))
    if not waiting:
        return case.refuse("no-review-pending", remedy.deciding)
    for clock in waiting:
        clock.stop(event.on, event.type)
        decided_for(case, remedy).update(case.targets(clock.petitioner))
    case.start("K29", event.on, by=event.type, organ=event.data.get("organ"), about=remedy.deciding)
    case.move(remedy.deciding, _where_to(case, event, remedy))
    if event.data.get("outcome") in REMADE:
        _order_to_remake(case, event, remake_due)
    return None


def _where_to(case: Case, event: Event, remedy: Remedy) -> str:
    if event.data.get("outcome") in REMADE:
        return "to be remade"
    return "others wait" if pending(case, remedy) else ""


def _order_to_remake(case: Case, event: Event, due: date | None) -> None:
    """The reply is no more: its right of review is void where it ran, and its organ has time for a new one."""
    for clock in list(case.open_clocks(REVIEW.right)):
        if clock.runs_on(event.on):
            clock.end("void", event.on, event.type)
    for holder in [each for each in case.accepted() if each.replied_on] or case.accepted():
        holder.replied_on = holder.settled_on = None
        holder.simplified = False
        holder.handling = case.start("K08", event.on, by=event.type, organ=holder.name, given_on=due)
    case.replied_on = None

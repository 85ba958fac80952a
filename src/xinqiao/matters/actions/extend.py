"""Extend (延期): more time for a complicated matter, once, approved by the head before it runs out (Article 34)."""

from datetime import date

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners
from xinqiao.procedure import Refusal, Refused


@transaction.atomic(durable=True)
def extend(
    *,
    number: str,
    actor: Actor,
    days: int,
    reason: str,
    clock: str = "K08",
    approved_on: date | None = None,
    seen: int | None = None,
) -> Acting:
    """Give ``days`` calendar days more; the petitioner is told the reason in writing.

    ``approved_on`` is the day on the head's approval; it may lie before today, but what is over today is not extended
    by an approval dated back: the record itself must have it in time.
    """
    act = begin("extend", number=number, actor=actor, seen=seen)
    approved = approved_on or act.today
    act.check(clock=clock, days=days, approved_on=act.today)
    act.check(clock=clock, days=days, approved_on=approved)
    _refuse_before_start(act, clock, approved)
    require_words(reason=reason)
    data = {"organ": act.organ, "clock": clock, "days": days, "approved_on": approved.isoformat(), "notified": True}
    papers = reserve_papers(act, "extension", texts={"reason": reason})
    act.append(data | papers.said, texts={"reason": reason})
    paper_to_petitioners(act, papers, "extension")
    tell_petitioners(act.matter, "extended", organ=actor.organ_name, days=days, due_on=act.matter.next_due_on)
    return act


def _refuse_before_start(act: Acting, clock: str, approved: date) -> None:
    """Nobody approves more time for what had not begun."""
    running = act.case.clock(clock, organ=act.organ) or act.case.clock(clock)
    if running and approved < running.started_on:
        raise Refused(Refusal(code="bad-date", params={"field": "approved_on", "value": approved}))

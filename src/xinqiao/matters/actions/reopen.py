"""Reopen (重开): new facts, or a duty that proves not done; the clocks of the organ start anew."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_organs, tell_petitioners


@transaction.atomic(durable=True)
def reopen(*, number: str, actor: Actor, reason: str, seen: int | None = None) -> Acting:
    """Open a closed matter again, at the organ that reopens it."""
    act = begin("reopen", number=number, actor=actor, seen=seen)
    act.check()
    require_words(reason=reason)
    act.matter.holder_id = act.organ_id
    act.append({"organ": act.organ}, texts={"reason": reason})
    tell_organs(act.matter, "reopened", [act.matter.holder_id])
    tell_petitioners(act.matter, "reopened", organ=actor.organ_name, on=act.today)
    return act

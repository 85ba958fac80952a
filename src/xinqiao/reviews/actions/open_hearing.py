"""Open a hearing (举行听证): in a grave or difficult matter, at any of the three levels (Articles 31 and 36)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def open_hearing(
    *, number: str, actor: Actor, stage: str = "handling", reason: str = "", seen: int | None = None
) -> Acting:
    """Open a hearing of the stage ``handling``, ``review`` or ``rereview``; in the last the clock stands still."""
    act = begin("open_hearing", number=number, actor=actor, seen=seen)
    act.check(stage=stage)
    act.append({"stage": stage, "organ": act.organ}, texts={"reason": reason})
    tell_petitioners(act.matter, "hearing_opened", organ=actor.organ_name, on=act.today)
    return act

"""Close a hearing (听证结束): its conclusion goes to the file, the clock runs on (Articles 31 and 36)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def close_hearing(
    *, number: str, actor: Actor, conclusion: str, stage: str = "handling", seen: int | None = None
) -> Acting:
    """Close the hearing of a stage with what it concluded."""
    act = begin("close_hearing", number=number, actor=actor, seen=seen)
    act.check(stage=stage)
    require_words(conclusion=conclusion)
    act.append({"stage": stage, "organ": act.organ}, texts={"conclusion": conclusion})
    tell_petitioners(act.matter, "hearing_closed", organ=actor.organ_name, on=act.today)
    return act

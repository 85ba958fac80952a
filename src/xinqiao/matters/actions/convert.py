"""Convert (转普通程序): what was taken up as simple proves not to be, and goes on in the ordinary procedure."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def convert(*, number: str, actor: Actor, reason: str, seen: int | None = None) -> Acting:
    """Leave the simplified track; the 60 days count from the first acceptance."""
    act = begin("convert", number=number, actor=actor, seen=seen)
    act.check()
    require_words(reason=reason)
    act.append({"organ": act.organ}, texts={"reason": reason})
    tell_petitioners(act.matter, "converted", organ=actor.organ_name, due_on=act.matter.next_due_on)
    return act

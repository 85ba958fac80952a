"""Report up (报告党委政府): a grave or urgent matter goes to the leadership with a proposal (Articles 22 and 25)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_organs


@transaction.atomic(durable=True)
def report_up(*, number: str, actor: Actor, reason: str, seen: int | None = None) -> Acting:
    """Put a matter before the own party committee and government; ``reason`` says what is proposed."""
    act = begin("report_up", number=number, actor=actor, seen=seen)
    act.check()
    require_words(reason=reason)
    act.append({}, texts={"reason": reason})
    above = act.matter.received_by.parent_id
    tell_organs(act.matter, "reported_up", [above] if above else [])
    return act

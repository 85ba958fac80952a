"""Object (提出异议): an organ that is not competent says so within five working days, with reasons (Article 23)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.senders import sender_of
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_organs


@transaction.atomic(durable=True)
def object(*, number: str, actor: Actor, reason: str, seen: int | None = None) -> Acting:
    """Ask the sender to take a matter back; the own 15 days run on until the sender agrees."""
    act = begin("object", number=number, actor=actor, seen=seen)
    act.check()
    require_words(reason=reason)
    act.append({"organ": act.organ}, texts={"reason": reason})
    sender = sender_of(act, act.organ or "")
    tell_organs(act.matter, "objected", [sender] if sender else [], organ=actor.organ_name)
    return act

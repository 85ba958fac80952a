"""Request review (申请复查): the petitioner asks the superior to look again (Article 35)."""

from datetime import date

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.reviews.requesting import ask


@transaction.atomic(durable=True)
def request_review(
    *,
    number: str,
    actor: Actor,
    reason: str,
    to: str | None = None,
    petitioner: str | None = None,
    posted_on: date | None = None,
    seen: int | None = None,
) -> Acting:
    """Ask the superior of the organ that decided to look again; ``posted_on`` is the postmark of a letter."""
    act = begin("request_review", number=number, actor=actor, seen=seen)
    ask(act, "review", to=to, reason=reason, petitioner=petitioner, posted_on=posted_on)
    return act

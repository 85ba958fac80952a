"""Request re-review (申请复核): the petitioner asks the superior of the reviewing organ (Article 36)."""

from datetime import date

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.reviews.requesting import ask


@transaction.atomic(durable=True)
def request_rereview(
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
    act = begin("request_rereview", number=number, actor=actor, seen=seen)
    ask(act, "rereview", to=to, reason=reason, petitioner=petitioner, posted_on=posted_on)
    return act

"""Review (复查意见): the superior says in writing what it finds (Article 35)."""

from datetime import date

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.reviews.deciding import decide


@transaction.atomic(durable=True)
def review(
    *,
    number: str,
    actor: Actor,
    outcome: str,
    facts: str,
    opinion: str,
    basis: str,
    petitioner: str | None = None,
    remake_due_on: date | None = None,
    seen: int | None = None,
) -> Acting:
    """Give the opinion: ``upheld``, ``revoked``, ``changed``, or ``remade`` by ``remake_due_on``."""
    act = begin("review", number=number, actor=actor, seen=seen)
    decide(
        act,
        "review",
        outcome=outcome,
        facts=facts,
        opinion=opinion,
        basis=basis,
        petitioner=petitioner,
        remake_due_on=remake_due_on,
    )
    return act

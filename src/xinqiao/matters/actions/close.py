"""Close (办结): the answer is served and no right of the petitioner is open any more, or he has used them all."""

from collections.abc import Sequence

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.documents.services import unserved_papers_of
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.telling import tell_petitioners

CHECKS = ("settled", "explained", "aided", "lawful")


@transaction.atomic(durable=True)
def close(
    *, number: str, actor: Actor, checks: Sequence[str] = (), note: str = "", seen: int | None = None
) -> Acting:
    """Close a matter; ``checks`` is the organ's own list before closing (Article 27): what it has seen to."""
    act = begin("close", number=number, actor=actor, seen=seen)
    act.check(unserved=unserved_papers_of(act.matter.stream).exists())
    act.append({"organ": act.organ, "checks": [c for c in CHECKS if c in checks]}, texts={"note": note})
    tell_petitioners(act.matter, "closed", organ=actor.organ_name, on=act.today)
    return act

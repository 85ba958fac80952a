"""Close (办结): the answer is served and no right of the petitioner is open any more, or he has used them all."""

from collections.abc import Sequence

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.documents.services import unserved_papers_of
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.telling import tell_petitioners
from xinqiao.procedure import Refused

CHECKS = ("settled", "explained", "aided", "lawful")


@transaction.atomic(durable=True)
def close(
    *,
    number: str,
    actor: Actor,
    checks: Sequence[str] = (),
    note: str = "",
    waiver: str = "",
    service_failed: str = "",
    seen: int | None = None,
) -> Acting:
    """Close a matter; ``checks`` is the organ's own list before closing (Article 27): what it has seen to.

    ``waiver`` names the paper in which the petitioner gave up his remedy; ``service_failed`` says why a document could
    formally not be served, as the file shows.
    """
    act = begin("close", number=number, actor=actor, seen=seen)
    act.check(service_failed_reason=service_failed.strip() or None, right_waived=bool(waiver.strip()))
    if not service_failed.strip() and unserved_papers_of(act.matter.stream).exists():
        raise Refused(act.case.refuse("not-served", "serve"))
    data = {"organ": act.organ, "checks": [c for c in CHECKS if c in checks]}
    act.append(data, texts={"note": note, "waiver": waiver, "service_failed": service_failed})
    tell_petitioners(act.matter, "closed", organ=actor.organ_name, on=act.today)
    return act

"""Close (办结): the answer is served and no right of the petitioner is open any more, or he has used them all."""

from collections.abc import Sequence

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.documents.services import unserved_papers_of
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.telling import tell_petitioners
from xinqiao.procedure import Refusal, Refused

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
    formally not be served, as the file shows, and is heard only after the days of its service are over.
    """
    act = begin("close", number=number, actor=actor, seen=seen)
    act.check(service_failed_reason=service_failed.strip() or None, right_waived=bool(waiver.strip()))
    _refuse_unserved(act, has_failed=bool(service_failed.strip()))
    if strange := [check for check in checks if check not in CHECKS]:
        raise Refused(Refusal(code="bad-value", params={"field": "checks", "value": strange[0], "allowed": CHECKS}))
    data = {"organ": act.organ, "checks": [c for c in CHECKS if c in checks]}
    act.append(data, texts={"note": note, "waiver": waiver, "service_failed": service_failed})
    tell_petitioners(act.matter, "closed", organ=actor.organ_name, on=act.today)
    return act


def _refuse_unserved(act: Acting, *, has_failed: bool) -> None:
    """Nothing closes unserved; that service failed can be said only of a paper whose days are over."""
    waiting = unserved_papers_of(act.matter.stream)
    in_time = [paper for paper in waiting if paper.service_due_on is None or act.today <= paper.service_due_on]
    if in_time or (waiting and not has_failed):
        raise Refused(act.case.refuse("not-served", "serve"))

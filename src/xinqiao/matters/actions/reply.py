"""Reply (出具处理意见书): facts, reasons, opinion and legal basis, claim by claim (Articles 31 and 32)."""

from collections.abc import Mapping

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.claims import decide_claims, decided
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import superiors


@transaction.atomic(durable=True)
def reply(
    *,
    number: str,
    actor: Actor,
    outcome: str,
    facts: str,
    opinion: str,
    basis: str,
    claims: Mapping[int, str] | None = None,
    seen: int | None = None,
) -> Acting:
    """Give the written opinion; ``outcome`` and each claim: ``supported``, ``explained`` or ``not_supported``."""
    act = begin("reply", number=number, actor=actor, seen=seen)
    act.check(outcome=outcome, missing=())
    require_words(facts=facts, opinion=opinion, basis=basis)
    outcomes = decided(act.matter, claims or {}, others=outcome)
    data = {"organ": act.organ, "outcome": outcome, "claims": {f"c{k}": v for k, v in outcomes.items()}}
    texts = {"facts": facts, "opinion": opinion, "basis": basis}
    papers = reserve_papers(act, "reply", texts=texts)
    act.append(data | papers.said, texts=texts)
    decide_claims(act.matter, outcomes)
    paper_to_petitioners(act, papers, "reply")
    above = superiors(Organ.objects.select_related("parent", "line_parent").get(pk=act.organ_id))
    tell_petitioners(act.matter, "replied", organ=actor.organ_name, days=30, superior=above[0].name if above else None)
    return act

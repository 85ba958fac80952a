"""Settle (调解、和解): both sides agree in writing, within what the law leaves to them (Article 33)."""

from collections.abc import Mapping

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.claims import decide_claims, decided
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def settle(
    *,
    number: str,
    actor: Actor,
    agreement: str,
    claims: Mapping[int, str] | None = None,
    seen: int | None = None,
) -> Acting:
    """Record the terms of a mediation agreement or a settlement."""
    act = begin("settle", number=number, actor=actor, seen=seen)
    act.check(agreed=True)
    require_words(agreement=agreement)
    outcomes = decided(act.matter, claims or {})
    said = {f"c{ordinal}": outcome for ordinal, outcome in outcomes.items()}
    papers = reserve_papers(act, "settlement", texts={"agreement": agreement})
    act.append({"organ": act.organ, "claims": said or None} | papers.said, texts={"agreement": agreement})
    decide_claims(act.matter, outcomes)
    paper_to_petitioners(act, papers, "settlement")
    tell_petitioners(act.matter, "settled", organ=actor.organ_name, on=act.today)
    return act

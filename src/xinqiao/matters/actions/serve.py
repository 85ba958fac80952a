"""Serve (送达): the paper reaches the petitioner; from that day on his own time runs (Articles 35 and 36)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.documents.labels import DeliveryMethod
from xinqiao.documents.models import Paper
from xinqiao.documents.papers import MAX_EVIDENCE, NEEDS_EVIDENCE
from xinqiao.documents.services import serve_paper, unserved_papers_of
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.papers import DOCUMENTS, addressees
from xinqiao.matters.petitioners import petitioner_of
from xinqiao.matters.submission import Invalid
from xinqiao.matters.telling import tell_petitioners
from xinqiao.procedure import Refused
from xinqiao.procedure.acts.serve import ARTICLE_OF

STARTING = ("acceptance", "reply", "review", "rereview")


#: The rule by which a document reaches the petitioner, as the page names it where the service is refused.
RULES = {**ARTICLE_OF, "not_accepted": "serve_acceptance", "destination": "transfer", "extension": "extend"}


@transaction.atomic(durable=True)
def serve(
    *,
    number: str,
    actor: Actor,
    document: str,
    method: str = "in_person",
    served_on: date | None = None,
    petitioner: str | None = None,
    evidence: str = "",
    refused: bool = False,
    seen: int | None = None,
) -> Acting:
    """Note that a document reached a petitioner (by default all to whom it is addressed).

    ``served_on`` is the day on which it arrived, today or earlier; leaving it at the home and public notice need
    evidence in words.
    """
    act = begin("serve", number=number, actor=actor, seen=seen)
    ordinal = petitioner_of(act, petitioner)
    papers = _papers(act, document, ordinal)
    starts = _starts(act, document, petitioner, papers)
    if not papers and (document not in STARTING or addressees(act)):
        raise Invalid({"document": _("There is no such document waiting to be served.")})
    day = served_on or act.today
    _check(papers, day, act.today, method, evidence)
    act.append(
        {"document": document, "petitioner": petitioner, "method": method, "organ": act.organ},
        texts={"evidence": evidence},
        on=day,
        type="served" if starts else "delivered",
        article_of=RULES.get(document, ""),
    )
    was_refused = refused or method == DeliveryMethod.LEFT
    for paper in papers:
        for one in [ordinal] if ordinal else _unreached(paper):
            _deliver(paper, one, act, method=method, served_on=day, evidence=evidence, refused=was_refused)
    tell_petitioners(act.matter, "served", organ=actor.organ_name, on=day)
    return act


def _starts(act: Acting, document: str, petitioner: str | None, papers: list[Paper]) -> bool:
    """Whether this service is one the law counts: the first of a document from which somebody's time runs.

    A second paper of the same kind (of another organ, or on a changed path) is delivered and starts nothing anew, but
    it is owed until then. Raises Refused where nothing waits.
    """
    if document not in STARTING:
        return False
    try:
        act.check(document=document, petitioner=petitioner)
    except Refused as error:
        if error.refusal.code == "already-served" and papers:
            return False
        raise
    return True


def _papers(act: Acting, document: str, ordinal: int | None) -> list[Paper]:
    """What waits to be served: the own organ's papers first, else those of others, served on their behalf."""
    if document not in DOCUMENTS:
        raise Invalid({"document": _("Choose one of the documents listed.")})
    papers = [p for p in unserved_papers_of(act.matter.stream) if p.kind in DOCUMENTS[document]]
    if ordinal:
        papers = [p for p in papers if ordinal in _unreached(p)]
    return [p for p in papers if p.organ_id == act.actor.organ_id] or papers


def _check(papers: list[Paper], day: date, today: date, method: str, evidence: str) -> None:
    """Everything that is wrong with a service, at once: also where nobody is named on whom to serve."""
    wrong = {"served_on": _wrong_day(papers, day, today), "method": "", "evidence": _wrong_evidence(method, evidence)}
    if method not in DeliveryMethod.values:
        wrong["method"] = _("Choose one of the ways of service listed.")
    if found := {field: words for field, words in wrong.items() if words}:
        raise Invalid(found)


def _wrong_day(papers: list[Paper], day: date, today: date) -> str:
    if day > today:
        return _("The day of service lies after today; write today or an earlier day.")
    if any(day < paper.issued_on for paper in papers):
        return _("The day of service lies before the day of the document; check both.")
    return ""


def _wrong_evidence(method: str, evidence: str) -> str:
    if len(evidence) > MAX_EVIDENCE:
        return _("Evidence of service: at most %(limit)s characters.") % {"limit": MAX_EVIDENCE}
    if method in NEEDS_EVIDENCE and not evidence.strip():
        return _("Write down the evidence: witness, photograph or film; for a public notice the reason.")
    return ""


def _unreached(paper: Paper) -> list[int]:
    reached = {delivery.petitioner for delivery in paper.deliveries.all()}
    return [ordinal for ordinal in paper.petitioners if ordinal not in reached]


def _deliver(paper: Paper, ordinal: int, act: Acting, **how: Any) -> None:
    try:
        serve_paper(paper, petitioner=ordinal, by=act.actor.user_id, **how)
    except ValueError as error:
        raise Invalid({"method": str(error)}) from error

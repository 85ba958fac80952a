"""Serve (送达): the paper reaches the petitioner; from that day on his own time runs (Articles 35 and 36)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.documents.models import Paper
from xinqiao.documents.services import serve_paper, unserved_papers_of
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.models import Petitioner
from xinqiao.matters.papers import DOCUMENTS, addressees
from xinqiao.matters.submission import Invalid
from xinqiao.matters.telling import tell_petitioners

STARTING = ("acceptance", "reply", "review", "rereview")


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
    if document in STARTING:
        act.check(document=document, petitioner=petitioner)
    day = served_on or act.today
    papers = _papers(act, document, petitioner)
    _check_day(act, papers, day)
    act.append(
        {"document": document, "petitioner": petitioner, "method": method, "organ": act.organ},
        texts={"evidence": evidence},
        on=day,
        type="served" if document in STARTING else "delivered",
    )
    for paper in papers:
        _deliver(paper, petitioner, method, day, act, evidence, refused)
    tell_petitioners(act.matter, "served", organ=actor.organ_name, on=day)
    return act


def _papers(act: Acting, document: str, petitioner: str | None) -> list[Paper]:
    if document not in DOCUMENTS:
        raise Invalid({"document": _("Choose one of the documents listed.")})
    if petitioner and not Petitioner.objects.filter(matter=act.matter, ordinal=int(petitioner)).exists():
        raise Invalid({"petitioner": _("There is no petitioner with this number.")})
    papers = [p for p in unserved_papers_of(act.matter.stream) if p.kind in DOCUMENTS[document]]
    if petitioner:
        papers = [p for p in papers if int(petitioner) in p.petitioners]
    if not papers and addressees(act):
        raise Invalid({"document": _("There is no such document waiting to be served.")})
    return papers


def _check_day(act: Acting, papers: list[Paper], day: date) -> None:
    if day > act.today:
        raise Invalid({"served_on": _("The day of service lies after today; write today or an earlier day.")})
    if any(day < paper.issued_on for paper in papers):
        raise Invalid({"served_on": _("The day of service lies before the day of the document; check both.")})


def _deliver(
    paper: Paper, petitioner: str | None, method: str, day: date, act: Acting, evidence: str, refused: bool
) -> None:
    reached = set(paper.deliveries.values_list("petitioner", flat=True))
    for ordinal in [int(petitioner)] if petitioner else [p for p in paper.petitioners if p not in reached]:
        try:
            serve_paper(
                paper,
                petitioner=ordinal,
                method=method,
                served_on=day,
                by=act.actor.user_id,
                evidence=evidence,
                refused=refused,
            )
        except ValueError as error:
            raise Invalid({"method": str(error)}) from error

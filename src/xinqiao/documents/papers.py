"""Papers and their service: plain functions that run inside the transaction of a legal act. They write no event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from xinqiao.documents.labels import DeliveryMethod, PaperKind, PaperState
from xinqiao.documents.models import Attachment, Delivery, Paper
from xinqiao.documents.numbering import Reserved
from xinqiao.documents.paper_proofs import content_hash, paper_content, sign_paper
from xinqiao.organs.models import User
from xinqiao.record.fields import decrypt_field, encrypt_field, ring
from xinqiao.record.models import Stream
from xinqiao.record.reading_rows import Shape
from xinqiao.record.writing_rows import insert

MAX_EVIDENCE = 300
OPEN = (PaperState.ISSUED, PaperState.FAILED)
_WITH_ORGANS = Shape(Paper, ("organ",))
NEEDS_EVIDENCE = (DeliveryMethod.LEFT, DeliveryMethod.PUBLIC_NOTICE)


@dataclass(frozen=True)
class Proof:
    """What vouches for a paper: version of its texts, facts of its day, hash of its content, the office's signature."""

    template_id: int
    facts: Mapping[str, Any]
    content: str
    signature: bytes
    signer: bytes

    def columns(self) -> dict[str, Any]:
        """As they stand in the row."""
        return {
            "template_id": self.template_id,
            "facts": dict(self.facts),
            "content": self.content,
            "signature": self.signature,
            "signer": self.signer,
        }


def issue_paper(
    stream: Stream,
    *,
    kind: str,
    organ_id: int,
    event_seq: int,
    issued_on: date,
    must_be_served: bool,
    service_due_on: date | None = None,
    petitioners: Iterable[int] = (),
    number: str | None = None,
    proof: Proof | None = None,
) -> Paper:
    """Put one paper into a record; as ``new_paper`` otherwise."""
    paper = new_paper(
        stream,
        kind=kind,
        organ_id=organ_id,
        event_seq=event_seq,
        issued_on=issued_on,
        must_be_served=must_be_served,
        service_due_on=service_due_on,
        petitioners=petitioners,
        number=number,
        proof=proof,
    )
    return issue_papers([paper])[0]


def issue_papers(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Put the papers of one act into the record, in one statement."""
    return insert(papers)


def new_paper(
    stream: Stream,
    *,
    kind: str,
    organ_id: int,
    event_seq: int,
    issued_on: date,
    must_be_served: bool,
    service_due_on: date | None = None,
    petitioners: Iterable[int] = (),
    number: str | None = None,
    proof: Proof | None = None,
) -> Paper:
    """A paper to be issued, not yet served; ``petitioners`` are the ordinals of those it must reach.

    ``number`` was taken in the same transaction (``numbering``); ``proof`` is what vouches for the paper. Raises
    ValueError for a kind that is no paper of the procedure.
    """
    vouched = proof.columns() if proof else {}
    return Paper(
        root_organ_id=stream.root_organ_id,
        stream=stream,
        kind=PaperKind(kind),
        organ_id=organ_id,
        event_seq=event_seq,
        issued_on=issued_on,
        must_be_served=must_be_served,
        service_due_on=service_due_on,
        petitioners=sorted(set(petitioners)),
        number=number,
        **vouched,
    )


def prove(
    reserved: Reserved,
    *,
    issued_on: date,
    matter: str,
    petitioners: Iterable[int],
    event: str,
    facts: Mapping[str, Any],
) -> Proof:
    """The canonical content of a paper about to be issued, hashed and signed with the office's key in use.

    ``event`` is the hash of its event, ``facts`` what holds on this day and stands in no record.
    """
    content = content_hash(
        paper_content(
            number=reserved.number,
            kind=reserved.kind,
            issued_on=issued_on,
            organ=reserved.organ["code"],
            matter=matter,
            petitioners=petitioners,
            event=event,
            template=reserved.template,
            facts=facts,
        )
    )
    signature, signer = sign_paper(reserved.number, issued_on, content, ring().signer)
    return Proof(reserved.template_id, facts, content, signature, signer)


def serve_paper(
    paper: Paper,
    *,
    petitioner: int,
    method: str,
    served_on: date,
    by: User | int | None,
    evidence: str = "",
    evidence_attachment: Attachment | None = None,
    refused: bool = False,
) -> Delivery:
    """Note that a paper reached one petitioner; it is ``served`` once it has reached all of them.

    Whether the law lets it be served now is asked before, in ``procedure``. Raises ValueError with a sentence for the
    clerk: not waiting, not addressed, served before, a day before the paper, a refusal that was not left at the home,
    leaving or public notice without evidence, or evidence of more than 300 characters.
    """
    _check(paper, petitioner, method, served_on, evidence, evidence_attachment, refused)
    delivery = Delivery.objects.create(
        root_organ_id=paper.root_organ_id,
        paper=paper,
        petitioner=petitioner,
        method=method,
        served_on=served_on,
        by_id=user_id(by),
        refused=refused,
        sealed_evidence=encrypt_field(paper.stream, evidence) if evidence else None,
        evidence_attachment=evidence_attachment,
    )
    _mark_served(paper)
    return delivery


def fail_paper(paper: Paper) -> None:
    """Note that service was tried and failed: the paper stays owed, and another way must be found."""
    if paper.state not in OPEN:
        raise ValueError(f"a paper that is {paper.state} cannot fail")
    _set_state(paper, PaperState.FAILED)


def void_paper(paper: Paper) -> None:
    """Take a paper out of force, because a later act replaced it. A served paper stays what it is: ValueError."""
    if paper.state == PaperState.SERVED:
        raise ValueError("a served paper cannot be made void; issue another one")
    _set_state(paper, PaperState.VOID)


def papers_of(stream: Stream) -> QuerySet[Paper]:
    """The papers of a record in the order of their issue, with organ and deliveries (three queries at most)."""
    return Paper.objects.filter(stream=stream).select_related("organ").prefetch_related("deliveries")


def list_papers(stream: Stream) -> list[Paper]:
    """The same as a list, for every page of a matter (two queries at most)."""
    papers = _WITH_ORGANS.read("documents_paper.stream_id = %s ORDER BY documents_paper.id", [stream.pk])
    prefetch_related_objects(papers, "deliveries")
    return papers


def evidence_of(delivery: Delivery) -> str:
    """Who signed or witnessed; names a person, so a look at it goes on record. Raises KeyErased after erasure."""
    sealed = delivery.sealed_evidence
    return decrypt_field(delivery.paper.stream, sealed) if sealed else ""


def unserved_papers_of(stream: Stream) -> QuerySet[Paper]:
    """What must still be served: while there is one, the matter does not close."""
    return papers_of(stream).filter(must_be_served=True, state__in=OPEN)


def user_id(by: User | int | None) -> int | None:
    """The id of a user given as such or by id."""
    return by.pk if isinstance(by, User) else by


def _check(
    paper: Paper,
    petitioner: int,
    method: str,
    served_on: date,
    evidence: str,
    attachment: Attachment | None,
    refused: bool,
) -> None:
    if paper.state not in OPEN:
        raise ValueError(_("This document is not waiting to be served."))
    if paper.petitioners and petitioner not in paper.petitioners:
        raise ValueError(_("This document is not addressed to this petitioner."))
    if paper.deliveries.filter(petitioner=petitioner).exists():
        raise ValueError(_("This document was served on this petitioner before."))
    if served_on < paper.issued_on:
        raise ValueError(_("The day of service lies before the day of the document."))
    _check_method(method, bool(evidence or attachment), refused)
    if len(evidence) > MAX_EVIDENCE:
        raise ValueError(_("Evidence of service: at most %(limit)s characters.") % {"limit": MAX_EVIDENCE})


def _check_method(method: str, has_evidence: bool, refused: bool) -> None:
    if method not in DeliveryMethod.values:
        raise ValueError(_("Choose one of the ways of service listed."))
    if refused and method != DeliveryMethod.LEFT:
        raise ValueError(_("What was refused is left at the home, with a witness, a photograph or a film."))
    if method in NEEDS_EVIDENCE and not has_evidence:
        raise ValueError(_("Write down the evidence: witness, photograph or film; for a public notice the reason."))


def _mark_served(paper: Paper) -> None:
    reached = set(paper.deliveries.values_list("petitioner", flat=True))
    if reached and reached.issuperset(paper.petitioners):
        _set_state(paper, PaperState.SERVED)


def _set_state(paper: Paper, state: PaperState) -> None:
    paper.state = state
    paper.save(update_fields=["state"])

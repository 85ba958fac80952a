"""Service 送达: the paper reached the petitioner; only from then do the petitioner's own times run."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal

DOCUMENTS = ("acceptance", "reply", "review", "rereview")
RIGHT_AFTER = {"reply": "K11", "review": "K13"}
ARTICLE_OF = {"acceptance": "serve_acceptance", "reply": "serve", "review": "review", "rereview": "rereview"}


def may_serve(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    document: str | None = None,
    petitioner: str | None = None,
) -> Refusal | None:
    """Whether `document` may be served on `petitioner`: it must exist and not have been served before."""
    if refusal := case.after_end():
        return refusal
    issued = [each for each in DOCUMENTS if refused_service(case, each) is None]
    if document is None:
        if any(case.unserved(each) for each in issued):
            return None
        return _served_already(case, issued[-1], None) if issued else refused_service(case, "reply")
    return refused_service(case, document) or _served_already(case, document, petitioner)


def _served_already(case: Case, document: str, petitioner: str | None) -> Refusal | None:
    days = [case.was_served(document, who) for who in ([petitioner] if petitioner else case.addressees(document))]
    if None in days:
        return None
    return case.refuse("already-served", ARTICLE_OF[document], on=days[0])


def refused_service(case: Case, document: str) -> Refusal | None:
    """A paper that does not exist cannot be served."""
    if document == "acceptance":
        accepted = any(holder.accepted_on for holder in case.holders)
        return None if accepted else case.refuse("not-accepted", "serve_acceptance")
    if document == "reply":
        return None if case.replied_on else case.refuse("not-replied", "reply")
    decided = case.reviewed_for if document == "review" else case.rereviewed_for
    return None if decided else case.refuse("no-review-pending", document)


def served(case: Case, event: Event) -> Refusal | None:
    """The first service on each petitioner counts."""
    document, petitioner = event.data.get("document"), event.data.get("petitioner")
    if document not in DOCUMENTS:
        return Refusal(code="missing-field", params={"field": "document"})
    if refusal := refused_service(case, document):
        return refusal
    days = case.served.setdefault(document, {})
    for who in [petitioner] if petitioner else case.addressees(document):
        if case.was_served(document, who) is None:
            days[who] = event.on
            _start_rights(case, event, document, who)
    if not case.unserved(document):
        case.stop([c for c in case.open_clocks("K29") if c.about == document], event.on, event.type)
    case.move("serve")
    return None


def _start_rights(case: Case, event: Event, document: str, who: str | None) -> None:
    if document in RIGHT_AFTER:
        case.start(RIGHT_AFTER[document], event.on, by=event.type, petitioner=who, about=document)
    if document == "reply":
        case.start("K24", event.on, by=event.type, petitioner=who)

"""Papers that go to the petitioners: issued with the act, owed until they are served."""

from xinqiao.documents.models import Paper
from xinqiao.documents.services import issue_paper
from xinqiao.matters.acting import Acting

SERVICE_DAYS = 5
DOCUMENTS = {
    "acceptance": ("acceptance", "procedural"),
    "not_accepted": ("not_accepted", "not_again"),
    "reply": ("reply",),
    "settlement": ("settlement",),
    "review": ("review",),
    "rereview": ("rereview",),
    "extension": ("extension",),
    "destination": ("destination",),
}


def paper_to_petitioners(act: Acting, kind: str, *, only: str | None = None) -> Paper:
    """Issue a paper to all petitioners, or to one; unserved after five working days it is a late duty."""
    assert act.event is not None
    wanted = [int(only)] if only else addressees(act)
    return issue_paper(
        act.matter.stream,
        kind=kind,
        organ_id=act.organ_id,
        event_seq=act.event.seq,
        issued_on=act.event.on,
        must_be_served=bool(wanted),
        service_due_on=act.calendar.add_working_days(act.event.on, SERVICE_DAYS) if wanted else None,
        petitioners=wanted,
    )


def addressees(act: Acting) -> list[int]:
    """Whom a paper must reach: the speakers of a joint petition, or else everybody named; nobody if anonymous."""
    if act.matter.is_anonymous:
        return []
    people = act.matter.contacts
    return [o for o, speaks, _email in people if speaks] or [o for o, _speaks, _email in people]

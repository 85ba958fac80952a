"""Report (办结报告): the organ tells whoever assigned the matter what was done and what stays open (Article 22)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.documents.services import issue_paper
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.senders import sender_of
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_organs


@transaction.atomic(durable=True)
def report(*, number: str, actor: Actor, report: str, seen: int | None = None) -> Acting:
    """Send the report of conclusion to the assigning organ."""
    act = begin("report", number=number, actor=actor, seen=seen)
    act.check()
    require_words(report=report)
    event = act.append({"organ": act.organ}, texts={"report": report})
    issue_paper(
        act.matter.stream,
        kind="report",
        organ_id=act.organ_id,
        event_seq=event.seq,
        issued_on=act.today,
        must_be_served=False,
    )
    sender = sender_of(act, act.organ or "")
    tell_organs(act.matter, "reported", [sender] if sender else [], organ=actor.organ_name)
    return act

"""Decline (不予受理, 不再受理): say no in writing, with the reason and the right door (Articles 19, 23 and 36)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_petitioners


@transaction.atomic(durable=True)
def decline(*, number: str, actor: Actor, kind: str, reason: str, door: str = "", seen: int | None = None) -> Acting:
    """Decline a matter as ``not_accepted`` or ``not_again``; ``door`` is where the petitioner should turn instead."""
    act = begin("decline", number=number, actor=actor, seen=seen)
    act.check(kind=kind)
    require_words(reason=reason)
    data = {"organ": act.organ, "kind": kind, "redirected": bool(door.strip()) or None}
    texts = {"reason": reason, "door": door}
    papers = reserve_papers(act, kind, texts=texts)
    act.append(data | papers.said, texts=texts)
    paper_to_petitioners(act, papers, kind)
    tell_petitioners(act.matter, "declined", organ=actor.organ_name, on=act.today)
    return act

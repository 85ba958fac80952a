"""Decide an objection (异议审核): the sender takes the matter back, or says that it stays (Article 23)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.models import Involvement
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_organs
from xinqiao.organs.lookup import organ_id


@transaction.atomic(durable=True)
def decide_objection(
    *, number: str, actor: Actor, upheld: bool, reason: str, objector: str | None = None, seen: int | None = None
) -> Acting:
    """Decide on the objection of ``objector`` (by default the only one that is open)."""
    act = begin("decide_objection", number=number, actor=actor, seen=seen)
    waiting = [holder.name for holder in act.case.holding() if holder.objection_pending]
    who = objector or (waiting[0] if waiting else None)
    act.check(objector=who, upheld=upheld)
    require_words(reason=reason)
    if upheld:
        act.matter.holder_id = act.organ_id
    act.append({"organ": who, "upheld": upheld}, texts={"reason": reason})
    if upheld and not _owes_the_notice(act, str(who)):
        Involvement.objects.filter(matter=act.matter, organ__code=who).update(part="returned")
    tell_organs(act.matter, "objection_decided", [organ_id(str(who))], organ=actor.organ_name)
    return act


def _owes_the_notice(act: Acting, objector: str) -> bool:
    """Whoever objected too late still owes the petitioner an answer, and keeps the matter in sight until he gives it.

    Otherwise the objector gave the material back, and sees it no more.
    """
    return any(clock.organ == objector for clock in act.case.open_clocks("K04"))

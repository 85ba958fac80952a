"""Restore (撤销撤回): within seven days the petitioner takes his withdrawal back, and everything runs on as before."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_both


@transaction.atomic(durable=True)
def restore(*, number: str, actor: Actor, signed_paper: str = "", seen: int | None = None) -> Acting:
    """Undo a withdrawal: by the petitioner's own code, or by a signed paper that a member of staff holds."""
    act = begin("restore", number=number, actor=actor, seen=seen)
    act.check(by_petitioner=actor.kind == "citizen" or bool(signed_paper.strip()))
    if actor.kind != "citizen":
        require_words(signed_paper=signed_paper)
    act.append({"by_code": actor.kind == "citizen"}, texts={"signed_paper": signed_paper})
    tell_both(act.matter, "reopened", [act.matter.holder_id], on=act.today)
    return act

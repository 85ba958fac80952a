"""Withdraw (撤回): only the petitioner, with his own code or his signature; seven days to think again."""

from datetime import timedelta

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import require_words
from xinqiao.matters.telling import tell_both


@transaction.atomic(durable=True)
def withdraw(*, number: str, actor: Actor, signed_paper: str = "", reason: str = "", seen: int | None = None) -> Acting:
    """Withdraw a matter. A member of staff names the signed paper that he holds; it never counts as settled.

    The petitioner is told whoever did it, so that he can undo what was done in his name.
    """
    act = begin("withdraw", number=number, actor=actor, seen=seen)
    act.check(by_petitioner=actor.kind == "citizen" or bool(signed_paper.strip()))
    if actor.kind != "citizen":
        require_words(signed_paper=signed_paper)
    act.append({"by_code": actor.kind == "citizen"}, texts={"signed_paper": signed_paper, "reason": reason})
    until = act.today + timedelta(days=int(act.pack.settings["withdrawal_undo_days"]))
    tell_both(act.matter, "withdrawn", [act.matter.holder_id], due_on=until)
    return act

"""Annotate (批示): a leader says who does what by when; the clocks of the law stay what they are (Article 18)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.telling import tell_organs


@transaction.atomic(durable=True)
def annotate(*, number: str, actor: Actor, note: str, due_on: date | None = None, seen: int | None = None) -> Acting:
    """Write an instruction on a matter for the organ that holds it."""
    act = begin("annotate", number=number, actor=actor, seen=seen)
    act.check()
    require_words(note=note)
    if due_on and due_on < act.today:
        raise Invalid({"due_on": _("This day is over; write today or a later day.")})
    act.append({"due_on": due_on.isoformat() if due_on else None}, texts={"note": note})
    tell_organs(act.matter, "annotated", [act.matter.holder_id], due_on=due_on)
    return act

"""Assign (交办): the competent organ gets the matter with a day by which it reports (Article 22, item 3)."""

from datetime import date

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.dispatching import dispatch, target_organ


@transaction.atomic(durable=True)
def assign(
    *,
    number: str,
    actor: Actor,
    to: str,
    report_due_on: date,
    notified: bool = False,
    note: str = "",
    seen: int | None = None,
) -> Acting:
    """Assign a matter; ``report_due_on`` is the last day for the report of conclusion."""
    act = begin("assign", number=number, actor=actor, seen=seen)
    organ = target_organ(act, to, report_due_on=report_due_on)
    data = {"notified": notified or None, "report_due_on": report_due_on.isoformat()}
    dispatch(act, organ, data, paper="assignment", texts={"note": note})
    return act

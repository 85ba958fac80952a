"""Transfer (转送): the organ that is competent gets the matter (Articles 22 and 23)."""

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.dispatching import dispatch, target_organ


@transaction.atomic(durable=True)
def transfer(
    *, number: str, actor: Actor, to: str, notified: bool = False, note: str = "", seen: int | None = None
) -> Acting:
    """Pass a matter to the competent organ; ``notified`` says that the petitioner is told where it went."""
    act = begin("transfer", number=number, actor=actor, seen=seen)
    organ = target_organ(act, to)
    dispatch(act, organ, {"notified": notified or None}, paper="transfer", texts={"note": note})
    return act

"""Whose place an organ takes that goes on with the duties of another one (Article 24)."""

from datetime import date

from xinqiao.organs.models import Organ
from xinqiao.organs.tree import current_successors
from xinqiao.procedure import Case


def succeeded(case: Case, organ_id: int | None, own: str, today: date) -> str:
    """The ended organ in whose place ``own`` acts, or ``own`` itself.

    An organ that has something to do in its own name does that first.
    """
    others = {holder.name for holder in case.holding() if holder.name and holder.name != own}
    if not others or any(not holder.has_concluded for holder in case.holding(own)):
        return own
    ended = Organ.objects.filter(code__in=others, valid_until__lte=today).order_by("id")
    return next((o.code for o in ended if organ_id in {heir.pk for heir in current_successors(o, today)}), own)

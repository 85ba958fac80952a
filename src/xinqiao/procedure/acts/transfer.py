"""Transfer 转送: the matter goes to the organ that is competent."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._dispatch import dispatched, not_a_holder


def may_transfer(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    to: str | None = None,
    barred: bool | None = None,
    in_sphere: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may transfer the matter to `to`.

    `barred`: `to` is the accused organ, under it, or headed by the accused.
    `in_sphere`: `to` lies in the sender's territory or line (`competence`).
    """
    return case.after_end() or refused_dispatch(case, "transfer", organ, to, barred, in_sphere, recused)


def refused_dispatch(
    case: Case,
    verb: str,
    organ: str | None,
    to: str | None,
    barred: bool | None,
    in_sphere: bool | None,
    recused: bool | None,
) -> Refusal | None:
    """What transfer and assignment are refused for alike."""
    if barred:
        return case.refuse("accused-organ", "accused", organ=to)
    if recused:
        return case.refuse("recused", "recusal")
    if to is not None and to == organ:
        return case.refuse("same-destination", verb)
    if in_sphere is False:
        return case.refuse("out-of-sphere", "sphere", organ=to)
    return not_a_holder(case, organ, verb) or _settled_elsewhere(case, verb, organ, to)


def _settled_elsewhere(case: Case, verb: str, organ: str | None, to: str | None) -> Refusal | None:
    """Who has answered sends nothing on; what another accepted stays there, and may be assigned to nobody but him."""
    own = [holder for holder in case.holders if organ is not None and holder.name == organ]
    if any(holder.has_concluded for holder in own):
        return case.refuse("already-replied", "reply", organ=organ)
    if to is not None and (there := case.holding(to)):
        if verb == "transfer":
            return case.refuse("there-already", verb, organ=to)
        return case.refuse("already-replied", "reply", organ=to) if all(one.has_concluded for one in there) else None
    handling = [holder for holder in case.accepted() if holder.holds and not holder.has_concluded]
    may_go_to_handler = verb == "assign" and to is None and handling
    if not may_go_to_handler and own and not any(holder.holds for holder in own) and case.accepted():
        return case.refuse("accepted-elsewhere", "accept")
    return None


def transferred(case: Case, event: Event) -> Refusal | None:
    """The matter was transferred."""
    return dispatched(case, event, "transfer")

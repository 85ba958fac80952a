"""Not accepting 不予受理, 不再受理: the organ tells the petitioner so, why, and where to go."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal
from ._dispatch import bind_organ
from .accept import acceptors, answer, refused_acceptance


def may_decline(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    kind: str | None = None,
    reason: str | None = None,
    is_exhausted: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may decline; `not_again` only where the same facts went through all remedies."""
    if refusal := case.after_end() or refused_decline(case, organ):
        return refusal
    if recused:
        return case.refuse("recused", "recusal")
    if reason is not None and not reason.strip():
        return case.refuse("reason-missing", "decline")
    if kind == "not_again" and is_exhausted is False:
        return case.refuse("not-exhausted", "exhausted")
    return None


def refused_decline(case: Case, organ: str | None) -> Refusal | None:
    """As acceptance; besides, an organ that still owes the notice may always give it."""
    return None if _owing(case, organ) else refused_acceptance(case, organ)


def _owing(case: Case, organ: str | None) -> list[Holder]:
    """The named organ that gave the matter back late and still owes the petitioner an answer."""
    return [h for h in case.holders if organ and h.name == organ and h.notice and h.notice.is_open and not h.is_bureau]


def declined(case: Case, event: Event) -> Refusal | None:
    """The organ declined; where nobody else holds the matter, it rests."""
    organ = event.data.get("organ")
    if refusal := refused_decline(case, organ):
        return refusal
    for holder in acceptors(case, organ) or _owing(case, organ) or bind_organ(case, organ or ""):
        answer(case, event, holder)
        holder.holds, holder.declined_on = False, event.on
    if organ is None:
        case.stop(list(case.open_clocks("K03")), event.on, event.type)
    case.move("decline", "others hold it" if case.holding() else "")
    return None

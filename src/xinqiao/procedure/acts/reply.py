"""Reply 处理意见书: the opinion on each request, with facts and legal basis; it counts when it is served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._handling import busy_handlers, handlers, refused_handler


def may_reply(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    outcome: str | None = None,
    missing: Sequence[str] | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may reply; `missing` names the parts the opinion lacks (request, facts, opinion, basis)."""
    if refusal := case.after_end() or refused_handler(case, organ, "reply"):
        return refusal
    if not busy_handlers(case, organ):
        return case.refuse("already-replied", "reply")
    if case.hearings.get("handling"):
        return case.refuse("hearing-open", "close_hearing")
    if recused:
        return case.refuse("recused", "recusal")
    return case.refuse("reply-incomplete", "reply", missing="、".join(missing)) if missing else None


def replied(case: Case, event: Event) -> Refusal | None:
    """The opinion was issued; a second one without an order to remake it is a correction and moves nothing."""
    organ = event.data.get("organ")
    if refusal := refused_handler(case, organ, "reply"):
        return refusal
    busy = busy_handlers(case, organ)
    for holder in busy:
        holder.replied_on = event.on
        case.stop([holder.handling], event.on, event.type)
        case.stop([c for c in case.open_clocks("K19") if c.organ == holder.name], event.on, event.type)
    if busy:
        _open_the_remedies(case, event, organ)
    case.move("reply", "" if all(h.has_concluded for h in handlers(case, None)) else "others handle it")
    return None


def _open_the_remedies(case: Case, event: Event, organ: str | None) -> None:
    """With the first reply, and with each one after an order to remake it, the remedies begin anew."""
    if case.replied_on is None:
        for asked in (case.review_asked, case.rereview_asked, case.reviewed_for, case.rereviewed_for):
            asked.clear()
        for document in ("reply", "review", "rereview"):
            case.served.pop(document, None)
    case.replied_on = event.on
    case.start("K29", event.on, by=event.type, organ=organ, about="reply")

"""Settlement 调解、和解: both sides agree, in writing; it concludes the handling as a reply does."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._handling import busy_handlers, handlers, refused_handler


def may_settle(
    case: Case, *, today: date, organ: str | None = None, agreed: bool | None = None, recused: bool | None = None
) -> Refusal | None:
    """Whether the matter may be settled: an appeal that is being handled, both sides agreeing."""
    if refusal := case.after_end() or refused_handler(case, organ, "settle"):
        return refusal
    busy = busy_handlers(case, organ)
    if not busy:
        return case.refuse("already-replied", "reply")
    if any(holder.simplified for holder in busy):
        return case.refuse("convert-first", "convert")
    if recused:
        return case.refuse("recused", "recusal")
    return case.refuse("not-agreed", "settle") if agreed is False else None


def settled(case: Case, event: Event) -> Refusal | None:
    """An agreement was signed."""
    organ = event.data.get("organ")
    if refusal := refused_handler(case, organ, "settle"):
        return refusal
    for holder in busy_handlers(case, organ):
        holder.settled_on = event.on
        if holder.handling is not None and holder.handling.rule.id == "K08":
            holder.handling.stop(event.on, event.type)
    if event.data.get("by") == "people_mediation":
        case.start("K26", event.on, by=event.type)
    case.move("settle", "" if all(h.has_concluded for h in handlers(case, None)) else "others handle it")
    return None

"""Conversion 转普通程序: a matter under simplified handling proves not so simple."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal
from ._handling import handlers, refused_handler


def may_convert(case: Case, *, today: date, organ: str | None = None) -> Refusal | None:
    """Whether `organ` may go over to the ordinary procedure."""
    return case.after_end() or _refused(case, organ)


def _refused(case: Case, organ: str | None) -> Refusal | None:
    if refusal := refused_handler(case, organ, "convert"):
        return refusal
    return None if _simplified(case, organ) else case.refuse("not-simplified", "convert")


def _simplified(case: Case, organ: str | None) -> list[Holder]:
    return [holder for holder in handlers(case, organ) if holder.simplified]


def converted(case: Case, event: Event) -> Refusal | None:
    """The simplified time is void; the ordinary time runs from the acceptance."""
    organ = event.data.get("organ")
    if refusal := _refused(case, organ):
        return refusal
    for holder in _simplified(case, organ):
        if holder.handling is not None and holder.handling.is_open:
            holder.handling.end("void", event.on, event.type)
        holder.simplified, holder.path = False, event.data.get("path") or holder.path or 6
        if case.pack.is_clocked_path(holder.path) and not holder.has_concluded and holder.clock_from:
            holder.handling = case.start("K08", holder.clock_from, by=holder.clock_by, organ=holder.name)
    case.move("convert")
    return None

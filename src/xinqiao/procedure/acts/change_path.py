"""Change of path 改变途径: the organ finds that another of the lawful paths is the right one."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal
from ._handling import handlers, refused_handler


def may_change_path(
    case: Case, *, today: date, organ: str | None = None, path: int | None = None, reason: str | None = None
) -> Refusal | None:
    """Whether `organ` may put the matter on another path, with reasons."""
    if refusal := case.after_end() or refused_handler(case, organ, "change_path"):
        return refusal
    if all(holder.has_concluded for holder in handlers(case, organ)):
        return case.refuse("already-replied", "reply")
    return case.refuse("reason-missing", "change_path") if reason is not None and not reason.strip() else None


def path_changed(case: Case, event: Event) -> Refusal | None:
    """The path changed; time counts from the acceptance where the new path has a clock."""
    organ, path = event.data.get("organ"), event.data.get("path")
    if path is None:
        return Refusal(code="missing-field", params={"field": "path"})
    if refusal := refused_handler(case, organ, "change_path"):
        return refusal
    for holder in handlers(case, organ):
        _change(case, event, holder, path)
        holder.path, holder.kind = path, None
    case.move("change_path")
    return None


def _change(case: Case, event: Event, holder: Holder, path: int) -> None:
    was, will_be = case.pack.is_clocked_path(holder.path), case.pack.is_clocked_path(path)
    running = holder.handling
    if was and not will_be and running is not None and running.runs_on(event.on):
        running.end("void", event.on, event.type)
    if will_be and not was and not holder.simplified and not holder.has_concluded and holder.clock_from:
        holder.handling = case.start("K08", holder.clock_from, by=holder.clock_by, organ=holder.name)

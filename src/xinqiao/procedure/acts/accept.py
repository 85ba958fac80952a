"""Acceptance 受理告知: the organ tells the petitioner that it takes the matter, and on which path."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..holders import Holder
from ..refusals import Refusal
from ._dispatch import bind_organ

SIMPLIFIED_KINDS = (None, "proposal")


def may_accept(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    path: int | None = None,
    kind: str | None = None,
    simplified: bool | None = None,
    is_repeat: bool | None = None,
    is_joint_or_complex: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may accept; simplified only a first, simple matter that no superior assigned."""
    if refusal := case.after_end() or refused_acceptance(case, organ):
        return refusal
    if recused:
        return case.refuse("recused", "recusal")
    if simplified and _too_much_for_simplified(case, organ, path, kind, is_repeat, is_joint_or_complex):
        return case.refuse("simplified-not-allowed", "simplified")
    return None


def acceptors(case: Case, organ: str | None) -> list[Holder]:
    """Who would accept: the one named; else the organs that have not answered; else the bureaus."""
    undecided = case.undecided(organ)
    return [holder for holder in undecided if not holder.is_bureau] or undecided


def refused_acceptance(case: Case, organ: str | None) -> Refusal | None:
    """An organ answers once, and only on a matter that it holds."""
    if acceptors(case, organ) or (organ is not None and _unnamed(case)):
        return None
    has_accepted = bool(case.accepted(organ))
    return case.refuse("already-accepted" if has_accepted else "not-dispatched-to", "accept", organ=organ)


def _unnamed(case: Case) -> bool:
    return any(holder.name is None and holder.direct and not holder.is_bureau for holder in case.undecided())


def _too_much_for_simplified(
    case: Case, organ: str | None, path: int | None, kind: str | None, *facts: bool | None
) -> bool:
    assigned = any(holder.report is not None for holder in case.holding(organ))
    other_path = path is not None and not case.pack.is_clocked_path(path)
    return assigned or other_path or kind not in SIMPLIFIED_KINDS or any(facts)


def accepted(case: Case, event: Event) -> Refusal | None:
    """The organ accepted: its time to tell stops, its time to handle starts."""
    organ, data = event.data.get("organ"), event.data
    if refusal := refused_acceptance(case, organ):
        return refusal
    says_how = data.get("path") or data.get("kind") or data.get("simplified")
    if not says_how and case.pack.settings["clocked_paths"]:
        return Refusal(code="missing-field", article=case.pack.article("change_path"), params={"field": "path"})
    holders = acceptors(case, organ) or bind_organ(case, organ or "")
    for holder in holders:
        answer(case, event, holder)
        _take(case, event, holder)
    if organ is None:
        case.stop(list(case.open_clocks("K03")), event.on, event.type)
    case.stop(list(case.open_clocks("K07")), event.on, event.type)
    case.start("K29", event.on, by=event.type, organ=organ, about="acceptance")
    case.move("accept")
    return None


def answer(case: Case, event: Event, holder: Holder) -> None:
    """The holder's time to tell the petitioner stops; its objection, made or still possible, is moot."""
    case.stop([holder.notice], event.on, event.type)
    if holder.is_bureau:
        case.stop((c for c in case.open_clocks("K02", "K02a") if c.organ == holder.name), event.on, event.type)
    right = holder.objection
    if right is not None and right.runs_on(event.on):
        right.end("void", event.on, event.type)
    if holder.objection_pending and holder.decision is not None:
        holder.decision.end("void", event.on, event.type)


def _take(case: Case, event: Event, holder: Holder) -> None:
    data, notice = event.data, holder.notice
    holder.accepted_on, holder.clock_from = event.on, event.on
    if notice is not None and not holder.is_bureau and not notice.ending:
        # Who accepts late gains no time by it: the 60 days run from the day on which the notice was due.
        holder.clock_from = min(event.on, notice.legal_due)
    holder.path, holder.kind, holder.simplified = data.get("path"), data.get("kind"), bool(data.get("simplified"))
    if holder.simplified:
        _start_simplified(case, event, holder)
    elif case.pack.is_clocked_path(holder.path):
        holder.handling = case.start("K08", holder.clock_from, by=holder.clock_by, organ=holder.name)
    if holder.kind == "proposal" and holder.handling is None:
        case.start("K19", event.on, by=event.type, organ=holder.name)


def _start_simplified(case: Case, event: Event, holder: Holder) -> None:
    """Simplified handling is known only now; its time to accept ran since the receipt."""
    if holder.notice is not None and not holder.is_bureau:
        receipt = case.start("K15", holder.notice.started_on, by=holder.notice.started_by, organ=holder.name)
        case.stop([receipt], event.on, event.type)
    for passing in [clock for clock in case.started if clock.rule.id == "K02"]:
        level = case.start("K17", passing.started_on, by=passing.started_by, organ=passing.organ)
        if level is not None and passing.stopped_on is not None:
            level.stop(passing.stopped_on, passing.stopped_by)
    holder.handling = case.start("K16", event.on, by=event.type, organ=holder.name)

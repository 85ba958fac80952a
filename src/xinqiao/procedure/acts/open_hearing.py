"""Hearing opened 听证: in handling, in review or in re-review; only in re-review does it stop the time."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._handling import busy_handlers, refused_handler

# Which time belongs to a hearing of which stage; whether it pauses is the pack's word.
CLOCK_OF = {"handling": "K08", "review": "K12", "rereview": "K14"}
ARTICLE_OF = {"handling": "open_hearing", "review": "open_hearing", "rereview": "rereview_hearing"}


def may_open_hearing(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    stage: str | None = None,
    recused: bool | None = None,
    chair_investigated: bool | None = None,
) -> Refusal | None:
    """Whether a hearing may be opened now; whoever investigated or has an interest does not chair it."""
    stage = stage or (case.stage if case.stage in CLOCK_OF else "handling")
    if refusal := case.after_end() or refused_hearing(case, organ, stage):
        return refusal
    if case.hearings.get(stage):
        return case.refuse("hearing-open", "close_hearing")
    if stage == "handling" and not busy_handlers(case, organ):
        return case.refuse("already-replied", "reply", organ=organ)
    if stage == "handling" and not _on_a_hearing_path(case, organ):
        return case.refuse("hearing-not-here", "open_hearing")
    return case.refuse("recused", "recusal") if recused or chair_investigated else None


def _on_a_hearing_path(case: Case, organ: str | None) -> bool:
    return any(case.pack.is_clocked_path(holder.path) for holder in busy_handlers(case, organ))


def refused_hearing(case: Case, organ: str | None, stage: str) -> Refusal | None:
    """A hearing belongs to a handling, a review or a re-review that is under way."""
    if stage == "handling":
        return refused_handler(case, organ, "open_hearing")
    if any(case.open_clocks(CLOCK_OF[stage])):
        return None
    return case.refuse("no-review-pending", ARTICLE_OF[stage])


def hearing_opened(case: Case, event: Event) -> Refusal | None:
    """A hearing began."""
    stage = event.data.get("stage")
    if stage not in CLOCK_OF:
        return Refusal(code="missing-field", params={"field": "stage"})
    if refusal := refused_hearing(case, event.data.get("organ"), stage):
        return refusal
    case.hearings[stage] = case.hearings.get(stage, 0) + 1
    for clock in case.open_clocks(CLOCK_OF[stage]):
        clock.open_hearing(event.on)
    case.move("open_hearing")
    return None

"""Hearing closed 听证结束: its days, first and last included, are known."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from .open_hearing import ARTICLE_OF, CLOCK_OF


def may_close_hearing(case: Case, *, today: date, organ: str | None = None, stage: str | None = None) -> Refusal | None:
    """Whether there is a hearing to close."""
    return case.after_end() or _refused(case, stage)


def _refused(case: Case, stage: str | None) -> Refusal | None:
    is_open = case.hearings.get(stage) if stage else any(case.hearings.values())
    return None if is_open else case.refuse("hearing-not-open", ARTICLE_OF[stage or "handling"])


def hearing_closed(case: Case, event: Event) -> Refusal | None:
    """A hearing ended; of two that overlapped, the time goes on after the last."""
    stage = event.data.get("stage")
    if stage not in CLOCK_OF:
        return Refusal(code="missing-field", params={"field": "stage"})
    if refusal := _refused(case, stage):
        return refusal
    case.hearings[stage] -= 1
    if not case.hearings[stage]:
        for clock in case.open_clocks(CLOCK_OF[stage]):
            clock.close_hearing(event.on)
    case.move("close_hearing")
    return None

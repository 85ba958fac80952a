"""Re-review 复核: the superior of the reviewing organ decides for the last time."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._remedies import REREVIEW, decide, pending, refused_decision


def may_rereview(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    petitioner: str | None = None,
    is_superior: bool | None = None,
    same_person: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may decide on the re-review: `is_superior` of the reviewing organ, and nobody twice."""
    if refusal := case.after_end():
        return refusal
    if not pending(case, REREVIEW, petitioner):
        return case.refuse("no-review-pending", "rereview")
    if case.hearings.get("rereview"):
        return case.refuse("hearing-open", "rereview_hearing")
    return refused_decision(case, REREVIEW, organ, is_superior=is_superior, same_person=same_person, recused=recused)


def rereviewed(case: Case, event: Event) -> Refusal | None:
    """The re-review opinion was given."""
    return decide(case, event, REREVIEW)

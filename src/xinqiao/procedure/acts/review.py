"""Review 复查: the superior of the organ that replied upholds, changes or sends back its opinion."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._remedies import REVIEW, decide, pending, refused_decision


def may_review(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    petitioner: str | None = None,
    is_superior: bool | None = None,
    same_person: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may decide on the review: `is_superior` of the deciding organ, and nobody twice."""
    if refusal := case.after_end():
        return refusal
    if not pending(case, REVIEW, petitioner):
        return case.refuse("no-review-pending", "review")
    if case.hearings.get("review"):
        return case.refuse("hearing-open", "close_hearing")
    return refused_decision(case, REVIEW, organ, is_superior=is_superior, same_person=same_person, recused=recused)


def reviewed(case: Case, event: Event) -> Refusal | None:
    """The review opinion was given."""
    return decide(case, event, REVIEW)

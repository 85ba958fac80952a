"""Assignment 交办: the matter goes to the competent organ, which must report the result by a set day."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal
from ._dispatch import dispatched
from .transfer import refused_dispatch


def may_assign(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    to: str | None = None,
    report_due_on: date | None = None,
    barred: bool | None = None,
    in_sphere: bool | None = None,
    recused: bool | None = None,
) -> Refusal | None:
    """Whether `organ` may assign the matter to `to`, to be reported on by `report_due_on`."""
    if report_due_on is not None and report_due_on < today:
        return case.after_end() or case.refuse("report-due-past", "assign", on=report_due_on)
    return case.after_end() or refused_dispatch(case, "assign", organ, to, barred, in_sphere, recused)


def assigned(case: Case, event: Event) -> Refusal | None:
    """The matter was assigned."""
    return dispatched(case, event, "assign")

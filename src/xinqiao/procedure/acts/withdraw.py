"""Withdrawal 撤回: by the petitioner's own code or signature, and never counted as settled."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal


def may_withdraw(
    case: Case, *, today: date, organ: str | None = None, by_petitioner: bool | None = None
) -> Refusal | None:
    """Whether the matter may be withdrawn: by the petitioner alone."""
    if refusal := case.after_end():
        return refusal
    return case.refuse("not-by-petitioner", "withdraw") if by_petitioner is False else None


def withdrawn(case: Case, event: Event) -> Refusal | None:
    """Every clock that runs is void."""
    case.end_all(event)
    case.move("withdraw")
    return None

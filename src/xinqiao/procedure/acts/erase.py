"""Erasure 依法删除: what a record says of a person is destroyed; that it was, and on what ground, stays."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..refusals import Refusal


def may_erase(case: Case, *, today: date, organ: str | None = None) -> Refusal | None:
    """Whether the contents may be destroyed: only of a matter that has ended, for nobody can decide on what is gone."""
    return None if case.ended_on else case.refuse("still-open", "erase")

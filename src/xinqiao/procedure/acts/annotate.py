"""Annotation 批阅、批示: a leader reads the matter and directs; it moves no clock and no stage."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..events import Event
from ..refusals import Refusal


def may_annotate(
    case: Case, *, today: date, organ: str | None = None, text: str | None = None, recused: bool | None = None
) -> Refusal | None:
    """Whether a leader of `organ` may annotate: at any time, but not with a direct interest in the matter."""
    if recused:
        return case.refuse("recused", "recusal")
    return case.refuse("reason-missing", "annotate") if text is not None and not text.strip() else None


def annotated(case: Case, event: Event) -> Refusal | None:
    """It stands on the record, as a supplement does."""
    return None

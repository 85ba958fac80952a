"""Rating 评价: the petitioner says how the handling was; it moves no stage and no statutory time."""

from __future__ import annotations

from ..case import Case
from ..events import Event
from ..refusals import Refusal


def rated(case: Case, event: Event) -> Refusal | None:
    """The time to rate was used; a late rating, also one after the end, stands on the record."""
    who = event.data.get("petitioner")
    clocks = [c for c in case.open_clocks("K24") if who in (c.petitioner, None) and not c.is_over(event.on)]
    case.stop(clocks, event.on, event.type)
    return None

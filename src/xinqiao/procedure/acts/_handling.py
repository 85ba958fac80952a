"""What the acts of a handling organ share: who handles, and who is refused as not handling."""

from __future__ import annotations

from ..case import Case
from ..holders import Holder
from ..refusals import Refusal


def handlers(case: Case, organ: str | None) -> list[Holder]:
    """The organs that accepted the matter and hold it: all, or the one named, or the only one, never named before."""
    return case.accepted(organ) or [holder for holder in case.accepted() if holder.name is None]


def busy_handlers(case: Case, organ: str | None) -> list[Holder]:
    """Those of them that have neither replied nor settled."""
    return [holder for holder in handlers(case, organ) if not holder.has_concluded]


def refused_handler(case: Case, organ: str | None, about: str) -> Refusal | None:
    """An organ acts only on a matter that it holds, and after accepting it."""
    if handlers(case, organ):
        return None
    if organ is not None and not case.holding(organ):
        return case.refuse("not-dispatched-to", about, organ=organ)
    return case.refuse("not-accepted", about, organ=organ)

"""Closing 办结: only when the paper is served and the petitioner's right is used, over or given up.

An organ's lateness never closes anything: no guard here looks at a duty that was missed.
"""

from __future__ import annotations

from datetime import date

from ..carrying import PAPER_AT
from ..case import Case
from ..events import Event
from ..refusals import Refusal

RIGHTS = ("K11", "K13")


def may_close(
    case: Case,
    *,
    today: date,
    organ: str | None = None,
    service_failed_reason: str | None = None,
    right_waived: bool | None = None,
) -> Refusal | None:
    """Whether the matter may be closed.

    `service_failed_reason`: why the paper could formally not be served, on
    file. `right_waived`: the petitioner gave up the remedy in writing.
    """
    return case.after_end() or (
        _unfinished(case)
        or (None if service_failed_reason else _unserved(case))
        or (None if right_waived else _right_open(case, today))
        or _report_outstanding(case)
    )


def _unfinished(case: Case) -> Refusal | None:
    if case.stage in ("review", "rereview"):
        return case.refuse("review-pending", case.stage)
    if case.stage in ("received", "dispatched"):
        return case.refuse("not-accepted", "accept")
    waiting = [h for h in case.accepted() if not h.has_concluded and _owes_a_reply(case, h.path, h.kind, h.simplified)]
    return case.refuse("not-replied", "reply") if waiting else None


def _owes_a_reply(case: Case, path: int | None, kind: str | None, simplified: bool) -> bool:
    """Other lawful paths end by their own law: there the notice of the path is the paper."""
    return simplified or kind == "proposal" or (kind is None and case.pack.is_clocked_path(path))


def _unserved(case: Case) -> Refusal | None:
    if case.stage == "declined" or case.is_settled:
        return None
    paper = PAPER_AT.get(case.stage, "acceptance")
    about = "serve_acceptance" if paper == "acceptance" else "serve"
    return case.refuse("not-served", about) if case.unserved(paper) else None


def _right_open(case: Case, today: date) -> Refusal | None:
    running = [clock.legal_due for clock in case.open_clocks(*RIGHTS) if not clock.is_over(today)]
    return case.refuse("remedy-open", "request_review", due=max(running)) if running else None


def _report_outstanding(case: Case) -> Refusal | None:
    return case.refuse("report-outstanding", "report") if any(case.open_clocks("K10")) else None


def closed(case: Case, event: Event) -> Refusal | None:
    """Every clock that runs is void."""
    case.end_all(event)
    case.move("close")
    return None

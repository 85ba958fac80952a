"""When a lawful act also carries the matter on: what `next` lists beyond the guards' word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .case import Case


def _somebody_sends(case: Case) -> bool:
    """A bureau has it, or it was declined and a bureau knows of it, or the organ that received it passes it on."""
    if case.stage == "declined":
        return any(holder.is_bureau for holder in case.holders)
    return any(holder.is_bureau or holder.direct for holder in case.undecided())


def _in_time_to_object(case: Case) -> bool:
    return any(not clock.is_over(case.today) for clock in case.open_clocks("K05"))


def _report_is_due(case: Case) -> bool:
    return any(case.open_clocks("K10"))


def _extendable(case: Case) -> bool:
    return any(clock.rule.max_extension for clock in case.open_clocks(EXTENDED_AT.get(case.stage, "")))


def _paper_waits(case: Case) -> bool:
    """A settlement has no paper that must be served before it counts."""
    return not case.is_settled and bool(case.unserved(PAPER_AT[case.stage]))


def _right_runs(case: Case) -> bool:
    """A late request is taken, but the way on is then the closing."""
    return any(not clock.is_over(case.today) for clock in case.open_clocks("K11", "K13"))


# Acts that are lawful more often than they carry the matter on.
PAPER_AT: dict[str, str] = {"replied": "reply", "reviewed": "review", "final": "rereview"}
EXTENDED_AT: dict[str, str] = {"handling": "K08", "review": "K12", "rereview": "K14"}
CARRIES_IF: dict[str, Callable[[Case], bool]] = {
    "assign": _somebody_sends,
    "object": _in_time_to_object,
    "report": _report_is_due,
    "transfer": _somebody_sends,
    "extend": _extendable,
    "request_rereview": _right_runs,
    "request_review": _right_runs,
    "serve": _paper_waits,
}

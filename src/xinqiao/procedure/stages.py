"""The stages of a matter and the acts that lead from one to the next: one table.

`next_stage` is the only place where a stage changes. An act that is lawful but
has no edge at a stage stands on the record and moves nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .articles import Names

STAGES: Final[dict[str, Names]] = {
    "received": Names("已收到", "已收到", "received"),
    "dispatched": Names("已转送交办", "已轉送交辦", "dispatched"),
    "handling": Names("办理中", "辦理中", "being handled"),
    "replied": Names("已作出处理意见", "已作出處理意見", "replied"),
    "review": Names("复查中", "複查中", "under review"),
    "reviewed": Names("已作出复查意见", "已作出複查意見", "reviewed"),
    "rereview": Names("复核中", "複核中", "under re-review"),
    "final": Names("已作出复核意见", "已作出複核意見", "final"),
    "declined": Names("不予受理", "不予受理", "declined"),
    "withdrawn": Names("已撤回", "已撤回", "withdrawn"),
    "closed": Names("已办结", "已辦結", "closed"),
}


class Edge(NamedTuple):
    """At `stage`, `verb` leads to `to`; `article` is a key of the pack.

    `when` tells outcomes of one act apart. `carries`: the act carries the
    matter on and is offered as next; the others are asides at that stage.
    """

    stage: str
    verb: str
    to: str
    article: str
    when: str = ""
    carries: bool = True


def _aside(stage: str, verb: str, to: str, article: str, when: str = "") -> Edge:
    return Edge(stage, verb, to, article, when, carries=False)


TABLE: Final[tuple[Edge, ...]] = (
    # Received: at the bureau, or at the organ that the petitioner turned to
    Edge("received", "transfer", "dispatched", "transfer"),
    Edge("received", "assign", "dispatched", "assign"),
    Edge("received", "report_up", "received", "report_up"),
    Edge("received", "accept", "handling", "accept"),
    Edge("received", "decline", "declined", "decline"),
    _aside("received", "decline", "received", "decline", "others hold it"),
    Edge("received", "withdraw", "withdrawn", "withdraw"),
    _aside("received", "close", "closed", "close"),
    # Dispatched: an organ has it and must tell the petitioner
    Edge("dispatched", "accept", "handling", "accept"),
    Edge("dispatched", "decline", "declined", "decline"),
    _aside("dispatched", "decline", "dispatched", "decline", "others hold it"),
    Edge("dispatched", "object", "dispatched", "object"),
    Edge("dispatched", "decide_objection", "dispatched", "decide_objection"),
    _aside("dispatched", "decide_objection", "received", "decide_objection", "given back"),
    Edge("dispatched", "transfer", "dispatched", "transfer"),
    Edge("dispatched", "assign", "dispatched", "assign"),
    Edge("dispatched", "withdraw", "withdrawn", "withdraw"),
    _aside("dispatched", "report_up", "dispatched", "report_up"),
    _aside("dispatched", "close", "closed", "close"),
    # Handling
    Edge("handling", "extend", "handling", "extend"),
    Edge("handling", "open_hearing", "handling", "open_hearing"),
    Edge("handling", "close_hearing", "handling", "close_hearing"),
    Edge("handling", "settle", "replied", "settle"),
    _aside("handling", "settle", "handling", "settle", "others handle it"),
    Edge("handling", "reply", "replied", "reply"),
    _aside("handling", "reply", "handling", "reply", "others handle it"),
    Edge("handling", "convert", "handling", "convert"),
    Edge("handling", "report", "handling", "report"),
    Edge("handling", "close", "closed", "close"),
    Edge("handling", "withdraw", "withdrawn", "withdraw"),
    _aside("handling", "accept", "handling", "accept"),
    _aside("handling", "change_path", "handling", "change_path"),
    _aside("handling", "transfer", "handling", "transfer"),
    _aside("handling", "assign", "handling", "assign"),
    _aside("handling", "serve", "handling", "serve_acceptance"),
    # Replied or settled
    Edge("replied", "serve", "replied", "serve"),
    Edge("replied", "request_review", "review", "request_review"),
    Edge("replied", "report", "replied", "report"),
    Edge("replied", "close", "closed", "close"),
    Edge("replied", "withdraw", "withdrawn", "withdraw"),
    # Review
    Edge("review", "open_hearing", "review", "open_hearing"),
    Edge("review", "close_hearing", "review", "close_hearing"),
    Edge("review", "extend", "review", "extend"),
    Edge("review", "review", "reviewed", "review"),
    _aside("review", "review", "handling", "review", "to be remade"),
    Edge("review", "withdraw", "withdrawn", "withdraw"),
    _aside("review", "review", "review", "review", "others wait"),
    _aside("review", "request_review", "review", "request_review"),
    _aside("review", "request_rereview", "rereview", "request_rereview"),
    _aside("review", "serve", "review", "serve"),
    _aside("review", "close", "closed", "close"),
    # Reviewed
    Edge("reviewed", "serve", "reviewed", "serve"),
    Edge("reviewed", "request_rereview", "rereview", "request_rereview"),
    Edge("reviewed", "close", "closed", "close"),
    Edge("reviewed", "withdraw", "withdrawn", "withdraw"),
    _aside("reviewed", "request_review", "review", "request_review"),
    # Re-review
    Edge("rereview", "open_hearing", "rereview", "rereview_hearing"),
    Edge("rereview", "close_hearing", "rereview", "rereview_hearing"),
    Edge("rereview", "extend", "rereview", "extend"),
    Edge("rereview", "rereview", "final", "rereview"),
    _aside("rereview", "rereview", "handling", "rereview", "to be remade"),
    Edge("rereview", "withdraw", "withdrawn", "withdraw"),
    _aside("rereview", "rereview", "rereview", "rereview", "others wait"),
    _aside("rereview", "request_rereview", "rereview", "request_rereview"),
    _aside("rereview", "review", "rereview", "review"),
    _aside("rereview", "serve", "rereview", "serve"),
    _aside("rereview", "close", "closed", "close"),
    # Final, declined, and the ends
    Edge("final", "serve", "final", "serve"),
    Edge("final", "close", "closed", "close"),
    _aside("final", "request_review", "review", "request_review"),
    _aside("final", "request_rereview", "rereview", "request_rereview"),
    _aside("final", "withdraw", "withdrawn", "withdraw"),
    _aside("final", "reopen", "received", "reopen"),
    Edge("declined", "transfer", "dispatched", "transfer"),
    Edge("declined", "assign", "dispatched", "assign"),
    Edge("declined", "close", "closed", "close"),
    Edge("declined", "reopen", "received", "reopen"),
    _aside("declined", "reopen", "dispatched", "reopen", "at an organ"),
    _aside("declined", "withdraw", "withdrawn", "withdraw"),
    Edge("withdrawn", "reopen", "received", "reopen"),
    _aside("withdrawn", "reopen", "dispatched", "reopen", "at an organ"),
    Edge("closed", "reopen", "received", "reopen"),
    _aside("closed", "reopen", "dispatched", "reopen", "at an organ"),
    _aside("final", "reopen", "dispatched", "reopen", "at an organ"),
)

_NEXT: Final = {(edge.stage, edge.verb, edge.when): edge.to for edge in TABLE}
_CARRYING: Final = {
    stage: tuple(sorted({edge.verb for edge in TABLE if edge.stage == stage and edge.carries})) for stage in STAGES
}


def next_stage(stage: str, verb: str, when: str = "") -> str:
    """Where `verb` leads from `stage`; `stage` itself where the table has no edge."""
    return _NEXT.get((stage, verb, when), stage)


def carrying_verbs(stage: str) -> tuple[str, ...]:
    """The acts that can carry a matter on at `stage`, alphabetical."""
    return _CARRYING[stage]


def edges_from(stage: str) -> tuple[Edge, ...]:
    """The rows of the table at `stage`, as pages and documents show them."""
    return tuple(edge for edge in TABLE if edge.stage == stage)

"""What is done at each moment of a plot: by whom, which legal act, with which words.

A moment is a function of the course of a matter and of the day; it gives the act with all that it takes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from xinqiao.matters.actions import (
    accept,
    annotate,
    assign,
    change_path,
    close,
    convert,
    decide_objection,
    decline,
    extend,
    recuse,
    reopen,
    reply,
    report,
    report_up,
    restore,
    serve,
    settle,
    supplement,
    transfer,
    withdraw,
)
from xinqiao.matters.actions import object as object_
from xinqiao.procedure import default_calendar
from xinqiao.project.demo.bank import Answer, Case, common_words
from xinqiao.project.demo.cast import CITIZEN, Cast, short_name
from xinqiao.project.demo.slots import fill
from xinqiao.reviews.actions import (
    close_hearing,
    open_hearing,
    request_rereview,
    request_review,
    rereview,
    review,
)

EXTENSION_DAYS = 30
REPORT_DAYS = 60
CHECKS = {"supported": ("settled",), "explained": ("explained",), "not_supported": ("explained",)}
METHODS = ("in_person", "in_person", "in_person", "post", "post", "electronic")


@dataclass(frozen=True)
class Deed:
    """One act: the account name of who does it (or ``citizen``), the action, and what it is given."""

    by: str
    act: Callable[..., Any]
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Course:
    """A matter on its way: the case, its people, its own chance, whether the petitioner is told where it went."""

    case: Case
    cast: Cast
    rng: Random
    tells_where: bool = True
    answer: Answer | None = None

    def words(self, name: str, day: date, **facts: str) -> str:
        """One of the texts of this name: the case's own, else the theme's, else what offices say everywhere."""
        for source in (self.case.words, self.case.theme.words, common_words()):
            if name in source:
                return self.fill(self.rng.choice(source[name]), day, **facts)
        raise KeyError(f"{self.case.key} has no words for {name}")

    def fill(self, text: str, day: date, **facts: str) -> str:
        """A text with the facts of this matter and the days counted from ``day``."""
        place = self.case.place or "现场"
        return fill(text, day, place=place, organ=short_name(self.case.holder), **facts)

    @property
    def is_told(self) -> bool:
        """Whether there is somebody whom a paper can reach."""
        return bool(self.case.who) and not self.case.anonymous


def _working(day: date) -> date:
    return default_calendar().next_working_day(day)


def _send(c: Course, day: date, by: str, to: str, *, assigned: int = 0, tells: bool = True) -> Deed:
    given: dict[str, Any] = {"to": to}
    if tells and c.tells_where:
        given["notified"] = True
    if assigned:
        note = c.words("assign_note", day)
        return Deed(
            by, assign.assign, {**given, "note": note, "report_due_on": _working(day + timedelta(days=assigned))}
        )
    if c.rng.random() < 0.4 and c.case.kind == "appeal":
        given["note"] = c.words("transfer_note", day)
    return Deed(by, transfer.transfer, given)


def _accept(c: Course, day: date, by: str, *, simplified: bool = False) -> Deed:
    if c.case.kind != "appeal":
        return Deed(by, accept.accept)
    given: dict[str, Any] = {"path": c.case.path if c.case.path in range(1, 6) else 6}
    if given["path"] != 6:
        given["basis"] = c.words("path_basis", day)
    return Deed(by, accept.accept, given | ({"simplified": True} if simplified else {}))


def _serve(c: Course, by: str, document: str) -> Deed:
    method = c.rng.choice(METHODS) if c.is_told else "in_person"
    if document == "settlement":
        method = "in_person"
    return Deed(by, serve.serve, {"document": document, "method": method})


def _reply(c: Course, day: date, by: str, *, again: bool = False) -> Deed:
    """The written opinion; ``again``: after an order to remake it, or after the matter was reopened."""
    c.answer = answer = _answered_anew(c, day) if again else _first_answer(c)
    given: dict[str, Any] = {
        "outcome": answer.outcome,
        "facts": c.fill(answer.facts, day),
        "opinion": c.fill(answer.opinion, day),
        "basis": answer.basis or c.case.theme.basis,
    }
    if answer.claims:
        given["claims"] = dict(enumerate(answer.claims, 1))
    return Deed(by, reply.reply, given)


def _answered_anew(c: Course, day: date) -> Answer:
    return Answer(facts=c.words("facts_again", day), opinion=c.words("opinion_again", day))


def _first_answer(c: Course) -> Answer:
    if c.case.reply is None:
        raise KeyError(f"{c.case.key} has no reply")
    return c.case.reply


def _close(c: Course, day: date, by: str, *, waiver: bool = False) -> Deed:
    outcome = c.answer.outcome if c.answer else "supported"
    given: dict[str, Any] = {"checks": CHECKS[outcome], "note": c.words("close_note", day)}
    if waiver:
        given["waiver"] = c.words("waiver", day)
    return Deed(by, close.close, given)


def _look_again(c: Course, day: date, level: str, outcome: str = "upheld") -> Deed:
    """The opinion on a review or a re-review."""
    by, act = (c.cast.reviewer, review.review) if level == "review" else (c.cast.rereviewer, rereview.rereview)
    given: dict[str, Any] = {
        "outcome": outcome,
        "facts": c.words(f"{level}_facts" if outcome == "upheld" else "remade_facts", day),
        "opinion": c.words(f"{level}_opinion" if outcome == "upheld" else "remade_opinion", day),
        "basis": f"《信访工作条例》第三十{'五' if level == 'review' else '六'}条",
    }
    if outcome == "remade":
        given["remake_due_on"] = _working(day + timedelta(days=30))
    return Deed(by, act, given)


def _decline(c: Course, day: date, by: str) -> Deed:
    kind = c.words("decline_kind", day)
    given = {"kind": kind, "reason": c.words("decline_reason", day), "door": c.words("decline_door", day)}
    return Deed(by, decline.decline, given)


def _extend(c: Course, day: date) -> Deed:
    return Deed(c.cast.head, extend.extend, {"days": EXTENSION_DAYS, "reason": c.words("extension", day)})


def _instruct(c: Course, day: date, by: str, days: int) -> Deed:
    """A leader says who does what by when."""
    due = _working(day + timedelta(days=days))
    note = c.words("instruction", day, by=f"{due.month}月{due.day}日")
    return Deed(by, annotate.annotate, {"note": note, "due_on": due})


Moment = Callable[[Course, date], Deed]

MOMENTS: dict[str, Moment] = {
    "accept": lambda c, day: _accept(c, day, c.cast.handler),
    "accept_accusation": lambda c, day: _accept(c, day, c.cast.handler),
    "accept_by_head": lambda c, day: _accept(c, day, c.cast.head),
    "accept_path": lambda c, day: _accept(c, day, c.cast.handler),
    "accept_proposal": lambda c, day: _accept(c, day, c.cast.handler),
    "accept_simply": lambda c, day: _accept(c, day, c.cast.handler, simplified=True),
    "annotate": lambda c, day: _instruct(c, day, c.cast.leader, 14),
    "ask_rereview": lambda c, day: Deed(
        CITIZEN, request_rereview.request_rereview, {"reason": c.words("ask_rereview", day)}
    ),
    "ask_review": lambda c, day: Deed(CITIZEN, request_review.request_review, {"reason": c.words("ask_review", day)}),
    "assign": lambda c, day: _send(c, day, c.cast.sender, c.case.holder, assigned=REPORT_DAYS),
    "change_path": lambda c, day: Deed(
        c.cast.handler, change_path.change_path, {"path": 4, "reason": c.words("change_path", day)}
    ),
    "close": lambda c, day: _close(c, day, c.cast.handler),
    "close_by_head": lambda c, day: _close(c, day, c.cast.head),
    "close_by_office": lambda c, day: _close(c, day, "qinshuo"),
    "close_waived": lambda c, day: _close(c, day, c.cast.handler, waiver=True),
    "convert": lambda c, day: Deed(c.cast.handler, convert.convert, {"reason": c.words("convert", day)}),
    "decline": lambda c, day: _decline(c, day, c.cast.sender),
    "decline_by_holder": lambda c, day: _decline(c, day, c.cast.handler),
    "declined_served": lambda c, day: _serve(c, c.cast.sender, "not_accepted"),
    "declined_served_by_holder": lambda c, day: _serve(c, c.cast.handler, "not_accepted"),
    "down": lambda c, day: _send(c, day, c.cast.sender, c.case.holder),
    "extend": _extend,
    "extension_served": lambda c, day: _serve(c, c.cast.handler, "extension"),
    "heard": lambda c, day: Deed(
        c.cast.handler, close_hearing.close_hearing, {"stage": "handling", "conclusion": c.words("hearing_end", day)}
    ),
    "hearing": lambda c, day: Deed(
        c.cast.handler, open_hearing.open_hearing, {"stage": "handling", "reason": c.words("hearing", day)}
    ),
    "instruct": lambda c, day: _instruct(c, day, c.cast.leader, 20),
    "noticed": lambda c, day: _serve(c, c.cast.handler, "acceptance"),
    "noticed_again": lambda c, day: _serve(c, c.cast.handler, "acceptance"),
    "noticed_by_head": lambda c, day: _serve(c, c.cast.head, "acceptance"),
    "object": lambda c, day: Deed(c.cast.first, object_.object, {"reason": c.words("objection", day)}),
    "overrule": lambda c, day: Deed(
        c.cast.sender, decide_objection.decide_objection, {"upheld": False, "reason": c.words("overrule", day)}
    ),
    "recuse": lambda c, day: Deed(
        c.cast.handler, recuse.recuse, {"user": c.cast.handler, "reason": c.words("recusal", day)}
    ),
    "reopen": lambda c, day: Deed(c.cast.head, reopen.reopen, {"reason": c.words("reopening", day)}),
    "reply": lambda c, day: _reply(c, day, c.cast.handler),
    "reply_again": lambda c, day: _reply(c, day, c.cast.handler, again=True),
    "reply_by_head": lambda c, day: _reply(c, day, c.cast.head),
    "report": lambda c, day: Deed(c.cast.handler, report.report, {"report": c.words("report", day)}),
    "report_from_office": lambda c, day: Deed(
        "hexiaowen", report.report, {"report": c.words("report_from_office", day)}
    ),
    "report_up": lambda c, day: Deed(c.cast.sender, report_up.report_up, {"reason": c.words("report_up", day)}),
    "rereview": lambda c, day: _look_again(c, day, "rereview"),
    "rereview_heard": lambda c, day: Deed(
        c.cast.rereviewer, close_hearing.close_hearing, {"stage": "rereview", "conclusion": c.words("hearing_end", day)}
    ),
    "rereview_hearing": lambda c, day: Deed(
        c.cast.rereviewer, open_hearing.open_hearing, {"stage": "rereview", "reason": c.words("hearing", day)}
    ),
    "rereview_served": lambda c, day: _serve(c, c.cast.rereviewer, "rereview"),
    "restore": lambda c, day: Deed(CITIZEN, restore.restore),
    "review": lambda c, day: _look_again(c, day, "review"),
    "review_heard": lambda c, day: Deed(
        c.cast.reviewer, close_hearing.close_hearing, {"stage": "review", "conclusion": c.words("hearing_end", day)}
    ),
    "review_hearing": lambda c, day: Deed(
        c.cast.reviewer, open_hearing.open_hearing, {"stage": "review", "reason": c.words("hearing", day)}
    ),
    "review_remade": lambda c, day: _look_again(c, day, "review", "remade"),
    "review_served": lambda c, day: _serve(c, c.cast.reviewer, "review"),
    "served": lambda c, day: _serve(c, c.cast.handler, "reply"),
    "served_by_head": lambda c, day: _serve(c, c.cast.head, "reply"),
    "settle": lambda c, day: Deed(c.cast.handler, settle.settle, {"agreement": c.words("settle", day)}),
    "settled_served": lambda c, day: _serve(c, c.cast.handler, "settlement"),
    "supplement": lambda c, day: Deed(CITIZEN, supplement.supplement, {"text": c.words("supplement", day)}),
    "told": lambda c, day: _serve(c, c.cast.sender, "destination"),
    "transfer": lambda c, day: _send(c, day, c.cast.sender, c.case.holder),
    "transfer_wrong": lambda c, day: _send(c, day, c.cast.sender, c.case.wrong, tells=False),
    "up": lambda c, day: _send(c, day, c.cast.front, "HCXF", tells=False),
    "up_assigned": lambda c, day: _send(c, day, c.cast.front, "HCXF", assigned=75, tells=False),
    "uphold": lambda c, day: Deed(
        c.cast.sender, decide_objection.decide_objection, {"upheld": True, "reason": c.words("uphold", day)}
    ),
    "withdraw": lambda c, day: Deed(CITIZEN, withdraw.withdraw, {"reason": c.words("withdrawal", day)}),
}

"""Every legal act over HTTP: its body, and the one action behind it. The verb is the address."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from xinqiao.access.actor import Actor
from xinqiao.api.fields import Code, Day, Flag, Petitioner, Strict, Words, text, whole
from xinqiao.api.files import received
from xinqiao.api.schemas import FileIn, Outcome, ReviewOutcome
from xinqiao.matters.acting import Acting
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.change_path import change_path
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.convert import convert
from xinqiao.matters.actions.decide_objection import decide_objection
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.reopen import reopen
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.report import report
from xinqiao.matters.actions.report_up import report_up
from xinqiao.matters.actions.restore import restore
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.settle import settle
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.papers import DOCUMENTS
from xinqiao.matters.submission import LIMITS
from xinqiao.reviews.actions.close_hearing import close_hearing
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.rereview import rereview
from xinqiao.reviews.actions.review import review

Claim = Annotated[str, Field(pattern=r"^([1-9]|1[0-9]|20)$")]
Claims = Annotated[
    dict[Claim, Outcome],
    Field(description="by the number of the claim", json_schema_extra={"additionalProperties": False}),
    AfterValidator(lambda said: {int(number): outcome for number, outcome in said.items()}),
]
Account = text("text")
Days = whole(1, 365)
Path = whole(1, 6)
Method = Literal["in_person", "left", "electronic", "post", "public_notice"]
HearingStage = Literal["handling", "review", "rereview"]


class Act(Strict):
    """``seen``: how many events the caller had read; somebody else's act since then is a 409."""

    seen: whole(0, 100_000) | None = None  # type: ignore[valid-type]


class Transfer(Act):
    to: Code
    notified: Flag = False
    note: Words = ""


class Assign(Transfer):
    report_due_on: Day


class Reasoned(Act):
    reason: Words


class DecideObjection(Reasoned):
    upheld: Flag
    objector: Code | None = None


class Accept(Act):
    path: Path | None = None  # type: ignore[valid-type]
    simplified: Flag = False
    basis: Words = ""


class Decline(Reasoned):
    kind: Literal["not_accepted", "not_again"]
    door: Words = ""


class ChangePath(Reasoned):
    path: Path  # type: ignore[valid-type]


class Annotate(Act):
    note: Words
    due_on: Day | None = None


class Extend(Reasoned):
    days: Days  # type: ignore[valid-type]
    clock: Literal["K08", "K12", "K14"] = "K08"
    approved_on: Day | None = None


class OpenHearing(Act):
    stage: HearingStage = "handling"
    reason: Words = ""


class CloseHearing(Act):
    stage: HearingStage = "handling"
    conclusion: Words


class Settle(Act):
    agreement: Words
    claims: Claims = {}


class Opinion(Act):
    facts: Words
    opinion: Words
    basis: Words


class Reply(Opinion):
    outcome: Outcome
    claims: Claims = {}


class Serve(Act):
    document: Literal[tuple(DOCUMENTS)]  # type: ignore[valid-type]
    method: Method = "in_person"
    served_on: Day | None = None
    petitioner: Petitioner | None = None
    evidence: Annotated[Words, Field(max_length=300)] = ""
    refused: Flag = False


class Report(Act):
    report: Words


class RequestReview(Reasoned):
    to: Code | None = None
    petitioner: Petitioner | None = None
    posted_on: Day | None = None


class Review(Opinion):
    outcome: ReviewOutcome
    petitioner: Petitioner | None = None
    remake_due_on: Day | None = None


class Supplement(Act):
    text: Account = ""  # type: ignore[valid-type]
    files: Annotated[list[FileIn], Field(max_length=LIMITS["files"])] = []


class Withdraw(Act):
    signed_paper: Words = ""
    reason: Words = ""


class Restore(Act):
    signed_paper: Words = ""


class Close(Act):
    checks: list[Literal["settled", "explained", "aided", "lawful"]] = []
    note: Words = ""
    waiver: Words = ""
    service_failed: Words = ""


class Recuse(Reasoned):
    user: Code


@dataclass(frozen=True)
class Door:
    """One act: what is sent, and what is called with it."""

    body: type[Act]
    action: Callable[..., Acting]


DOORS: dict[str, Door] = {
    "accept": Door(Accept, accept),
    "annotate": Door(Annotate, annotate),
    "assign": Door(Assign, assign),
    "change_path": Door(ChangePath, change_path),
    "close": Door(Close, close),
    "close_hearing": Door(CloseHearing, close_hearing),
    "convert": Door(Reasoned, convert),
    "decide_objection": Door(DecideObjection, decide_objection),
    "decline": Door(Decline, decline),
    "extend": Door(Extend, extend),
    "object": Door(Reasoned, object_),
    "open_hearing": Door(OpenHearing, open_hearing),
    "recuse": Door(Recuse, recuse),
    "reopen": Door(Reasoned, reopen),
    "reply": Door(Reply, reply),
    "report": Door(Report, report),
    "report_up": Door(Reasoned, report_up),
    "request_rereview": Door(RequestReview, request_rereview),
    "request_review": Door(RequestReview, request_review),
    "rereview": Door(Review, rereview),
    "restore": Door(Restore, restore),
    "review": Door(Review, review),
    "serve": Door(Serve, serve),
    "settle": Door(Settle, settle),
    "supplement": Door(Supplement, supplement),
    "transfer": Door(Transfer, transfer),
    "withdraw": Door(Withdraw, withdraw),
}
PETITIONER_MAY = frozenset({"request_review", "request_rereview", "restore", "supplement", "withdraw"})


def perform(verb: str, number: str, body: Act, actor: Actor) -> Acting:
    """Do one act as the caller."""
    said = body.model_dump()
    with ExitStack() as stack:
        if isinstance(body, Supplement):
            said["files"] = received(body.files, stack)
        return DOORS[verb].action(number=number, actor=actor, **said)

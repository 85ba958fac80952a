"""What each legal act asks of whom does it, in the order of the form. The law itself is asked by the action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from xinqiao.desk.acts import fields as f
from xinqiao.documents.labels import DeliveryMethod
from xinqiao.matters import labels
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
from xinqiao.matters.models import Claim, Kind
from xinqiao.reviews.actions.close_hearing import close_hearing
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.rereview import rereview
from xinqiao.reviews.actions.review import review
from xinqiao.reviews.models import Review

CLAIM_OUTCOMES = {code: words for code, words in Claim.Outcome.choices if code != Claim.Outcome.OPEN}


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """One act: the action behind it, its fields, what is said when it is done, and whether it asks once more.

    ``done`` may name ``%(to)s``; ``warning`` stands on the page that asks once more. ``otherwise`` holds the refusals
    that the form itself can answer, by code, with the words of the door that leads to it nevertheless.
    """

    action: Callable[..., Acting]
    fields: tuple[f.Builder, ...]
    done: f.Text
    icon: str = "document-text"
    key: str = ""
    warning: f.Text = ""
    otherwise: Mapping[str, f.Text] = field(default_factory=dict)


_TOLD = f.flag(
    "notified", _("Tell the petitioner where it went"), hint=_("A notice is made out and waits to be served.")
)
_REASON = f.words("reason", _("Reason"))
_OPINION = (
    f.words("facts", _("Facts and reasons"), rows=6),
    f.words("opinion", _("Opinion"), rows=6, hint=_("Answer every claim by its number.")),
    f.words("basis", _("Legal basis"), rows=2),
)
_FINAL = _("The paper gets its number and cannot be changed afterwards. Does it answer every claim?")
#: What is read while an act is written: the events that it decides on.
ABOUT: Mapping[str, tuple[str, ...]] = {
    "decide_objection": ("objected",),
    "review": ("replied", "review_requested"),
    "rereview": ("replied", "reviewed", "rereview_requested"),
}


def _note(label: f.Text) -> f.Builder:
    """What the sender adds; the paper says it, word for word."""
    return f.words("note", label, required=False, hint=_("It is printed in the letter."))


_SIGNED = f.words("signed_paper", _("Signed paper"), rows=2, hint=_("Which paper the petitioner signed, and its day."))
_WHOM = f.petitioner("petitioner", _("Which petitioner"))
_DECIDED = (
    _WHOM,
    f.one_of("outcome", _("Outcome"), dict(Review.Outcome.choices)),
    f.day(
        "remake_due_on",
        _("To be made anew by"),
        hint=_("Only where it is revoked or to be made anew; left empty, the organ has 60 days."),
    ),
    *_OPINION,
)


def _asking(level: str) -> tuple[f.Builder, ...]:
    return (
        _WHOM,
        f.superior("to", _("Which organ looks again"), level),
        f.words("reason", _("Why the petitioner does not agree")),
        f.day("posted_on", _("Postmark"), hint=_("The day of posting counts, where it came by post.")),
    )


FORMS: Mapping[str, ActForm] = {
    "transfer": ActForm(
        action=transfer,
        fields=(f.target("to", _("To which organ")), _TOLD, _note(_("Remark in the letter"))),
        done=_("Transferred to %(to)s."),
        icon="arrow-right-circle",
        key="T",
    ),
    "assign": ActForm(
        action=assign,
        fields=(
            f.target("to", _("Assigned to")),
            f.day("report_due_on", _("Report due on"), required=True, hint=_("The last day for the report.")),
            _TOLD,
            _note(_("Requirements")),
        ),
        done=_("Assigned to %(to)s."),
        icon="clipboard-document-check",
        key="B",
    ),
    "report_up": ActForm(
        action=report_up,
        fields=(f.words("reason", _("What is reported and proposed")),),
        done=_("Reported to the leadership."),
        icon="arrow-up-circle",
    ),
    "object": ActForm(
        action=object_,
        fields=(f.objection("reason", _("Why this organ is not competent, and which one is")),),
        done=_("The objection went to the sender."),
        icon="arrow-uturn-left",
    ),
    "decide_objection": ActForm(
        action=decide_objection,
        fields=(
            f.objector("objector", _("Whose objection")),
            f.one_of(
                "upheld",
                _("Decision"),
                {"yes": _("Upheld: the matter comes back here"), "no": _("Refused: the matter stays there")},
                coerce=lambda value: value == "yes",
            ),
            _REASON,
        ),
        done=_("The objection is decided."),
        icon="scale",
    ),
    "accept": ActForm(
        action=accept,
        fields=(
            f.only_for(
                Kind.APPEAL,
                f.one_of("path", _("Path (Article 31)"), dict(sorted(labels.PATHS.items(), reverse=True)), coerce=int),
                f.words(
                    "basis",
                    _("Special law and organ addressed"),
                    rows=2,
                    required=False,
                    hint=_("Only where it goes another way than the petition procedure."),
                ),
                f.flag("simplified", _("Simplified handling")),
            ),
        ),
        done=_("Accepted."),
        icon="check-circle",
        key="A",
    ),
    "decline": ActForm(
        action=decline,
        fields=(
            f.one_of("kind", _("Kind"), labels.DECLINES),
            _REASON,
            f.words(
                "door", _("Whom to turn to"), rows=2, required=False, hint=_("The organ that is competent, and how.")
            ),
        ),
        done=_("The matter is not accepted; the notice waits to be served."),
        icon="no-symbol",
        warning=_("The matter ends here unless it is reopened. The petitioner gets the reason in writing."),
    ),
    "change_path": ActForm(
        action=change_path,
        fields=(
            f.one_of("path", _("Path (Article 31)"), dict(sorted(labels.PATHS.items(), reverse=True)), coerce=int),
            _REASON,
        ),
        done=_("The path is changed."),
        icon="arrows-right-left",
    ),
    "convert": ActForm(
        action=convert, fields=(_REASON,), done=_("It goes on in the ordinary procedure."), icon="arrow-path"
    ),
    "annotate": ActForm(
        action=annotate,
        fields=(
            f.words("note", _("Instruction")),
            f.day("due_on", _("To be done by")),
        ),
        done=_("The instruction is on record."),
        icon="pencil",
    ),
    "extend": ActForm(
        action=extend,
        fields=(
            f.clock_to_extend("clock", _("Which time")),
            f.number("days", _("By how many days"), most=365, hint=_("Once only, at most 30 days.")),
            f.day("approved_on", _("Approved on"), is_today=True),
            f.words("reason", _("Reason"), hint=_("The petitioner is told this reason in writing.")),
        ),
        done=_("The time is extended; the notice waits to be served."),
        icon="calendar-days",
        key="E",
    ),
    "open_hearing": ActForm(
        action=open_hearing,
        fields=(f.hearing_stage("stage", _("Stage")), f.words("reason", _("Reason"), required=False)),
        done=_("The hearing is open."),
        icon="user-group",
        key="H",
    ),
    "close_hearing": ActForm(
        action=close_hearing,
        fields=(f.hearing_stage("stage", _("Stage")), f.words("conclusion", _("Conclusion"))),
        done=_("The hearing is closed."),
        icon="user-group",
        key="H",
    ),
    "settle": ActForm(
        action=settle,
        fields=(
            f.words("agreement", _("Terms agreed"), rows=6),
            f.claim_outcomes(_("Claim"), hint=""),
        ),
        done=_("The agreement is on record."),
        icon="chat-bubble-left-right",
        key="S",
    ),
    "reply": ActForm(
        action=reply,
        fields=(
            f.one_of("outcome", _("Outcome on the whole"), CLAIM_OUTCOMES),
            f.claim_outcomes(_("Claim"), hint=""),
            *_OPINION,
        ),
        done=_("The written opinion is given and waits to be served."),
        icon="document-text",
        key="A",
        warning=_FINAL,
    ),
    "serve": ActForm(
        action=serve,
        fields=(
            f.document("document", _("Document")),
            f.one_of("method", _("Way of service"), dict(DeliveryMethod.choices)),
            f.day("served_on", _("Arrived on"), is_today=True, required=True),
            _WHOM,
            f.line(
                "evidence",
                _("Evidence"),
                unless=_("needed for some ways"),
                hint=_(
                    "Who signed, the postal number, the witness; needed where it was left at the home or made public."
                ),
            ),
        ),
        done=_("The service is on record."),
        icon="document-check",
        key="D",
    ),
    "report": ActForm(
        action=report,
        fields=(f.words("report", _("Report"), rows=8),),
        done=_("The report went to the organ that assigned it."),
        icon="clipboard-document-list",
        key="R",
    ),
    "request_review": ActForm(
        action=request_review,
        fields=_asking("review"),
        done=_("The request went to the reviewing organ."),
        icon="scale",
    ),
    "review": ActForm(
        action=review,
        fields=_DECIDED,
        done=_("The review opinion is given and waits to be served."),
        icon="scale",
        key="A",
        warning=_FINAL,
    ),
    "request_rereview": ActForm(
        action=request_rereview,
        fields=_asking("rereview"),
        done=_("The request went to the organ of the re-review."),
        icon="scale",
    ),
    "rereview": ActForm(
        action=rereview,
        fields=_DECIDED,
        done=_("The re-review opinion is given and waits to be served."),
        icon="scale",
        key="A",
        warning=_("This is the last opinion: the same facts are not taken up again after it."),
    ),
    "supplement": ActForm(
        action=supplement,
        fields=(f.words("text", _("What is added"), required=False), f.files("files", _("Files"))),
        done=_("The material is added."),
        icon="paper-clip",
        key="F",
    ),
    "withdraw": ActForm(
        action=withdraw,
        fields=(_SIGNED, f.words("reason", _("Reason"), required=False, rows=2)),
        done=_("The matter is withdrawn; it can be taken back within seven days."),
        icon="arrow-uturn-left",
        warning=_(
            "Every time that runs ends. It never counts as settled, and the petitioner may undo it for seven days."
        ),
    ),
    "restore": ActForm(
        action=restore, fields=(_SIGNED,), done=_("The withdrawal is taken back."), icon="arrow-uturn-right"
    ),
    "close": ActForm(
        action=close,
        fields=(
            f.several("checks", _("Seen to before closing (Article 27)"), labels.CHECKS),
            f.words("note", _("Note"), required=False, rows=3),
            f.line(
                "waiver",
                _("Paper in which the remedy was given up"),
                hint=_("Only where the petitioner gave it up in writing before the time was over."),
            ),
            f.line(
                "service_failed",
                _("Why it could not be served"),
                hint=_("Only where every way of service was tried and failed."),
            ),
        ),
        done=_("The matter is closed."),
        icon="archive-box",
        key="C",
        warning=_("The matter ends here. New facts or an error reopen it."),
        otherwise={
            "remedy-open": _("The remedy was given up in writing: close it"),
            "not-served": _("It cannot be served in any way: close it"),
        },
    ),
    "reopen": ActForm(
        action=reopen,
        fields=(f.words("reason", _("New facts, new reasons, or the decision that corrects an error")),),
        done=_("The matter is open again."),
        icon="lock-open",
    ),
    "recuse": ActForm(
        action=recuse,
        fields=(f.colleague("user", _("Who stays away")), f.words("reason", _("Direct interest"))),
        done=_("From now on this person no longer sees the matter."),
        icon="user-minus",
    ),
}

"""What a notice says: for each kind the sentences to people outside, and those to the desk.

A table and nothing else. A sentence whose fact is not known is left out; the first of each kind needs the number alone,
the organ or the day at most. Chinese and Traditional wordings stand in the catalogues beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinqiao.notices.kinds import NoticeKind as K


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Sentences in their order; no ``citizen`` sentences: nobody outside gets this kind."""

    citizen: tuple[Promise, ...] = ()
    staff: tuple[Promise, ...] = ()


_REVIEW = _(
    "If you do not agree, you can apply to %(superior)s for review within %(days)s days of the day you receive it."
)
_FINAL = _("It is final: the same facts and reasons are not taken up again. New facts are.")
_ANSWER = _("You get a written answer by %(due_on)s.")
_PAPER = _("%(organ)s will serve it on you in writing.")
_DUE = _("Due %(due_on)s.")
_REPORT = _("Report due %(report_due_on)s.")
_WHY = _("Basis: %(article)s.")

WORDINGS: Mapping[K, Wording] = {
    K.REGISTERED: Wording(
        citizen=(
            _("What you sent was registered. Its number is %(number)s."),
            _("Registered on %(on)s by %(organ)s."),
            _("By %(due_on)s you hear in writing who deals with it, or which door is the right one."),
        ),
        staff=(_("%(number)s is registered."), _DUE),
    ),
    K.TRANSFERRED: Wording(
        citizen=(
            _("Your matter %(number)s was sent on to the organ that is competent."),
            _("Since %(on)s it is with %(to)s."),
            _("%(to)s tells you in writing by %(due_on)s whether it accepts it."),
        ),
        staff=(_("%(number)s was transferred."), _("From %(organ)s to %(to)s."), _DUE),
    ),
    K.ASSIGNED: Wording(
        citizen=(
            _("Your matter %(number)s was assigned to the organ that is competent."),
            _("Since %(on)s it is with %(to)s."),
            _("%(to)s tells you in writing by %(due_on)s whether it accepts it."),
        ),
        staff=(_("%(number)s was assigned."), _("From %(organ)s to %(to)s."), _DUE, _REPORT),
    ),
    K.REPORTED_UP: Wording(
        citizen=(
            _("Your matter %(number)s was put before the leadership."),
            _("It was %(organ)s that did so, on %(on)s."),
        ),
        staff=(_("%(number)s was reported to the leadership."),),
    ),
    K.OBJECTED: Wording(
        staff=(_("There is an objection to the transfer of %(number)s."), _("It comes from %(organ)s."), _DUE),
    ),
    K.OBJECTION_DECIDED: Wording(
        staff=(
            _("The objection to the transfer of %(number)s is decided."),
            _("Decided by %(organ)s on %(on)s."),
            _DUE,
        ),
    ),
    K.ACCEPTED: Wording(
        citizen=(
            _("Your matter %(number)s was accepted."),
            _("It is handled by %(organ)s, since %(on)s."),
            _ANSWER,
        ),
        staff=(_("%(number)s was accepted."), _("By %(organ)s on %(on)s."), _DUE),
    ),
    K.DECLINED: Wording(
        citizen=(
            _("Your matter %(number)s was not accepted. The reasons stand in the written notice."),
            _PAPER,
            _("The right door is %(door)s."),
            _WHY,
        ),
        staff=(_("%(number)s was not accepted."), _("By %(organ)s on %(on)s."), _WHY),
    ),
    K.PATH_CHANGED: Wording(
        citizen=(
            _("Your matter %(number)s is now handled in another lawful way."),
            _("It is handled by %(organ)s, since %(on)s."),
            _ANSWER,
        ),
        staff=(_("The path of %(number)s was changed."), _DUE),
    ),
    K.CONVERTED: Wording(
        citizen=(
            _("Your matter %(number)s needs a closer look and is now handled in the ordinary procedure."),
            _ANSWER,
        ),
        staff=(_("%(number)s is now in the ordinary procedure."), _DUE),
    ),
    K.ANNOTATED: Wording(staff=(_("There is an instruction of a leader on %(number)s."), _DUE)),
    K.SUPPLEMENTED: Wording(
        citizen=(_("Your addition to matter %(number)s arrived."), _("It is with %(organ)s, since %(on)s.")),
        staff=(_("The petitioner added something to %(number)s."),),
    ),
    K.EXTENDED: Wording(
        citizen=(
            _("Your matter %(number)s takes longer."),
            _("%(organ)s was given %(days)s more days."),
            _ANSWER,
            _WHY,
        ),
        staff=(_("The time for %(number)s was extended."), _("By %(days)s days."), _DUE),
    ),
    K.HEARING_OPENED: Wording(
        citizen=(
            _("There is a hearing on your matter %(number)s."),
            _("It was opened by %(organ)s on %(on)s. While it lasts, time stands still."),
        ),
        staff=(_("A hearing on %(number)s was opened."),),
    ),
    K.HEARING_CLOSED: Wording(
        citizen=(_("The hearing on your matter %(number)s is closed. Time runs again."), _ANSWER),
        staff=(_("The hearing on %(number)s is closed."), _DUE),
    ),
    K.SETTLED: Wording(
        citizen=(_("An agreement was reached on your matter %(number)s. It is set down in writing."), _PAPER),
        staff=(_("%(number)s was settled by agreement."), _("By %(organ)s on %(on)s.")),
    ),
    K.REPLIED: Wording(
        citizen=(_("The written opinion on your matter %(number)s is there."), _PAPER, _REVIEW),
        staff=(_("%(number)s was answered."), _("By %(organ)s on %(on)s."), _("To be served by %(due_on)s.")),
    ),
    K.SERVED: Wording(
        citizen=(
            _("A paper on your matter %(number)s was served on you."),
            _("Day of service: %(on)s."),
            _("If you do not agree, you can apply to %(superior)s by %(due_on)s."),
        ),
        staff=(_("A paper of %(number)s was served."), _("Day of service: %(on)s.")),
    ),
    K.REPORTED: Wording(staff=(_("The report on %(number)s arrived."), _("By %(organ)s on %(on)s."))),
    K.REVIEW_REQUESTED: Wording(
        citizen=(
            _("Your application for review of matter %(number)s arrived."),
            _("It is reviewed by %(to)s."),
            _ANSWER,
        ),
        staff=(_("A review of %(number)s was applied for."), _DUE),
    ),
    K.REVIEWED: Wording(
        citizen=(
            _("The opinion of the review of your matter %(number)s is there."),
            _PAPER,
            _(
                "If you do not agree, you can apply to %(superior)s for re-review "
                "within %(days)s days of the day you receive it."
            ),
        ),
        staff=(_("%(number)s was reviewed."), _("By %(organ)s on %(on)s.")),
    ),
    K.REREVIEW_REQUESTED: Wording(
        citizen=(
            _("Your application for re-review of matter %(number)s arrived."),
            _("It is reviewed by %(to)s."),
            _ANSWER,
        ),
        staff=(_("A re-review of %(number)s was applied for."), _DUE),
    ),
    K.REREVIEWED: Wording(
        citizen=(_("The opinion of the re-review of your matter %(number)s is there."), _PAPER, _FINAL),
        staff=(_("%(number)s was re-reviewed."), _("By %(organ)s on %(on)s.")),
    ),
    K.WITHDRAWN: Wording(
        citizen=(_("Matter %(number)s was withdrawn as you asked."), _("Until %(due_on)s you can undo this.")),
        staff=(_("%(number)s was withdrawn by the petitioner."), _("Until %(due_on)s this can be undone.")),
    ),
    K.CLOSED: Wording(
        citizen=(_("Matter %(number)s is closed."), _("Closed by %(organ)s on %(on)s.")),
        staff=(_("%(number)s is closed."), _("Closed by %(organ)s on %(on)s.")),
    ),
    K.REOPENED: Wording(
        citizen=(
            _("Your matter %(number)s was taken up again."),
            _("It is handled by %(organ)s, since %(on)s."),
            _("%(organ)s tells you in writing by %(due_on)s whether it accepts it."),
        ),
        staff=(_("%(number)s was reopened."), _("By %(organ)s on %(on)s."), _DUE),
    ),
    K.CLOCK_SOON: Wording(staff=(_("A duty on %(number)s ends soon."), _DUE, _WHY)),
    K.CLOCK_MISSED: Wording(
        staff=(_("A duty on %(number)s is not done, and its day is over."), _("It was due %(due_on)s."), _WHY)
    ),
    K.PAPER_UNSERVED: Wording(staff=(_("A paper of %(number)s is not served."), _("It was due %(due_on)s."))),
    K.NOTICE_FAILED: Wording(
        staff=(
            _("An e-mail to the petitioner did not get through. Tell the petitioner in another way."),
            _("It concerned %(number)s."),
            _("Attempts: %(attempts)s."),
        ),
    ),
}

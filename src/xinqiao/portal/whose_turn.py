"""Whose turn it is, in a heading and a few sentences: who must do what by which day, and what if it is late."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinqiao.components.accounts import clock_part
from xinqiao.components.parts import Clock as ClockPart
from xinqiao.components.surfaces import PORTAL
from xinqiao.matters.acting import Acting
from xinqiao.organs.models import Organ
from xinqiao.portal.reading import (
    DECISION_AT,
    full,
    has_reached,
    open_duty,
    open_right,
    organ_of,
    organ_urging,
    short,
)
from xinqiao.procedure import Clock

Texts = Mapping[tuple[int, str], str]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """``who`` is organ, petitioner or nobody; ``days_late`` counts from the day that binds, 0 where it is not over.

    ``urging`` is whom the petitioner may tell that an organ is late; ``clock`` has the reason of the day that the text
    names for an organ.
    """

    who: str
    heading: str
    text: str
    days_late: int = 0
    urging: Organ | None = None
    clock: ClockPart | None = None

    @property
    def days_left(self) -> int:
        """The same as the badge of a clock wants it."""
        return -self.days_late

    @property
    def why_title(self) -> str:
        """The question that the reason answers."""
        due = self.clock.legal_due if self.clock else None
        return _("Why %(day)s") % {"day": short(due)} if due else ""


def whose_turn(act: Acting, texts: Texts) -> Turn:
    """The one thing that is next."""
    if act.case.stage in _ENDED:
        return _ENDED[act.case.stage](act, texts)
    if duty := open_duty(act):
        return _late(act, duty) if duty.state == "missed" else _owed(act, duty)
    if right := open_right(act):
        return _yours(act, right)
    if act.case.stage in DECISION_AT:
        return _decided(act, DECISION_AT[act.case.stage])
    text = _("%(organ)s handles it by the rules of another procedure, which has its own times.")
    return _nobody(_("It was accepted"), text % {"organ": act.matter.holder.label})


def _owed(act: Acting, clock: Clock) -> Turn:
    words = {"organ": organ_of(act, clock).label, "what": duty_words(clock), "day": full(clock.legal_due)}
    if clock.state == "paused":
        text = _("A hearing is being held, and its days do not count. After it %(organ)s must %(what)s.") % words
        return Turn(who="organ", heading=_("Time stands still"), text=text)
    heading, text = _("It is with %(organ)s now") % words, _("%(organ)s must %(what)s by %(day)s.") % words
    return Turn(who="organ", heading=heading, text=text, clock=clock_part(clock, surface=PORTAL))


def _late(act: Acting, clock: Clock) -> Turn:
    late, days = organ_of(act, clock), -(clock.days_left or 0)
    words = {"organ": late.label, "what": duty_words(clock), "day": full(clock.legal_due), "n": days}
    text = _("%(organ)s had to %(what)s by %(day)s and is %(n)d days late.") % words
    urging, part = organ_urging(act, late), clock_part(clock, surface=PORTAL)
    return Turn(who="organ", heading=_("This is late"), text=text, days_late=days, urging=urging, clock=part)


def duty_words(clock: Clock) -> str:
    """What an organ must do by the day of a clock, so that it follows “must”."""
    notice = _("tell you in writing whether it is accepted")
    return {
        "K02": _("pass it on to the organ in charge"),
        "K03": notice,
        "K04": notice,
        "K15": notice,
        "K08": _("answer you in writing"),
        "K16": _("answer you in writing"),
        "K12": _("finish the review and tell you the result"),
        "K14": _("finish the re-review and tell you the result"),
    }[clock.id]


def _yours(act: Acting, clock: Clock) -> Turn:
    words = {"served": full(clock.started_on), "day": full(clock.legal_due), "organ": act.matter.holder.label}
    if clock.id == "K13":
        heading = _("The review opinion is there, now it is your turn")
        text = _(
            "You received the review opinion on %(served)s. If you agree, do nothing; if not, you can ask for a "
            "re-review until %(day)s."
        )
    else:
        heading = _("There is an answer, now it is your turn")
        text = _(
            "You received the written opinion on %(served)s. If you agree, do nothing; if not, you can ask for a "
            "review until %(day)s."
        )
    return Turn(who="petitioner", heading=heading, text=text % words)


def _decided(act: Acting, document: str) -> Turn:
    if not has_reached(act, document):
        text = _("It was decided on and is on its way to you. Your own time runs only from the day you receive it.")
        return Turn(who="organ", heading=_("There is an answer on its way"), text=text)
    if document == "rereview":
        text = _("The opinion of the re-review is final: the same facts and reasons are not looked at again.")
        return _nobody(_("The way inside the office has come to its end"), text)
    text = _("The time to ask for more is over. You can still ask; the organ above then decides whether to take it up.")
    return _nobody(_("There is an answer"), text)


def _withdrawn(act: Acting, texts: Texts) -> Turn:
    on = act.case.ended_on or act.today
    last = on + timedelta(days=int(act.pack.settings["withdrawal_undo_days"]))
    words, heading = {"on": full(on), "last": full(last)}, _("You have withdrawn it")
    if act.today > last:
        return _nobody(heading, _("You withdrew it on %(on)s. You can hand it in anew.") % words)
    text = _("You withdrew it on %(on)s. Until %(last)s you can change your mind; then everything goes on as before.")
    return Turn(who="petitioner", heading=heading, text=text % words)


def _declined(act: Acting, texts: Texts) -> Turn:
    event = next((e for e in reversed(act.recorded) if e.type == "declined"), None)
    seq = event.seq if event else 0
    found = [texts.get((seq, "reason"), ""), texts.get((seq, "door"), "")]
    return _nobody(_("It was not accepted"), joined([sentence for sentence in found if sentence]))


def _closed(act: Acting, texts: Texts) -> Turn:
    text = _("It was closed on %(on)s. With new facts or reasons it can be opened again.")
    return _nobody(_("It is closed"), text % {"on": full(act.case.ended_on or act.today)})


_ENDED: dict[str, Callable[[Acting, Texts], Turn]] = {
    "withdrawn": _withdrawn,
    "declined": _declined,
    "closed": _closed,
}


def _nobody(heading: str, text: str) -> Turn:
    return Turn(who="nobody", heading=heading, text=text)


def joined(sentences: list[str]) -> str:
    """Sentences one after the other; Chinese needs no space between them."""
    return (" " if get_language() == "en" else "").join(sentences)

"""A matter read for its petitioner: which clocks concern him, who owes what, what reached him. Nothing is written."""

from datetime import date, datetime

from xinqiao.components.dates import day_words, portal_day, portal_instant
from xinqiao.components.surfaces import PORTAL, current_language
from xinqiao.matters.acting import Acting
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.selectors import organ_names
from xinqiao.organs.lookup import organs_named
from xinqiao.organs.models import Organ, OrganKind
from xinqiao.procedure import Clock

# The clocks between organs alone: an objection, its decision, the report on an assignment.
BETWEEN_ORGANS = frozenset({"K05", "K06", "K10"})
OPEN = frozenset({"running", "paused", "missed"})
# The paper that tells what was decided, by stage.
DECISION_AT = {"replied": "reply", "reviewed": "review", "final": "rereview"}


def shown_clocks(act: Acting) -> list[Clock]:
    """The clocks that concern the petitioner, in the order of their start."""
    return [clock for clock in act.case.clocks if clock.id not in BETWEEN_ORGANS]


def open_duty(act: Acting) -> Clock | None:
    """The organ's duty that is due first; None where no organ owes anything."""
    duties = [c for c in shown_clocks(act) if c.state in OPEN and not c.rule.is_right]
    return min(duties, key=lambda c: (c.legal_due, c.id), default=None)


def open_right(act: Acting) -> Clock | None:
    """The petitioner's right that runs out first; None where none runs."""
    rights = [c for c in shown_clocks(act) if c.state == "running" and c.rule.is_right]
    return min(rights, key=lambda c: (c.legal_due, c.id), default=None)


def has_reached(act: Acting, document: str) -> bool:
    """Whether a decision was served on anybody; one without a name can be served on nobody and is shown at once."""
    waiting, wanted = act.case.unserved(document), act.case.addressees(document)
    return act.matter.is_anonymous or len(waiting) < len(wanted)


def organ_of(act: Acting, clock: Clock) -> Organ:
    """The organ whose duty a clock is."""
    return organ_coded(clock.organ) or act.matter.holder


def organ_coded(code: str | None) -> Organ | None:
    """The organ of a code of the record."""
    return organs_named([code]).get(code or "")


def organs_in_charge(act: Acting) -> list[Organ]:
    """Whom to turn to now: who reviews, and who holds the matter; after its end the last one that held it."""
    reviewing = [clock.organ for clock in act.case.clocks if clock.id in {"K12", "K14"} and clock.is_open]
    codes = [*reviewing, *(holder.name for holder in act.case.holding())]
    found = [organ for code in dict.fromkeys(codes) if (organ := organ_coded(code))]
    return found or [act.matter.holder]


def has_organ_in_charge(act: Acting) -> bool:
    """Whether an organ has it that handles it or must say whether it does; a petition office only passes it on."""
    return any(holder.has_accepted or not holder.is_bureau for holder in act.case.holding())


def organ_urging(act: Acting, late: Organ) -> Organ | None:
    """Who urges an organ that is late: the petition office, and above that its own superior; never one accused."""
    office = act.matter.received_by
    above = [late.line_parent, late.parent] if office.pk == late.pk or office.kind != OrganKind.BUREAU else [office]
    return next((organ for organ in above if organ and not is_barred_from(organ, act.matter)), None)


def name_of(code: str | None, otherwise: str = "") -> str:
    """The name of an organ in the reader's language."""
    return organ_names([code]).get(code or "", otherwise)


def full(day: date) -> str:
    """A day with its weekday."""
    return portal_day(day, current_language())


def instant_words(instant: datetime) -> str:
    """A day with its weekday and the time of day."""
    return portal_instant(instant, current_language())


def short(day: date) -> str:
    """A day without its year: only where the full one stands beside it."""
    return day_words(day, language=current_language(), surface=PORTAL, short=True)

"""What asking for a review and for a re-review have in common."""

from datetime import date

from django.utils.translation import gettext as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.petitioners import petitioner_of
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.telling import tell_organs, tell_petitioners
from xinqiao.procedure import Clock
from xinqiao.reviews.models import Review
from xinqiao.reviews.superiors import chosen_organ

RIGHT_OF = {"review": "K11", "rereview": "K13"}


def ask(
    act: Acting, level: str, *, to: str | None, reason: str, petitioner: str | None, posted_on: date | None
) -> Review:
    """Record the request and let the reviewing organ in; a late one stays on record and is decided on as such."""
    act.check(petitioner=petitioner)
    require_words(reason=reason)
    petitioner_of(act, petitioner)
    _check_postmark(act, level, petitioner, posted_on)
    organ = chosen_organ(act, level, to)
    data = {"petitioner": petitioner, "posted_on": posted_on.isoformat() if posted_on else None, "organ": organ.code}
    event = act.append(data, texts={"reason": reason})
    act.involve(organ, "reviewer")
    tell_organs(act.matter, event.type, [organ.pk], due_on=act.matter.next_due_on)
    tell_petitioners(act.matter, event.type, to=organ.name, due_on=act.matter.next_due_on)
    return Review.objects.create(
        root_organ_id=act.matter.root_organ_id,
        matter=act.matter,
        level=level,
        petitioner=petitioner or "",
        organ=organ,
        requested_on=act.today,
        is_late=any(clock.state == "lapsed" for clock in _rights(act, level, petitioner)),
    )


def _rights(act: Acting, level: str, petitioner: str | None) -> list[Clock]:
    """The times in which those who ask could ask."""
    right = RIGHT_OF[level]
    return [c for c in act.case.clocks if c.id == right and (petitioner is None or c.petitioner in (petitioner, None))]


def _check_postmark(act: Acting, level: str, petitioner: str | None, posted_on: date | None) -> None:
    """A postmark is read by those who open letters, and nobody answers a paper before he has it."""
    if posted_on is None:
        return
    if act.actor.kind == "citizen":
        raise Invalid({"posted_on": _("Only the office that opens a letter notes its postmark.")})
    if posted_on > act.today:
        raise Invalid({"posted_on": _("The postmark lies after today; check the day.")})
    if all(posted_on < right.started_on for right in _rights(act, level, petitioner)):
        raise Invalid({"posted_on": _("The postmark lies before the day of service; check both.")})

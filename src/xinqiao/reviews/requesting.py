"""What asking for a review and for a re-review have in common."""

from datetime import date

from django.utils.translation import gettext as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.telling import tell_organs, tell_petitioners
from xinqiao.reviews.models import Review
from xinqiao.reviews.superiors import chosen_organ


def ask(
    act: Acting, level: str, *, to: str | None, reason: str, petitioner: str | None, posted_on: date | None
) -> Review:
    """Record the request and let the reviewing organ in; a late one stays on record and is decided on as such."""
    act.check(petitioner=petitioner)
    require_words(reason=reason)
    if posted_on and posted_on > act.today:
        raise Invalid({"posted_on": _("The postmark lies after today; check the day.")})
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
        is_late=any(c.state == "lapsed" and c.id == ("K11" if level == "review" else "K13") for c in act.case.clocks),
    )

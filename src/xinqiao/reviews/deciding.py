"""What giving the opinion of a review and of a re-review have in common."""

from datetime import date

from django.utils.translation import gettext as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.papers import paper_to_petitioners, reserve_papers
from xinqiao.matters.petitioners import petitioner_of
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.telling import tell_organs, tell_petitioners
from xinqiao.reviews.models import Review
from xinqiao.reviews.superiors import handled_by

#: Outcomes after which the organ that replied replies anew.
MADE_ANEW = (Review.Outcome.REMADE, Review.Outcome.REVOKED)


def decide(
    act: Acting,
    level: str,
    *,
    outcome: str,
    facts: str,
    opinion: str,
    basis: str,
    petitioner: str | None,
    remake_due_on: date | None,
) -> Review | None:
    """Record the opinion; only the organ asked may give it, and nobody who had a part in what is looked at."""
    petitioner_of(act, petitioner)
    row = open_review(act, level, petitioner)
    whose = petitioner or (row.petitioner if row else None) or None
    act.check(
        petitioner=whose,
        is_superior=row is not None and row.organ_id == act.actor.organ_id,
        same_person=act.actor.user_id in handled_by(act, level),
    )
    _check_remaking(outcome, remake_due_on)
    require_words(facts=facts, opinion=opinion, basis=basis)
    texts = {"facts": facts, "opinion": opinion, "basis": basis}
    papers = reserve_papers(act, level, texts=texts)
    event = act.append(
        {
            "outcome": outcome,
            "petitioner": whose,
            "organ": act.organ,
            "remake_due_on": remake_due_on.isoformat() if remake_due_on else None,
            **papers.said,
        },
        texts=texts,
    )
    paper_to_petitioners(act, papers, level, only=whose)
    tell_organs(act.matter, event.type, [act.matter.holder_id], organ=act.actor.organ_name)
    tell_petitioners(act.matter, event.type, organ=act.actor.organ_name, on=act.today)
    return _settle_row(row, act, outcome)


def _check_remaking(outcome: str, due: date | None) -> None:
    """A day for a new opinion goes with an order to make one."""
    if due is not None and outcome not in MADE_ANEW:
        raise Invalid({"remake_due_on": _("The opinion is not to be made anew; leave the day empty.")})


def open_review(act: Acting, level: str, petitioner: str | None) -> Review | None:
    """The request that the actor decides on: that of the petitioner named, else the oldest that waits at his organ.

    Where each petitioner chose another superior, each of these decides for its own petitioner alone.
    """
    rows = Review.objects.filter(matter=act.matter, level=level, decided_on=None).order_by("id")
    if petitioner:
        return rows.filter(petitioner__in=[petitioner, ""]).first()
    return rows.filter(organ_id=act.organ_id).first() or rows.first()


def _settle_row(row: Review | None, act: Acting, outcome: str) -> Review | None:
    if row:
        row.outcome, row.decided_on, row.decided_by_id = outcome, act.today, act.actor.user_id
        row.save(update_fields=["outcome", "decided_on", "decided_by"])
    return row

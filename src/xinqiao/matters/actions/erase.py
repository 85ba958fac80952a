"""Erase (依法删除): the words, files and identities of a matter that has ended are destroyed; the chain stays whole."""

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.documents.services import erase_attachments
from xinqiao.matters.acting import Acting, actor_stamp, begin, organ_stamp
from xinqiao.matters.models import Matter
from xinqiao.matters.saying import check_texts
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.views_of_record import save_view
from xinqiao.procedure import Refused
from xinqiao.procedure.acts.erase import may_erase
from xinqiao.record import erase as erase_record

IDENTITY = ("name", "id_number", "telephone", "email", "address")
GROUNDS = ("purpose_reached", "retention_over", "consent_withdrawn", "unlawful", "ordered")


@transaction.atomic(durable=True)
def erase(*, number: str, actor: Actor, ground: str, basis: str, seen: int | None = None) -> Acting:
    """Destroy what a matter holds of persons, for good.

    ``ground`` is a code of ``GROUNDS`` (Personal Information Protection Law, Article 47); ``basis`` says in words, and
    without naming anybody, which order or rule it was: these words stay. Raises Forbidden, NotThere, Invalid, and
    Refused while the matter is open.
    """
    act = begin("erase", number=number, actor=actor, seen=seen)
    if refusal := may_erase(act.case, today=act.today, organ=act.organ):
        raise Refused(refusal)
    _check(ground, basis)
    _destroy_rows(act.matter)
    act.event = erase_record(
        act.matter.stream,
        basis=ground,
        note=basis,
        actor=actor_stamp(actor),
        organ=organ_stamp(actor),
        at=now(),
        on=act.today,
        article=act.pack.article("erase"),
        pack=act.pack.version,
        calendar=act.calendar.version,
    )
    save_view(act.matter, act.case, calendar=act.calendar)
    return act


def _check(ground: str, basis: str) -> None:
    if ground not in GROUNDS:
        raise Invalid({"ground": _("Choose one of the grounds listed.")})
    require_words(basis=basis)
    check_texts({"basis": basis})


def _destroy_rows(matter: Matter) -> None:
    """What stands beside the record: identities, files and evidence of service, and the words in the row itself."""
    matter.petitioners.update(**dict.fromkeys(IDENTITY))
    erase_attachments(matter.stream)
    Matter.objects.filter(pk=matter.pk).update(title="", place="")
    matter.title = matter.place = ""

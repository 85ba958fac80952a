"""Whom an accusation must never reach: the accused organ, what stands below it, what the accused heads (Article 30)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from xinqiao.access.actor import heads_of
from xinqiao.access.clock import today
from xinqiao.matters.models import Accused, Kind, Matter
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ, OrganKind


def is_barred(organ: Organ, accused: Iterable[Accused]) -> bool:
    """Whether an organ is accused, stands below an accused one, or is headed by somebody accused."""
    rows = list(accused)
    organs = {row.organ_id for row in rows if row.organ_id}
    users = {row.user_id for row in rows if row.user_id}
    return bool(organs & set(organ.ancestors)) or bool(users and users & set(heads_of(organ.ancestors, today())))


def is_barred_from(organ: Organ, matter: Matter) -> bool:
    """The same for a matter; only accusations bar anybody."""
    return matter.kind == Kind.ACCUSATION and is_barred(organ, matter.accused.all())


def unaccused_receiver(receiver: Organ, accused: Iterable[Accused]) -> Organ:
    """The receiver, or where it is accused itself the next petition office or organ above it that is not.

    Raises Invalid where the whole office is accused: such a letter goes to the next higher office, sealed.
    """
    rows = list(accused)
    organ: Organ | None = receiver
    while organ is not None and is_barred(organ, rows):
        organ = organ.line_parent if organ.kind == OrganKind.BUREAU and organ.line_parent else organ.parent
    if organ is None:
        sentence = _(
            "This accusation concerns the office itself: pass it on, sealed, to the next higher petition office."
        )
        raise Invalid({"accused_organs": sentence})
    return organ

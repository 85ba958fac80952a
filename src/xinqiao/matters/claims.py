"""What is decided on each claim of a petition."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from xinqiao.matters.models import Claim, Matter
from xinqiao.matters.submission import Invalid

DECIDED = ("supported", "explained", "not_supported")


def decided(matter: Matter, claims: Mapping[int, str], *, others: str | None = None) -> dict[int, str]:
    """An outcome for every claim: its own, or that of ``others``; a claim without either stays open.

    Raises Invalid for a claim that was never made and for a word that is no outcome.
    """
    known = list(Claim.objects.filter(matter=matter).values_list("ordinal", flat=True))
    if strange := sorted(set(claims) - set(known)):
        raise Invalid({"claims": _("There is no claim number %(number)d.") % {"number": strange[0]}})
    if wrong := [outcome for outcome in claims.values() if outcome not in DECIDED]:
        raise Invalid({"claims": _("%(word)s is no outcome of a claim.") % {"word": wrong[0][:20]}})
    outcomes = {ordinal: claims.get(ordinal, others) for ordinal in known}
    return {ordinal: outcome for ordinal, outcome in outcomes.items() if outcome}


def decide_claims(matter: Matter, outcomes: Mapping[int, str]) -> None:
    """Note what was decided on each claim; one left out takes no outcome."""
    for ordinal, outcome in outcomes.items():
        Claim.objects.filter(matter=matter, ordinal=ordinal).update(outcome=outcome)

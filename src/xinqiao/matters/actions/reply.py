"""Reply (出具处理意见书): facts, reasons, opinion and legal basis, claim by claim (Articles 31 and 32)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin, decide_claims
from xinqiao.matters.models import Claim
from xinqiao.matters.papers import paper_to_petitioners
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.matters.telling import tell_petitioners
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import superiors


@transaction.atomic(durable=True)
def reply(
    *,
    number: str,
    actor: Actor,
    outcome: str,
    facts: str,
    opinion: str,
    basis: str,
    claims: Mapping[int, str] | None = None,
    seen: int | None = None,
) -> Acting:
    """Give the written opinion; ``outcome`` and each claim: ``supported``, ``explained`` or ``not_supported``."""
    act = begin("reply", number=number, actor=actor, seen=seen)
    act.check(outcome=outcome, missing=())
    require_words(facts=facts, opinion=opinion, basis=basis)
    decided = _decided(act, outcome, claims or {})
    data = {"organ": act.organ, "outcome": outcome, "claims": {f"c{k}": v for k, v in decided.items()}}
    act.append(data, texts={"facts": facts, "opinion": opinion, "basis": basis})
    decide_claims(act.matter, decided)
    paper_to_petitioners(act, "reply")
    above = superiors(Organ.objects.select_related("parent", "line_parent").get(pk=actor.organ_id))
    tell_petitioners(act.matter, "replied", organ=actor.organ_name, days=30, superior=above[0].name if above else None)
    return act


def _decided(act: Acting, outcome: str, claims: Mapping[int, str]) -> dict[int, str]:
    """An outcome for every claim: its own, or that of the whole; raises Invalid for claims that were never made."""
    known = list(Claim.objects.filter(matter=act.matter).values_list("ordinal", flat=True))
    if strange := sorted(set(claims) - set(known)):
        raise Invalid({"claims": _("There is no claim number %(number)d.") % {"number": strange[0]}})
    if wrong := [o for o in claims.values() if o not in {"supported", "explained", "not_supported"}]:
        raise Invalid({"claims": _("%(word)s is no outcome of a claim.") % {"word": wrong[0][:20]}})
    return {ordinal: claims.get(ordinal, outcome) for ordinal in known}

"""Which acts somebody may do on a matter now, and why not the others: asked before the click as it is after it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xinqiao.access.permissions import Permission
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting, refused_as_erased
from xinqiao.matters.models import Kind
from xinqiao.procedure import MAY, Refusal
from xinqiao.reviews.models import Review
from xinqiao.reviews.superiors import handled_by

PETITIONERS_OWN = ("request_review", "request_rereview", "withdraw", "restore")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One act: what it is called, and the refusal with which it is greyed (None: it may be done)."""

    verb: str
    label: str
    refusal: Refusal | None


def choices(act: Acting) -> list[Choice]:
    """Every act within the actor's power: first what may be done now, then what may not, each with its reason."""
    found = [
        Choice(verb=verb, label=str(label), refusal=refusal_of(act, verb))
        for verb, label in labels.ACTS.items()
        if act.actor.may(Permission(f"matter:{verb}"))
    ]
    if _asks_the_head(act):
        refusal = act.case.refuse("approval-missing", "extend")
        found.append(Choice(verb="extend", label=str(labels.ACTS["extend"]), refusal=refusal))
    return sorted(found, key=lambda choice: choice.refusal is not None)


def _asks_the_head(act: Acting) -> bool:
    """Whoever handles the matter learns where more time comes from: the head of the organ gives it (Article 34)."""
    if act.actor.may(Permission.MATTER_EXTEND) or not act.actor.may(Permission.MATTER_REPLY):
        return False
    return any(clock.organ == act.organ for clock in act.case.open_clocks("K08", "K16"))


def refusal_of(act: Acting, verb: str) -> Refusal | None:
    """Why an act may not be done now, as far as that is known before its form is filled in."""
    if erased := refused_as_erased(act.matter):
        return erased
    if verb not in MAY:
        return None
    facts = FACTS[verb](act) if verb in FACTS else {}
    refusal: Refusal | None = MAY[verb](act.case, today=act.today, organ=act.organ, **facts)
    if refusal is None and verb in ("transfer", "assign") and _has_nowhere_to_send(act):
        return act.case.refuse("nowhere-below", verb)
    if refusal is not None and verb == "request_rereview" and act.case.replied_on and not act.case.reviewed_for:
        return act.case.refuse("not-reviewed", verb)
    if refusal is None and verb == "close" and act.has_unserved:
        return act.case.refuse("not-served", "serve")
    if refusal is not None and verb == "serve" and act.has_unserved:
        return None
    return refusal


def _has_nowhere_to_send(act: Acting) -> bool:
    """An accusation may go to any organ of the office; everything else goes down (Article 22)."""
    return act.matter.kind != Kind.ACCUSATION and not act.actor.has_organs_below


def _reviewer(level: str) -> Callable[[Acting], dict[str, Any]]:
    def facts(act: Acting) -> dict[str, Any]:
        asked = Review.objects.filter(matter=act.matter, level=level, decided_on=None, organ_id=act.organ_id).exists()
        return {"is_superior": asked, "same_person": act.actor.user_id in handled_by(act, level)}

    return facts


FACTS: dict[str, Callable[[Acting], dict[str, Any]]] = {
    "review": _reviewer("review"),
    "rereview": _reviewer("rereview"),
}

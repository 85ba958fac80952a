"""What transfer and assignment share: a lawful target, the handing over, the letters and notices."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.models import Kind
from xinqiao.matters.papers import check_typeset, papers_of_dispatch, reserve_papers
from xinqiao.matters.submission import Invalid
from xinqiao.matters.telling import tell_both
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Category, Organ
from xinqiao.organs.tree import current_successors
from xinqiao.procedure import EVENT_OF


def target_organ(act: Acting, code: str, **facts: Any) -> Organ:
    """The organ to which a matter goes; raises Invalid for one unknown, Refused for one that must not get it."""
    act.check(**facts)
    try:
        organ = living_organ(code, root_id=act.matter.root_organ_id, on=act.today)
    except UnknownOrgan:
        raise Invalid({"to": _unknown(code, act)}) from None
    barred = is_barred_from(organ, act.matter)
    act.check(to=organ.code, barred=barred, in_sphere=_is_in_sphere(act, organ), **facts)
    return organ


def _is_in_sphere(act: Acting, organ: Organ) -> bool:
    """Whether the receiver lies in what the sender looks after, by territory or by line (Article 22, item 2).

    An accusation goes by the rules on cadres instead, and so may go up; a congress passes on to the organs it elects.
    """
    if act.matter.kind == Kind.ACCUSATION:
        return True
    return scope_of_sending(act.actor) in organ.ancestors


def organs_to_send_to(act: Acting) -> QuerySet[Organ]:
    """The living organs to which the actor may send the matter; every organ of the office for an accusation."""
    alive = Q(valid_from__lte=act.today) & (Q(valid_until=None) | Q(valid_until__gt=act.today))
    organs = Organ.objects.filter(alive, root=act.matter.root_organ_id).exclude(code=act.organ)
    if act.matter.kind == Kind.ACCUSATION:
        return organs
    return organs.filter(ancestors__contains=[scope_of_sending(act.actor)])


def scope_of_sending(actor: Actor) -> int | None:
    """The root of the organs to which somebody may send matters."""
    return actor.parent_id if actor.organ_category == Category.CONGRESS and actor.parent_id else actor.scope_id


def _unknown(code: str, act: Acting) -> str:
    ended = Organ.objects.filter(code=code, root_id=act.matter.root_organ_id).first()
    heirs = ", ".join(f"{o.label} ({o.code})" for o in current_successors(ended, act.today)) if ended else ""
    if heirs:
        return _("This organ has ended; its duties are carried on by %(heirs)s (Article 24).") % {"heirs": heirs}
    return _("There is no organ with the code %(code)s here.") % {"code": code[:40]}


def dispatch(act: Acting, organ: Organ, data: Mapping[str, Any], *, paper: str, texts: Mapping[str, str]) -> None:
    """Let the organ in, record the handing over, write the letters, tell those concerned."""
    act.involve(organ, "holder")
    kinds = (paper, "destination") if data.get("notified") else (paper,)
    check_typeset(texts)
    act.matter.holder = organ
    act.matter.is_assigned = act.matter.is_assigned or paper == "assignment"
    handed = {"organ": act.organ, "to": organ.code, "to_kind": organ.kind, "received_on": act.today.isoformat(), **data}
    before = act.case.clocks
    act.weigh(handed)
    facts = {"organ": act.actor.organ_name, "to": organ.name, "on": act.today, "due_on": act.matter.next_due_on}
    tell_both(act.matter, EVENT_OF[act.verb], [organ.pk], **facts)
    papers = reserve_papers(act, *kinds, texts=texts, before=before)
    act.append({**handed, **papers.said}, texts=texts)
    papers_of_dispatch(act, papers, paper, told=bool(data.get("notified")))

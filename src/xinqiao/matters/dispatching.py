"""What transfer and assignment share: a lawful target, the handing over, the letters and notices."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xinqiao.documents.services import issue_paper
from xinqiao.matters.acting import Acting
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.papers import paper_to_petitioners
from xinqiao.matters.submission import Invalid
from xinqiao.matters.telling import tell_both
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import current_successors


def target_organ(act: Acting, code: str, **facts: Any) -> Organ:
    """The organ to which a matter goes; raises Invalid for one unknown, Refused for one that must not get it."""
    act.check(**facts)
    try:
        organ = living_organ(code, root_id=act.matter.root_organ_id, on=act.today)
    except UnknownOrgan:
        raise Invalid({"to": _unknown(code, act)}) from None
    act.check(to=organ.code, barred=is_barred_from(organ, act.matter), **facts)
    return organ


def _unknown(code: str, act: Acting) -> str:
    ended = Organ.objects.filter(code=code, root_id=act.matter.root_organ_id).first()
    heirs = ", ".join(f"{o.label} ({o.code})" for o in current_successors(ended, act.today)) if ended else ""
    if heirs:
        return _("This organ has ended; its duties are carried on by %(heirs)s (Article 24).") % {"heirs": heirs}
    return _("There is no organ with the code %(code)s here.") % {"code": code[:40]}


def dispatch(act: Acting, organ: Organ, data: Mapping[str, Any], *, paper: str, texts: Mapping[str, str]) -> None:
    """Record the handing over, let the organ in, write the letters, tell those concerned."""
    act.matter.holder = organ
    act.matter.is_assigned = act.matter.is_assigned or paper == "assignment"
    handed = {"organ": act.organ, "to": organ.code, "to_kind": organ.kind, "received_on": act.today.isoformat()}
    event = act.append({**handed, **data}, texts=texts)
    act.involve(organ, "holder")
    issue_paper(
        act.matter.stream,
        kind=paper,
        organ_id=act.actor.organ_id or act.matter.received_by_id,
        event_seq=event.seq,
        issued_on=act.today,
        must_be_served=False,
    )
    if data.get("notified"):
        paper_to_petitioners(act, "destination")
    facts = {"organ": act.actor.organ_name, "to": organ.name, "on": act.today, "due_on": act.matter.next_due_on}
    tell_both(act.matter, event.type, [organ.pk], **facts)

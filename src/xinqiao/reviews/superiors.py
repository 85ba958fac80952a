"""Which organ looks again: the superior of the one that decided, never that organ itself (Articles 35 and 36)."""

from django.utils.translation import gettext as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import current_successors, superiors
from xinqiao.record import RecordedEvent

DECIDED = {"review": ("replied", "settled"), "rereview": ("reviewed",)}
HANDLING = {"accepted", "path_changed", "converted", "extended", "replied", "settled"}
PART_OF = {"review": HANDLING, "rereview": HANDLING | {"reviewed"}}
HEARINGS = {"hearing_opened", "hearing_closed"}
HEARD_BEFORE = {"review": {"handling"}, "rereview": {"handling", "review"}}


def deciding_organ(act: Acting, level: str) -> Organ | None:
    """The organ whose opinion is looked at again."""
    for event in reversed(act.recorded):
        if event.type in DECIDED[level] and event.organ:
            rows = Organ.objects.select_related("parent", "line_parent")
            return rows.get(code=event.data.get("organ") or event.organ.code)
    return None


def reviewing_organs(act: Acting, level: str) -> list[Organ]:
    """Who may look again, the government above first; for one that ended whoever goes on with its duties.

    An organ that must not know of an accusation is left out.
    """
    decided = deciding_organ(act, level)
    if decided is None:
        return []
    found = [heir for organ in _by_territory_first(decided) for heir in current_successors(organ, act.today)]
    return [organ for organ in found if not is_barred_from(organ, act.matter)]


def _by_territory_first(decided: Organ) -> list[Organ]:
    return sorted(superiors(decided), key=lambda organ: organ.pk != decided.parent_id)


def chosen_organ(act: Acting, level: str, code: str | None) -> Organ:
    """The reviewing organ the petitioner chose, or the first; raises Invalid for one that is not a superior."""
    lawful = reviewing_organs(act, level)
    for organ in lawful:
        if code in (None, "", organ.code):
            return organ
    names = ", ".join(organ.label for organ in lawful)
    if names:
        raise Invalid({"to": _("Review is for the superior of the organ that decided: %(names)s.") % {"names": names}})
    raise Invalid({"to": _("The superior of the organ that decided is not in this office; hand the request in there.")})


def handled_by(act: Acting, level: str) -> set[int]:
    """Who had a part in what is looked at again: none of them may decide on it (Article 28)."""
    return {e.actor.id for e in act.recorded if e.actor.id is not None and _is_part(e, level)}


def _is_part(event: RecordedEvent, level: str) -> bool:
    if event.type in HEARINGS:
        return event.data.get("stage") in HEARD_BEFORE[level]
    return event.type in PART_OF[level]

"""The history of what administrators changed: written with each change, in its transaction; read under its page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.accounts.models import Change
from xinqiao.organs.models import Organ

Values = Mapping[str, Any]


def note_change(
    actor: Actor,
    subject: Change.Subject,
    subject_id: int,
    *,
    name: str,
    what: str,
    before: Values | None = None,
    after: Values | None = None,
    basis: str = "",
) -> Change:
    """Keep one change; of ``before`` and ``after`` only what differs."""
    assert actor.user_id is not None
    assert actor.root_organ_id is not None
    return Change.objects.create(
        root_organ_id=actor.root_organ_id,
        subject=subject,
        subject_id=subject_id,
        name=name[:200],
        what=what,
        fields=differing(before or {}, after or {}),
        basis=basis,
        by_id=actor.user_id,
        at=now(),
    )


def differing(before: Values, after: Values) -> dict[str, list[str]]:
    """Each field that has another value now: from what, to what, as texts."""
    names = dict.fromkeys([*before, *after])
    pairs = {name: [_text(before.get(name)), _text(after.get(name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Organ():
            return value.name
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def changes_of(root_id: int, subject: Change.Subject, subject_id: int | None = None) -> QuerySet[Change]:
    """What was changed of one thing, or of all of a kind, newest first."""
    rows = Change.objects.filter(root_organ_id=root_id, subject=subject).select_related("by").order_by("-id")
    return rows if subject_id is None else rows.filter(subject_id=subject_id)

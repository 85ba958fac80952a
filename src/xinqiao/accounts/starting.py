"""What an office begins with and then makes its own: a short table of content classes, and its places."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions.classes import note_many, take_line
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.models import Change
from xinqiao.organs.classes import living_classes
from xinqiao.organs.models import Place
from xinqiao.organs.places import living_places

CLASSES = Path(__file__).parent / "data" / "classes.tsv"


def starting_rows() -> list[tuple[str, ...]]:
    """First and second level in Simplified, Traditional and English, a second level a row."""
    lines = CLASSES.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


@transaction.atomic
def start_classes(*, actor: Actor) -> int:
    """Take the starting table, where the office has none; gives how many classes it has brought."""
    actor.require(Permission.ORGAN_MANAGE)
    if living_classes(actor.root_organ_id or 0).exists():
        return 0
    count = sum(take_line(actor, row) for row in starting_rows())
    note_many(actor, "started", count)
    return count


#: A key of the caller's, the key of the place above, its names (Simplified, Traditional, English), and its level.
PlaceRow = tuple[int, int | None, tuple[str, str, str], str]


@transaction.atomic
def start_places(*, actor: Actor, rows: Sequence[PlaceRow]) -> int:
    """Enter places, where the office has none, each after the one above it; gives how many."""
    actor.require(Permission.ORGAN_MANAGE)
    if living_places(actor.root_organ_id or 0).exists():
        return 0
    made: dict[int, Place] = {}
    for key, above, (name, hant, english), level in rows:
        made[key] = Place.objects.create(
            root_id=actor.root_organ_id,
            parent=made.get(above or 0),
            name=name,
            name_hant=hant,
            name_en=english,
            level=level,
        )
        note_change(actor, Change.Subject.PLACE, made[key].pk, name=name, what="added", after={"level": level})
    return len(made)

"""What an office begins with and then makes its own: a short table of content classes."""

from pathlib import Path

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions.classes import note_many, take_line
from xinqiao.organs.classes import living_classes

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

"""Load the demonstration county, or the small one; take up what was interrupted; leave alone what is there."""

import os
from collections.abc import Callable
from datetime import date

from xinqiao.access.clock import now, today
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.reminding import remind
from xinqiao.matters.turning import turn
from xinqiao.organs.models import Organ
from xinqiao.project.demo import note
from xinqiao.project.demo.agenda import plan
from xinqiao.project.demo.bank import cases
from xinqiao.project.demo.founding import found_county
from xinqiao.project.demo.hands import Hands
from xinqiao.project.demo.reorganising import changes
from xinqiao.project.demo.stories import Story, tell
from xinqiao.project.demo.walking import walk

Tell = Callable[[str], None]
TUTORIAL = ("wall-1", "rent-1", "bus-1")
"""The matters whose numbers and query codes are printed: a letter on a leaking wall from first to last (锦和苑3号楼外墙
渗水), twelve villagers and their rent, a proposal on the web."""


def load(*, progress: Tell, small: bool = False, hands: int = 0) -> None:
    """Found the county and walk its stories; ``small``: one that stands at each moment, for a quick look.

    ``hands``: how many processes do the acts; by default two, where there are two processors.
    """
    found = Organ.objects.filter(code="YZ").exists()
    kept = note.read() if found else None
    if found and (kept is None or kept.is_through):
        progress("the county is there; what was entered is kept")
        return
    kept = kept or _begin(small)
    with Hands(hands or min(2, os.cpu_count() or 1)) as busy:
        if not found:
            found_county(kept.day)
        _walk(kept, progress, busy)
    turn(today())
    remind(today())
    kept.is_through = True
    kept.save()


def _begin(small: bool) -> note.Note:
    fresh = note.Note(today(), small)
    fresh.save()
    return fresh


def _walk(kept: note.Note, progress: Tell, hands: Hands) -> None:
    def keep(story: Story, done: Registered) -> None:
        if story.key in TUTORIAL:
            kept.codes[story.key] = (done.number, done.query_code)
            kept.save()

    stories = stories_of(kept.day, small=kept.is_small)
    walk(stories, changes(kept.day), until=now(), keep=keep, tell=progress, hands=hands)


def stories_of(last: date, *, small: bool = False) -> list[Story]:
    """Every story of the county as it stands on the day of loading; the small one stops once at each moment."""
    stories = [tell(case, slot, last) for case, slot in plan(cases())]
    if not small:
        return stories
    firsts = {story.stands_at: story.key for story in reversed(stories)}
    wanted = {*firsts.values(), *TUTORIAL}
    return [story for story in stories if story.key in wanted]

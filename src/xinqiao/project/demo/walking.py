"""Walking the stories: chapter by chapter through two years, every act by its action, on its own day.

In each chapter first the organs change, then everything that came in is registered in the order of its days, then the
acts are done. What was done before is read from the record itself: an event for the registration and one for each
step. So a loading that was interrupted goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from django.db import transaction

from xinqiao.access.actor import Actor, citizen_actor, staff_actor
from xinqiao.access.clock import held_at, today
from xinqiao.documents.services import receiving
from xinqiao.matters.actions.register import Registered, check_registration, register_checked
from xinqiao.matters.models import Petition
from xinqiao.organs.models import Organ, User
from xinqiao.project.demo.cast import CITIZEN
from xinqiao.project.demo.files import uploads_of
from xinqiao.project.demo.hands import Hands, Work, quick_commits
from xinqiao.project.demo.reading import read_the_news
from xinqiao.project.demo.reorganising import Change, change
from xinqiao.project.demo.stories import Step, Story

Tell = Callable[[str], None]
Keep = Callable[[Story, Registered], None]
KEY = "demo:"
CHAPTER = timedelta(days=90)
UNREAD = timedelta(days=3)


@dataclass(frozen=True)
class Chapter:
    """What happens between two instants, each kind in the order of its days."""

    begins: datetime
    changes: Sequence[Change] = ()
    arriving: Sequence[Story] = ()
    acts: Sequence[tuple[Story, Step]] = field(default=())

    def __len__(self) -> int:
        return len(self.arriving) + len(self.acts)


def chapters_of(
    stories: Sequence[Story], changes: Sequence[Change], done: Mapping[str, int], *, until: datetime
) -> list[Chapter]:
    """What is still to happen; ``done``: how many events each story has on record.

    A chapter begins with each change, every ninety days, and with the last days, whose news nobody has read.
    """
    first = min([*(story.at for story in stories), *(one.at for one in changes)])
    regular = (first + n * CHAPTER for n in range((until - first) // CHAPTER + 1))
    cuts = sorted({*regular, *(one.at for one in changes), until - UNREAD})
    arriving = sorted((story for story in stories if not done.get(story.key)), key=attrgetter("at"))
    left = [(story, step) for story in stories for step in story.steps[max(0, done.get(story.key, 0) - 1) :]]
    acts = sorted(left, key=lambda act: act[1].at)
    return [
        Chapter(
            begins,
            [one for one in changes if begins <= one.at < ends],
            [story for story in arriving if begins <= story.at < ends],
            [(story, step) for story, step in acts if begins <= step.at < ends],
        )
        for begins, ends in pairwise([*cuts, until + CHAPTER])
    ]


def done_before() -> dict[str, int]:
    """How many events each story has on record already."""
    rows = Petition.objects.filter(source_key__startswith=KEY)
    return {key.removeprefix(KEY): length for key, length in rows.values_list("source_key", "matter__stream__length")}


def walk(
    stories: Sequence[Story], changes: Sequence[Change], *, until: datetime, keep: Keep, tell: Tell, hands: Hands
) -> None:
    """Let everything happen that has not happened yet; what would come after ``until`` happens then.

    ``keep`` is called for each registration, inside its transaction; ``hands`` do the acts.
    """
    chapters = chapters_of(stories, changes, done_before(), until=until)
    total, count = sum(map(len, chapters)), 0
    counter = Counter(keep, until)
    for chapter in chapters:
        if not chapter.changes and not len(chapter):
            continue
        with held_at(min(chapter.begins, until)):
            read_the_news()
        counter.open(chapter)
        hands.do(list(counter.works(chapter)))
        count += len(chapter)
        tell(f"{chapter.begins:%Y-%m}: {count} of {total} acts")


@dataclass
class Counter:
    """Where matters come in and are numbered: by one process, so that the numbers grow with the days."""

    keep: Keep
    until: datetime

    @cached_property
    def people(self) -> dict[str, User]:
        return {user.username: user for user in User.objects.all()}

    @cached_property
    def root_id(self) -> int:
        return int(Organ.objects.get(code="YZ").pk)

    @cached_property
    def matters(self) -> dict[str, tuple[str, int]]:
        """Number and id of each story's matter."""
        rows = Petition.objects.filter(source_key__startswith=KEY)
        columns = rows.values_list("source_key", "matter__number", "matter_id")
        return {key.removeprefix(KEY): (number, pk) for key, number, pk in columns}

    def open(self, chapter: Chapter) -> None:
        """Change the organs, and register whatever comes in."""
        for one in chapter.changes:
            with held_at(one.at):
                change(one)
        with quick_commits():
            for story in chapter.arriving:
                with held_at(min(story.at, self.until)):
                    self.register(story)

    def register(self, story: Story) -> None:
        """Register a story's petition under its key, so that it is walked once."""
        with receiving(uploads_of(story.case)) as files, transaction.atomic(durable=True):
            intake = check_registration(
                submission=replace(story.submission, files=tuple(files)),
                actor=self._actor(story.by),
                organ=story.organ,
                source_key=KEY + story.key,
            )
            done = register_checked([intake])[0]
            self.keep(story, done)
        self.matters[story.key] = (done.number, done.matter.pk)

    def _actor(self, username: str) -> Actor:
        if username == CITIZEN:
            return citizen_actor(root_organ_id=self.root_id)
        return staff_actor(self.people[username], today=today())

    def works(self, chapter: Chapter) -> Iterator[Work]:
        """The acts of a chapter, each with the matter that it is about."""
        for story, step in chapter.acts:
            number, pk = self.matters[story.key]
            where = f"{story.key}, plot {story.plot}, {step.moment}"
            yield Work(min(step.at, self.until), step.deed.by, number, pk, step.deed.act, step.deed.given, where)

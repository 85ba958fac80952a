"""Walking the stories: day by day through two years, every act by its action, on its own day.

What was done is read from the record itself: an event for the registration and one for each step. So a loading that
was interrupted goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter

from django.db import connection, transaction

from xinqiao.access.actor import Actor, citizen_actor, staff_actor
from xinqiao.access.clock import held_at, today
from xinqiao.documents.services import receiving
from xinqiao.matters.actions.register import Registered, check_registration, register_checked
from xinqiao.matters.models import Petition
from xinqiao.organs.models import Organ, User
from xinqiao.project.demo.cast import CITIZEN
from xinqiao.project.demo.files import uploads_of
from xinqiao.project.demo.reading import read_the_news
from xinqiao.project.demo.reorganising import Change, change
from xinqiao.project.demo.stories import Step, Story

Tell = Callable[[str], None]
Keep = Callable[[Story, Registered], None]
KEY = "demo:"
SAID_EVERY = 250
NEWS_EVERY = timedelta(days=45)


@dataclass(frozen=True)
class Event:
    """Something that happens at an instant: a registration (no ``step``), an act, or a change among the organs."""

    at: datetime
    order: int
    story: Story | None = None
    step: Step | None = None
    change: Change | None = None


def events_of(stories: Sequence[Story], changes: Sequence[Change], done: Mapping[str, int]) -> list[Event]:
    """What is still to happen, in the order of its instants; ``done``: how many events each story has on record."""
    found = [Event(at=change.at, order=-1, change=change) for change in changes]
    for order, story in enumerate(stories):
        steps = [Event(story.at, order, story), *(Event(step.at, order, story, step) for step in story.steps)]
        found += steps[done.get(story.key, 0) :]
    return sorted(found, key=attrgetter("at", "order"))


def done_before() -> dict[str, int]:
    """How many events each story has on record already."""
    rows = Petition.objects.filter(source_key__startswith=KEY)
    return {key.removeprefix(KEY): length for key, length in rows.values_list("source_key", "matter__stream__length")}


def walk(stories: Sequence[Story], changes: Sequence[Change], *, until: datetime, keep: Keep, tell: Tell) -> None:
    """Let everything happen that has not happened yet; nothing lies after ``until``.

    ``keep`` is called for each registration, inside its transaction.
    """
    events, walker = events_of(stories, changes, done_before()), Walker(keep)
    news = NewsOnTheWay(until)
    with _quick_commits():
        for count, event in enumerate(events, 1):
            news.reach(event.at)
            with held_at(min(event.at, until)):
                walker.let_happen(event)
            if count % SAID_EVERY == 0 or count == len(events):
                tell(f"{event.at:%Y-%m}: {count} of {len(events)} acts")


@dataclass
class NewsOnTheWay:
    """Somebody reads what came into the desks, every few weeks, and not what came in the last days."""

    until: datetime
    next: datetime | None = None

    def reach(self, at: datetime) -> None:
        """Read the news if it is time, before anything of ``at`` happens."""
        self.next = self.next or at + NEWS_EVERY
        if at < self.next:
            return
        with held_at(self.next):
            read_the_news()
        last = self.until - timedelta(days=3)
        self.next = last if self.next < last < self.next + NEWS_EVERY else self.next + NEWS_EVERY


@dataclass
class Walker:
    """Lets events happen, each by the action that any door would call."""

    keep: Keep

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

    def let_happen(self, event: Event) -> None:
        """The clock stands at the event's instant already."""
        if event.change:
            change(event.change)
        elif event.step and event.story:
            self._act(event.story, event.step)
        elif event.story:
            self._register(event.story)

    def _actor(self, username: str, matter_id: int | None = None) -> Actor:
        if username == CITIZEN:
            return citizen_actor(root_organ_id=self.root_id, matter_id=matter_id)
        return staff_actor(self.people[username], today=today())

    def _act(self, story: Story, step: Step) -> None:
        number, pk = self.matters[story.key]
        with _named(story, step.moment):
            step.deed.act(number=number, actor=self._actor(step.deed.by, pk), **step.deed.given)

    def _register(self, story: Story) -> None:
        """Register a story's petition under its key, so that it is walked once."""
        with _named(story, "register"), receiving(uploads_of(story.case)) as files, transaction.atomic(durable=True):
            intake = check_registration(
                submission=replace(story.submission, files=tuple(files)),
                actor=self._actor(story.by),
                organ=story.organ,
                source_key=KEY + story.key,
            )
            done = register_checked([intake])[0]
            self.keep(story, done)
        self.matters[story.key] = (done.number, done.matter.pk)


@contextmanager
def _named(story: Story, moment: str) -> Iterator[None]:
    """Whatever the law refuses is told with the story and the moment: a text of the bank has to be put right."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the demonstration: {story.key}, plot {story.plot}, {moment}")
        raise


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Commits do not wait for the disk meanwhile: whatever a power cut takes, the next start walks again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")

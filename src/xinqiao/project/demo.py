"""The demonstration office: made by the legal acts themselves on simulated days, never inserted.

Loading again changes nothing: what was entered since stays.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from xinqiao.access.actor import Actor, citizen_actor, staff_actor
from xinqiao.access.clock import SHANGHAI, held_at, today
from xinqiao.matters.actions.register import Registered, check_registration, register_checked
from xinqiao.matters.models import Petition
from xinqiao.organs.models import Organ, Role, User
from xinqiao.procedure import default_calendar
from xinqiao.project.demo_office import ORGANS, PASSWORD, STAFF, found_office, hire
from xinqiao.project.demo_stories import STORIES, Story

Tell = Callable[[str], None]


def load(*, progress: Tell) -> None:
    """Found the office and walk its stories, unless it is there already."""
    if Organ.objects.filter(code="YZ").exists():
        progress("the office is there; what was entered is kept")
        _finish(progress)
        return
    with transaction.atomic():
        organs = found_office()
        hire(organs)
    _finish(progress)


def _finish(progress: Tell) -> None:
    """Walk the stories that were not walked yet: a first start that was interrupted is taken up again."""
    done = set(Petition.objects.exclude(source_key="").values_list("source_key", flat=True))
    waiting = [story for story in STORIES if story.key not in done]
    for number, story in enumerate(waiting, 1):
        walk(story)
        if number % 10 == 0 or number == len(waiting):
            progress(f"{number} of {len(waiting)} matters")


def walk(story: Story) -> str:
    """Live one story through on its days; gives the number of its matter."""
    start = _working_day(today() - timedelta(days=story.days_ago))
    people = {user.username: user for user in User.objects.all()}

    def acting(username: str, day: date) -> Actor:
        return staff_actor(people[username], today=day)

    with held_at(_at(start)):
        actor = (
            citizen_actor(root_organ_id=Organ.objects.get(code="YZ").pk)
            if story.by == "citizen"
            else acting(story.by, start)
        )
        done = register_story(story, actor)
    for step in story.steps:
        day = _working_day(start + timedelta(days=step.after))
        if day > today():
            break
        with held_at(_at(day)):
            petitioner = citizen_actor(root_organ_id=done.matter.root_organ_id, matter_id=done.matter.pk)
            who = petitioner if step.by == "citizen" else acting(step.by, day)
            step.act(number=done.number, actor=who, **step.given(day))
    return done.number


def register_story(story: Story, actor: Actor) -> Registered:
    """Register a story's petition under its key, so that it is walked once."""
    with transaction.atomic(durable=True):
        intake = check_registration(
            submission=story.submission,
            actor=actor,
            organ=story.organ or actor.organ_code or "HCXF",
            source_key=story.key,
        )
        return register_checked([intake])[0]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 20), SHANGHAI)


def _working_day(day: date) -> date:
    return default_calendar().next_working_day(day)


def logins() -> Sequence[str]:
    """Who may sign in, as printed by ``make demo``."""
    codes = {code: short for code, *_rest, short, _a, _t in _organ_rows()}
    rows = [f"{name:<12} {codes[organ]} · {title} ({Role(role).value})" for name, _n, organ, role, title, _c in STAFF]
    return [f"password for all: {PASSWORD}", *rows]


def _organ_rows() -> Sequence[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row) for row in ORGANS]

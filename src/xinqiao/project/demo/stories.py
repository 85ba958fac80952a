"""Stories: what is handed in, and each act with its instant, counted back from the day of loading.

Pure: chance has a fixed seed, the same day gives the same stories, and nothing is read or written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from xinqiao.access.clock import SHANGHAI
from xinqiao.matters.submission import Person, Submission
from xinqiao.procedure import default_calendar
from xinqiao.project.demo.agenda import Slot, last_working_day
from xinqiao.project.demo.bank import Case
from xinqiao.project.demo.cast import cast_of, organ_of, succeeding
from xinqiao.project.demo.moments import MOMENTS, Course, Deed
from xinqiao.project.demo.plots import Beat, beats_of, is_in_time
from xinqiao.project.demo.reorganising import heir_of
from xinqiao.project.demo.slots import fill
from xinqiao.project.demo.voices import SPOKEN, continuation

OPENING, CLOSING = 8 * 60 + 40, 17 * 60 + 10
"""Minutes of the day between which the offices act."""
DRAWS = 200
NOBODY_TO_SERVE = {"declined_served", "declined_served_by_holder", "extension_served"}
BUREAUS = {"HCXF", "YZXF"}
FROM_CITY = {"from_city", "city_assigned"}
PURPOSE_OF = {"appeal": "settlement", "proposal": "opinion", "accusation": "exposure"}


@dataclass(frozen=True)
class Step:
    """One act at its instant."""

    at: datetime
    moment: str
    deed: Deed


@dataclass(frozen=True)
class Story:
    """A matter from its first day on: who registers it and when, what is handed in, the acts that follow.

    ``front`` is the account name of who registers and sends; a citizen's own message has ``citizen`` as ``by``.
    """

    key: str
    case: Case
    plot: str
    by: str
    organ: str
    at: datetime
    submission: Submission
    steps: tuple[Step, ...]

    @property
    def stands_at(self) -> str:
        """The last moment that has come."""
        return self.steps[-1].moment if self.steps else "register"


def tell(case: Case, slot: Slot, last: date) -> Story:
    """The story of a case on its slot of the agenda, as it stands at the end of the day ``last``."""
    rng = Random(f"禾川:{case.key}")
    front = slot.front or case.front or ("jinhe" if slot.plot in FROM_CITY else "hexiaowen")
    days = days_of(beats_of(slot.plot), slot, case, rng, last)
    course = Course(case, cast_of(case, rng, front=front, from_city=slot.plot in FROM_CITY), rng)
    course.tells_where = course.is_told and case.kind != "accusation" and _tells(front, slot, rng)
    by, organ = registrar(case, front, rng)
    opened = _instant(days[0][1], rng, outside=by == "citizen")
    steps = list(_steps(course, days[1:], opened, last))
    return Story(case.key, case, slot.plot, by, organ, opened, submission_of(case, days[0][1], rng), tuple(steps))


def days_of(beats: Sequence[Beat], slot: Slot, case: Case, rng: Random, last: date) -> list[tuple[str, date]]:
    """Each moment with its day, up to ``slot.until``; counted from the moment whose day the slot sets.

    Drawn again where a holiday carried a moment past its term: nobody asks for what the law refuses.
    """
    for _draw in range(DRAWS):
        days = _drawn(beats, slot, case, rng, last)
        if is_in_time(dict(days)):
            return days
    raise ValueError(f"{case.key}, plot {slot.plot}: no days on {last} on which every moment is in time")


def _drawn(beats: Sequence[Beat], slot: Slot, case: Case, rng: Random, last: date) -> list[tuple[str, date]]:
    gaps = [rng.randint(beat.least, beat.most) for beat in beats]
    names = [beat.moment for beat in beats]
    at = names.index(slot.since)
    anchor = slot.day(last, case, rng)
    before, after = [anchor], [anchor]
    for gap in reversed(gaps[1 : at + 1]):
        before.append(last_working_day(before[-1] - timedelta(days=gap)))
    for gap in gaps[at + 1 :]:
        after.append(default_calendar().next_working_day(after[-1] + timedelta(days=gap)))
    days = [*reversed(before), *after[1:]]
    until = names.index(slot.until) + 1 if slot.until else len(names)
    return list(zip(names, days, strict=True))[:until]


def _steps(course: Course, days: Sequence[tuple[str, date]], opened: datetime, last: date) -> Iterator[Step]:
    before = opened
    for moment, day in days:
        if day > last:
            return
        if (moment == "told" and not course.tells_where) or (moment in NOBODY_TO_SERVE and not course.is_told):
            continue
        if heir := heir_of(course.case.holder, day, last):
            course.cast = succeeding(course.cast, course.case, heir)
        deed = MOMENTS[moment](course, day)
        before = max(_instant(day, course.rng, outside=deed.by == "citizen"), before + timedelta(minutes=7))
        yield Step(before, moment, deed)


def _tells(front: str, slot: Slot, rng: Random) -> bool:
    """An organ that received a matter itself must say where it went (Article 23); a petition office often does."""
    return organ_of(front) not in BUREAUS or slot.until == "told" or rng.random() < 0.5


def _instant(day: date, rng: Random, *, outside: bool) -> datetime:
    """Some minute of the day: within office hours, or for those outside until late in the evening."""
    minute = rng.randint(7 * 60, 22 * 60 + 30) if outside else rng.randint(OPENING, CLOSING - 60)
    return datetime.combine(day, time(minute // 60, minute % 60, rng.randint(0, 59)), SHANGHAI)


def registrar(case: Case, front: str, rng: Random) -> tuple[str, str]:
    """Who registers, and at which organ: the petitioner himself on the web, the hotline, or a clerk."""
    organ = organ_of(front)
    if case.by == "web":
        return "citizen", organ
    if case.by == "telephone" and organ == "HCXF" and rng.random() < 0.6:
        return "hotline", organ
    return front, organ


def submission_of(case: Case, day: date, rng: Random) -> Submission:
    """What is handed in on a day; files are made when it is (``files.py``)."""
    place, more = case.place, continuation(case)
    return Submission(
        channel=case.by,
        title=fill(case.title, day, place=place),
        text=fill(case.text + ("" if case.by in SPOKEN else "\n") * bool(more) + more, day, place=place),
        kind=case.kind,
        claims=tuple(fill(claim, day, place=place) for claim in case.claims),
        petitioners=tuple(_person(case, ordinal, words) for ordinal, words in enumerate(case.who)),
        persons=case.persons,
        posted_on=day - timedelta(days=rng.randint(1, 3)) if case.by == "letter" and rng.random() < 0.5 else None,
        place=place,
        class_code=case.theme.class_code,
        purpose=PURPOSE_OF[case.kind],
        accused_organs=case.accused,
        accused_users=case.accused_people,
        confidential=case.confidential,
        anonymous=case.anonymous,
    )


def _person(case: Case, ordinal: int, words: str) -> Person:
    """A petitioner, as the bank names him; only the first of several leaves a telephone."""
    name, _comma, address = words.partition("，")
    return Person(
        name=name,
        address=address,
        telephone=telephone_of(case) if not ordinal else "",
        is_organisation=case.is_organisation,
        is_speaker=ordinal < case.speakers,
    )


def telephone_of(case: Case) -> str:
    """A number that nobody has: 138 0000 and four digits of the case's own."""
    return f"1380000{Random(case.key).randint(100, 9999):04}"

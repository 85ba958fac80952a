"""Which matter takes which course, and when: the agenda of a living county, counted back from the day of loading.

First come the matters whose course the bank names, then the open duties that everybody should find on his desk, then
the closed matters of two years.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from xinqiao.procedure import default_calendar
from xinqiao.project.demo.bank import Case
from xinqiao.project.demo.cast import people_of
from xinqiao.project.demo.plots import longest

SPAN = 725
SEED = "禾川县"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A plot with its place in time.

    ``since`` is the moment whose day is set: so many days ``ago`` (a range), or so that ``days`` later, moved to a
    working day, comes a day within ``due`` (a range counted from the day of loading). ``until`` is the last moment.
    """

    plot: str
    since: str = "register"
    until: str = ""
    ago: tuple[int, int] | None = None
    days: int = 0
    due: tuple[int, int] | None = None
    front: str = ""
    organ: str = ""

    def day(self, last: date, case: Case, rng: Random) -> date:
        """The day of ``since``."""
        if self.due is not None:
            return _day_before(last, self.due, self.days, rng)
        least, most = self.ago or (longest(self.plot), SPAN)
        fitting = [day for day in _working_days(last, least, most) if _is_season(case, day)]
        return rng.choice(fitting or [last - timedelta(days=n) for n in range(least, most + 1)])

    def fits(self, case: Case) -> bool:
        """Whether a case may take this slot: its organ, its season, and what the plot asks of the case."""
        if self.organ and case.holder not in self.organ.split():
            return False
        if case.months and (self.ago or self.due):
            return False
        return not any(wanted(case) for plots, wanted in UNFIT if self.plot in plots)


# Which plots some cases cannot take: an anonymous letter asks for no review, a sealed one is no matter for a reviewer.
BY_THE_PETITIONER = {"supplemented", "withdrawn", "withdrawn_early", "restored", "settled", "waived"}
REVIEWS = {"reviewed", "review_heard", "remade", "rereviewed", "rereview_heard"}
UNFIT: tuple[tuple[set[str], Callable[[Case], bool]], ...] = (
    (BY_THE_PETITIONER | REVIEWS | {"city_assigned"}, lambda case: case.anonymous),
    (REVIEWS | {"extended", "recused", "reopened", "from_city"}, lambda case: case.confidential),
    (REVIEWS, lambda case: case.holder in {"HC", "HCFY", "HCJC"}),
    ({"simple", "converted", "direct_simple"}, lambda case: case.by == "visit" and (case.persons or 1) > 4),
    (REVIEWS, lambda case: case.reply is None or case.reply.outcome == "supported"),
    ({"settled"}, lambda case: "settle" not in case.words),
    ({"objected"}, lambda case: not case.wrong),
    ({"direct"}, lambda case: not people_of(case.holder, "clerk")),
    ({"recused"}, lambda case: len(people_of(case.holder, "handler")) != 1),
)


@lru_cache(maxsize=256)
def _working_days(last: date, least: int, most: int) -> tuple[date, ...]:
    """The working days from so many to so many days before a day, the latest first."""
    days = (last - timedelta(days=n) for n in range(least, most + 1))
    return tuple(filter(default_calendar().is_working_day, days))


def _is_season(case: Case, day: date) -> bool:
    return not case.months or day.month in case.months


def _day_before(today: date, due: tuple[int, int], days: int, rng: Random) -> date:
    """A working day from which a term of calendar days ends within a span, or one near it; never one after today."""
    calendar = default_calendar()
    first, last = today + timedelta(days=due[0]), today + timedelta(days=due[1])
    found = []
    for back in range((last - first).days + 12):
        day = last - timedelta(days=days + back)
        if calendar.is_working_day(day) and first <= calendar.next_working_day(day + timedelta(days=days)) <= last:
            found.append(day)
    if found:
        return rng.choice(found)
    later = calendar.next_working_day(last - timedelta(days=days))
    return later if later <= today else last_working_day(today)


def last_working_day(day: date) -> date:
    """A day itself, or the last one before it on which the offices work."""
    while not default_calendar().is_working_day(day):
        day -= timedelta(days=1)
    return day


def plan(cases: Sequence[Case]) -> list[tuple[Case, Slot]]:
    """Every case with its slot; the same each time."""
    fixed = [(case, _with_front(case, slot_named(case))) for case in cases if case.plot]
    free = [case for case in cases if not case.plot]
    Random(SEED).shuffle(free)
    placed = []
    # Reviews choose first: few letters are answered so that somebody asks for one.
    for slot in sorted(OPEN, key=lambda slot: slot.plot not in REVIEWS):
        case = next((each for each in free if slot.fits(each)), None)
        if case is not None:
            free.remove(case)
            placed.append((case, _with_front(case, slot)))
    return [*fixed, *placed, *_closed(free)]


def _closed(cases: Sequence[Case]) -> list[tuple[Case, Slot]]:
    """The other cases, closed within the two years: each plot once, then as often as counted, at last the plain one."""
    more = [Slot(plot=plot) for plot, count in CLOSED for _n in range(count - 1)]
    Random(f"{SEED}:plots").shuffle(more)
    waiting = [*(Slot(plot=plot) for plot, _count in CLOSED), *more]
    rng, placed = Random(f"{SEED}:fronts"), []
    for case in cases:
        slot = next((each for each in waiting if each.fits(case)), Slot(plot="plain"))
        if slot in waiting:
            waiting.remove(slot)
        if slot.plot in OTHER_FRONTS_TAKE and rng.random() < 0.3:
            slot = replace(slot, front=rng.choice(CLOSED_FRONTS))
        placed.append((case, _with_front(case, slot)))
    return placed


def _with_front(case: Case, slot: Slot) -> Slot:
    """Whoever turns to an organ directly meets its own clerk."""
    if slot.plot.startswith("direct") and not slot.front and not case.front:
        return replace(slot, front=people_of(case.holder, "clerk")[0])
    return slot


def slot_named(case: Case) -> Slot:
    """The slot that the bank names for a case: ``when`` reads ``since ago-range [until moment]``."""
    words = case.when.split()
    slot = Slot(plot=case.plot, front=case.front)
    if words:
        least, _dash, most = words[1].partition("-")
        slot = replace(slot, since=words[0], ago=(int(least), int(most or least)))
    return replace(slot, until=words[3]) if len(words) > 2 else slot


# Terms of the law, in calendar days (CN-2022), and the windows in which an open duty is due, from the day of loading.
NOTICE, HANDLING, REVIEWING, EXTENDED = 15, 60, 30, 90
TODAY, SOON, WEEK, LATER, OVER = (0, 0), (1, 3), (4, 9), (10, 50), (-12, -1)
TOWNS = "YXZ BSZ QGX SZZ CDJ CXJ"


def _received(due: tuple[int, int], **more: Any) -> Slot:
    return Slot(plot="plain", until="register", since="register", days=NOTICE, due=due, **more)


def _sent(due: tuple[int, int], **more: Any) -> Slot:
    return Slot(plot="plain", until="told", since="transfer", days=NOTICE, due=due, **more)


def _in_hand(due: tuple[int, int], **more: Any) -> Slot:
    return Slot(**{"plot": "plain", "until": "noticed", "since": "accept", "days": HANDLING, "due": due, **more})


def _stands(plot: str, moment: str, ago: tuple[int, int], **more: Any) -> Slot:
    """The last thing that happened to the matter, so many days ago."""
    return Slot(plot=plot, since=moment, until=moment, ago=ago, **more)


OPEN: tuple[Slot, ...] = (
    # At the petition office of the county: letters to send on.
    *(_received(due) for due in (TODAY, TODAY, SOON, SOON, SOON, OVER)),
    *[_received(WEEK)] * 4,
    *[_received((10, 15))] * 6,
    # At the city's, at the county government, at the congress, at a bureau to which somebody turned directly.
    *(_received(due, front="jinhe") for due in (SOON, (8, 14))),
    *(_received(due, front="lushan") for due in (SOON, (8, 14))),
    _received(WEEK, front="tonghua"),
    *(
        Slot(plot="direct", until="register", days=NOTICE, due=due)
        for due in (TODAY, SOON, SOON, WEEK, (9, 15), (9, 15))
    ),
    # Sent to an organ that has not answered: the people of the tutorial first.
    _sent(TODAY, organ="HCZJ"),
    _sent(SOON, organ="HCZJ"),
    _sent(OVER, organ="HCZJ"),
    _sent(SOON, organ="YXZ"),
    _sent(TODAY, organ="HCRS"),
    _sent(WEEK, organ="HCRS"),
    *(_sent(due, organ="HCCG HCSC HCGA HCJT") for due in (TODAY, SOON, SOON, WEEK)),
    *(_sent(due, organ=TOWNS) for due in (SOON, SOON, WEEK, WEEK)),
    *[_sent(SOON)] * 2,
    *[_sent((4, 14))] * 8,
    _stands("objected", "object", (1, 2)),
    # In hand: the sixty days.
    _in_hand(TODAY, organ="HCZJ"),
    _in_hand(SOON, organ="HCZJ"),
    _in_hand(WEEK, organ="HCZJ"),
    _in_hand(SOON, organ="YXZ"),
    _in_hand(LATER, organ="YXZ"),
    _in_hand(TODAY, organ="HCRS"),
    _in_hand(SOON, organ="HCRS"),
    *(_in_hand(due) for due in (TODAY, SOON, SOON, OVER, OVER)),
    *(_in_hand(SOON, organ=organ) for organ in ("HCMZ", "HCJY", "HCNY", "HCSC", "HCHB")),
    *[_in_hand(WEEK)] * 4,
    *[_in_hand(LATER)] * 14,
    _in_hand((20, 40), plot="supplemented", until="supplement"),
    _in_hand((15, 35), plot="annotated", until="annotate"),
    _in_hand((20, 30), plot="annotated", until="annotate"),
    Slot(plot="extended", until="extension_served", since="extend", ago=(2, 20)),
    Slot(plot="extended", until="extension_served", since="extend", ago=(6, 25)),
    _stands("assigned", "noticed", (6, 20)),
    _stands("assigned", "noticed", (10, 30)),
    _stands("city_assigned", "noticed", (5, 25)),
    _stands("simple", "noticed", (1, 6)),
    _stands("simple", "noticed", (2, 8)),
    _stands("simple", "noticed", (5, 9)),
    _stands("direct", "noticed", (4, 30)),
    # Accepted or answered, and the paper still to be served.
    _stands("plain", "accept", (0, 1), organ="HCZJ"),
    _stands("plain", "reply", (1, 3), organ="HCZJ"),
    *(_stands("plain", "accept", ago) for ago in ((1, 3), (2, 5))),
    *(_stands("plain", "reply", ago) for ago in ((0, 1), (2, 5), (9, 14))),
    _stands("settled", "settle", (1, 4)),
    # Answered; the petitioner may ask for a review.
    *[_stands("plain", "served", (1, 12))] * 7,
    *[_stands("plain", "served", (13, 29))] * 9,
    *[_stands("assigned", "report", (3, 25))] * 2,
    *[_stands("plain", "served", (34, 50))] * 4,
    # Review and re-review.
    *(
        Slot(plot="reviewed", until="ask_review", since="ask_review", days=REVIEWING, due=due)
        for due in (TODAY, SOON, SOON, WEEK, (10, 25), (10, 25))
    ),
    *[_stands("reviewed", "review_served", (3, 24))] * 4,
    _stands("reviewed", "review", (0, 2)),
    _stands("remade", "review_served", (4, 10)),
    *(
        Slot(plot="rereviewed", until="ask_rereview", since="ask_rereview", days=REVIEWING, due=due)
        for due in (SOON, SOON, WEEK, (10, 25))
    ),
    _stands("rereviewed", "rereview", (1, 3)),
    *[_stands("rereviewed", "rereview_served", (0, 6))] * 2,
    # Given up lately: the petitioner may still take it back.
    _stands("withdrawn", "withdraw", (1, 5)),
    _stands("withdrawn_early", "withdraw", (0, 4)),
    _stands("withdrawn", "withdraw", (8, 40)),
    _stands("reopened", "reopen", (2, 8)),
)
CLOSED = (
    ("plain", 40),
    ("simple", 4),
    ("assigned", 8),
    ("annotated", 4),
    ("supplemented", 7),
    ("extended", 6),
    ("settled", 3),
    ("waived", 5),
    ("direct", 6),
    ("from_city", 8),
    ("city_assigned", 3),
    ("objected_in_vain", 2),
    ("reviewed", 7),
    ("rereviewed", 4),
    ("rereview_heard", 1),
    ("remade", 2),
    ("heard", 2),
    ("sent_late", 2),
    ("accepted_late", 3),
    ("answered_late", 4),
    ("served_late", 3),
    ("converted", 2),
    ("restored", 2),
    ("withdrawn", 3),
    ("reopened", 2),
    ("recused", 2),
    ("path_changed", 1),
)
OTHER_FRONTS_TAKE = {"plain", "assigned", "annotated", "supplemented", "extended", "waived", "reviewed"}
CLOSED_FRONTS = ("xieyun", "xieyun", "lushan", "tonghua")

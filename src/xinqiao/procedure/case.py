"""A case: what the record says so far, as the guards of the legal acts need it.

A `Case` is made by `read_case` and by nobody else; whoever holds one reads it
and changes nothing. It knows organs and petitioners by the names the record
gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from .calendar import WorkCalendar
from .carrying import CARRIES_IF
from .clocks import Clock, in_order
from .events import Event
from .holders import Holder
from .packs import Pack
from .refusals import Refusal
from .stages import carrying_verbs, next_stage

May = Callable[..., Refusal | None]


class Case:
    """One matter as of `today`: its stage, its clocks, who holds it, what is open."""

    may: dict[str, May]

    def __init__(self, pack: Pack, calendar: WorkCalendar, today: date, *, internal: bool = False) -> None:
        """An empty case; `internal` adds the office's own clocks to the printed ones."""
        self.pack, self.calendar, self.today, self.internal = pack, calendar, today, internal
        self.stage = "received"
        self.holders: list[Holder] = []
        self.petitioners: tuple[str, ...] = ()
        self.started: list[Clock] = []
        self.to_send_again: list[Clock] = []  # objections upheld, until the matter is sent on
        self.hearings: dict[str, int] = {}
        self.served: dict[str, dict[str | None, date]] = {}
        self.review_asked: set[str | None] = set()
        self.rereview_asked: set[str | None] = set()
        self.reviewed_for: set[str | None] = set()
        self.rereviewed_for: set[str | None] = set()
        self.replied_on: date | None = None
        self.ended_on: date | None = None
        self.received_on: date | None = None

    # What is printed

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks in the order of their start, then of their id."""
        return tuple(in_order(self.started))

    @cached_property
    def next(self) -> tuple[str, ...]:
        """The acts that carry the matter on today, alphabetical; asides are not among them."""
        return tuple(
            verb
            for verb in carrying_verbs(self.stage)
            if verb not in CARRIES_IF or CARRIES_IF[verb](self)
            if self.may[verb](self, today=self.today) is None
        )

    # What the guards ask

    def refuse(self, code: str, about: str, **params: Any) -> Refusal:
        """A refusal with the article of this pack on the subject `about`."""
        return Refusal(code=code, article=self.pack.article(about), params=params)

    def after_end(self) -> Refusal | None:
        """The refusal of every act after the end, None while the matter is open."""
        return self.refuse("after-end", "reopen", on=self.ended_on) if self.ended_on else None

    def holding(self, organ: str | None = None) -> list[Holder]:
        """Those that hold the matter: all, or the one named `organ`."""
        return [holder for holder in self.holders if holder.holds and (organ is None or organ == holder.name)]

    def accepted(self, organ: str | None = None) -> list[Holder]:
        """Those that hold and accepted it."""
        return [holder for holder in self.holding(organ) if holder.accepted_on]

    def undecided(self, organ: str | None = None) -> list[Holder]:
        """Those that hold it and have neither accepted nor declined."""
        return [holder for holder in self.holding(organ) if not holder.accepted_on]

    def open_clocks(self, *ids: str) -> Iterator[Clock]:
        """The clocks of those ids that nothing has stopped."""
        return (clock for clock in self.started if clock.stopped_on is None and clock.rule.id in ids)

    def clock(self, clock_id: str, *, organ: str | None = None, petitioner: str | None = None) -> Clock | None:
        """The newest clock of that id, of that organ and petitioner where named; None if there is none."""
        return next(
            (
                clock
                for clock in reversed(self.started)
                if clock.rule.id == clock_id
                and (organ is None or clock.organ == organ)
                and (petitioner is None or clock.petitioner == petitioner)
            ),
            None,
        )

    def targets(self, petitioner: str | None) -> tuple[str | None, ...]:
        """Whom an event speaks of: the one named, else all that the record knows, else one without a name."""
        return (petitioner,) if petitioner else (self.petitioners or (None,))

    def was_served(self, document: str, petitioner: str | None) -> date | None:
        """When the document of this round reached that petitioner."""
        days = self.served.get(document, {})
        return days.get(petitioner) or days.get(None)

    def addressees(self, document: str) -> list[str | None]:
        """Whom a paper is for: all petitioners, an opinion on review those who asked for it."""
        decided = {"review": self.reviewed_for, "rereview": self.rereviewed_for}.get(document)
        return [who for who in self.targets(None) if decided is None or who in decided]

    def unserved(self, document: str) -> list[str | None]:
        """Those of them whom it has not reached."""
        return [who for who in self.addressees(document) if self.was_served(document, who) is None]

    @property
    def is_settled(self) -> bool:
        """Whether the matter ended handling by settlement, without a reply."""
        return self.replied_on is None and any(holder.settled_on for holder in self.holders if holder.holds)

    # What the fold does to it

    def start(self, clock_id: str, on: date, *, by: str, **more: Any) -> Clock | None:
        """Start a clock if this pack has it (and it is asked for, where internal); None if not."""
        rule = self.pack.clocks.get(clock_id)
        if rule is None or (rule.is_internal and not self.internal):
            return None
        clock = Clock(rule, on, by=by, calendar=self.calendar, today=self.today, **more)
        self.started.append(clock)
        return clock

    def stop(self, clocks: Iterable[Clock | None], on: date, by: str) -> None:
        """Stop those clocks that exist and are open."""
        for clock in clocks:
            if clock is not None:
                clock.stop(on, by)

    def count_by(self, calendar: WorkCalendar) -> None:
        """From here on another calendar holds: every open clock is counted by it, what was stopped stays."""
        if calendar is not self.calendar:
            self.calendar = calendar
            for clock in self.started:
                clock.recount(calendar)

    def move(self, verb: str, when: str = "") -> None:
        """Go to the stage to which the act leads; an act with no edge here moves nothing."""
        self.stage = next_stage(self.stage, verb, when)

    def end_all(self, event: Event) -> None:
        """The matter ended: every clock that runs is void."""
        for clock in self.started:
            if clock.runs_on(event.on):
                clock.end("void", event.on, event.type)
        self.hearings.clear()
        self.ended_on = event.on


def day_of(value: Any) -> date | None:
    """A day of an event's data, kept as a date or as ISO text."""
    return date.fromisoformat(value) if isinstance(value, str) else value

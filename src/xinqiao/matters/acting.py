"""What every legal act has in common: the matter locked, the law asked, the event recorded, the rows renewed.

An action calls these steps inside its own durable transaction; nothing here opens or ends one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now, today
from xinqiao.access.permissions import Permission
from xinqiao.documents.models import Paper
from xinqiao.documents.papers import OPEN as UNSERVED
from xinqiao.documents.services import list_papers
from xinqiao.matters.lookup import NotThere, access_matter
from xinqiao.matters.models import Involvement, Matter, Recusal
from xinqiao.matters.predecessors import succeeded
from xinqiao.matters.saying import check_texts, refuse_unsayable
from xinqiao.matters.views_of_record import save_view
from xinqiao.organs.calendars import calendar_named, calendar_of
from xinqiao.organs.models import Organ
from xinqiao.procedure import (
    EVENT_OF,
    EVENT_TYPES,
    MAY,
    Case,
    Event,
    History,
    Pack,
    Refusal,
    Refused,
    WorkCalendar,
    load_pack,
    read_case,
)
from xinqiao.record import ActorStamp, OrganStamp, RecordedEvent, events_of, lf, record
from xinqiao.record.writing_rows import upsert

if TYPE_CHECKING:
    from xinqiao.matters.papers import Papers

ARTICLE_OF = {"recuse": "recusal", "recompute": "counting_end"}
_beside: ContextVar[Callable[["Acting"], None] | None] = ContextVar("beside", default=None)


@contextmanager
def kept_beside(keep: Callable[["Acting"], None]) -> Iterator[None]:
    """Acts in this block call ``keep`` in their own transaction, once the event is recorded: both stay, or neither."""
    token = _beside.set(keep)
    try:
        yield
    finally:
        _beside.reset(token)


class TakenBack(Exception):
    """Ends the transaction of an act that was only tried."""


def try_act(action: Callable[..., Any], **facts: Any) -> None:
    """Do an act and take it back: raises what the act would raise (Refused, Invalid, Overtaken), and nothing stays."""

    def stop(_act: "Acting") -> None:
        raise TakenBack

    with suppress(TakenBack), kept_beside(stop):
        action(**facts)


class Overtaken(Exception):
    """Somebody acted while this person was looking; ``events`` is what happened meanwhile."""

    def __init__(self, matter: Matter, events: Sequence[RecordedEvent]) -> None:
        super().__init__(matter.number)
        self.matter = matter
        self.events = events


@dataclass
class Acting:
    """One legal act on its way: who, on which matter, read how."""

    verb: str
    actor: Actor
    matter: Matter
    history: History
    recorded: list[RecordedEvent]
    case: Case
    pack: Pack
    calendar: WorkCalendar
    today: date
    event: RecordedEvent | None = None
    papers: "Papers | None" = None
    is_weighed: bool = False

    @cached_property
    def organ(self) -> str | None:
        """The organ that the actor acts for, as the record names it; none for a citizen.

        Whoever goes on with the duties of an organ that ended acts in its place (Article 24).
        """
        own = self.actor.organ_code or None
        return succeeded(self.case, self.actor.organ_id, own, self.today) if own else None

    @cached_property
    def papers_on_record(self) -> list[Paper]:
        """The papers of the record, with organ and deliveries, as they are when they are first asked for."""
        return list_papers(self.matter.stream)

    @property
    def has_unserved(self) -> bool:
        """Whether a paper waits to be served: before that the matter does not close."""
        return any(paper.must_be_served and paper.state in UNSERVED for paper in self.papers_on_record)

    @property
    def to_serve(self) -> list[Paper]:
        """The papers that must be served, the soonest first."""
        waiting = [paper for paper in self.papers_on_record if paper.must_be_served and paper.state in UNSERVED]
        return sorted(waiting, key=lambda paper: (paper.service_due_on or paper.issued_on, paper.pk))

    @property
    def organ_id(self) -> int:
        """The id of the actor's own organ; for a citizen that of the organ that holds the matter."""
        return self.actor.organ_id or self.matter.holder_id

    def check(self, **facts: Any) -> None:
        """Raise Refused with the code, the sentence and the article, exactly as the page greys the act."""
        refuse_unsayable(EVENT_OF.get(self.verb, self.verb), facts)
        if self.verb in MAY and (refusal := MAY[self.verb](self.case, today=self.today, organ=self.organ, **facts)):
            raise Refused(refusal)

    def append(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        on: date | None = None,
        type: str | None = None,
        article_of: str = "",
    ) -> RecordedEvent:
        """Record the act, recompute the clocks, bring the rows up to date; the law is asked once more by replay.

        ``article_of`` names the rule that the act goes by, where one act has several.
        Raises Refused for what an event of this type cannot say, and Invalid for a text beyond its limit.
        """
        day = on or self.today
        type = type or EVENT_OF[self.verb]
        said = {k: v for k, v in (data or {}).items() if v is not None}
        check_texts(texts or {})
        if not self.is_weighed:
            self.weigh(said, on=day, type=type)
        self.is_weighed = False
        self.event = record(
            self.matter.stream,
            type=type,
            actor=actor_stamp(self.actor),
            organ=organ_stamp(self.actor),
            at=now(),
            on=day,
            article=self.pack.article(article_of or ARTICLE_OF.get(self.verb, self.verb)),
            pack=self.pack.version,
            calendar=self.calendar.version,
            data=said,
            texts={k: lf(v) for k, v in (texts or {}).items() if v},
            sealed=self.matter.is_sealed,
        )
        if keep := _beside.get():
            keep(self)
        return self.event

    def weigh(self, data: Mapping[str, Any], *, on: date | None = None, type: str | None = None) -> None:
        """Ask the law what the act changes and write it into the rows, before the act is recorded.

        For acts that take a number for a paper: the number keeps others waiting, so all else is done before it.
        """
        type = type or EVENT_OF[self.verb]
        said = {k: v for k, v in data.items() if v is not None}
        refuse_unsayable(type, said)
        if type in EVENT_TYPES:
            self.history = History.of([*self.history, Event(type=type, on=on or self.today, data=said)])
            self.case = read_case(self.history, pack=self.pack, calendar=self.calendar, today=self.today)
        if self.organ != (self.actor.organ_code or None) and self.matter.holder.code == self.organ:
            self.matter.holder_id = self.organ_id
        save_view(self.matter, self.case, calendar=self.calendar)
        self.is_weighed = True

    def involve(self, organ: Organ, part: str) -> None:
        """From now on an organ has to do with the matter, in this part."""
        row = Involvement(
            root_organ_id=self.matter.root_organ_id, matter=self.matter, organ=organ, part=part, since=self.today
        )
        upsert([row], key=("matter", "organ"), result=("part", "since"))


def begin(verb: str, *, number: str, actor: Actor, seen: int | None = None) -> Acting:
    """Fetch and lock the matter and read its record.

    ``seen`` is how many events the actor's page showed; raises Overtaken where there are more by now.
    """
    matter = access_matter(actor, number, to=Permission(f"matter:{verb}"), lock=True)
    if refusal := refused_as_erased(matter):
        raise Refused(refusal)
    recorded = events_of(matter.stream_id)
    if _was_recused_meanwhile(matter, actor, recorded):
        raise NotThere
    if seen is not None and seen != len(recorded):
        raise Overtaken(matter, recorded[seen:])
    return reading(verb, matter=matter, actor=actor, recorded=recorded)


def reading(verb: str, *, matter: Matter, actor: Actor, recorded: list[RecordedEvent]) -> Acting:
    """The same without a lock, for pages that only ask what may be done."""
    pack, calendar, day = load_pack(matter.pack), _calendar(matter), today()
    history = history_of(recorded)
    case = read_case(history, pack=pack, calendar=calendar, today=day)
    return Acting(verb, actor, matter, history, recorded, case, pack, calendar, day)


def _calendar(matter: Matter) -> WorkCalendar:
    return calendar_of(matter.root_organ_id, newest=matter.newest_calendar_day)


def _was_recused_meanwhile(matter: Matter, actor: Actor, recorded: Sequence[RecordedEvent]) -> bool:
    """Whether the actor was recused while he waited for the lock: his look at the rows was older than that."""
    if not any(event.type == "recused" and event.data.get("user") == actor.user_id for event in recorded):
        return False
    return Recusal.objects.filter(matter=matter, user_id=actor.user_id or 0, ended_on=None).exists()


def refused_as_erased(matter: Matter) -> Refusal | None:
    """The refusal of every act on a matter whose words were lawfully destroyed; None for any other."""
    if matter.stream.wrapped_key is not None:
        return None
    return Refusal(code="erased", article=load_pack(matter.pack).article("erase"))


def history_of(recorded: Sequence[RecordedEvent]) -> History:
    """The record as the law reads it, each event by the calendar that held when it was recorded."""
    earlier = {version: calendar_named(version) for version in {e.calendar for e in recorded}}
    return History.of(
        Event(type=e.type, on=e.on, data=e.data, calendar=earlier[e.calendar])
        for e in recorded
        if e.type in EVENT_TYPES
    )


def actor_stamp(actor: Actor) -> ActorStamp:
    return ActorStamp(
        kind=actor.kind,
        id=actor.user_id,
        post=actor.post or None,
        role=actor.role or None,
        deputising_for=actor.deputy_for_id,
    )


def organ_stamp(actor: Actor) -> OrganStamp | None:
    return OrganStamp(code=actor.organ_code, name=actor.organ_name) if actor.organ_code else None

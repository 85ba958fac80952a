"""What is to be done, by whom, by when: open duties of organs, and papers that wait to be served.

Read from the rows that the last act left; only a clock that stands still is counted anew, because its day moves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.documents.models import Paper
from xinqiao.documents.papers import OPEN as UNSERVED
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import ClockRow, Stage
from xinqiao.organs.models import Role
from xinqiao.procedure.names import CLOCKS

OPEN = ("running", "paused", "missed")
RIGHTS = tuple(clock for clock, name in CLOCKS.items() if name.is_right)
REVIEWS = ("K12", "K14")
SUPERVISORS = (Role.LEADER, Role.INSPECTOR)
ENDED = (Stage.WITHDRAWN, Stage.CLOSED)
SERVE = "serve"
SOON = 3
#: Where a clock that stands still is sorted: behind every day.
PAUSED = date(9999, 12, 31)
KINDS = ("clock", "paper")

Key = tuple[date, str, int]
Rows = tuple[QuerySet[ClockRow], QuerySet[Paper]]


@dataclass(frozen=True, kw_only=True)
class Span:
    """One group of days: its name in an address, the first and the last day (None: open)."""

    name: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    @property
    def q(self) -> Q:
        """The same for a query of duties."""
        after = Q(due__gte=self.first) if self.first else Q()
        return after & (Q(due__lte=self.last) if self.last else Q())


def spans(day: date) -> list[Span]:
    """Overdue, today, within three days, the rest of the week (to Sunday), later, and what stands still.

    An empty span is left out. The day of a clock that stands still moves with every day, so it is sorted last.
    """
    one = timedelta(days=1)
    soon = day + timedelta(days=SOON)
    sunday = day + timedelta(days=6 - day.weekday())
    rest = [Span(name="week", first=soon + one, last=sunday)] if sunday > soon else []
    return [
        Span(name="overdue", first=None, last=day - one),
        Span(name="today", first=day, last=day),
        Span(name="soon", first=day + one, last=soon),
        *rest,
        Span(name="later", first=max(soon, sunday) + one, last=PAUSED - one),
        Span(name="paused", first=PAUSED, last=PAUSED),
    ]


def duties_of(actor: Actor, *, what: Collection[str] = (), holder: str = "") -> Rows:
    """What the actor's organ owes; for those who supervise, what every organ in their sight owes.

    ``what`` are clocks, or ``serve``; ``holder`` the code of the organ that owes.
    """
    clocks, papers = _all(actor)
    if actor.role not in SUPERVISORS:
        clocks, papers = clocks.filter(organ=actor.organ_code), papers.filter(organ_id=actor.organ_id or 0)
    if actor.role == Role.REVIEWER:
        clocks, papers = clocks.filter(clock__in=REVIEWS), papers.filter(kind__in=("review", "rereview"))
    if what:
        clocks = clocks.filter(clock__in=what)
        papers = papers if SERVE in what else papers.none()
    if holder:
        clocks, papers = clocks.filter(organ=holder), papers.filter(organ__code=holder)
    return clocks, papers


def count_duties(actor: Actor) -> int | None:
    """How many duties there are; None for a post that reads no matters."""
    if not actor.may(Permission.MATTER_READ):
        return None
    clocks, papers = duties_of(actor)
    return clocks.count() + papers.count()


def count_by_span(rows: Rows, day: date) -> dict[str, int]:
    """How many duties fall into each span, and ``all`` of them."""
    wanted = {span.name: Count("id", filter=span.q) for span in spans(day)} | {"all": Count("id")}
    clocks, papers = (part.aggregate(**wanted) for part in rows)
    return {name: clocks[name] + papers[name] for name in wanted}


def within(rows: Rows, name: str, day: date) -> Rows:
    """Only the duties of a span; every duty for an unknown name."""
    for span in spans(day):
        if span.name == name:
            return rows[0].filter(span.q), rows[1].filter(span.q)
    return rows


def ordered(rows: Rows, *, after: Key | None = None, before: Key | None = None, limit: int) -> list[Key]:
    """The keys (day, ``clock`` or ``paper``, id) in the order of their days, from a key on or up to it."""
    parts = [_keys(part, kind, after, before) for part, kind in zip(rows, KINDS, strict=True)]
    columns = ("due", "sort", "id")
    order = columns if before is None else [f"-{name}" for name in columns]
    found = list(parts[0].union(parts[1], all=True).order_by(*order)[:limit])
    return found if before is None else found[::-1]


def fetch(keys: Sequence[Key]) -> list[ClockRow | Paper]:
    """The rows behind keys, with their matters, in the same order."""
    clocks = ClockRow.objects.select_related("matter__holder", "matter__stream")
    papers = Paper.objects.select_related("organ", "stream__matter__holder")
    found: dict[tuple[str, int], ClockRow | Paper] = {}
    found |= {("clock", row.pk): row for row in clocks.filter(pk__in=[k[2] for k in keys if k[1] == "clock"])}
    found |= {("paper", row.pk): row for row in papers.filter(pk__in=[k[2] for k in keys if k[1] == "paper"])}
    return [found[kind, pk] for _day, kind, pk in keys]


def count_ahead(rows: Rows, key: Key) -> int:
    """How many duties stand before a key."""
    return sum(part.filter(_beyond(kind, key, "lt")).count() for part, kind in zip(rows, KINDS, strict=True))


def owing_organs(actor: Actor) -> set[str]:
    """The codes of the organs that owe something in the actor's sight."""
    clocks, papers = duties_of(actor)
    found = set(clocks.order_by().values_list("organ", flat=True).distinct())
    return (found | set(papers.order_by().values_list("organ__code", flat=True).distinct())) - {""}


def _all(actor: Actor) -> Rows:
    visible = matters_visible_to(actor)
    clocks = ClockRow.objects.filter(state__in=OPEN, matter__in=visible).exclude(clock__in=RIGHTS)
    papers = Paper.objects.filter(
        must_be_served=True, state__in=UNSERVED, stream__matter__in=visible.exclude(stage__in=ENDED)
    )
    due = Case(When(state="paused", then=Value(PAUSED)), default=F("legal_due"), output_field=DateField())
    return clocks.annotate(due=due), papers.exclude(service_due_on=None).annotate(due=F("service_due_on"))


def _keys(rows: QuerySet[Any], kind: str, after: Key | None, before: Key | None) -> QuerySet[Any]:
    if after is not None:
        rows = rows.filter(_beyond(kind, after, "gt"))
    if before is not None:
        rows = rows.filter(_beyond(kind, before, "lt"))
    named = rows.order_by().annotate(sort=Value(kind, output_field=CharField()))
    keys: QuerySet[Any] = named.values_list("due", "sort", "id")
    return keys


def _beyond(kind: str, key: Key, way: str) -> Q:
    """Rows of one kind behind (or before) a key; ``clock`` comes before ``paper`` on one day."""
    day, at_kind, pk = key
    beyond = Q(**{f"due__{way}": day})
    if kind == at_kind:
        return beyond | Q(**{"due": day, f"id__{way}": pk})
    is_later = kind > at_kind
    return beyond | Q(due=day) if is_later == (way == "gt") else beyond

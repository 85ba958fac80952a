"""What is to be done, by whom, by when: open duties of organs, and papers that wait to be served.

Read from the rows that the last act left; only a clock that stands still is counted anew, because its day moves.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.documents.models import Paper
from xinqiao.documents.papers import OPEN as UNSERVED
from xinqiao.matters.fetching import fetch_owed
from xinqiao.matters.listing import seen_condition
from xinqiao.matters.models import ClockRow, Stage
from xinqiao.organs.models import Role
from xinqiao.procedure.names import CLOCKS
from xinqiao.record.reading_rows import Shape

DATED = ("running", "missed")
OPEN = (*DATED, "paused")
RIGHTS = tuple(clock for clock, name in CLOCKS.items() if name.is_right)
REVIEWS = ("K12", "K14")
SUPERVISORS = (Role.LEADER, Role.INSPECTOR)
ENDED = (Stage.WITHDRAWN, Stage.CLOSED)
SERVE = "serve"
SOON = 3
#: Where a clock that stands still is sorted: behind every day.
PAUSED = date(9999, 12, 31)

#: So many duties are read at the most, those that are due first: a county's leader looks at all that its organs owe.
MOST = 3_000
#: The navigation counts no further.
MANY = 99

_CLOCK_ROWS = Shape(ClockRow)
_PAPER_ROWS = Shape(Paper, ("organ", "stream"))

Key = tuple[date, str, int]


class Duty(NamedTuple):
    """The key of a duty, sorted by its day, and what it is: a clock or ``serve``, and the code of the organ."""

    due: date
    kind: str
    pk: int
    what: str
    organ: str

    @property
    def key(self) -> Key:
        return self.due, self.kind, self.pk


_due_of = attrgetter("due")


@dataclass(frozen=True, kw_only=True)
class Span:
    """One group of days: its name in an address, the first and the last day (None: open)."""

    name: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


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


class Count(NamedTuple):
    """How many duties there are; with ``is_more`` at least so many."""

    n: int
    is_more: bool = False


@dataclass(frozen=True)
class Duties:
    """Duties in the order of their days, read once; filters, counts and pages are taken from them.

    ``is_cut``: behind the last one there are more, due on its day or later.
    """

    all: Sequence[Duty]
    is_cut: bool = False

    def where(self, *, what: Collection[str] = (), organ: str = "") -> "Duties":
        """Only these clocks (or ``serve``), and only what the organ of this code owes."""
        if not what and not organ:
            return self
        kept = [d for d in self.all if (not what or d.what in what) and (not organ or d.organ == organ)]
        return Duties(kept, is_cut=self.is_cut)

    def within(self, span: Span | None) -> "Duties":
        """Only the duties of a span; every duty without one."""
        return Duties(self._of(span), is_cut=self._is_beyond(span)) if span else self

    def count_by_span(self, day: date) -> dict[str, Count]:
        """How many duties fall into each span, and ``all`` of them."""
        counts = {span.name: Count(len(self._of(span)), is_more=self._is_beyond(span)) for span in spans(day)}
        return counts | {"all": Count(len(self.all), is_more=self.is_cut)}

    def _of(self, span: Span) -> Sequence[Duty]:
        first = bisect_left(self.all, span.first, key=_due_of) if span.first else 0
        last = bisect_right(self.all, span.last, key=_due_of) if span.last else len(self.all)
        return self.all[first:last]

    def _is_beyond(self, span: Span) -> bool:
        """Whether duties of a span may stand behind the last one that was read."""
        return self.is_cut and (span.last is None or span.last >= self.all[-1].due)

    def place_after(self, key: Key) -> int:
        """How many duties stand before a key or at it, whether it is still there or not."""
        return bisect_right(self.all, key, key=lambda duty: duty.key)


def duties_of(
    actor: Actor, *, what: Collection[str] = (), organ: str = "", span: Span | None = None, most: int | None = None
) -> Duties:
    """What the actor's organ owes; for those who supervise, what every organ in their sight owes.

    At most ``most`` duties (``MOST``), those due first; ``what``, ``organ`` and ``span`` narrow before it is cut.
    """
    most = MOST if most is None else most
    parts, params = _parts(_ordered(actor, what, organ, span), most + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({parts}) one ORDER BY due, kind, pk LIMIT {most + 1}", params)
        found = list(map(Duty._make, cursor.fetchall()))
    return Duties(found[:most], is_cut=len(found) > most)


def organs_that_owe(actor: Actor, found: Duties) -> set[str]:
    """The codes of the organs that owe something: those of the duties found, or where these are cut those of all."""
    if not found.is_cut:
        return {duty.organ for duty in found.all} - {""}
    (clocks, first), (papers, rest) = _open(actor)
    owes = f"EXISTS ({clocks} AND c.organ = one.code OFFSET 0) OR EXISTS ({papers} AND p.organ_id = one.id OFFSET 0)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one.code FROM organs_organ one WHERE one.root_id = %s AND ({owes})",
            [actor.root_organ_id, *first, *rest],
        )
        return {code for (code,) in cursor.fetchall()}


def count_duties(actor: Actor) -> int | None:
    """How many duties there are, counted to ``MANY + 1``; None for a post that reads no matters."""
    if not actor.may(Permission.MATTER_READ):
        return None
    parts, params = _parts(_ordered(actor), MANY + 1)
    with connection.cursor() as cursor:
        # Cut once more over all parts: where the first has as many, nothing of the others is read.
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({parts}) one LIMIT {MANY + 1:d}) x", params)
        return int(cursor.fetchone()[0])


def fetch(duties: Sequence[Duty]) -> list[ClockRow | Paper]:
    """The rows behind duties, with their matters, in the same order."""
    ids = {kind: [duty.pk for duty in duties if duty.kind == kind] for kind in ("clock", "paper")}
    clocks = _CLOCK_ROWS.read("id = ANY(%s)", [ids["clock"]]) if ids["clock"] else []
    papers = _PAPER_ROWS.read("documents_paper.id = ANY(%s)", [ids["paper"]]) if ids["paper"] else []
    matters = fetch_owed([row.matter_id for row in clocks], streams=[row.stream_id for row in papers])
    by_id, by_stream = {one.pk: one for one in matters}, {one.stream_id: one for one in matters}
    for clock in clocks:
        clock.matter = by_id[clock.matter_id]
    for paper in papers:
        paper.stream.matter = by_stream[paper.stream_id]
    found: dict[tuple[str, int], ClockRow | Paper] = {("clock", row.pk): row for row in clocks}
    found |= {("paper", row.pk): row for row in papers}
    return [found[duty.kind, duty.pk] for duty in duties]


Sql = tuple[str, list[Any]]


def _listed(codes: Collection[str]) -> str:
    """Codes of the program written into SQL: a plan that is kept uses an index of open rows only if it sees them."""
    return ", ".join(f"'{code!s}'" for code in codes)


# Written out: every page of the desk counts them. What was missed before a matter ended stays missed on its record;
# there is nothing left to do about it.
_CLOCKS = f"""SELECT CASE WHEN c.state = 'paused' THEN %s ELSE c.legal_due END AS due, 'clock' AS kind, c.id AS pk,
  c.clock AS what, c.organ AS organ
FROM matters_clockrow c
WHERE c.state IN ({_listed(OPEN)}) AND c.clock NOT IN ({_listed(RIGHTS)}) AND c.root_organ_id = %s AND """
_PAPERS = f"""SELECT p.service_due_on AS due, 'paper' AS kind, p.id AS pk, 'serve' AS what, o.code AS organ
FROM documents_paper p JOIN matters_matter m ON m.stream_id = p.stream_id JOIN organs_organ o ON o.id = p.organ_id
WHERE p.must_be_served AND p.state IN ({_listed(UNSERVED)}) AND p.service_due_on IS NOT NULL
  AND p.root_organ_id = %s AND """
_GOES_ON = f"NOT stage IN ({_listed(ENDED)})"


def _open(actor: Actor) -> tuple[Sql, Sql]:
    """Open clocks that are duties, and papers to be served, of matters that the actor may know of and that go on."""
    clocks, papers = _Conditions(actor, "c.matter_id"), _Conditions(actor, "m.id")
    if actor.role not in SUPERVISORS:
        clocks.add("c.organ = %s", actor.organ_code)
        papers.add("p.organ_id = %s", actor.organ_id or 0)
    if actor.role == Role.REVIEWER:
        clocks.add("c.clock = ANY(%s)", list(REVIEWS))
        papers.add("p.kind = ANY(%s)", ["review", "rereview"])
    root = actor.root_organ_id
    return (_CLOCKS + clocks.sql, [PAUSED, root, *clocks.params]), (_PAPERS + papers.sql, [root, *papers.params])


def _ordered(actor: Actor, what: Collection[str] = (), organ: str = "", span: Span | None = None) -> Iterator[Sql]:
    """The same in the order of an index each: what runs or was missed, what stands still, what waits to be served."""
    (clocks, first), (papers, rest) = _open(actor)
    if not what or set(what) - {SERVE}:
        named = [("c.clock = ANY(%s)", list(what))] if what else []
        owed = [*named, *([("c.organ = %s", organ)] if organ else [])]
        dated, still = f"c.state IN ({_listed(DATED)})", "c.state = 'paused'"
        yield _with(clocks, first, dated, [*owed, *_days("c.legal_due", span)], "c.legal_due, c.id")
        if span is None or span.holds(PAUSED):
            yield _with(clocks, first, still, owed, "c.id")
    if not what or SERVE in what:
        owed = [("o.code = %s", organ)] if organ else []
        yield _with(papers, rest, "TRUE", [*owed, *_days("p.service_due_on", span)], "p.service_due_on, p.id")


def _parts(statements: Iterable[Sql], most: int) -> Sql:
    """One after the other, of each at most so many; the limit is written out, or a kept plan would be thought dear."""
    parts, params = [], list[Any]()
    for sql, its in statements:
        parts.append(f"({sql} LIMIT {most})")
        params += its
    return " UNION ALL ".join(parts), params


def _with(sql: str, params: list[Any], plain: str, more: list[tuple[str, Any]], order: str) -> Sql:
    conditions = " AND ".join([plain, *(text for text, _value in more)])
    return f"{sql} AND {conditions} ORDER BY {order}", [*params, *(value for _text, value in more)]


def _days(column: str, span: Span | None) -> list[tuple[str, Any]]:
    bounds = [(">=", span.first), ("<=", span.last)] if span else []
    return [(f"{column} {way} %s", day) for way, day in bounds if day]


class _Conditions:
    """Conditions one after the other, the first of them that the actor may know of a matter and that it goes on."""

    def __init__(self, actor: Actor, matter: str) -> None:
        seen, params = seen_condition(actor, matter)
        # OFFSET holds the planner to one look by the index for each duty; else it may read all that the organ ever had.
        self.sql, self.params = f"EXISTS ({seen} AND {_GOES_ON} OFFSET 0)", params

    def add(self, condition: str, value: Any) -> None:
        self.sql += f" AND {condition}"
        self.params.append(value)

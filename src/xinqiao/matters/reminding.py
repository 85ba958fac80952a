"""What is due soon, what was missed, which paper was not served: said once to the organ whose duty it is.

A duty of an organ and nothing else: no reminder is about a petitioner, and a sealed matter is named in none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from xinqiao.documents.labels import PaperState
from xinqiao.documents.models import Paper
from xinqiao.matters.models import ClockRow, Matter, Reminder, Stage
from xinqiao.matters.telling import tell_organs
from xinqiao.organs.lookup import organ_id
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import current_successors
from xinqiao.procedure.names import CLOCKS

SOON_DAYS = 3
BATCH = 500
ENDED = (Stage.CLOSED, Stage.WITHDRAWN)
DUTIES = [code for code, named in CLOCKS.items() if not named.is_right]


@dataclass(frozen=True)
class Duty:
    """Something an organ owes: about what, since when it is said, and by when it was due."""

    kind: str
    matter_id: int
    subject: str
    organ_id: int | None
    due_on: date
    article: str | None = None


def remind(today: date) -> int:
    """Say what has not been said yet, matter by matter; how many reminders. Run twice on a day it says nothing new."""
    said = 0
    for duties in _batches(_duties(today)):
        known = set(Reminder.objects.filter(subject__in=[d.subject for d in duties]).values_list("kind", "subject"))
        said += sum(_say(duty, today) for duty in duties if (duty.kind, duty.subject) not in known)
    return said


def _duties(today: date) -> Iterator[Duty]:
    yield from _clocks("clock_soon", today, today + timedelta(days=SOON_DAYS))
    yield from _clocks("clock_missed", None, today - timedelta(days=1))
    yield from _papers(today)


def _clocks(kind: str, first: date | None, last: date) -> Iterator[Duty]:
    """The open duties due in a span of days; each due day of a clock is a subject of its own."""
    rows = ClockRow.objects.filter(clock__in=DUTIES, state__in=("running", "missed"), legal_due__lte=last)
    rows = rows.exclude(matter__stage__in=ENDED)
    rows = rows.filter(legal_due__gte=first) if first else rows
    for row in rows.order_by("id").iterator(chunk_size=BATCH):
        assert row.legal_due is not None
        whose = organ_id(row.organ) if row.organ else None
        key = f"{row.matter_id}:{row.clock}:{row.organ}:{row.petitioner}:{row.started_on}:{row.legal_due}"
        yield Duty(kind, row.matter_id, key, whose, row.legal_due, row.article)


def _papers(today: date) -> Iterator[Duty]:
    """Papers whose five working days of service are over."""
    waiting = Paper.objects.filter(must_be_served=True, state__in=(PaperState.ISSUED, PaperState.FAILED))
    late = waiting.filter(service_due_on__lt=today).exclude(stream__matter__stage__in=ENDED)
    columns = ("pk", "stream__matter", "organ_id", "service_due_on")
    for pk, matter_id, organ, due_on in late.order_by("pk").values_list(*columns).iterator(chunk_size=BATCH):
        yield Duty("paper_unserved", matter_id, f"{matter_id}:paper:{pk}", organ, due_on)


@transaction.atomic
def _say(duty: Duty, today: date) -> bool:
    """The reminder and its notice exist together, and once, however many workers look at the same time."""
    matter = Matter.objects.select_related("stream").get(pk=duty.matter_id)
    _row, is_new = Reminder.objects.get_or_create(
        kind=duty.kind,
        subject=duty.subject,
        defaults={"root_organ_id": matter.root_organ_id, "matter": matter, "on": today},
    )
    if is_new:
        organ = Organ.objects.get(pk=duty.organ_id or matter.holder_id)
        heirs = [heir.pk for heir in current_successors(organ, today)]
        tell_organs(matter, duty.kind, heirs, due_on=duty.due_on, article=duty.article)
    return is_new


def _batches(duties: Iterable[Duty]) -> Iterator[list[Duty]]:
    batch: list[Duty] = []
    for duty in duties:
        batch.append(duty)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

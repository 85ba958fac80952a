"""The self-check: every record replayed by the law, and the rows held against it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from xinqiao.access.clock import today
from xinqiao.matters.acting import history_of
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.matters.views_of_record import OPEN, latest, next_duty, save_view
from xinqiao.organs.calendars import calendar_named, calendar_of
from xinqiao.procedure import Case, Clock, Refused, WorkCalendar, load_pack, read_case
from xinqiao.record import RecordedEvent, events_of
from xinqiao.record.doctor import Replayed, replay

UNSTOPPED = {*OPEN, "lapsed"}


@dataclass(frozen=True)
class Disagreement:
    """One place where a row is not what its record says, or where the record itself does not hold."""

    matter: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.matter}: {self.where}: {self.detail}"


def check_matters(
    *, streams: range | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Disagreement]:
    """Everything that does not agree, in the order of the streams; memory does not grow with the number of matters."""
    done = 0
    for batch in replay(streams=streams):
        yield from _check_batch(batch)
        done += len(batch)
        if progress:
            progress(done)


def _check_batch(batch: Sequence[Replayed]) -> Iterator[Disagreement]:
    ids = [one.stream.id for one in batch]
    matters = {m.stream_id: m for m in Matter.objects.filter(stream_id__in=ids)}
    clocks: dict[int, list[ClockRow]] = {}
    for row in ClockRow.objects.filter(matter__stream_id__in=ids):
        clocks.setdefault(row.matter_id, []).append(row)
    for one in batch:
        matter = matters.get(one.stream.id)
        name = matter.number if matter else f"stream {one.stream.id}"
        yield from (Disagreement(name, finding.where, f"{finding.code}: {finding.detail}") for finding in one.findings)
        if one.findings:
            continue
        if matter is None:
            yield Disagreement(name, "matter", "there is a record, but no matter")
            continue
        yield from check_matter(matter, one, clocks.get(matter.pk, []))


def check_matter(matter: Matter, replayed: Replayed, rows: list[ClockRow]) -> Iterator[Disagreement]:
    """One matter's row and clock rows against its record."""
    try:
        case = read_case(
            history_of(events := replayed.events()),
            pack=load_pack(matter.pack),
            calendar=calendar_on_record(events, matter.root_organ_id),
            today=today(),
        )
    except Refused as error:
        yield Disagreement(matter.number, "record", f"the law refuses it: {error.refusal.code}")
        return
    yield from _stage_and_duty(matter, case)
    yield from _clocks(matter, case, rows)


def calendar_on_record(recorded: Sequence[RecordedEvent], root_id: int) -> WorkCalendar:
    """The calendar by which the newest event counted: a later one moves nothing until an event says so."""
    return calendar_named(recorded[-1].calendar) or calendar_of(root_id)


def _stage_and_duty(matter: Matter, case: Case) -> Iterator[Disagreement]:
    if matter.stage != case.stage:
        yield Disagreement(matter.number, "stage", f"the row says {matter.stage}, the record {case.stage}")
    duty = next_duty(case.clocks)
    if matter.next_clock != (duty.id if duty else ""):
        yield Disagreement(matter.number, "next_clock", f"the row says {matter.next_clock or 'none'}")
    elif duty and duty.state != "paused" and matter.next_due_on != duty.legal_due:
        yield Disagreement(matter.number, "next_due_on", f"the row says {matter.next_due_on}, not {duty.legal_due}")


def _clocks(matter: Matter, case: Case, rows: list[ClockRow]) -> Iterator[Disagreement]:
    stored = {(r.clock, r.organ, r.petitioner, r.started_on): r for r in rows}
    computed = latest(case.clocks)
    for key in sorted(stored.keys() | computed.keys(), key=str):
        row, clock = stored.get(key), computed.get(key)
        where = f"clock {key[0]} of {key[1] or key[2] or 'all'} from {key[3]}"
        if row is None or clock is None:
            yield Disagreement(matter.number, where, "missing among the rows" if clock else "not on the record")
        elif wrong := differences(row, clock):
            yield Disagreement(matter.number, where, ", ".join(wrong))


def differences(row: ClockRow, clock: Clock) -> list[str]:
    """The columns in which a row is not its clock; an open clock's state moves with the day, a pause moves its end."""
    names = ["stopped_on", "extended_by"]
    if clock.state != "paused":
        names += ["legal_due", "stat_due", "paused_days"]
    pairs = [(name, getattr(row, name), getattr(clock, name)) for name in names]
    wrong = [f"{name} is {stored}, not {computed}" for name, stored, computed in pairs if stored != computed]
    both_open = row.state in UNSTOPPED and clock.state in UNSTOPPED
    return wrong if both_open or row.state == clock.state else [*wrong, f"state is {row.state}, not {clock.state}"]


@transaction.atomic
def mend(number: str) -> None:
    """Write the rows of one matter anew from its record; the record itself is never touched."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("stream").get(number=number)
    ClockRow.objects.filter(matter=matter).delete()
    renew(matter)


def renew(matter: Matter) -> None:
    """Bring the rows of a locked matter up to what its record says today."""
    recorded = events_of(matter.stream_id)
    calendar = calendar_on_record(recorded, matter.root_organ_id)
    case = read_case(history_of(recorded), pack=load_pack(matter.pack), calendar=calendar, today=today())
    save_view(matter, case, calendar=calendar)

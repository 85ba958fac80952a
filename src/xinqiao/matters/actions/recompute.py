"""Recompute (重算时限): the working calendar changed, so what still runs is counted anew, by an event.

Clocks that were stopped keep the calendar by which they were counted.
"""

from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from xinqiao.access.actor import Actor, system_actor
from xinqiao.matters.acting import Acting, reading
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.matters.replaying import UNSTOPPED, calendar_on_record
from xinqiao.matters.views_of_record import latest
from xinqiao.organs.calendars import calendar_of
from xinqiao.procedure import Clock, read_case
from xinqiao.record import events_of


def recompute_office(root_id: int) -> int:
    """Count anew every open clock of an office that another calendar counted; how many matters were changed."""
    version = calendar_of(root_id).version
    behind = counted_otherwise(root_id, version).order_by("matter_id").values_list("matter_id", flat=True).distinct()
    return sum(recompute(matter_id=matter_id) is not None for matter_id in list(behind))


def counted_otherwise(root_id: int, version: str) -> "QuerySet[ClockRow]":
    """The open clocks of an office that were counted by another version of the calendar."""
    rows = ClockRow.objects.filter(root_organ_id=root_id, state__in=UNSTOPPED, stopped_on=None)
    return rows.exclude(calendar_version=version)


@transaction.atomic(durable=True)
def recompute(*, matter_id: int) -> Acting | None:
    """Count one matter's open clocks by the calendar that holds now; None where no due day moves.

    Nobody's power and nobody's choice: the product acts, and the record says so.
    """
    rows = Matter.objects.select_related("stream", "holder").select_for_update(of=("self", "stream"))
    matter = rows.get(pk=matter_id)
    recorded = events_of(matter.stream_id)
    act = reading("recompute", matter=matter, actor=_product(matter), recorded=recorded)
    if moved := _moved(act):
        act.append({"clocks": moved}, type="recomputed")
        return act
    unmoved = ClockRow.objects.filter(matter=matter, state__in=UNSTOPPED, stopped_on=None)
    unmoved.update(calendar_version=act.calendar.version)
    return None


def _product(matter: Matter) -> Actor:
    """The product itself, for no organ."""
    return replace(system_actor(matter.holder), organ_code="", organ_name="")


def _moved(act: Acting) -> list[dict[str, str]]:
    """The open clocks whose due day is another one now, with both days."""
    counted_by = calendar_on_record(act.recorded, act.matter.root_organ_id)
    before = latest(read_case(act.history, pack=act.pack, calendar=counted_by, today=act.today).clocks)
    pairs = [(before[key], clock) for key, clock in latest(act.case.clocks).items() if clock.stopped_on is None]
    return [_change(old, new) for old, new in pairs if old.legal_due != new.legal_due]


def _change(old: Clock, new: Clock) -> dict[str, str]:
    change = {
        "clock": new.id,
        "organ": new.organ,
        "petitioner": new.petitioner,
        "started_on": new.started_on.isoformat(),
        "was": old.legal_due.isoformat(),
        "now": new.legal_due.isoformat(),
    }
    return {name: value for name, value in change.items() if value}

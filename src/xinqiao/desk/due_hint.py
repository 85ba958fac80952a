"""What follows from the day on which a contact came in: the weekday, and until when the first duty is to be done."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.components.dates import desk_day, weekday
from xinqiao.components.surfaces import current_language
from xinqiao.desk.register_forms import Registration
from xinqiao.desk.words import duty_words
from xinqiao.matters.submission import EARLIEST
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.models import Organ, OrganKind
from xinqiao.procedure import Event, History, load_pack, read_case


def hint_of(actor: Actor, typed: Mapping[str, str]) -> str:
    """``周一，12-08 周二前转送交办``; for a day that is none or cannot be a day of receipt how to write one."""
    day = _day(typed.get("received_on", ""))
    if day is None:
        return _("As in 2026-11-23, not after today")
    words = {"weekday": weekday(day, current_language())}
    if (found := first_duty(actor, day, typed)) is None:
        return words["weekday"]
    clock, due = found
    words |= {"day": desk_day(due, current_language(), within=day.year), "duty": duty_words(clock)}
    return _("%(weekday)s; by %(day)s: %(duty)s") % words


def typed_days(registration: Registration) -> dict[str, str]:
    """The fields that the hint hangs on, as they stand in the form."""
    bound = [registration.contact["received_on"], registration.words["kind"], registration.contact["channel"]]
    values = {field.name: field.value() for field in bound}
    return {name: value.isoformat() if isinstance(value, date) else str(value or "") for name, value in values.items()}


def first_duty(actor: Actor, day: date, typed: Mapping[str, str]) -> tuple[str, date] | None:
    """The clock that the receipt starts and its legal day, by the law of the receiving organ."""
    organ = Organ.objects.get(pk=actor.organ_id or 0)
    said = {
        "by": "bureau" if organ.kind == OrganKind.BUREAU else "organ",
        "organ": organ.code,
        "channel": typed.get("channel") or "letter",
        "kind": typed.get("kind") or "appeal",
        "persons": 1,
    }
    case = read_case(
        History.of([Event(type="received", on=day, at=None, data=said)]),
        pack=load_pack(organ.pack),
        calendar=calendar_of(organ.office_id),
        today=today(),
    )
    first = min(case.clocks, key=lambda clock: clock.legal_due, default=None)
    return (first.id, first.legal_due) if first else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= today() else None

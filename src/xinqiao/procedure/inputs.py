"""Reading a record from plain JSON values, as `xinqiao clocks` and the API take it.

Whatever cannot be read is refused with a code, the place of the event and
what to do; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, NoReturn

from .calendar import WorkCalendar, default_calendar
from .case import Case
from .events import DEFAULT_TIMEZONE, Event, History, local_day, timezone_of
from .fields import EARLIEST, FIELDS, LATEST, Field, Wrong, day
from .fold import read_case
from .packs import Pack, UnknownPackError, load_pack, pack_ids
from .refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class RecordInput:
    """A record with what it is to be read by."""

    pack: Pack
    calendar: WorkCalendar
    today: date
    history: History

    def read(self, *, internal: bool = False) -> Case:
        """The case it tells of; raises `Refused`."""
        return read_case(self.history, pack=self.pack, calendar=self.calendar, today=self.today, internal=internal)


def parse_record(raw: Any) -> RecordInput:
    """Read the input of the interface; raises `Refused` naming the field or the event at fault."""
    if not isinstance(raw, Mapping):
        _refuse("bad-value", field="record", value=type(raw).__name__, allowed="{…}")
    events = _required(raw, "events")
    if not isinstance(events, list):
        _refuse("bad-value", field="events", value=type(events).__name__, allowed="[…]")
    pack, zone = _pack(_required(raw, "pack")), _zone(raw.get("timezone") or DEFAULT_TIMEZONE)
    today, calendar = _read(Field(day), "today", _required(raw, "today")), _calendar(raw.get("calendar"))
    history = History(tuple(parse_event(event, index, zone) for index, event in enumerate(events)))
    if not history.events:
        refusal = Refusal(code="not-received-first", article=pack.article("register"))
        raise Refused(refusal.at(0))
    return RecordInput(pack, calendar, today, history)


def parse_event(raw: Any, index: int, zone: tzinfo) -> Event:
    """Read one event; its day is its local date in `zone`."""
    if not isinstance(raw, Mapping):
        _refuse("bad-value", index, field="event", value=type(raw).__name__, allowed="{…}")
    kind = _required(raw, "type", index)
    if not isinstance(kind, str) or kind not in FIELDS:
        _refuse("unknown-type", index, value=kind)
    on, at = _time(raw, index, zone)
    data = {key: value for key, value in raw.items() if value is not None and key not in ("type", "on", "at")}
    for name, field in FIELDS[kind].items():
        if name in data:
            data[name] = _read(field, name, data[name], index)
        elif field.is_required:
            _refuse("missing-field", index, field=name)
    return Event(kind, on, at, data)


def _time(raw: Mapping[str, Any], index: int, zone: tzinfo) -> tuple[date, datetime | None]:
    on = None if raw.get("on") is None else _read(Field(day), "on", raw["on"], index)
    if raw.get("at") is None:
        return on or _refuse("missing-field", index, field="at / on"), None
    at = _instant(raw["at"], index)
    try:
        local = local_day(at, zone)
    except OverflowError:
        _refuse("bad-date", index, field="at", value=raw["at"])
    if not EARLIEST <= local <= LATEST or on not in (None, local):
        _refuse("bad-date", index, field="at", value=raw["at"])
    return local, at


def _instant(value: Any, index: int) -> datetime:
    if not isinstance(value, str) or len(value) < 10 or value[4] + value[7] != "--":
        _refuse("bad-date", index, field="at", value=value)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        _refuse("bad-date", index, field="at", value=value)
    if at.tzinfo is None:
        _refuse("no-offset", index, value=value)
    return at


def _pack(value: Any) -> Pack:
    try:
        return load_pack(str(value))
    except UnknownPackError:
        _refuse("unknown-pack", value=value, allowed=", ".join(pack_ids()))


def _zone(value: Any) -> tzinfo:
    try:
        return timezone_of(str(value))
    except ValueError:
        _refuse("unknown-timezone", value=value)


def _calendar(raw: Any) -> WorkCalendar:
    """The given tables replace the product's own data wholly."""
    if raw is None:
        return default_calendar()
    if not isinstance(raw, Mapping):
        _refuse("bad-value", field="calendar", value=type(raw).__name__, allowed="{off, work}")
    return WorkCalendar(off=_days(raw, "off"), work=_days(raw, "work"))


def _days(raw: Mapping[str, Any], name: str) -> frozenset[date]:
    values = raw.get(name) or []
    if not isinstance(values, list):
        _refuse("bad-value", field=f"calendar.{name}", value=values, allowed="[YYYY-MM-DD, …]")
    return frozenset(_read(Field(day), f"calendar.{name}", value) for value in values)


def _required(raw: Mapping[str, Any], name: str, index: int | None = None) -> Any:
    value = raw.get(name)
    return _refuse("missing-field", index, field=name) if value is None else value


def _read(field: Field, name: str, value: Any, index: int | None = None) -> Any:
    try:
        return field.read(value)
    except Wrong as wrong:
        _refuse(wrong.code, index, field=name, value=_short(value), allowed=wrong.allowed)


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:60] + "…"


def _refuse(code: str, index: int | None = None, **params: Any) -> NoReturn:
    raise Refused(Refusal(code=code, params=params, index=index))

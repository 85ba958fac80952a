"""The fields of each event type, and what each may hold: the table of the interface.

Fields that are not listed are free: they are kept and change no clock. A null
counts as left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from .names import CLOCKS

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
TEXT_LIMIT = 200


class Wrong(ValueError):
    """A value that a field cannot hold; `code` is the refusal, `allowed` what it may hold."""

    def __init__(self, code: str, allowed: str = "") -> None:
        """Say which refusal this is."""
        super().__init__(code)
        self.code, self.allowed = code, allowed


class Field(NamedTuple):
    """How a value is read, and whether the event says nothing without it."""

    read: Callable[[Any], Any]
    is_required: bool = False


def day(value: Any) -> date:
    """A day written YYYY-MM-DD, within the years a record can speak of."""
    if not isinstance(value, str) or len(value) != 10 or value[4] + value[7] != "--" or not value.isascii():
        raise Wrong("bad-date")
    try:
        read = date.fromisoformat(value)
    except ValueError:
        raise Wrong("bad-date") from None
    if not EARLIEST <= read <= LATEST:
        raise Wrong("bad-date")
    return read


def text(value: Any) -> str:
    """A name or code: not empty, not longer than 200 characters."""
    if not isinstance(value, str) or not value.strip() or len(value) > TEXT_LIMIT:
        raise Wrong("bad-value", f"text, 1–{TEXT_LIMIT}")
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong("bad-value", "true | false")
    return value


def number(least: int, most: int) -> Callable[[Any], int]:
    """A whole number from `least` to `most`."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong("bad-value", f"{least}–{most}")
        return value

    return read


def one_of(*values: str) -> Callable[[Any], str]:
    """One of these words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise Wrong("bad-value", " | ".join(values))
        return value

    return read


def names(value: Any) -> tuple[str, ...]:
    """A list of names or codes."""
    if not isinstance(value, list):
        raise Wrong("bad-value", "[text, …]")
    return tuple(text(each) for each in value)


ORGAN: Final = {"organ": Field(text)}
PETITIONER: Final = {"petitioner": Field(text)}
HEARING: Final = {**ORGAN, "stage": Field(one_of("handling", "review", "rereview"), is_required=True)}
PATH: Final = number(1, 6)
SENT: Final = {
    **ORGAN,
    "to": Field(text, is_required=True),
    "to_kind": Field(one_of("organ", "bureau")),
    "received_on": Field(day),
    "notified": Field(flag),
}
DECIDED: Final = {
    **ORGAN,
    **PETITIONER,
    "outcome": Field(one_of("upheld", "revoked", "changed", "remade")),
    "remake_due_on": Field(day),
}
ASKED: Final = {**ORGAN, **PETITIONER, "posted_on": Field(day)}

FIELDS: Final[dict[str, dict[str, Field]]] = {
    "received": {
        **ORGAN,
        "by": Field(one_of("bureau", "organ"), is_required=True),
        "channel": Field(text),
        "address_unclear": Field(flag),
        "petitioners": Field(names),
        "level": Field(text),
        "registered_on": Field(day),
        "urgent": Field(flag),
    },
    "transferred": SENT,
    "assigned": {**SENT, "report_due_on": Field(day)},
    "reported_up": ORGAN,
    "objected": ORGAN,
    "objection_decided": {**ORGAN, "upheld": Field(flag, is_required=True)},
    "accepted": {
        **ORGAN,
        "path": Field(PATH),
        "kind": Field(one_of("proposal", "accusation")),
        "simplified": Field(flag),
    },
    "declined": {**ORGAN, "kind": Field(one_of("not_accepted", "not_again"))},
    "path_changed": {**ORGAN, "path": Field(PATH, is_required=True)},
    "converted": {**ORGAN, "path": Field(PATH)},
    "extended": {
        **ORGAN,
        "clock": Field(one_of(*sorted(CLOCKS))),
        "days": Field(number(1, 3650), is_required=True),
        "approved_on": Field(day),
        "notified": Field(flag),
    },
    "hearing_opened": HEARING,
    "hearing_closed": HEARING,
    "settled": ORGAN,
    "replied": {**ORGAN, "outcome": Field(one_of("supported", "explained", "not_supported"))},
    "served": {
        **ORGAN,
        **PETITIONER,
        "document": Field(one_of("acceptance", "reply", "review", "rereview"), is_required=True),
    },
    "review_requested": ASKED,
    "rereview_requested": ASKED,
    "reviewed": DECIDED,
    "rereviewed": DECIDED,
    "reported": ORGAN,
    "withdrawn": ORGAN,
    "restored": ORGAN,
    "closed": ORGAN,
    "reopened": ORGAN,
    "annotated": {},
    "supplemented": {},
    "rated": PETITIONER,
}

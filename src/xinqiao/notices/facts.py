"""What a notice may say about a matter: this list and nothing else. There is no fact for a name, a title or a text."""

from collections.abc import Mapping
from datetime import date, datetime

Fact = str | int | date
Stored = dict[str, str | int]

TEXTS = frozenset({"article", "door", "number", "organ", "superior", "to"})
"""``article``, the ``door`` to knock at instead, the matter's ``number``, and names of organs."""

DAYS = frozenset({"due_on", "on", "report_due_on"})
"""Dates; a notice always writes them with their weekday."""

COUNTS = frozenset({"attempts", "days"})
MAX_TEXT = 200


def store(facts: Mapping[str, Fact | None]) -> Stored:
    """The facts as they are kept; raises ValueError for one that is not on the list, or of the wrong type.

    A fact that is None is left out, as are the sentences that would need it.
    """
    return {name: _stored(name, value) for name, value in facts.items() if value is not None}


def load(stored: Stored) -> dict[str, Fact]:
    """The facts again, days as dates."""
    return {name: date.fromisoformat(str(value)) if name in DAYS else value for name, value in stored.items()}


def _stored(name: str, value: Fact) -> str | int:
    if name in DAYS and isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if name in COUNTS and type(value) is int:
        return value
    if name in TEXTS and isinstance(value, str):
        return value[:MAX_TEXT]
    raise ValueError(f"{name!r} ({type(value).__name__}) is no fact of a notice; facts.py lists them")

"""The courses that matters of the loader take: what happens how many days after the receipt, in the midst of a county.

Most are answered in time and closed; some late, some extended, some under review. A course is cut off at today, so
that the young matters are the open ones, as in an office.
"""

from dataclasses import dataclass, field
from typing import Any

#: Over how many days the receipts are spread.
DAYS = 1095


@dataclass(frozen=True)
class Happening:
    """``BUREAU`` in the data stands for the organ that handles the matter."""

    after: int
    type: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    number: int
    happenings: tuple[Happening, ...]


def _received() -> Happening:
    return Happening(0, "received", {"by": "bureau", "organ": "HCXF", "channel": "letter"})


def _sent(after: int) -> Happening:
    return Happening(after, "transferred", {"organ": "HCXF", "to": "BUREAU", "to_kind": "organ"})


def _taken(after: int) -> list[Happening]:
    return [
        Happening(after, "accepted", {"organ": "BUREAU", "path": 6}),
        Happening(after + 2, "served", {"document": "acceptance", "method": "post", "organ": "BUREAU"}),
    ]


def _extended(after: int) -> Happening:
    data = {"organ": "BUREAU", "clock": "K08", "days": 30, "notified": True}
    return Happening(after, "extended", data)


def _answered(after: int) -> list[Happening]:
    return [
        Happening(after, "replied", {"organ": "BUREAU", "outcome": "supported"}),
        Happening(after + 3, "served", {"document": "reply", "method": "post", "organ": "BUREAU"}),
    ]


def _closed(after: int) -> Happening:
    return Happening(after, "closed", {"organ": "BUREAU"})


def _reviewed(asked: int, decided: int) -> list[Happening]:
    return [
        Happening(asked, "review_requested", {"organ": "HC"}),
        Happening(decided, "reviewed", {"organ": "HC", "outcome": "upheld"}),
        Happening(decided + 3, "served", {"document": "review", "method": "post", "organ": "HC"}),
    ]


def _courses() -> list[Course]:
    found = []
    for number in range(48):
        sent, taken, answered = 1 + number % 3, 5 + number % 9, 25 + number % 31
        happenings = [_received(), _sent(sent), *_taken(sent + taken)]
        match number % 16:
            case 0:  # answered long after the day
                happenings += [*_answered(95), _closed(130)]
            case 1:  # more time, then answered in time
                happenings += [_extended(55), *_answered(85), _closed(120)]
            case 2:  # asks for review; closed when the time for re-review is over
                happenings += [*_answered(answered), *_reviewed(answered + 20, answered + 45), _closed(answered + 85)]
            case _:
                happenings += [*_answered(answered), _closed(answered + 36)]
        found.append(Course(number, tuple(happenings)))
    return found


COURSES = _courses()

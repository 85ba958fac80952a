"""How contacts are counted: 件次, 批次, 人次, 事项, and the change against a base.

件次, 批次 and 人次 count contacts, 事项 counts matters. Nothing here counts by
person, and a cell that could tell who is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .articles import Names

VERSION: Final = "1"
SMALLEST_CELL: Final = 5
PERSONS_MOST: Final = 9999

DEFINITIONS: Final[dict[str, Names]] = {
    "contacts": Names(
        "件次：登记的信访件数，每登记一次计一件次。",
        "件次：登記的信訪件數，每登記一次計一件次。",
        "Contacts: every registration counts once.",
    ),
    "batches": Names(
        "批次：来访次数，一次来访不论人数计一批次。",
        "批次：來訪次數，一次來訪不論人數計一批次。",
        "Batches: one visit is one batch, however many came.",
    ),
    "persons": Names(
        "人次：每次实际参加的人数之和，同一人多次参加则多次计算。",
        "人次：每次實際參加的人數之和，同一人多次參加則多次計算。",
        "Persons: all who took part each time; who took part twice counts twice.",
    ),
    "matters": Names(
        "事项：信访事项数，同一事项的多次信访只计一个事项。",
        "事項：信訪事項數，同一事項的多次信訪只計一個事項。",
        "Matters: several contacts about one matter are one matter.",
    ),
    "change": Names(
        "同比、环比：（本期－基期）÷ 基期；基期为 0 时不计算，以“—”表示。",
        "同比、環比：（本期－基期）÷ 基期；基期為 0 時不計算，以「—」表示。",
        "Change: (this − base) ÷ base, the base being a year or a period before; a dash where it is 0.",
    ),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One registered contact: the matter it is about, whether it was a visit, and how many persons took part."""

    matter: str
    persons: int = 1
    is_visit: bool = False

    def __post_init__(self) -> None:
        """Refuse a number of persons that no contact has."""
        if not 1 <= self.persons <= PERSONS_MOST:
            raise ValueError(f"persons must be 1 to {PERSONS_MOST}, not {self.persons}")


def count_contacts(contacts: Iterable[Contact]) -> int:
    """件次."""
    return sum(1 for _ in contacts)


def count_batches(contacts: Iterable[Contact]) -> int:
    """批次, of visits."""
    return sum(contact.is_visit for contact in contacts)


def count_persons(contacts: Iterable[Contact]) -> int:
    """人次."""
    return sum(contact.persons for contact in contacts)


def count_matters(contacts: Iterable[Contact]) -> int:
    """事项."""
    return len({contact.matter for contact in contacts})


def change(this: int, base: int) -> Fraction | None:
    """同比 or 环比 against `base`; None where the base is 0."""
    return Fraction(this - base, base) if base else None


def rate(part: int, whole: int) -> Fraction | None:
    """`part` of `whole`; None where there is nothing to divide by."""
    return Fraction(part, whole) if whole else None


def as_percent(value: Fraction | None, places: int = 1) -> str:
    """The value as a table prints it, rounded half up; a dash for None."""
    if value is None:
        return "—"
    scale: int = 10**places
    tenths, sign = int(abs(value) * 100 * scale + Fraction(1, 2)), "-" if value < 0 else ""
    whole, rest = divmod(tenths, scale)
    return f"{sign if tenths else ''}{whole}" + (f".{rest:0{places}d}%" if places else "%")


def is_shown(persons: int) -> bool:
    """Whether a cell may be shown where it could tell who: none, or at least five persons."""
    return persons == 0 or persons >= SMALLEST_CELL


def is_group_visit(persons: int, group_from: int) -> bool:
    """集体访: a visit by at least the number of persons that the pack names."""
    return persons >= group_from

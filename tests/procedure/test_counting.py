"""How contacts are counted, and how a change is printed."""

from fractions import Fraction

import pytest

from xinqiao.procedure.articles import LANGUAGES
from xinqiao.procedure.counting import (
    DEFINITIONS,
    Contact,
    as_percent,
    change,
    count_batches,
    count_contacts,
    count_matters,
    count_persons,
    is_group_visit,
    is_shown,
    rate,
)

CONTACTS = [
    Contact("m1"),
    Contact("m1", persons=6, is_visit=True),
    Contact("m2", persons=2, is_visit=True),
    Contact("m2", persons=40),  # a joint letter is no batch
]


def test_contacts_batches_persons_and_matters_are_four_things() -> None:
    assert count_contacts(CONTACTS) == 4
    assert count_batches(CONTACTS) == 2
    assert count_persons(CONTACTS) == 49
    assert count_matters(CONTACTS) == 2


@pytest.mark.parametrize("persons", [0, -1, 10_000])
def test_a_contact_has_one_to_9999_persons(persons: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        Contact("m1", persons=persons)


@pytest.mark.parametrize(
    ("this", "base", "value", "printed"),
    [
        (120, 100, Fraction(1, 5), "20.0%"),
        (90, 100, Fraction(-1, 10), "-10.0%"),
        (100, 100, Fraction(0), "0.0%"),
        (1, 3, Fraction(-2, 3), "-66.7%"),
        (5, 0, None, "—"),  # no base, no change
        (0, 0, None, "—"),
        (10_004, 10_000, Fraction(1, 2500), "0.0%"),
        (9_996, 10_000, Fraction(-1, 2500), "0.0%"),  # no minus before a zero
        (10_005, 10_000, Fraction(1, 2000), "0.1%"),  # half up
    ],
)
def test_change_against_a_base(this: int, base: int, value: Fraction | None, printed: str) -> None:
    assert change(this, base) == value
    assert as_percent(value) == printed


def test_a_rate_of_nothing_is_a_dash() -> None:
    assert as_percent(rate(3, 4), places=0) == "75%"
    assert as_percent(rate(0, 0)) == "—"


@pytest.mark.parametrize(("persons", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_cell_that_could_tell_who_is_not_shown(persons: int, shown: bool) -> None:
    assert is_shown(persons) is shown


def test_a_group_visit_begins_where_the_pack_says() -> None:
    assert is_group_visit(5, group_from=5)
    assert not is_group_visit(4, group_from=5)


def test_every_definition_is_printed_in_three_languages() -> None:
    assert all(len({names.text(lang) for lang in LANGUAGES}) == 3 for names in DEFINITIONS.values())

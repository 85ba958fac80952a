"""The organs and the people of the county: the small office, and what comes with the county."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from xinqiao.project.demo.cast import county
from xinqiao.project.demo.reorganising import changes
from xinqiao.project.demo.tables import begin_tables
from xinqiao.project.demo_office import ORGANS, STAFF, found_office, hire

LEVELS = ("city", "county", "township", "village")


def organ_rows(last: date) -> list[Sequence[Any]]:
    """Every organ as it was two years before ``last``, each after those above it."""
    rows = {row[0]: list(row) for row in (*ORGANS, *county()["organs"])}
    for one in changes(last):
        if one.before:
            rows[one.organ][6] = one.before
    ordered = sorted(rows.values(), key=lambda row: LEVELS.index(row[5]))
    return [[cell or None if place in (1, 2) else cell for place, cell in enumerate(row)] for row in ordered]


@transaction.atomic
def found_county(last: date) -> None:
    """Found the county with everybody who works there, and the tables that its administrator keeps."""
    organs = found_office(organ_rows(last))
    people = hire(organs, [*STAFF, *map(tuple, county()["staff"])])
    begin_tables(organs, people, last)

"""Walking a list by cursor shows every matter that was there at the beginning exactly once, in its order."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.programs import Program
from tests.office import Office
from xinqiao.api.callers import new_token
from xinqiao.matters.models import Matter

FIRST = date(2026, 3, 2)
DAYS = (0, 0, 0, 1, 1, 2, 5, 5, 5, 5, 9, 30)


@pytest.fixture
def clerk(office: Office, on: Any) -> Program:
    """A clerk, and a dozen matters received on a few days: several on one day, so that days alone do not order them."""
    with on("2026-05-06"):
        for number, day in enumerate(DAYS):
            received(office, day, sealed=number % 4 == 0)
        office.register(office.jinhe)
    return Program(new_token(office.people["hexiaowen"], name="test", days=365))


def received(office: Office, day: int, *, sealed: bool = False) -> None:
    office.register(received_on=FIRST + timedelta(days=day), confidential=sealed)


def page(clerk: Program, cursor: str | None, **asked: Any) -> Any:
    said = asked | ({"cursor": cursor} if cursor else {})
    answer = clerk.get(f"/matters?{urlencode(said)}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def expected(sort: str) -> list[str]:
    """The matters of the county as a plain list in this order; the city's own is not the clerk's to see."""
    rows = Matter.objects.exclude(received_by__code="YZXF")
    sign, column = ("-" if sort.startswith("-") else ""), sort.removeprefix("-")
    return list(rows.order_by(f"{sign}{column}", f"{sign}id").values_list("number", flat=True))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sort=st.sampled_from(["-received_on", "received_on", "next_due_on"]),
    limit=st.integers(1, 9),
    arrivals=st.lists(st.integers(0, 40), max_size=3),
)
def test_a_walk_shows_everything_once(
    office: Office, clerk: Program, on: Any, sort: str, limit: int, arrivals: list[int]
) -> None:
    with on("2026-05-07"):
        before, seen, cursor = expected(sort), [], None
        arriving = iter(arrivals)
        while True:
            answer = page(clerk, cursor, sort=sort, limit=limit)
            assert len(answer["items"]) <= limit
            seen += [row["number"] for row in answer["items"]]
            if (cursor := answer["next"]) is None:
                break
            if (day := next(arriving, None)) is not None:
                received(office, day)
        assert len(set(seen)) == len(seen)
        assert [number for number in seen if number in set(before)] == before
        assert seen == [number for number in expected(sort) if number in set(seen)]


def test_filters_hold_on_every_page(office: Office, clerk: Program, on: Any) -> None:
    with on("2026-05-07"):
        days = {"received_from": "2026-03-03", "received_to": "2026-03-07"}
        first = page(clerk, None, limit=4, **days)
        rest = page(clerk, first["next"], limit=4, **days)
        found = [row["received_on"] for row in first["items"] + rest["items"]]
        assert (found, rest["next"]) == (["2026-03-07"] * 4 + ["2026-03-04"] + ["2026-03-03"] * 2, None)


@pytest.mark.parametrize(
    ("asked", "count", "why"),
    [
        ({"stage": "received"}, 12, "all of the county's"),
        ({"stage": "closed"}, 0, "none is closed"),
        ({"kind": "proposal"}, 0, "none is a proposal"),
        ({"holder": "HCXF"}, 12, "held where they came"),
        ({"holder": "YZXF"}, 0, "the city's own is not the clerk's to see"),
        ({"due_by": "2026-03-17"}, 3, "received on 2 March, transferred by 17 March"),
    ],
)
def test_a_filter(office: Office, clerk: Program, on: Any, asked: dict[str, str], count: int, why: str) -> None:
    with on("2026-05-07"):
        assert len(page(clerk, None, limit=200, **asked)["items"]) == count, why


def test_a_cursor_of_another_order_or_of_nobody_is_refused(office: Office, clerk: Program, on: Any) -> None:
    with on("2026-05-07"):
        cursor = page(clerk, None, limit=2)["next"]
        for wrong in (f"sort=received_on&cursor={cursor}", "cursor=abc", f"cursor={cursor[:-2]}", "cursor=W10"):
            answer = clerk.get(f"/matters?{wrong}")
            assert (answer.status_code, answer.json()["code"]) == (409, "cursor"), wrong


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("stage=lost", "stage"),
        ("sort=number", "sort"),
        ("due_by=2026-02-30", "due_by"),
        ("due_by=1772409600", "due_by"),
        ("received_from=0001-01-01", "received_from"),
        ("holder=%00", "holder"),
        ("holder=" + "X" * 33, "holder"),
        ("cursor=" + "a" * 201, "cursor"),
        ("stagee=received", "stagee"),
    ],
)
def test_a_wrong_filter_is_named(office: Office, clerk: Program, asked: str, field: str) -> None:
    answer = clerk.get(f"/matters?{asked}")
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]

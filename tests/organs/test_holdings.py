"""Posts over time: from the first day until the day before the last; deputies say for whom they stand in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.matters.cases import handled, last
from tests.office import Office
from xinqiao.access.actor import current_holdings, staff_actor
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.extend import extend
from xinqiao.organs.models import Holding, Post, User


def deputise(office: Office, who: str, post: Post, since: str, until: str | None, deputy_for: str) -> Holding:
    """Let somebody stand in for another in a post."""
    return Holding.objects.create(
        post=post,
        user=office.people[who],
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        deputy_for=office.people[deputy_for],
        basis="委托书",
    )


@pytest.fixture
def head(office: Office) -> Post:
    return Post.objects.get(organ__code="HCZJ", role="organ_head")


@pytest.mark.parametrize(
    ("day", "has", "why"),
    [
        ("2026-04-30", False, "the day before he begins"),
        ("2026-05-01", True, "his first day"),
        ("2026-05-14", True, "his last day is the one before the end"),
        ("2026-05-15", False, "the end itself"),
    ],
)
def test_a_deputy_has_the_power_on_his_days_only(
    office: Office, on: Callable[[str], Any], head: Post, day: str, has: bool, why: str
) -> None:
    holding = deputise(office, "jiangbo", head, "2026-05-01", "2026-05-15", "tanyue")
    with on(day):
        actor = staff_actor(office.people["jiangbo"], today=date.fromisoformat(day), holding_id=holding.pk)
    assert actor.may(Permission.MATTER_EXTEND) is has, why


def test_the_record_says_for_whom_a_deputy_acted(office: Office, on: Callable[[str], Any], head: Post) -> None:
    done = handled(office, on)
    holding = deputise(office, "jiangbo", head, "2026-05-01", None, "tanyue")
    with on("2026-05-06"):
        actor = staff_actor(office.people["jiangbo"], today=date(2026, 5, 6), holding_id=holding.pk)
        extend(number=done.number, actor=actor, days=10, reason="鉴定未完成。")
    stamp = last(done).actor
    assert (stamp.id, stamp.deputising_for, stamp.role) == (
        office.people["jiangbo"].pk,
        office.people["tanyue"].pk,
        "organ_head",
    )


def test_the_own_post_comes_before_a_deputised_one(office: Office, on: Callable[[str], Any], head: Post) -> None:
    deputise(office, "jiangbo", head, "2026-05-01", None, "tanyue")
    found = current_holdings(office.people["jiangbo"], date(2026, 5, 6))
    assert [holding.post.role for holding in found] == ["handler", "organ_head"]
    with on("2026-05-06"):
        assert not office.jiangbo.may(Permission.MATTER_EXTEND), "nobody is head without choosing that post"


def test_whoever_left_his_post_has_no_power(office: Office, on: Callable[[str], Any]) -> None:
    Holding.objects.filter(user=office.people["jiangbo"]).update(until=date(2026, 5, 1))
    with on("2026-04-30"):
        assert office.jiangbo.kind == "staff"
    with on("2026-05-01"):
        assert office.jiangbo.kind == "nobody"


def test_an_account_that_was_closed_has_no_power(office: Office, on: Callable[[str], Any]) -> None:
    User.objects.filter(username="jiangbo").update(is_active=False)
    with on("2026-05-01"):
        assert office.jiangbo.kind == "nobody"


def test_a_post_of_another_person_cannot_be_chosen(office: Office, on: Callable[[str], Any], head: Post) -> None:
    hers = Holding.objects.get(post=head).pk
    with on("2026-05-06"):
        actor = staff_actor(office.people["jiangbo"], today=date(2026, 5, 6), holding_id=hers)
    assert (actor.role, actor.organ_code) == ("handler", "HCZJ")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": date(2026, 5, 1)}, "a holding of no day"),
        ({"until": date(2026, 4, 1)}, "an end before the beginning"),
        ({"deputy_for": "jiangbo"}, "nobody stands in for himself"),
    ],
)
def test_the_database_refuses_a_holding_that_cannot_be(
    office: Office, head: Post, changes: dict[str, Any], why: str
) -> None:
    if "deputy_for" in changes:
        changes = {"deputy_for": office.people[changes["deputy_for"]]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(post=head, user=office.people["jiangbo"], since=date(2026, 5, 1), **changes)
    assert Holding.objects.filter(post=head).count() == 1, why

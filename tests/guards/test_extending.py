"""Attempts to gain time: twice, too long, too late, dated back, by whoever is no head (Article 34)."""

from datetime import date
from typing import Any

import pytest

from tests.matters.cases import clock, handled, last, sent, under_rereview, under_review
from tests.office import Office
from xinqiao.access.actor import Forbidden, staff_actor
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.models import Holding, Post, User
from xinqiao.procedure import Refused

GIVEN = {"days": 10, "reason": "鉴定未完成。"}


@pytest.mark.parametrize(
    ("day", "changes", "code", "why"),
    [
        ("2026-05-09", {}, "extension-too-late", "the sixty days ended yesterday"),
        (
            "2026-05-09",
            {"approved_on": date(2026, 5, 8)},
            "extension-too-late",
            "an approval dated back to the last day",
        ),
        ("2026-06-30", {"approved_on": date(2026, 4, 1)}, "extension-too-late", "and one dated back by months"),
        ("2026-05-06", {"approved_on": date(2026, 5, 7)}, "bad-date", "an approval of tomorrow"),
        ("2026-05-06", {"approved_on": date(2026, 3, 8)}, "bad-date", "an approval before the sixty days began"),
        ("2026-05-06", {"days": 31}, "extension-too-long", "thirty days at most"),
        ("2026-05-06", {"days": 0}, "bad-value", "no days are no extension"),
        ("2026-05-06", {"days": -5}, "bad-value", "an extension never shortens"),
        ("2026-05-06", {"clock": "K04"}, "extension-too-late", "the fifteen days are not extended"),
        ("2026-05-06", {"clock": "K12"}, "no-review-pending", "there is no review"),
        ("2026-05-06", {"clock": "K99"}, "bad-value", "there is no such clock"),
    ],
)
def test_no_time_is_gained(office: Office, on: Any, day: str, changes: dict[str, Any], code: str, why: str) -> None:
    done = handled(office, on)
    with on(day), pytest.raises(Refused) as refused:
        extend(number=done.number, actor=office.tanyue, **{**GIVEN, **changes})
    assert refused.value.refusal.code == code, why
    assert (clock(done, "K08").extended_by, last(done).type) == (0, "served")


@pytest.mark.parametrize("more", [1, 20, 30])
def test_an_extension_is_given_once_and_not_in_slices(office: Office, on: Any, more: int) -> None:
    done = handled(office, on)
    with on("2026-05-06"):
        extend(number=done.number, actor=office.tanyue, **GIVEN)
        with pytest.raises(Refused) as refused:
            extend(number=done.number, actor=office.tanyue, days=more, reason="还差一点。")
    assert (refused.value.refusal.code, clock(done, "K08").extended_by) == ("extended-before", 10)


def test_an_approval_of_some_days_ago_is_lawful_while_the_time_runs(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-05-08"):
        extend(number=done.number, actor=office.tanyue, approved_on=date(2026, 5, 6), **GIVEN)
    assert (last(done).data["approved_on"], clock(done, "K08").extended_by) == ("2026-05-06", 10)


@pytest.mark.parametrize("who", ["jiangbo", "shenlu", "qinshuo", "hexiaowen", "guoting", "xuanni", "admin"])
def test_whoever_is_no_head_of_an_organ_extends_nothing(office: Office, on: Any, who: str) -> None:
    done = handled(office, on)
    with on("2026-05-06"), pytest.raises(Forbidden):
        extend(number=done.number, actor=getattr(office, who), **GIVEN)


@pytest.mark.parametrize("who", ["yanli", "fangyuan", "zhongheng"])
def test_the_head_of_another_organ_does_not_know_the_matter(office: Office, on: Any, who: str) -> None:
    done = handled(office, on)
    with on("2026-05-06"), pytest.raises(NotThere):
        extend(number=done.number, actor=getattr(office, who), **GIVEN)


@pytest.mark.parametrize(
    ("begun", "name", "code", "why"),
    [
        (under_review, "K12", "HC", "the law gives the review thirty days"),
        (under_rereview, "K14", "YZ", "and the re-review"),
    ],
)
def test_reviews_are_not_extended(office: Office, on: Any, begun: Any, name: str, code: str, why: str) -> None:
    done = begun(office, on)
    post = Post.objects.create(organ=office.organs[code], title="主要负责人", role="organ_head", ceiling=2)
    Holding.objects.create(post=post, user=User.objects.create(username="chief", name="甲"), since=date(2026, 1, 1))
    chief = staff_actor(User.objects.get(username="chief"), today=date(2026, 6, 2))
    with on("2026-06-02"), pytest.raises(Refused) as refused:
        extend(number=done.number, actor=chief, clock=name, **GIVEN)
    assert refused.value.refusal.code == "extension-too-long", why


def test_a_late_acceptance_and_an_extension_together_gain_no_day(office: Office, on: Any) -> None:
    """Accepted on 30 March, eleven days late: the sixty days count from 19 March, and so do the ninety."""
    done = sent(office, on)
    with on("2026-03-30"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    with on("2026-05-18"):
        extend(number=done.number, actor=office.tanyue, days=30, reason="鉴定未完成。")
    assert (clock(done, "K08").started_on.isoformat(), clock(done, "K08").stat_due.isoformat()) == (
        "2026-03-19",
        "2026-06-17",
    )

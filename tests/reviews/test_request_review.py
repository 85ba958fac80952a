"""Request review 申请复查: within thirty days of service, of the superior that the petitioner chooses (Article 35)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, clock, fresh, handled, last
from tests.office import PERSON, Office
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.models import Review

TWO = (replace(PERSON, is_speaker=True), replace(PERSON, name="陆川", is_speaker=True))


@pytest.mark.parametrize(
    ("to", "why"), [(None, "the government above by default"), ("HC", "it"), ("YZZJ", "or the bureau above by line")]
)
def test_the_petitioner_chooses_between_territory_and_line(office: Office, on: Any, to: str | None, why: str) -> None:
    done = answered(office, on)
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", to=to)
    row = Review.objects.get()
    assert (row.organ.code, row.is_late, row.petitioner) == (to or "HC", False, ""), why
    assert fresh(done).involved.get(organ=row.organ).part == "reviewer"


@pytest.mark.parametrize("to", ["HCZJ", "HCXF", "HCRS", "YZ", "NOWHERE"])
def test_nobody_else_reviews(office: Office, on: Any, to: str) -> None:
    done = answered(office, on)
    with on("2026-05-06"), pytest.raises(Invalid) as wrong:
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", to=to)
    assert (list(wrong.value.errors), last(done).type) == (["to"], "served")


@pytest.mark.parametrize(
    ("day", "posted", "state", "late", "why"),
    [
        ("2026-05-15", None, "met", False, "the thirtieth day"),
        ("2026-05-18", "2026-05-15", "met", False, "posted on the thirtieth day"),
        ("2026-05-18", None, "lapsed", True, "later; it stays on record and the organ decides on it"),
    ],
)
def test_the_day_of_posting_counts(
    office: Office, on: Any, day: str, posted: str | None, state: str, late: bool, why: str
) -> None:
    done = answered(office, on)
    with on(day):
        request_review(
            number=done.number,
            actor=office.hexiaowen,
            reason="不服。",
            posted_on=date.fromisoformat(posted) if posted else None,
        )
    assert (clock(done, "K11").state, Review.objects.get().is_late) == (state, late), why


@pytest.mark.parametrize(
    ("who", "posted", "why"),
    [
        ("citizen", "2026-05-10", "what comes through the portal has no postmark, and so no earlier day"),
        ("hexiaowen", "2026-05-19", "a day to come"),
        ("hexiaowen", "2026-04-14", "the day before the opinion was served"),
    ],
)
def test_no_postmark_makes_a_late_request_timely(office: Office, on: Any, who: str, posted: str, why: str) -> None:
    done = answered(office, on)
    actor = office.citizen(done) if who == "citizen" else getattr(office, who)
    with on("2026-05-18"), pytest.raises(Invalid) as wrong:
        request_review(number=done.number, actor=actor, reason="不服。", posted_on=date.fromisoformat(posted))
    assert (list(wrong.value.errors), last(done).type) == (["posted_on"], "served"), why


def test_what_was_not_served_cannot_be_reviewed_yet(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
        with pytest.raises(Refused) as refused:
            request_review(number=done.number, actor=office.citizen(done), reason="不服。")
    assert (refused.value.refusal.code, refused.value.refusal.article) == ("not-served", "信访工作条例 第三十五条")


def test_it_is_asked_for_once(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。")
        with pytest.raises(Refused) as refused:
            request_review(number=done.number, actor=office.citizen(done), reason="再问一次。")
    assert refused.value.refusal.code == "remedy-exhausted"


def test_of_two_who_petition_each_has_his_own_thirty_days(office: Office, on: Any) -> None:
    done = handled(office, on, petitioners=TWO)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
    for petitioner, day in (("1", "2026-04-15"), ("2", "2026-04-20")):
        with on(day):
            serve(number=done.number, actor=office.jiangbo, document="reply", petitioner=petitioner)
    with on("2026-05-18"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", petitioner="2")
        request_review(number=done.number, actor=office.citizen(done), reason="也不服。", petitioner="1")
    rights = {row.petitioner: row.state for row in fresh(done).clocks.filter(clock="K11")}
    assert rights == {"1": "lapsed", "2": "met"}
    assert dict(Review.objects.values_list("petitioner", "is_late")) == {"1": True, "2": False}


@pytest.mark.parametrize("petitioner", ["3", "0", "甲", "-1"])
def test_nobody_asks_in_the_name_of_somebody_who_is_not_there(office: Office, on: Any, petitioner: str) -> None:
    done = answered(office, on)
    with on("2026-05-06"), pytest.raises(Invalid) as wrong:
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", petitioner=petitioner)
    assert (list(wrong.value.errors), Review.objects.count()) == (["petitioner"], 0)

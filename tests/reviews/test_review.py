"""Review 复查: by the superior asked, never by whoever had a part in it (Articles 28, 35)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, clock, fresh, last, under_review
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding, Post
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.review import review


def test_the_superior_has_thirty_days_from_the_request(office: Office, on: Any) -> None:
    done = under_review(office, on)
    assert (fresh(done).stage, clock(done, "K11").state, clock(done, "K12").legal_due.isoformat()) == (
        "review",
        "met",
        "2026-06-05",
    )
    assert (last(done).data["organ"], last(done).actor.kind) == ("HC", "citizen")


def test_the_opinion_must_be_served(office: Office, on: Any) -> None:
    done = under_review(office, on)
    with on("2026-05-20"):
        review(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
    assert Paper.objects.get(stream=fresh(done).stream, kind="review").must_be_served
    assert clock(done, "K12").state == "met"


def test_no_organ_reviews_itself(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-05-06"), pytest.raises(Invalid, match="上一级"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", to="HCZJ")


def test_a_reviewer_of_another_organ_is_refused(office: Office, on: Any) -> None:
    done = under_review(office, on)
    with on("2026-05-20"), pytest.raises(Refused) as refused:
        review(number=done.number, actor=office.moran, outcome="upheld", **OPINION)
    assert refused.value.refusal.code == "not-superior"


def test_nobody_reviews_what_he_decided_himself_in_another_post(office: Office, on: Any) -> None:
    from datetime import date

    done = under_review(office, on)
    post = Post.objects.create(organ=office.organs["HC"], title="复查员", role="reviewer", ceiling=1)
    Holding.objects.filter(user=office.people["jiangbo"]).update(until=date(2026, 5, 10))
    Holding.objects.create(post=post, user=office.people["jiangbo"], since=date(2026, 5, 10))
    with on("2026-05-20"), pytest.raises(Refused) as refused:
        review(number=done.number, actor=office.jiangbo, outcome="upheld", **OPINION)
    assert refused.value.refusal.code == "same-person"


def test_a_late_request_stays_on_record(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-07-01"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。")
    assert (clock(done, "K11").state, fresh(done).reviews.get().is_late) == ("lapsed", True)


def test_a_stranger_knows_of_nothing(office: Office, on: Any) -> None:
    done, other = answered(office, on), office.register()
    with on("2026-05-06"), pytest.raises(NotThere):
        request_review(number=done.number, actor=office.citizen(other), reason="不服。")

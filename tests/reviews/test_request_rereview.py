"""Request re-review 申请复核: of the superior of the reviewing organ, within thirty days (Article 36)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, clock, fresh, last, reviewed, under_review
from tests.office import Office
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.review import review
from xinqiao.reviews.models import Review


def test_the_superior_of_the_reviewing_organ_has_thirty_days(office: Office, on: Any) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    assert (clock(done, "K13").state, clock(done, "K14").legal_due.isoformat()) == ("met", "2026-07-01")
    assert (fresh(done).stage, Review.objects.get(level="rereview").organ.code) == ("rereview", "YZ")


@pytest.mark.parametrize("to", ["HC", "HCZJ", "YZXF", "YZZJ"])
def test_neither_the_reviewing_organ_nor_a_stranger_decides(office: Office, on: Any, to: str) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"), pytest.raises(Invalid) as wrong:
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。", to=to)
    assert (list(wrong.value.errors), last(done).type) == (["to"], "served")


def test_a_late_request_stays_on_record(office: Office, on: Any) -> None:
    done = reviewed(office, on)
    with on("2026-07-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    assert (clock(done, "K13").state, Review.objects.get(level="rereview").is_late) == ("lapsed", True)


@pytest.mark.parametrize(
    ("begun", "day", "code", "why"),
    [
        (answered, "2026-05-06", "not-served", "there was no review"),
        (under_review, "2026-05-07", "not-served", "the review is not decided"),
    ],
)
def test_before_the_review_nothing_is_reviewed_again(
    office: Office, on: Any, begun: Any, day: str, code: str, why: str
) -> None:
    done = begun(office, on)
    with on(day), pytest.raises(Refused) as refused:
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    assert refused.value.refusal.code == code, why


def test_an_opinion_that_was_not_served_starts_nothing(office: Office, on: Any) -> None:
    done = under_review(office, on)
    with on("2026-05-20"):
        review(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
        with pytest.raises(Refused) as refused:
            request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    assert refused.value.refusal.code == "not-served"

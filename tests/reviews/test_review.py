"""Review 复查: by the superior asked, never by whoever had a part in it (Articles 28, 35)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, clock, fresh, handled, last, under_review
from tests.office import PERSON, Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding, Post
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.review import review

TWO = (replace(PERSON, is_speaker=True), replace(PERSON, name="陆川", is_speaker=True))


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


def test_each_superior_decides_for_the_petitioner_who_chose_it(office: Office, on: Any) -> None:
    """Otherwise the county government, deciding first, would end what the other asked of the city's housing bureau."""
    done = handled(office, on, petitioners=TWO)
    post = Post.objects.create(organ=office.organs["YZZJ"], title="复查员", role="reviewer", ceiling=1)
    Holding.objects.create(post=post, user=office.people["moran"], since=date(2026, 1, 1))
    Holding.objects.filter(user=office.people["moran"]).exclude(post=post).delete()
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply")
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", petitioner="1", to="YZZJ")
        request_review(number=done.number, actor=office.citizen(done), reason="不服。", petitioner="2", to="HC")
    with on("2026-05-20"):
        with pytest.raises(Refused) as refused:
            review(number=done.number, actor=office.xuanni, outcome="upheld", petitioner="1", **OPINION)
        assert refused.value.refusal.code == "not-superior"
        review(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
        assert (last(done).data["petitioner"], fresh(done).stage) == ("2", "review")
        review(number=done.number, actor=office.moran, outcome="upheld", **OPINION)
    assert (last(done).data["petitioner"], fresh(done).stage) == ("1", "reviewed")
    papers = Paper.objects.filter(stream=done.matter.stream, kind="review").order_by("id")
    assert [(paper.organ.code, paper.petitioners) for paper in papers] == [("HC", [2]), ("YZZJ", [1])]


@pytest.mark.parametrize(
    ("outcome", "due", "why"),
    [("remade", "2026-06-30", "by the day that was set"), ("revoked", "2026-07-20", "within sixty days otherwise")],
)
def test_what_falls_is_made_anew(office: Office, on: Any, outcome: str, due: str, why: str) -> None:
    done = under_review(office, on)
    until = date(2026, 6, 30) if outcome == "remade" else None
    with on("2026-05-20"):
        review(number=done.number, actor=office.xuanni, outcome=outcome, remake_due_on=until, **OPINION)
    anew = fresh(done).clocks.filter(clock="K08").latest("started_on")
    assert (anew.organ, anew.legal_due.isoformat(), fresh(done).stage) == ("HCZJ", due, "handling"), why
    assert Paper.objects.get(stream=done.matter.stream, kind="review").facts["remake_due_on"] == due, (
        "and so it is told"
    )
    with on("2026-06-10"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply")
    assert fresh(done).clocks.filter(clock="K11").latest("started_on").state == "running", "he may ask again"


def test_what_stands_gets_no_day_for_making_it_anew(office: Office, on: Any) -> None:
    done = under_review(office, on)
    with on("2026-05-20"), pytest.raises(Invalid) as invalid:
        review(number=done.number, actor=office.xuanni, outcome="upheld", remake_due_on=date(2026, 6, 30), **OPINION)
    assert (list(invalid.value.errors), last(done).type) == (["remake_due_on"], "review_requested")


@pytest.mark.parametrize(
    ("day", "why"), [("2026-05-19", "a day that is over"), ("2026-05-20", "")], ids=["yesterday", "today"]
)
def test_a_day_for_making_anew_lies_ahead(office: Office, on: Any, day: str, why: str) -> None:
    done = under_review(office, on)
    given = {"outcome": "remade", "remake_due_on": date.fromisoformat(day), **OPINION}
    with on("2026-05-20"):
        if why:
            with pytest.raises(Refused) as refused:
                review(number=done.number, actor=office.xuanni, **given)
            assert (refused.value.refusal.code, last(done).type) == ("bad-date", "review_requested")
        else:
            review(number=done.number, actor=office.xuanni, **given)

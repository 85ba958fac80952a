"""Papers and their service: a paper counts when it has reached everybody whom it must reach."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.streams import new_organ, new_user
from xinqiao.documents.labels import DeliveryMethod, PaperState
from xinqiao.documents.models import Delivery, Paper
from xinqiao.documents.papers import (
    evidence_of,
    fail_paper,
    issue_paper,
    papers_of,
    serve_paper,
    unserved_papers_of,
    void_paper,
)
from xinqiao.record.models import Stream

ISSUED = date(2026, 11, 20)  # a Friday
SERVED = date(2026, 11, 23)


def issue(stream: Stream, **changes: object) -> Paper:
    facts = {
        "kind": "reply",
        "organ_id": (Paper.objects.first() or Paper(organ=new_organ())).organ_id,
        "event_seq": 3,
        "issued_on": ISSUED,
        "must_be_served": True,
        "service_due_on": date(2026, 11, 27),
    }
    return issue_paper(stream, **(facts | changes))


def serve(paper: Paper, petitioner: int = 1, **changes: object) -> Delivery:
    facts = {"method": DeliveryMethod.IN_PERSON, "served_on": SERVED, "by": None}
    return serve_paper(paper, petitioner=petitioner, **(facts | changes))


def test_an_issued_paper_waits_for_service(stream: Stream) -> None:
    paper = issue(stream)
    assert (paper.state, paper.root_organ_id) == (PaperState.ISSUED, stream.root_organ_id)
    assert list(unserved_papers_of(stream)) == [paper]


def test_a_paper_that_need_not_be_served_stops_nothing(stream: Stream) -> None:
    paper = issue(stream, kind="transfer", must_be_served=False, service_due_on=None)
    assert list(papers_of(stream)) == [paper]
    assert not unserved_papers_of(stream)


@pytest.mark.parametrize(
    ("addressed", "reached", "state"),
    [
        ((), [1], PaperState.SERVED),  # the only one
        ((1,), [1], PaperState.SERVED),
        ((1, 2), [1], PaperState.ISSUED),  # the second has a right to it as well
        ((1, 2), [2, 1], PaperState.SERVED),
        ((2, 1, 2), [1, 2], PaperState.SERVED),  # named twice is one person
    ],
)
def test_served_once_it_reached_all(
    stream: Stream, addressed: tuple[int, ...], reached: list[int], state: PaperState
) -> None:
    paper = issue(stream, petitioners=addressed)
    for petitioner in reached:
        serve(paper, petitioner)
    assert Paper.objects.get().state == paper.state == state
    assert [d.petitioner for d in papers_of(stream)[0].deliveries.all()] == reached


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"petitioner": 3}, "not addressed"),
        ({"served_on": date(2026, 11, 19)}, "before the day"),
        ({"method": "pigeon"}, "ways of service"),
        ({"method": DeliveryMethod.POST, "refused": True}, "left at the home"),
        ({"evidence": "证" * 301}, "at most 300"),
        ({"method": DeliveryMethod.LEFT}, "evidence"),  # a refusal needs a witness, a photo or a film
        ({"method": DeliveryMethod.PUBLIC_NOTICE}, "evidence"),  # the last resort needs its reason
    ],
)
def test_service_that_cannot_be(stream: Stream, wrong: dict[str, object], says: str) -> None:
    paper = issue(stream, petitioners=(1, 2))
    with translation.override("en"), pytest.raises(ValueError, match=says):
        serve(paper, **wrong)
    assert not Delivery.objects.exists()
    serve(paper)  # the same without what is wrong


def test_nobody_is_served_twice(stream: Stream) -> None:
    paper = issue(stream, petitioners=(1, 2))
    serve(paper)
    with translation.override("en"), pytest.raises(ValueError, match="before"):
        serve(paper)
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by two clerks at once
        Delivery.objects.bulk_create([Delivery(**Delivery.objects.values().get() | {"id": None})])


def test_leaving_it_at_the_home_keeps_who_witnessed_sealed(stream: Stream) -> None:
    delivery = serve(
        issue(stream), method=DeliveryMethod.LEFT, refused=True, evidence="见证人：村委会李某", by=new_user()
    )
    assert delivery.by is not None
    delivery.refresh_from_db()
    assert "见证人".encode() not in delivery.sealed_evidence
    assert evidence_of(delivery) == "见证人：村委会李某"
    assert evidence_of(serve(issue(stream))) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": DeliveryMethod.POST},  # refused, but not left
        {"sealed_evidence": None},  # left, but nobody saw it
    ],
)
def test_the_database_wants_a_refusal_left_with_evidence(stream: Stream, wrong: dict[str, object]) -> None:
    serve(issue(stream), method=DeliveryMethod.LEFT, refused=True, evidence="见证人：村委会李某")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**wrong)


def test_a_failed_paper_stays_owed_and_can_be_served_another_way(stream: Stream) -> None:
    paper = issue(stream)
    fail_paper(paper)
    assert list(unserved_papers_of(stream)) == [paper]
    serve(paper, method=DeliveryMethod.POST)
    assert paper.state == PaperState.SERVED


def test_what_was_served_stays_served(stream: Stream) -> None:
    paper = issue(stream)
    serve(paper)
    for act in (void_paper, fail_paper, serve):
        with translation.override("en"), pytest.raises(ValueError, match="served"):
            act(paper)


def test_a_void_paper_is_owed_no_more(stream: Stream) -> None:
    paper = issue(stream)
    void_paper(paper)
    assert not unserved_papers_of(stream)
    with translation.override("en"), pytest.raises(ValueError, match="not waiting"):
        serve(paper)


def test_a_number_is_given_once_in_an_office(stream: Stream) -> None:
    issue(stream, number="禾建信〔2026〕1号")
    issue(stream)  # from before numbers were given
    issue(stream)
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(stream, number="禾建信〔2026〕1号", kind="acceptance")


def test_only_papers_of_the_procedure(stream: Stream) -> None:
    with pytest.raises(ValueError, match="praise"):
        issue(stream, kind="praise")


@pytest.mark.parametrize(("petitioners", "only"), [((), None), ((2,), 2), ((1, 2), None)])
def test_the_only_petitioner(stream: Stream, petitioners: tuple[int, ...], only: int | None) -> None:
    assert issue(stream, petitioners=petitioners).petitioner_ordinal == only

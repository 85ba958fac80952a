"""What a page offers: what may be done, and greyed with its true reason what may not."""

from typing import Any

import pytest

from tests.matters.cases import answered, handled, sent
from tests.office import Office
from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.matters.acting import reading
from xinqiao.matters.lookup import access_matter
from xinqiao.record import events_of
from xinqiao.reviews.choices import choices

pytestmark = pytest.mark.django_db


def offered(number: str, actor: Actor) -> dict[str, str | None]:
    """Each act within the post with the code of its refusal; None where it may be done."""
    matter = access_matter(actor, number, to=Permission.MATTER_READ)
    act = reading("read", matter=matter, actor=actor, recorded=events_of(matter.stream_id))
    return {choice.verb: choice.refusal.code if choice.refusal else None for choice in choices(act)}


def test_an_organ_without_others_below_it_sends_nothing_on(office: Office, on: Any) -> None:
    number = sent(office, on).number
    with on("2026-03-05"):
        assert offered(number, office.shenlu)["transfer"] == "nowhere-below"
        accusation = office.register(kind="accusation").number
        assert offered(accusation, office.hexiaowen)["transfer"] is None


def test_who_handles_a_matter_learns_that_the_head_gives_more_time(office: Office, on: Any) -> None:
    number = handled(office, on).number
    with on("2026-03-20"):
        assert offered(number, office.jiangbo)["extend"] == "approval-missing"
        assert offered(number, office.tanyue)["extend"] is None
        assert "extend" not in offered(number, office.hexiaowen), "the sender has nothing to do with it"


def test_after_the_reply_nothing_is_sent_on_by_anybody(office: Office, on: Any) -> None:
    number = answered(office, on).number
    with on("2026-04-20"):
        found = offered(number, office.hexiaowen)
        assert (found["transfer"], found["assign"]) == ("accepted-elsewhere", "accepted-elsewhere")
        assert found["request_rereview"] == "not-reviewed", "a re-review comes after the review"


def test_once_every_paper_is_served_that_is_why_none_can_be(office: Office, on: Any) -> None:
    number = handled(office, on).number
    with on("2026-03-20"):
        assert offered(number, office.jiangbo)["serve"] == "already-served"

"""Notices are queued with their act: one statement, nothing personal in clear, gone if the act is."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from xinqiao.notices.facts import load, store
from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.letters import open_address
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.notices.queueing import MAX_RECIPIENTS, queue
from xinqiao.organs.models import Organ, User
from xinqiao.record.models import Stream

FACTS = {"number": "2026-0017", "organ": "云溪县住建局", "on": date(2026, 11, 20), "due_on": date(2026, 12, 7)}


def test_one_statement_for_all_recipients(
    stream: Stream, organ: Organ, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        notices = queue(
            "accepted",
            stream=stream,
            organ_ids=[organ.pk],
            user_ids=[user.pk],
            emails=["a@example.org", "b@example.org"],
            addresses=["云溪县河东路 1 号"],
            facts=FACTS,
            sender_organ_id=organ.pk,
        )
    assert [n.channel for n in notices] == ["desk", "desk", "email", "email", "letter"]
    assert {n.state for n in Notice.objects.all()} == {NoticeState.QUEUED}
    assert {n.root_organ_id for n in notices} == {stream.root_organ_id}


def test_no_recipient_no_statement(stream: Stream, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert queue("accepted", stream=stream, facts=FACTS) == []


def test_nobody_gets_it_twice(stream: Stream, organ: Organ) -> None:
    queue("accepted", stream=stream, organ_ids=[organ.pk] * 2, emails=["a@example.org"] * 3, facts=FACTS)
    assert Notice.objects.count() == 2


def test_notices_go_with_their_act(stream: Stream, organ: Organ) -> None:
    def act(*, fails: bool) -> None:
        with transaction.atomic():
            queue("accepted", stream=stream, organ_ids=[organ.pk], facts=FACTS)
            if fails:
                raise RuntimeError("the act fails")

    with pytest.raises(RuntimeError):
        act(fails=True)
    assert not Notice.objects.exists()
    act(fails=False)
    assert Notice.objects.count() == 1


def test_address_stands_nowhere_in_clear(stream: Stream) -> None:
    (notice,) = queue("accepted", stream=stream, emails=["wang@example.org"], facts=FACTS)
    row = Notice.objects.values().get()
    assert b"wang" not in bytes(row["sealed_address"])
    assert "wang" not in str({name: value for name, value in row.items() if name != "sealed_address"})
    assert open_address(notice) == "wang@example.org"


def test_a_neutral_notice_keeps_no_fact(stream: Stream, organ: Organ) -> None:
    queue("accepted", stream=stream, organ_ids=[organ.pk], emails=["a@example.org"], facts=FACTS, neutral=True)
    assert [n.facts for n in Notice.objects.all()] == [{}, {}]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "praised"}, "praised"),
        ({"facts": {"name": "王某"}}, "'name'"),  # a notice has no fact for a person
        ({"facts": {"title": "路灯"}}, "'title'"),
        ({"facts": {"due_on": "2026-12-07"}}, "'due_on'"),  # a day is a date, so that it gets its weekday
        ({"facts": {"due_on": datetime(2026, 12, 7, 9)}}, "'due_on'"),  # noqa: DTZ001 - an instant is no day
        ({"facts": {"days": "30"}}, "'days'"),
        ({"facts": {"days": True}}, "'days'"),
        ({"language": "tlh"}, "tlh"),
        ({"user_ids": range(MAX_RECIPIENTS + 1)}, "at most"),
        ({"stream": None}, "root_organ_id"),
        ({"stream": None, "root_organ_id": 1, "emails": ["a@example.org"]}, "stream"),  # whose key would seal it?
    ],
)
def test_what_cannot_be_queued(stream: Stream, wrong: dict[str, object], says: str) -> None:
    right = {"kind": "accepted", "stream": stream, "facts": FACTS}
    with pytest.raises(ValueError, match=says):
        queue(**(right | wrong))
    assert queue(**right) == []


def test_a_notice_about_no_matter(organ: Organ, user: User) -> None:
    queue("notice_failed", stream=None, root_organ_id=organ.pk, user_ids=[user.pk], facts={})
    assert Notice.objects.get().stream is None


def test_facts_come_back_as_they_went(stream: Stream) -> None:
    assert load(store(FACTS | {"days": 30, "to": None})) == FACTS | {"days": 30}


@pytest.mark.parametrize(
    "wrong",
    [
        {"organ": None},  # nobody
        {"sealed_address": b"x"},  # two at once
        {"channel": Channel.EMAIL},  # by e-mail, but to a desk
    ],
)
def test_the_database_wants_one_recipient(stream: Stream, organ: Organ, wrong: dict[str, object]) -> None:
    queue("accepted", stream=stream, organ_ids=[organ.pk], facts=FACTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**wrong)


def test_every_kind_fits_its_column() -> None:
    assert max(map(len, NoticeKind.values)) <= Notice._meta.get_field("kind").max_length

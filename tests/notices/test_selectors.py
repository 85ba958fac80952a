"""What the desk reads: only unread ones, only one's own, and never one about a matter that must not seem to exist."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.streams import new_organ, new_stream, new_user
from xinqiao.notices.letters import note_posted, open_address
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.notices.queueing import queue
from xinqiao.notices.selectors import letters_to_post, mark_read, newest_for, notices_for, notices_of
from xinqiao.organs.models import Organ, User
from xinqiao.record.models import Stream
from xinqiao.record.writer import open_stream


def tell(stream: Stream | None, **recipients: object) -> Notice:
    root = {} if stream else {"root_organ_id": 1}
    return queue("accepted", stream=stream, facts={"number": "2026-0017"}, **recipients, **root)[0]


def desk(user: User, organ: Organ, *streams: Stream) -> list[Notice]:
    return list(notices_for(user_id=user.pk, organ_id=organ.pk, streams=[s.pk for s in streams]))


def test_own_and_organs_newest_first(stream: Stream, organ: Organ, user: User) -> None:
    older, newer = tell(stream, organ_ids=[organ.pk]), tell(stream, user_ids=[user.pk])
    assert desk(user, organ, stream) == [newer, older]


def test_others_are_not_shown(stream: Stream, organ: Organ, user: User) -> None:
    tell(stream, organ_ids=[new_organ("gs").pk])
    tell(stream, user_ids=[new_user("other").pk])
    tell(stream, emails=["a@example.org"])
    assert desk(user, organ, stream) == []


def test_a_matter_that_must_not_seem_to_exist_has_no_notices(stream: Stream, organ: Organ, user: User) -> None:
    """Recused, or below an accused organ: the predicate leaves the stream out, and the notice goes with it."""
    tell(stream, organ_ids=[organ.pk])
    assert desk(user, organ, new_stream()) == []
    assert len(desk(user, organ, stream)) == 1


def test_visible_streams_may_be_a_subquery(stream: Stream, organ: Organ, user: User) -> None:
    notice = tell(stream, organ_ids=[organ.pk])
    seen = Stream.objects.filter(pk=stream.pk).values("pk")
    assert list(notices_for(user_id=user.pk, organ_id=organ.pk, streams=seen)) == [notice]


def test_the_newest_are_found_up_to_a_number(stream: Stream, organ: Organ, user: User) -> None:
    made = [tell(stream, organ_ids=[organ.pk]), tell(stream, user_ids=[user.pk]), tell(stream, organ_ids=[organ.pk])]
    tell(new_stream(), organ_ids=[organ.pk])  # not in sight
    seen = Stream.objects.filter(pk=stream.pk).values("pk")
    newest = [notice.pk for notice in reversed(made)]
    for most, found in ((2, newest[:2]), (9, newest)):
        assert newest_for(user_id=user.pk, organ_id=organ.pk, streams=seen, most=most) == found


def test_each_notice_is_looked_up_alone_and_never_all_that_the_reader_may_see(organ: Organ, user: User) -> None:
    """Where a county has a million matters, gathering those in sight first would take seconds."""
    seen = Stream.objects.filter(length__gt=0).values("pk")
    plan = notices_for(user_id=user.pk, organ_id=organ.pk, streams=seen).explain()
    assert "SubPlan" in plan
    assert "hashed" not in plan


def test_a_notice_about_no_matter_is_for_everybody_it_addresses(organ: Organ, user: User) -> None:
    assert [tell(None, organ_ids=[organ.pk])] == desk(user, organ)


def test_read_by_one_is_read_for_the_organ(stream: Stream, organ: Organ, user: User) -> None:
    notice = tell(stream, organ_ids=[organ.pk])
    mine = notices_for(user_id=user.pk, organ_id=organ.pk, streams=[stream.pk])
    assert mark_read(mine, ids=[notice.pk], user_id=user.pk) == 1
    assert mark_read(mine, ids=[notice.pk], user_id=user.pk) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.read_by) == (NoticeState.READ, user)
    assert desk(new_user("colleague"), organ, stream) == []


def test_nobody_marks_what_is_not_shown_to_him(stream: Stream, organ: Organ, user: User) -> None:
    notice = tell(stream, organ_ids=[organ.pk])
    nothing_seen = notices_for(user_id=user.pk, organ_id=organ.pk, streams=[])
    assert mark_read(nothing_seen, ids=[notice.pk], user_id=user.pk) == 0


def test_all_notices_of_a_record_show_what_became_of_them(stream: Stream, organ: Organ) -> None:
    tell(stream, organ_ids=[organ.pk], emails=["a@example.org"])
    tell(new_stream(), organ_ids=[organ.pk])
    assert {n.channel for n in notices_of(stream.pk)} == {Channel.DESK, Channel.EMAIL}


def test_letter_waits_for_its_sender_and_is_posted_once(stream: Stream, organ: Organ) -> None:
    letter = tell(stream, addresses=["云溪县河东路 1 号"], sender_organ_id=organ.pk)
    assert list(letters_to_post(organ_id=organ.pk, streams=[stream.pk])) == [letter]
    assert list(letters_to_post(organ_id=new_organ("gs").pk, streams=[stream.pk])) == []
    assert list(letters_to_post(organ_id=organ.pk, streams=[])) == []
    assert open_address(letter) == "云溪县河东路 1 号"
    posted = note_posted(letter.pk, evidence="XA00000000051")
    assert (posted.state, posted.evidence) == (NoticeState.SENT, "XA00000000051")
    assert "2026-0017" in posted.sent_body
    assert list(letters_to_post(organ_id=organ.pk, streams=[stream.pk])) == []
    with pytest.raises(ValueError, match="posted before"):
        note_posted(letter.pk, evidence="again")


def test_a_desk_notice_has_no_address(stream: Stream, organ: Organ) -> None:
    with pytest.raises(ValueError, match="no address"):
        open_address(tell(stream, organ_ids=[organ.pk]))


def test_a_notice_of_a_record_that_never_came_fails_with_its_act(organ: Organ) -> None:
    """The record writes the stream's row with its first event; the database waits for it until the commit."""
    tell(open_stream(root_organ_id=organ.pk), organ_ids=[organ.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Notice.objects.all().delete()

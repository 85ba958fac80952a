"""Lawful erasure destroys text, salt and key; the chain stays whole, and that something was erased stays on record."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from xinqiao.record.chain import ActorStamp, OrganStamp
from xinqiao.record.doctor import check_chains
from xinqiao.record.erasure import NothingToErase, erase
from xinqiao.record.fields import KeyErased, decrypt_field, encrypt_field
from xinqiao.record.models import Body, EventRow, Stream
from xinqiao.record.reader import events_of, texts_of
from xinqiao.record.writer import NotInTransaction, StreamMoved, record_all, record_first

pytestmark = pytest.mark.usefixtures("keys")
TEXTS = {"title": "路灯", "request": "门前路灯坏了三个月。"}
ORDER = {
    "basis": "court-order",
    "actor": ActorStamp(kind="staff", id=9, role="administrator"),
    "organ": OrganStamp(code="bureau", name="青禾县信访局"),
    "at": datetime(2027, 1, 5, 2, 0, tzinfo=UTC),
    "on": date(2027, 1, 5),
    "article": "个人信息保护法 第四十七条",
    "pack": "CN-2022@1",
    "calendar": "CN@2026.1",
}


@pytest.fixture
def streams(db, act):
    """Two streams alike: texts in clear, and sealed ones."""
    acts = [act(texts=TEXTS), act("replied", texts={"reply": "已修好。"}, sealed=True)]
    return [record_first(root_organ_id=5, acts=acts)[0] for _ in range(2)]


def dump(stream):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(b::text, ' '), '') FROM record_body b WHERE stream_id = %s", [stream.pk]
        )
        bodies = cursor.fetchone()[0]
        cursor.execute("SELECT s::text FROM record_stream s WHERE id = %s", [stream.pk])
        return bodies + cursor.fetchone()[0]


def test_texts_salts_and_key_are_gone_and_the_chain_is_whole(streams):
    stream, _ = streams
    before = [(row.body, row.hash) for row in EventRow.objects.filter(stream=stream).order_by("seq")]
    salts = [row.salt.hex() for row in Body.objects.filter(stream=stream)]
    wrapped = bytes(stream.wrapped_key).hex()
    event = erase(stream, **ORDER)
    left = dump(stream)
    assert not any(secret in left for secret in [*TEXTS.values(), *salts, wrapped])
    assert texts_of(stream.pk) == {(1, "title"): None, (1, "request"): None, (2, "reply"): None}
    assert [(row.body, row.hash) for row in EventRow.objects.filter(stream=stream).order_by("seq")][:2] == before
    assert event == events_of(stream.pk)[-1]
    assert list(check_chains()) == []


def test_who_erased_what_on_which_ground_is_on_record(streams):
    event = erase(streams[0], **ORDER, note="依法院裁定删除。")
    assert event.type == "erased"
    assert event.actor == ORDER["actor"]
    assert event.article == ORDER["article"]
    assert event.data == {
        "basis": "court-order",
        "whole": True,
        "erased": [[1, "request"], [1, "title"], [2, "reply"]],
    }
    assert texts_of(streams[0].pk)[3, "note"] == "依法院裁定删除。"


def test_other_streams_keep_everything(streams):
    erase(streams[0], **ORDER)
    assert texts_of(streams[1].pk) == {(1, name): text for name, text in TEXTS.items()} | {(2, "reply"): "已修好。"}


def test_one_text_goes_and_the_others_stay(streams):
    stream, _ = streams
    event = erase(stream, **ORDER, only=[(1, "request")])
    assert event.data["erased"] == [[1, "request"]]
    assert event.data["whole"] is False
    assert texts_of(stream.pk) == {(1, "title"): "路灯", (1, "request"): None, (2, "reply"): "已修好。"}
    assert decrypt_field(stream, encrypt_field(stream, "某某")) == "某某"
    assert list(check_chains()) == []


def test_fields_of_other_rows_become_unreadable_with_the_key(streams):
    stream, _ = streams
    name = encrypt_field(stream, "某某")
    erase(stream, **ORDER)
    with pytest.raises(KeyErased):
        decrypt_field(Stream.objects.get(pk=stream.pk), name)


def test_acts_go_on_after_an_erasure_but_nothing_can_be_sealed(streams, act):
    stream, _ = streams
    erase(stream, **ORDER)
    record_all(stream, [act("closed", texts={"note": "归档。"})])
    with pytest.raises(KeyErased):
        record_all(stream, [act("annotated", texts={"note": "x"}, sealed=True)])
    assert list(check_chains()) == []


@pytest.mark.parametrize("only", [[], [(1, "reply")], [(9, "request")]])
def test_an_erasure_of_nothing_is_refused(streams, only):
    with pytest.raises(NothingToErase):
        erase(streams[0], **ORDER, only=only)
    assert len(events_of(streams[0].pk)) == 2


def test_a_second_erasure_of_the_whole_is_refused(streams):
    erase(streams[0], **ORDER)
    with pytest.raises(NothingToErase):
        erase(Stream.objects.get(pk=streams[0].pk), **ORDER)


def test_an_erasure_that_loses_the_race_erases_nothing(streams, act):
    stale = Stream.objects.get(pk=streams[0].pk)
    record_all(streams[0], [act("annotated")])
    with pytest.raises(StreamMoved), transaction.atomic():
        erase(stale, **ORDER)
    assert None not in texts_of(streams[0].pk).values()


def test_a_row_deleted_past_the_erasure_is_refused(streams):
    with pytest.raises(DatabaseError), transaction.atomic():
        Body.objects.filter(stream=streams[0]).delete()
    erase(streams[0], **ORDER, only=[(1, "title")])
    with pytest.raises(DatabaseError), transaction.atomic():
        Body.objects.filter(stream=streams[0]).delete()


def test_it_belongs_into_a_transaction(committed_db, act):
    with transaction.atomic():
        stream, _ = record_first(root_organ_id=5, acts=[act(texts=TEXTS)])
    with pytest.raises(NotInTransaction):
        erase(stream, **ORDER)
    assert texts_of(stream.pk)[1, "title"] == "路灯"

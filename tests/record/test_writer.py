"""Appending: inside the act's transaction, at the head or not at all, texts beside and never inside the event."""

import dataclasses
import json
import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinqiao.record import writer
from xinqiao.record.chain import NotAnEvent, event_hash
from xinqiao.record.commitments import holds, named
from xinqiao.record.models import Body, EventRow, Stream
from xinqiao.record.reader import events_of, events_of_many, texts_of
from xinqiao.record.writer import NotInTransaction, StreamMoved, open_stream, record, record_all, record_first

pytestmark = pytest.mark.usefixtures("keys")
TEXT = {"title": "路灯", "request": "某某住在新民路，门前路灯坏了三个月。"}
FIELDS = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def parts(act):
    return {field.name: getattr(act, field.name) for field in dataclasses.fields(act)}


@pytest.mark.django_db
def test_what_was_recorded_is_read_back(act):
    stream = open_stream(root_organ_id=5)
    first = record(stream, **parts(act(data={"channel": "letter", "files": [1, 2]}, texts=TEXT)))
    second = record(stream, **parts(act("closed", organ=None)))
    assert events_of(stream.pk) == [first, second]
    assert (first.seq, first.prev, second.seq, second.prev) == (1, None, 2, first.hash)
    assert first.data == {"channel": "letter", "files": [1, 2]}
    assert first.actor == act().actor
    assert first.organ == act().organ
    assert second.organ is None
    assert texts_of(stream.pk) == {(1, field): text for field, text in TEXT.items()}


@pytest.mark.django_db
def test_the_stream_stands_at_its_newest_event(act):
    stream, events = record_first(root_organ_id=5, acts=[act(), act("accepted"), act("replied")])
    assert [event.type for event in events] == ["received", "accepted", "replied"]
    stored = Stream.objects.get(pk=stream.pk)
    assert (stored.length, named(stored.head), stored.root_organ_id) == (3, events[-1].hash, 5)
    assert (stream.length, stream.head) == (stored.length, stored.head)


@pytest.mark.django_db
def test_the_columns_repeat_the_event(act):
    stream, _ = record_first(root_organ_id=5, acts=[act(), act("closed", organ=None)])
    for row in EventRow.objects.filter(stream=stream):
        event = json.loads(row.body)
        assert (row.seq, row.type, row.on.isoformat()) == (event["seq"], event["type"], event["on"])
        assert row.organ == (event["organ"] or {}).get("code")
        assert row.actor_id == event["actor"]["id"]
        assert row.hash == event_hash(row.body.encode())
        assert row.root_organ_id == 5


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [False, True])
def test_a_text_stands_beside_the_event_and_is_committed_to_in_it(act, sealed):
    stream, [event] = record_first(root_organ_id=5, acts=[act(texts=TEXT, sealed=sealed)])
    stored = EventRow.objects.get(stream=stream).body
    assert not any(text in stored for text in TEXT.values())
    for row in Body.objects.filter(stream=stream):
        assert row.clear == (None if sealed else TEXT[row.field])
        assert holds(event.texts[row.field], TEXT[row.field], row.salt)
    assert texts_of(stream.pk) == {(1, field): text for field, text in TEXT.items()}


@pytest.mark.django_db
def test_a_sealed_text_lies_nowhere_in_clear(act):
    stream, _ = record_first(root_organ_id=5, acts=[act(texts=TEXT, sealed=True)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM record_body t WHERE stream_id = %s", [stream.pk])
        stored = cursor.fetchone()[0]
    assert TEXT["request"] not in stored
    assert TEXT["request"].encode().hex() not in stored


@pytest.mark.django_db
def test_nothing_that_an_event_stores_betrays_a_name_that_was_written(act):
    """Neither the text nor its plain hash: without the salt nobody can try names until one fits."""
    stream, [event] = record_first(root_organ_id=5, acts=[act(texts={"name": "某某"})])
    assert event_hash("某某".encode()).hex() not in EventRow.objects.get(stream=stream).body
    _, [again] = record_first(root_organ_id=5, acts=[act(texts={"name": "某某"})])
    assert event.texts["name"] != again.texts["name"]


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.dictionaries(FIELDS, TEXTS, max_size=3), sealed=st.booleans())
def test_every_text_comes_back_to_the_byte(act, texts, sealed):
    stream, _ = record_first(root_organ_id=5, acts=[act(texts=texts, sealed=sealed)])
    assert texts_of(stream.pk) == {(1, field): text for field, text in texts.items()}


@pytest.mark.django_db
def test_rows_may_refer_to_a_stream_before_its_first_event(act):
    """A matter and its persons are written first: their ids belong into the event."""
    stream = open_stream(root_organ_id=5)
    assert not Stream.objects.filter(pk=stream.pk).exists()
    record(stream, **parts(act()))
    assert Stream.objects.filter(pk=stream.pk).exists()


@pytest.mark.django_db
def test_many_streams_are_read_at_once(act):
    streams = [record_first(root_organ_id=5, acts=[act(), act("closed")])[0] for _ in range(3)]
    found = events_of_many([stream.pk for stream in streams] + [-1])
    assert found == {stream.pk: events_of(stream.pk) for stream in streams}
    assert events_of(-1) == []


@pytest.mark.django_db
def test_a_stream_is_opened_and_written_in_one_statement(act, django_assert_num_queries):
    writer._ids.clear()
    open_stream(root_organ_id=5)  # fetches a block of ids, enough for many streams
    with django_assert_num_queries(1):
        stream = open_stream(root_organ_id=5)
        record_all(stream, [act(texts=TEXT), act("transferred", texts=TEXT, sealed=True)])
    with django_assert_num_queries(1):
        record(stream, **parts(act("accepted", texts=TEXT)))


@pytest.mark.django_db
def test_one_of_two_who_saw_the_same_head_is_told(act):
    stream, _ = record_first(root_organ_id=5, acts=[act()])
    mine, yours = Stream.objects.get(pk=stream.pk), Stream.objects.get(pk=stream.pk)
    record(mine, **parts(act("accepted", texts=TEXT)))
    with pytest.raises(StreamMoved):
        record(yours, **parts(act("declined", texts=TEXT)))
    assert [event.type for event in events_of(stream.pk)] == ["received", "accepted"]
    assert set(texts_of(stream.pk)) == {(2, field) for field in TEXT}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"data": {"reason": "路灯坏了"}}, "free text"),
        ({"texts": {"request": "a\0b"}}, "NUL"),
        ({"type": "收到"}, "type"),
    ],
)
def test_what_has_no_place_in_the_record_writes_nothing(act, wrong, reason):
    stream = open_stream(root_organ_id=5)
    with pytest.raises(NotAnEvent, match=reason):
        record_all(stream, [act(), dataclasses.replace(act(), **wrong)])
    assert events_of(stream.pk) == []
    record(stream, **parts(act()))
    assert len(events_of(stream.pk)) == 1


def test_an_event_is_recorded_inside_a_transaction_only(act, committed_db):
    with pytest.raises(NotInTransaction):
        record(open_stream(root_organ_id=5), **parts(act()))


def test_an_act_that_fails_leaves_no_event(act, committed_db):
    stream = open_stream(root_organ_id=5)
    with transaction.atomic():
        record(stream, **parts(act(texts=TEXT)))
        transaction.set_rollback(True)
    assert events_of(stream.pk) == []
    assert Body.objects.count() == 0


def test_of_many_who_append_at_once_each_finds_a_place_or_is_told(act, committed_db):
    with transaction.atomic():
        stream, _ = record_first(root_organ_id=5, acts=[act()])
    told = []

    def append():
        try:
            with transaction.atomic():
                record(Stream.objects.get(pk=stream.pk), **parts(act("annotated")))
        except StreamMoved:
            told.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=append) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = events_of(stream.pk)
    assert len(events) == 1 + 8 - len(told)
    assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]


def test_ids_of_streams_never_collide_between_connections(act, committed_db):
    seen = []

    def open_some():
        seen.extend(open_stream(root_organ_id=5).pk for _ in range(50))
        connection.close()

    threads = [threading.Thread(target=open_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"body": '{"forged":true}'},  # what does not hash to its hash
        {"seq": 1},  # a second first event
        {"prev": None},  # a second beginning
    ],
)
def test_the_database_takes_no_event_that_does_not_hold(act, columns):
    stream, _ = record_first(root_organ_id=5, acts=[act(), act()])
    row = EventRow.objects.get(stream=stream, seq=2)
    row.seq = 3
    for name, value in columns.items():
        setattr(row, name, value)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        row.save(force_insert=True)

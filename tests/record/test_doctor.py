"""The doctor reads the whole record from the database, finds what somebody changed there, and changes nothing."""

import os
import threading

import pytest
from django.db import connection, connections, transaction

from xinqiao.record import doctor
from xinqiao.record.doctor import check_chains, id_ranges, replay
from xinqiao.record.models import Stream
from xinqiao.record.reader import events_of
from xinqiao.record.writer import record_all, record_first

TEXT = {"request": "路灯坏了三个月。"}
GUARDS = ("record_eventrow", "record_body", "record_stream")


@pytest.fixture
def streams(committed_db, keys, act):
    """Three streams of three events; the texts of the second are sealed."""
    made = []
    for sealed in (False, True, False):
        with transaction.atomic():
            acts = [act(texts=TEXT, sealed=sealed), act("accepted"), act("replied", texts=TEXT, sealed=sealed)]
            made.append(record_first(root_organ_id=5, acts=acts)[0])
    return made


def tamper(statement, parameters=()):
    """What only somebody with the owner's password can do: take the guards away and write."""
    with connections["owner"].cursor() as cursor:
        for table in GUARDS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE record_eventrow DROP CONSTRAINT record_event_hash")
        cursor.execute(statement, parameters)
        assert cursor.rowcount == 1


def found():
    return [(one.stream, one.seq, one.code) for one in check_chains()]


def test_a_whole_record_holds(streams):
    assert found() == []


def test_an_empty_record_holds(committed_db, keys):
    assert found() == []
    assert [list(ids) for ids in id_ranges(4)] in ([], [[]])


def test_one_changed_byte_among_all_is_named(streams):
    tamper(
        'UPDATE record_eventrow SET body = replace(body, \'"at":"2026-09-07T02\', \'"at":"2026-09-07T03\') '
        "WHERE stream_id = %s AND seq = 2",
        [streams[1].pk],
    )
    named = list(check_chains())
    byte = next(one for one in named if one.code == "event-changed")
    assert (byte.stream, byte.seq) == (streams[1].pk, 2)
    assert "in 'at'" in byte.where
    assert byte.detail == "b'3' stands where b'2' was recorded"
    assert {(one.stream, one.seq) for one in named} == {(streams[1].pk, 2)}


@pytest.mark.parametrize(
    ("statement", "seq", "code"),
    [
        ("UPDATE record_eventrow SET type = 'closed' WHERE stream_id = %s AND seq = 2", 2, "column-differs"),
        ("UPDATE record_eventrow SET hash = '\\x00' WHERE stream_id = %s AND seq = 2", 2, "hash-changed"),
        ("DELETE FROM record_eventrow WHERE stream_id = %s AND seq = 2", 2, "event-missing"),
        ("DELETE FROM record_eventrow WHERE stream_id = %s AND seq = 3", None, "length-differs"),
        ("UPDATE record_stream SET head = '\\x00' WHERE id = %s", 3, "head-differs"),
        ("UPDATE record_body SET salt = '\\x00' WHERE stream_id = %s AND seq = 1", 1, "text-changed"),
        ("DELETE FROM record_body WHERE stream_id = %s AND seq = 1", 1, "text-missing"),
    ],
)
def test_what_was_changed_in_the_tables_is_named(streams, statement, seq, code):
    tamper(statement, [streams[1].pk])
    assert (streams[1].pk, seq, code) in found()
    assert {stream for stream, _, _ in found()} == {streams[1].pk}


def test_rows_without_a_stream_are_named(streams):
    with connections["owner"].cursor() as cursor:
        for table in ("record_eventrow", "record_body"):
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table])
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{cursor.fetchone()[0]}"')
    tamper("DELETE FROM record_stream WHERE id = %s", [streams[2].pk])
    assert found() == [(streams[2].pk, None, "stream-missing")]


def test_a_master_key_that_is_missing_is_named(streams, keys):
    next(keys.glob("master-*")).unlink()
    os.utime(keys)
    codes = {code for _, _, code in found()}
    assert codes == {"key-unreadable", "text-unreadable"}


def test_batches_and_ranges_cover_every_stream_once(streams, monkeypatch):
    monkeypatch.setattr(doctor, "BATCH", 2)
    whole = [one.stream.id for batch in replay() for one in batch]
    parts = [one.stream.id for ids in id_ranges(2) for batch in replay(streams=ids) for one in batch]
    assert whole == parts == [stream.pk for stream in streams]


def test_progress_is_told(streams, monkeypatch):
    monkeypatch.setattr(doctor, "BATCH", 2)
    told = []
    assert list(check_chains(progress=told.append)) == []
    assert told == [2, 3]


def test_the_events_come_along_for_whoever_compares_other_rows(streams):
    [batch] = replay()
    assert [one.events() for one in batch] == [events_of(stream.pk) for stream in streams]


def test_an_act_recorded_meanwhile_is_no_finding(streams, act):
    """A batch is one snapshot: the stream's head and its events are of the same moment."""
    batches = replay()

    def append():
        with transaction.atomic():
            record_all(Stream.objects.get(pk=streams[2].pk), [act("closed")])
        connection.close()

    [batch] = [next(batches)]
    thread = threading.Thread(target=append)
    thread.start()
    thread.join()
    assert Stream.objects.get(pk=streams[2].pk).length == 3  # the snapshot is still open
    assert batch[2].findings == []
    assert list(batches) == []
    assert found() == []


def test_it_writes_nothing(streams):
    for _ in replay():
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            assert cursor.fetchone() == ("on",)

"""Whatever is changed in a stored stream is found, and named as closely as the rows allow."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.rows import KEYS, stored
from xinqiao.record.canonical import canonical
from xinqiao.record.chain import event_hash
from xinqiao.record.checks import Examiner
from xinqiao.record.keyring import KeyRing


def found(stream, events, texts, keys=KEYS):
    return Examiner(keys).examine(stream, events, texts)[1]


def places(stream, events, texts, keys=KEYS):
    return [(one.seq, one.code, one.where) for one in found(stream, events, texts, keys)]


def with_body(row, **parts):
    """The same row with other words in its event, and a hash that fits them."""
    body = canonical(json.loads(row.body) | parts)
    return row._replace(body=body.decode(), hash=event_hash(body))


def test_a_whole_stream_holds():
    assert found(*stored()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("root_organ_id", 6),
        ("type", "closed"),
        ("on", timedelta(days=1)),
        ("at", "2026-09-07 10:00:01+08"),
        ("at", "2026-09-07 10:00:00+00"),
        ("recorded_at", "2026-09-07 10:00:00.000001+08"),
        ("organ", "water"),
        ("organ", None),
        ("actor_id", 8),
        ("prev", bytes(32)),
    ],
)
def test_a_changed_column_is_named(column, value):
    stream, events, texts = stored()
    changed = getattr(events[1], column) + value if isinstance(value, timedelta) else value
    events[1] = events[1]._replace(**{column: changed})
    named = [place for place in places(stream, events, texts) if place[1] == "column-differs"]
    column = {"on": "on_date"}.get(column, column)
    assert named == [(2, "column-differs", f"column {column}")]


@pytest.mark.parametrize("seq", [1, 2, 3])
@pytest.mark.parametrize("part", ["data", "type", "on", "pack", "prev"])
def test_the_changed_byte_of_an_event_is_named(seq, part):
    stream, events, texts = stored()
    row = events[seq - 1]
    at = row.body.index(f'"{part}":') + len(part) + 4  # the first byte or the second of what the part says
    events[seq - 1] = row._replace(body=row.body[:at] + "~" + row.body[at + 1 :])
    [named] = [one for one in found(stream, events, texts) if one.code == "event-changed"]
    byte = len(row.body[:at].encode())
    assert (named.seq, named.where) == (seq, f"body, byte {byte}, in {part!r}")
    assert named.detail == f"b'~' stands where {row.body[at].encode()!r} was recorded"


@pytest.mark.parametrize(("seq", "code"), [(1, "event-rewritten"), (2, "event-rewritten"), (3, "head-differs")])
def test_an_event_rewritten_together_with_its_hash_is_named_to_the_byte(seq, code):
    """Whoever can write to the table fits the hash to the new words; what comes after still names the old one."""
    stream, events, texts = stored()
    events[seq - 1] = with_body(events[seq - 1], data={"path": 9})
    [named] = found(stream, events, texts)
    assert (named.seq, named.code) == (seq, code)
    assert named.where.endswith("in 'data'")
    assert named.detail == f"b'9' stands where b'{seq}' was recorded"


def test_more_than_a_byte_is_found_too():
    stream, events, texts = stored()
    events[1] = with_body(events[1], article="信访工作条例 第三十四条")
    assert places(stream, events, texts) == [(2, "event-rewritten", "body")]


def test_a_changed_hash_is_told_from_a_changed_event():
    stream, events, texts = stored()
    events[1] = events[1]._replace(hash=bytes(32))
    assert places(stream, events, texts) == [(2, "hash-changed", "column hash")]


def flipped(raw):
    return raw[:-1] + bytes([raw[-1] ^ 1])


LENGTH = (None, "length-differs", "length")
REQUEST, REPLY = (1, "text-changed", "text 'request'"), (3, "text-unreadable", "text 'reply'")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s, e, t: e.pop() and t.pop(), [LENGTH, (2, "head-differs", "body")]),  # the newest taken off
        (lambda s, e, t: e.pop(1), [LENGTH, (2, "event-missing", "event")]),  # one taken out
        (lambda s, e, t: (e.pop(0), t.pop(0), t.pop(0)), [LENGTH, (1, "event-missing", "event")]),  # the first gone
        (lambda s, e, t: t.pop(0), [(1, "text-missing", "text 'request'")]),
        (lambda s, e, t: t.append(t[0]._replace(field="note")), [(1, "text-unknown", "text 'note'")]),
    ],
)
def test_what_was_taken_out_or_put_in_is_named(change, expected):
    stream, events, texts = stored()
    change(stream, events, texts)
    assert places(stream, events, texts) == expected


@pytest.mark.parametrize(
    ("index", "column", "value", "expected"),
    [
        (0, "clear", "路灯坏了两个月。", [REQUEST]),
        (0, "salt", bytes(16), [REQUEST]),
        (0, "salt", b"", [REQUEST]),
        (0, "root_organ_id", 6, [(1, "column-differs", "text 'request', column root_organ_id")]),
        (2, "sealed", flipped, [REPLY]),
        (2, "sealed", b"", [REPLY]),
    ],
)
def test_a_changed_text_is_named(index, column, value, expected):
    stream, events, texts = stored()
    new = value(getattr(texts[index], column)) if callable(value) else value
    texts[index] = texts[index]._replace(**{column: new})
    assert places(stream, events, texts) == expected


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("length", 2, [LENGTH]),
        ("head", bytes(32), [(3, "head-differs", "body")]),
        ("wrapped_key", flipped, [(None, "key-unreadable", "data key"), REPLY]),
        ("wrapped_key", None, [REPLY]),  # gone without an erasure on record
    ],
)
def test_a_changed_stream_is_named(column, value, expected):
    stream, events, texts = stored()
    new = value(getattr(stream, column)) if callable(value) else value
    assert places(stream._replace(**{column: new}), events, texts) == expected


def test_a_master_key_that_is_missing_is_named():
    [first, second] = found(*stored(), keys=KeyRing(masters={}, signers={}))
    assert first.code == "key-unreadable"
    assert "master key m" in first.detail
    assert second.code == "text-unreadable"


def test_a_text_put_back_after_its_erasure_is_named():
    stream, events, texts = stored()
    erased = with_body(events[2], type="erased", data={"erased": [[1, "title"]]})._replace(type="erased")
    stream, events[2] = stream._replace(head=erased.hash), erased
    assert places(stream, events, texts) == [(1, "text-not-erased", "text 'title'")]
    assert places(stream, events, [texts[0], texts[2]]) == []


@pytest.mark.parametrize("words", ["", "[]", "{}", "null", "[" * 10_000, '{"stream":1}', '{"texts":5}'])
def test_what_is_no_event_is_named_and_stops_nothing(words):
    stream, events, texts = stored()
    events[1] = events[1]._replace(body=words)
    assert {(2, "event-changed", "body"), (2, "event-unreadable", "body")} <= set(places(stream, events, texts))


@pytest.mark.parametrize("erased", [5, [5], [[{}, []]], [[1]], {"a": 1}, None])
def test_a_forged_erasure_stops_nothing(erased):
    stream, events, texts = stored()
    events[1] = with_body(events[1], type="erased", data={"erased": erased})
    assert "event-rewritten" in {code for _, code, _ in places(stream, events, texts)}


def test_the_byte_is_looked_for_in_the_first_few_events_only():
    stream, events, texts = stored()
    events[1] = with_body(events[1], data={"path": 9})
    examiner = Examiner(KEYS)
    wheres = [examiner.examine(stream, events, texts)[1][0].where for _ in range(30)]
    assert wheres.count("body") == 10


def is_bytes(row, name):
    """An instant is a number in the database, and only written out when it is read: its cases are above."""
    return isinstance(getattr(row, name), str | bytes) and name not in {"at", "recorded_at"}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_byte_of_any_row_is_found(data):
    stream, events, texts = stored()
    rows = [*events, *texts, stream]
    index = data.draw(st.integers(0, len(rows) - 1))
    row = rows[index]
    name = data.draw(st.sampled_from([name for name in row._fields if is_bytes(row, name)]))
    value = getattr(row, name)
    raw = value.encode() if isinstance(value, str) else value
    if not raw:
        return
    at = data.draw(st.integers(0, len(raw) - 1))
    raw = raw[:at] + bytes([raw[at] ^ data.draw(st.integers(1, 255))]) + raw[at + 1 :]
    try:
        rows[index] = row._replace(**{name: raw.decode() if isinstance(value, str) else raw})
    except UnicodeDecodeError:
        return  # the database itself takes no such text
    examiner = Examiner(KEYS)
    examiner.to_locate = 0
    assert examiner.examine(rows[-1], rows[:3], rows[3:6])[1]

"""An event is bound to the one before it, and holds no free text."""

import copy
import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.record.canonical import canonical
from xinqiao.record.chain import (
    Act,
    ActorStamp,
    ChainBroken,
    NotAnEvent,
    OrganStamp,
    event_body,
    event_hash,
    verify_chain,
)
from xinqiao.record.commitments import named

RECEIVED = Act(
    type="received",
    actor=ActorStamp(kind="staff", id=7, post="接访员", role="clerk"),
    organ=OrganStamp(code="bureau", name="青禾县信访局"),
    at=datetime(2026, 9, 7, 2, 0, tzinfo=UTC),
    on=date(2026, 9, 7),
    article="信访工作条例 第二十二条",
    pack="CN-2022@1",
    calendar="CN@2026.1",
    data={"channel": "letter", "persons": 3, "joint": True, "files": [11, 12]},
)
NOW = datetime(2026, 9, 7, 2, 0, 1, 5, tzinfo=UTC)


def body(act=RECEIVED, *, stream=1, seq=1, prev=None, texts=None):
    return event_body(act, stream=stream, seq=seq, prev=prev, recorded_at=NOW, texts=texts or {})


def chain_of(length):
    events, prev = [], None
    for seq in range(1, length + 1):
        raw = body(seq=seq, prev=prev)
        events.append(json.loads(raw))
        prev = event_hash(raw)
    return events, named(prev)


def test_an_event_is_canonical_json():
    raw = body(texts={"request": "sha256:" + "0" * 64})
    assert raw == canonical(json.loads(raw))
    event = json.loads(raw)
    assert event["at"] == "2026-09-07T02:00:00Z"
    assert event["recorded_at"] == "2026-09-07T02:00:01.000005Z"
    assert event["actor"] == {"id": 7, "kind": "staff", "post": "接访员", "role": "clerk"}
    assert event["organ"] == {"code": "bureau", "name": "青禾县信访局"}
    assert event["prev"] is None


def test_an_instant_is_the_same_in_every_offset():
    there = dataclasses.replace(RECEIVED, at=RECEIVED.at.astimezone(timezone(timedelta(hours=8))))
    assert body(there) == body()


def test_who_was_stood_in_for_is_on_record():
    deputy = dataclasses.replace(RECEIVED.actor, deputising_for=9)
    assert json.loads(body(dataclasses.replace(RECEIVED, actor=deputy)))["actor"]["deputising_for"] == 9


@pytest.mark.parametrize("code", ["", "land/0312", "2026-09-07T10:00:00+08:00", "青信访〔2026〕12号", "x" * 128])
def test_codes_and_numbers_of_papers_are_data(code):
    assert json.loads(body(dataclasses.replace(RECEIVED, data={"code": code})))["data"] == {"code": code}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"at": datetime(2026, 9, 7, 10, 0)}, "offset"),  # noqa: DTZ001 - the naive instant is the case
        ({"type": "Received"}, "type"),
        ({"type": "收到"}, "type"),
        ({"data": {"reason": "灯坏了"}}, "data.reason holds free text"),  # a text, even a short one
        ({"data": {"reason": "no light"}}, "data.reason holds free text"),  # blanks make a sentence
        ({"data": {"person": {"name": "某某"}}}, "data.person.name holds free text"),
        ({"data": {"code": "x" * 129}}, "data.code holds free text"),
        ({"data": {"code": "某某2026"}}, "data.code holds free text"),
        ({"data": {"code": "某某〔2026〕12号的信"}}, "data.code holds free text"),
        ({"data": {"share": 0.5}}, "data.share holds a float"),
        ({"data": {"id": 2**53}}, "data.id holds an integer beyond"),
        ({"data": {"Key": 1}}, "the name 'Key'"),
        ({"data": {1: 1}}, "the name 1"),
        ({"data": {"on": date(2026, 9, 7)}}, "data.on holds a date"),
        ({"texts": {"主题": "x"}}, "texts: the name"),
        ({"pack": "no pack"}, "pack holds free text"),
    ],
)
def test_what_does_not_belong_into_an_event_is_refused(change, part):
    with pytest.raises(NotAnEvent, match=part):
        body(dataclasses.replace(RECEIVED, **change))


def test_a_whole_chain_holds():
    events, head = chain_of(4)
    hashes = verify_chain(events, head=head)
    assert len(hashes) == 4
    assert hashes[-1] == head
    assert [event["prev"] for event in events] == [None, *hashes[:-1]]


@pytest.mark.parametrize(
    ("break_it", "seq", "part"),
    [
        (lambda events: events.pop(1), 2, "seq"),  # one event taken out
        (lambda events: events.pop(), 3, "head"),  # the newest taken off
        (lambda events: events.clear(), 0, "head"),  # all gone
        (lambda events: events.insert(1, copy.deepcopy(events[1])), 3, "seq"),  # one put in twice
        (lambda events: events.reverse(), 1, "seq"),
        (lambda events: events[1].update(stream=2), 2, "stream"),
        (lambda events: events[1].update(on="2026-09-08"), 3, "prev"),  # seen at the event that follows
        (lambda events: events[3].update(on="2026-09-08"), 4, "head"),  # the newest: seen at the head
        (lambda events: events[0].update(v=2), 1, "v"),
        (lambda events: events.__setitem__(0, "text"), 1, "event"),
        (lambda events: events[0].update(data="\ud800"), 1, "event"),
    ],
)
def test_a_broken_chain_says_where(break_it, seq, part):
    events, head = chain_of(4)
    break_it(events)
    with pytest.raises(ChainBroken) as broken:
        verify_chain(events, head=head)
    assert (broken.value.seq, broken.value.part) == (seq, part)


@given(st.data())
def test_any_changed_byte_of_any_event_is_found(data):
    raw = [canonical(event) for event in chain_of(3)[0]]
    head = named(event_hash(raw[-1]))
    place = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, len(raw[place]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != raw[place][at]))
    raw[place] = raw[place][:at] + bytes([byte]) + raw[place][at + 1 :]
    try:
        events = [json.loads(one) for one in raw]
    except ValueError:
        return
    with pytest.raises(ChainBroken):
        verify_chain(events, head=head)

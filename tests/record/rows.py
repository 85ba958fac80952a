"""Stored rows of one stream, made without a database, for the tests that change them."""

from datetime import UTC, date, datetime

from xinqiao.record.chain import Act, ActorStamp, OrganStamp, event_body, event_hash
from xinqiao.record.checks import StoredEvent, StoredStream, StoredText
from xinqiao.record.commitments import commit
from xinqiao.record.keyring import KeyRing
from xinqiao.record.sealing import key_context, seal, text_context

AT = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
WRITTEN = "2026-09-07 10:00:00+08"
DATA_KEY, MASTER = bytes(32), bytes(range(32))
KEYS = KeyRing(masters={"m": MASTER}, signers={})
TEXTS = {1: {"request": "路灯坏了三个月。", "title": "路灯"}, 3: {"reply": "已修好。"}}
SEALED = {3}


def act(seq):
    return Act(
        type=("received", "accepted", "replied")[seq - 1],
        actor=ActorStamp(kind="staff", id=7, role="clerk"),
        organ=OrganStamp(code="housing", name="青禾县住房局"),
        at=AT,
        on=date(2026, 9, 7),
        article="信访工作条例 第二十二条",
        pack="CN-2022@1",
        calendar="CN@2026.1",
        data={"path": seq},
    )


def text_row(seq, field, text):
    salt = bytes([seq]) * 16
    box = seal(text.encode(), key=DATA_KEY, context=text_context(1, seq, field)) if seq in SEALED else None
    return StoredText(seq, 5, field, salt, None if box else text, box)


def stored():
    """A stream of three events and three texts, one of them sealed."""
    texts = [text_row(seq, field, text) for seq, fields in TEXTS.items() for field, text in fields.items()]
    events, prev = [], None
    for seq in (1, 2, 3):
        commitments = {row.field: commit(TEXTS[seq][row.field], row.salt) for row in texts if row.seq == seq}
        body = event_body(act(seq), stream=1, seq=seq, prev=prev, recorded_at=AT, texts=commitments)
        row = act(seq)
        events.append(
            StoredEvent(seq, 5, row.type, row.on, WRITTEN, WRITTEN, "housing", 7, body.decode(), prev, event_hash(body))
        )
        prev = event_hash(body)
    wrapped = seal(DATA_KEY, key=MASTER, context=key_context(1))
    return StoredStream(1, 5, 3, prev, "m", wrapped), events, texts

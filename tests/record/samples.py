"""One short record, its package and its key, for the tests of the proofs."""

import dataclasses
import json
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinqiao.record.chain import Act, ActorStamp, event_body, event_hash
from xinqiao.record.commitments import commit, named
from xinqiao.record.package import OpenText, make_package

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SIGNER.public_key().public_bytes_raw()
AT = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
SALT = bytes(range(16))
TEXT = OpenText(seq=1, field="request", text="路灯坏了三个月。", salt=SALT)
RECEIVED = Act(
    type="received",
    actor=ActorStamp(kind="system"),
    organ=None,
    at=AT,
    on=date(2026, 9, 7),
    article="信访工作条例 第二十二条",
    pack="CN-2022",
    calendar="2026",
)


def events():
    first = event_body(
        RECEIVED, stream=1, seq=1, prev=None, recorded_at=AT, texts={"request": commit(TEXT.text, TEXT.salt)}
    )
    closed = dataclasses.replace(RECEIVED, type="closed")
    second = event_body(closed, stream=1, seq=2, prev=event_hash(first), recorded_at=AT, texts={})
    return [json.loads(first), json.loads(second)], [named(event_hash(first)), named(event_hash(second))]


def package():
    chain, hashes = events()
    return make_package(
        office="青禾县信访局",
        number="XF2026-000123",
        exported_at=AT,
        events=chain,
        head=hashes[-1],
        texts=[TEXT],
        signer=SIGNER,
    )

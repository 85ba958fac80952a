"""What the office hands out so that others can check the record without it: receipts, records, published keys."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from xinqiao.record.canonical import JSON
from xinqiao.record.chain import utc
from xinqiao.record.commitments import named, to_base64url
from xinqiao.record.fields import ring
from xinqiao.record.keyring import PublishedKey
from xinqiao.record.models import EventRow, Stream
from xinqiao.record.package import OpenText, make_package
from xinqiao.record.reader import opened_bodies
from xinqiao.record.receipts import Submission, make_receipt, parse_submission


def issue_receipt(
    *, office: str, number: str, received_at: datetime, submission: Submission | Mapping[str, Any], stream: Stream
) -> dict[str, Any]:
    """A signed receipt of what was handed in; its head is the newest event of ``stream`` as the caller holds it.

    Hand it out only when the transaction that recorded the event is durable. Raises Malformed for a submission that
    is none.
    """
    handed_in = submission if isinstance(submission, Submission) else parse_submission(submission)
    return make_receipt(
        office=office,
        number=number,
        received_at=received_at,
        submission=handed_in,
        head=named(stream.head),
        signer=ring().signer,
    )


def record_package(
    *, stream_id: int, number: str, office: str, may_show: Callable[[int, str], bool] = lambda seq, field: False
) -> dict[str, Any]:
    """The whole record of one matter, signed, for ``xinqiao verify``.

    A text is given in clear, with its salt, only where ``may_show(number of the event, name)`` allows it.
    """
    rows = EventRow.objects.filter(stream_id=stream_id).order_by("seq").values_list("body", "hash")
    bodies = [(json.loads(body), digest) for body, digest in rows]
    if not bodies:
        raise Stream.DoesNotExist(f"there is no stream {stream_id}")
    return make_package(
        office=office,
        number=number,
        exported_at=timezone.now(),
        events=[event for event, _ in bodies],
        head=named(bodies[-1][1]),
        texts=[
            OpenText(seq=one.seq, field=one.field, text=one.text, salt=one.salt)
            for one in opened_bodies(stream_id)
            if may_show(one.seq, one.field)
        ],
        signer=ring().signer,
    )


def published_keys() -> dict[str, JSON]:
    """What stands at ``/.well-known/xinqiao-keys.json``: every key that signs or ever signed, oldest first."""
    keys: list[JSON] = [_as_published(key) for key in ring().published()]
    return {"v": 1, "office": settings.OFFICE_NAME, "keys": keys}


def _as_published(key: PublishedKey) -> dict[str, JSON]:
    return {
        "id": key.id,
        "alg": "Ed25519",
        "key": to_base64url(key.public),
        "pem": key.pem,
        "from": utc(key.since),
        "until": utc(key.until) if key.until else None,
    }

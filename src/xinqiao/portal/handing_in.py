"""From a finished draft to a registered petition: once, however often the button is pressed."""

import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.matters.actions.register import Registered, register_within
from xinqiao.matters.models import IdempotencyKey
from xinqiao.matters.submission import Submission
from xinqiao.portal import sealed

OWNER = "portal"
KEPT_FOR = timedelta(hours=8)


def register_once(*, token: str, submission: Submission, actor: Actor, organ: str) -> dict[str, Any]:
    """Register, and keep what the petitioner takes home in the same transaction, under the token of the draft.

    The same token again registers nothing and answers the same; of two clicks at once the second waits for the first.
    Raises Invalid with every wrong field.
    """
    if answer := handed_in(token):
        return answer
    row = IdempotencyKey(owner=OWNER, key=token, content=bytes(32), status=201, created_at=now())
    try:
        with transaction.atomic(durable=True):
            IdempotencyKey.objects.filter(owner=OWNER, created_at__lt=now() - KEPT_FOR).delete()
            answer = taken_home(register_within(submission=submission, actor=actor, organ=organ))
            row.answer = sealed.seal(answer)
            row.save(force_insert=True)
            return answer
    except IntegrityError:
        if (answer := handed_in(token)) is None:
            raise
        return answer


def handed_in(token: str) -> dict[str, Any] | None:
    """What a draft was answered that is already registered."""
    rows = IdempotencyKey.objects.filter(owner=OWNER, key=token, created_at__gt=now() - KEPT_FOR)
    row = rows.first() if token else None
    answer: dict[str, Any] | None = sealed.unseal(bytes(row.answer)) if row else None
    return answer


def taken_home(done: Registered) -> dict[str, Any]:
    """The number, the query code, and the file that proves both: plain values."""
    received_at = done.matter.registered_at.isoformat()
    file = {"receipt": dict(done.receipt), "submission": dict(done.submission)}
    return {"number": done.number, "query_code": done.query_code, "received_at": received_at, "file": file}


def file_of(answer: dict[str, Any]) -> bytes:
    """The receipt as a file that ``xinqiao verify`` reads."""
    return json.dumps(answer["file"], ensure_ascii=False, indent=2).encode() + b"\n"

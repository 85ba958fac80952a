"""The same request twice answers the same and does nothing twice; the same key with other content is refused."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.api import shown
from xinqiao.api.problems import Problem
from xinqiao.matters.acting import Acting, kept_beside
from xinqiao.matters.models import IdempotencyKey

Answer = tuple[int, dict[str, Any]]


def once_within(request: HttpRequest, actor: Actor, produce: Callable[[], Answer]) -> Answer:
    """Run ``produce`` and keep its answer in one transaction: both are there, or neither.

    Of two equal requests at once the second waits for the first, is undone, and gets the first one's answer.
    """
    row = _row(request, actor)
    if row is None:
        with transaction.atomic(durable=True):
            return produce()
    if known := _known(row):
        return _answer_of(known, row)
    try:
        with transaction.atomic(durable=True):
            status, body = produce()
            row.status, row.answer = status, _sealed(body)
            row.save(force_insert=True)
            return status, body
    except IntegrityError:
        if (known := _known(row)) is None:
            raise
        return _answer_of(known, row)


def once_around(request: HttpRequest, actor: Actor, act: Callable[[], Acting]) -> Answer:
    """The same for an act, which has a transaction of its own: the answer is kept inside it, beside the event.

    Of two equal requests the second may be refused because the first has done it: then the first one's answer counts.
    """
    row = _row(request, actor)
    if row is None:
        return 200, shown.acted(act())
    if known := _known(row):
        return _answer_of(known, row)
    try:
        with kept_beside(lambda acting: _keep(row, shown.acted(acting))):
            return 200, shown.acted(act())
    except Exception:
        if known := _known(row):
            return _answer_of(known, row)
        raise


def _keep(row: IdempotencyKey, body: dict[str, Any]) -> None:
    row.status, row.answer = 200, _sealed(body)
    row.save()


def _row(request: HttpRequest, actor: Actor) -> IdempotencyKey | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    asked = f"{request.method} {request.path}\n".encode() + request.body
    # Keyed: a plain hash of what somebody wrote could be guessed from a copy of the database.
    content = hmac.digest(settings.QUERY_PEPPER.encode(), asked, "sha256")
    return IdempotencyKey(
        owner=_owner(request, actor), key=key, content=content, status=0, answer=b"", created_at=now()
    )


def _owner(request: HttpRequest, actor: Actor) -> str:
    """Keys of different callers never meet."""
    if actor.user_id:
        return f"user:{actor.user_id}"
    seed = f"{request.META.get('REMOTE_ADDR', '')}|{request.headers.get('X-Query-Code', '')}".encode()
    return "guest:" + hashlib.sha256(seed).hexdigest()[:40]


def _known(row: IdempotencyKey) -> IdempotencyKey | None:
    return IdempotencyKey.objects.filter(owner=row.owner, key=row.key).first()


def _answer_of(known: IdempotencyKey, asked: IdempotencyKey) -> Answer:
    if bytes(known.content) != asked.content:
        raise Problem(409, "idempotency-key-reused", _("This idempotency key was used for another request."))
    return known.status, json.loads(_box().decrypt(bytes(known.answer)))


def _sealed(body: dict[str, Any]) -> bytes:
    """An answer holds a query code, so it is not kept in clear."""
    return _box().encrypt(json.dumps(body, default=str, ensure_ascii=False).encode())


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.QUERY_PEPPER.encode()).digest()))

"""The same request twice answers the same and does nothing twice; the same key with other content is refused."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.api.problems import Problem
from xinqiao.matters.models import IdempotencyKey

Answer = tuple[int, dict[str, Any]]
MAX_KEY = 100
ABANDONED = timedelta(minutes=2)


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


def once_around(request: HttpRequest, actor: Actor, produce: Callable[[], Answer]) -> Answer:
    """The same for an act that has a transaction of its own: the key is claimed before and answered after.

    A claim left by a process that died is free again after two minutes; the law itself refuses most acts done twice.
    """
    row = _row(request, actor)
    if row is None:
        return produce()
    IdempotencyKey.objects.filter(owner=row.owner, key=row.key, status=0, created_at__lt=now() - ABANDONED).delete()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if (known := _known(row)) is None:
            raise _in_progress() from None
        return _answer_of(known, row)
    return _act(row, produce)


def _act(claimed: IdempotencyKey, produce: Callable[[], Answer]) -> Answer:
    """A refused act frees its key: put right, the same request may be sent again."""
    try:
        status, body = produce()
    except BaseException:
        claimed.delete()
        raise
    claimed.status, claimed.answer = status, _sealed(body)
    claimed.save(update_fields=["status", "answer"])
    return status, body


def _row(request: HttpRequest, actor: Actor) -> IdempotencyKey | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not key.strip() or len(key) > MAX_KEY or not (key.isascii() and key.isprintable()):
        raise Problem(400, "idempotency-key", _("The idempotency key must be 1 to 100 printable characters."))
    content = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).digest()
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
    if known.status == 0:
        raise _in_progress()
    return known.status, json.loads(_box().decrypt(bytes(known.answer)))


def _in_progress() -> Problem:
    return Problem(409, "in-progress", _("The same request is being worked on; ask again in a moment."))


def _sealed(body: dict[str, Any]) -> bytes:
    """An answer holds a query code, so it is not kept in clear."""
    return _box().encrypt(json.dumps(body, default=str, ensure_ascii=False).encode())


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.QUERY_PEPPER.encode()).digest()))

"""What a visitor's session keeps for a short while: drafts, receipts, query codes. Sealed, and forgotten in time.

A copy of the database alone opens nothing of it; what is older than its time reads as if it had never been there.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from xinqiao.access.clock import SHANGHAI, now

PREFIX = "portal:"


def put(request: HttpRequest, name: str, value: Any) -> None:
    """Keep a plain value under a name, from this instant on."""
    text = json.dumps(value, ensure_ascii=False).encode()
    request.session[PREFIX + name] = _box().encrypt_at_time(text, int(now().timestamp())).decode()


def get(request: HttpRequest, name: str, *, within: timedelta) -> Any:
    """The value kept under a name; None where there is none, or none so young."""
    token = request.session.get(PREFIX + name)
    if token is None:
        return None
    try:
        text = _box().decrypt_at_time(token, int(within.total_seconds()), int(now().timestamp()))
    except InvalidToken:
        drop(request, name)
        return None
    return json.loads(text)


def kept_at(request: HttpRequest, name: str) -> datetime | None:
    """When the value was last kept, in the office's time zone."""
    token = request.session.get(PREFIX + name)
    return datetime.fromtimestamp(_box().extract_timestamp(token), SHANGHAI) if token else None


def drop(request: HttpRequest, name: str) -> None:
    """Forget a value."""
    request.session.pop(PREFIX + name, None)


def forget_all(request: HttpRequest) -> None:
    """Forget everything that the portal keeps for this visitor, and nothing else."""
    for key in [key for key in request.session.keys() if key.startswith(PREFIX)]:  # noqa: SIM118, a session is no dict
        del request.session[key]


def seal(value: Any) -> bytes:
    """A plain value as bytes that only this office opens; how long they hold is for whoever keeps them to say."""
    return _box().encrypt(json.dumps(value, ensure_ascii=False).encode())


def unseal(token: bytes) -> Any:
    """What was sealed."""
    return json.loads(_box().decrypt(token))


def _box() -> Fernet:
    digest = hashlib.sha256(f"xinqiao portal session:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))

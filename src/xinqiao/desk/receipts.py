"""What the petitioner takes home, kept for the page that shows it: sealed, in the session, until the next registration.

The query code is nowhere else in clear, so a page that was reloaded or closed too early would lose it.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from xinqiao.matters.actions.register import Registered

SLOT = "receipt"
SECONDS = 30 * 60


def keep_receipt(request: HttpRequest, done: Registered) -> None:
    """Keep it for half an hour."""
    said = {
        "number": done.number,
        "query_code": done.query_code,
        "receipt": dict(done.receipt),
        "submission": dict(done.submission),
    }
    request.session[SLOT] = _fernet().encrypt(json.dumps(said, ensure_ascii=False).encode()).decode()


def kept_receipt(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept; None once it is over or was put away."""
    try:
        return json.loads(_fernet().decrypt(request.session.get(SLOT, "").encode(), ttl=SECONDS))  # type: ignore[no-any-return]
    except InvalidToken:
        return None


def put_away(request: HttpRequest) -> None:
    """Forget it: the next person stands at the window."""
    request.session.pop(SLOT, None)


def receipt_file(kept: dict[str, Any]) -> str:
    """The file that ``xinqiao verify`` checks, as a data address: it needs no second request."""
    body = json.dumps({"receipt": kept["receipt"], "submission": kept["submission"]}, ensure_ascii=False, indent=1)
    return "data:application/json;base64," + base64.b64encode(body.encode()).decode()


def _fernet() -> Fernet:
    key = hashlib.sha256(b"desk receipt" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

"""Who calls: a token, a browser session, a query code, or nobody in particular."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _

from xinqiao.access.actor import NOBODY, Actor, citizen_actor, token_actor
from xinqiao.access.clock import now, today
from xinqiao.api.problems import Problem
from xinqiao.matters.tracking import citizen_with
from xinqiao.organs.models import ApiToken, Organ, User

TOKEN_PREFIX = "xq_"
NUMBER = r"[^\x00-\x1f\x7f-\x9f]{1,40}"
MAX_CODE = 40


def token_digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def new_token(user: User, *, name: str, days: int) -> str:
    """Make a token for a user; it is told once and kept as a hash."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user, digest=token_digest(token), name=name[:60], expires_at=now() + timedelta(days=days)
    )
    return token


def caller(request: HttpRequest) -> Actor:
    """The actor of a token or of a browser session; raises a 401 problem where there is neither."""
    actor = _by_token(request) if "Authorization" in request.headers else _by_session(request)
    if actor is NOBODY:
        raise Problem(401, "not-signed-in", _("Sign in, or send a valid token."))
    return actor


def caller_or_citizen(request: HttpRequest) -> Actor:
    """The same, or somebody from outside who hands something in."""
    if "Authorization" in request.headers or _session_actor(request) is not NOBODY:
        return caller(request)
    root = Organ.objects.filter(parent=None).order_by("id").values_list("pk", flat=True).first()
    return citizen_actor(root_organ_id=root or 0)


def caller_or_petitioner(request: HttpRequest) -> Actor:
    """The same, or where no token comes the petitioner of the matter in the address, by the query code."""
    by_code = "X-Query-Code" in request.headers and "Authorization" not in request.headers
    return petitioner(request) if by_code else caller(request)


def petitioner(request: HttpRequest) -> Actor:
    """Whoever holds both codes of the matter in the address.

    Raises a 401 problem, the same for a wrong code and for a number that was never given, and TooManyAttempts.
    """
    number = request.resolver_match.kwargs["number"] if request.resolver_match else ""
    code = request.headers.get("X-Query-Code", "")
    if re.fullmatch(NUMBER, number) and 0 < len(code) <= MAX_CODE:
        actor = citizen_with(number, code, address=request.META.get("REMOTE_ADDR", ""))
        if actor is not None:
            return actor
    raise Problem(401, "wrong-codes", _("Number and query code do not fit together. Check both against your receipt."))


def _by_token(request: HttpRequest) -> Actor:
    scheme, _space, token = request.headers["Authorization"].partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return NOBODY
    return token_actor(token_digest(token.strip()), now=now(), today=today())


def _session_actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return NOBODY if actor.kind == "nobody" else actor


def _by_session(request: HttpRequest) -> Actor:
    """A browser must also prove that the page was ours: Django's check, which the API is exempt from otherwise."""
    actor = _session_actor(request)
    if actor is NOBODY:
        return NOBODY
    check = CsrfViewMiddleware(lambda r: None)  # type: ignore[arg-type,return-value]
    check.process_request(request)
    if check.process_view(request, lambda r: None, (), {}) is not None:  # type: ignore[arg-type,return-value]
        raise Problem(403, "csrf", _("The page is too old. Load it again and repeat."))
    return actor

"""The office itself: its organs, and tokens for programs."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status

from xinqiao.access.actor import Actor
from xinqiao.api.callers import new_token
from xinqiao.api.door import Repeated, api, operation
from xinqiao.api.idempotency import once_within
from xinqiao.api.problems import Problem
from xinqiao.api.schemas import OrganOut, TokenIn, TokenOut
from xinqiao.organs.models import Organ

PUBLISHED = ("code", "kind", "address", "telephone", "reception_hours")


@api.get("/organs", summary="List organs", **operation("listOrgans", None, list[OrganOut], tag="office"))
def organs(request: HttpRequest) -> Any:
    """The organs of the office with what they publish (Article 18)."""
    rows = Organ.objects.filter(valid_until=None).order_by("code")
    return [{"name": organ.label} | {name: getattr(organ, name) for name in PUBLISHED} for organ in rows]


@api.post(
    "/tokens",
    summary="Make a token",
    **operation("makeToken", None, TokenOut, status=201, tag="office", writes=True),
)
def token(request: HttpRequest, payload: TokenIn, idempotency_key: Repeated = None) -> Any:
    """A token for a program, for name and password. It acts as its user, in his first post, until it expires."""
    user: Any = authenticate(request, username=payload.username, password=payload.password)
    if user is None:
        raise Problem(401, "wrong-password", _("Name or password is wrong, or the account is locked for a while."))

    def produce() -> tuple[int, dict[str, Any]]:
        value = new_token(user, name=payload.name, days=payload.days)
        return 201, {"token": value, "expires_at": user.tokens.latest("id").expires_at}

    return Status(*once_within(request, Actor(kind="staff", user_id=user.pk), produce))

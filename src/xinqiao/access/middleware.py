"""Puts the actor on the request: lazily, once."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xinqiao.access.actor import NOBODY, Actor, staff_actor
from xinqiao.access.clock import now, today
from xinqiao.access.models import AdminSession
from xinqiao.organs.lookup import remembering


class ActorMiddleware:
    """``request.actor`` is the signed-in person in the chosen post, or NOBODY."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        with remembering():
            return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a browser session."""
    user = request.user
    if not user.is_authenticated:
        return NOBODY
    until = _admin_until(user.pk) if "admin_session" in request.session else None
    return staff_actor(user, today=today(), holding_id=request.session.get("holding"), admin_until=until)


def _admin_until(user_id: int) -> datetime | None:
    session = AdminSession.objects.filter(user_id=user_id, ended_at=None, ends_at__gt=now()).first()
    return session.ends_at if session else None

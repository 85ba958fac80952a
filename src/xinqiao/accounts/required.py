"""What an account owes before its owner may work: a password of his own, and the second factor of his post.

Which posts an office does not trust to a password alone stands in its settings (``XINQIAO_SECOND_FACTOR``).
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from xinqiao.access.actor import Actor
from xinqiao.accounts.factors import has_second_factor
from xinqiao.accounts.passwords import MUST_CHANGE
from xinqiao.organs.models import User

HAS = "has_second_factor"
#: What stays open meanwhile: the pages where it is put in order, and the choice of a post that owes nothing.
OPEN = frozenset({"account", "password", "confirm", "authenticator", "codes", "passkeys", "end-sessions", "posts"})


def is_required(role: str) -> bool:
    """Whether a post of this role needs a second factor in this office."""
    return role in settings.SECOND_FACTOR_ROLES


def owes_second_factor(request: HttpRequest, actor: Actor, user: User) -> bool:
    """Whether the post in which somebody works needs a second factor that his account has not."""
    if not is_required(actor.role) or request.session.get(HAS):
        return False
    request.session[HAS] = has_second_factor(user)
    return not request.session[HAS]


class AccountInOrder:
    """Leads whoever owes something to the page where it is done; where nothing is required it costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Asked once the address is known: pages of the desk are changed for another, programs are refused."""
        if not request.path.startswith(("/desk/", "/api/")):
            return None
        place = self._owed_at(request)
        if place is None or (request.resolver_match and request.resolver_match.url_name in OPEN):
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied
        return redirect(place)

    def _owed_at(self, request: HttpRequest) -> str | None:
        if request.session.get(MUST_CHANGE):
            return "desk:password"
        if not settings.SECOND_FACTOR_ROLES or not isinstance(request.user, User):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return "desk:account" if owes_second_factor(request, actor, request.user) else None

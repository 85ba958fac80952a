"""Where an account is signed in now, and how that is ended: at once, on the server."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from xinqiao.organs.models import User


def sessions_of(user: User) -> list[UserSession]:
    """The sessions that still hold, newest first; those that ran out are forgotten."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.created_at, reverse=True)


def end_session(user: User, pk: int) -> bool:
    """End one session of an account; False where it is none of his, or over already."""
    return _end(UserSession.objects.filter(user=user, pk=pk)) == 1


def end_other_sessions(request: HttpRequest, user: User) -> int:
    """End every session but this one; gives how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or ""))


def end_all_sessions(user: User) -> int:
    """End every session of an account that was closed or given a new password; gives how many."""
    return _end(UserSession.objects.filter(user=user))


def keep_this_session(request: HttpRequest, user: User) -> None:
    """After a new password: this browser stays signed in, under a new key, and every other is out."""
    end_other_sessions(request, user)
    before = request.session.session_key
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _end(rows: Iterable[UserSession]) -> int:
    found = list(rows)
    for row in found:
        row.end()
    return len(found)

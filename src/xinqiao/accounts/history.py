"""The log-in history of an account: written at the door, read by its owner."""

from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import QuerySet
from django.http import HttpRequest

from xinqiao.access.clock import now
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.whence import address_of, device_of
from xinqiao.organs.models import User

#: Whoever goes on trying at a locked door is told once in this time, or he would fill the history of another.
QUIET = timedelta(minutes=15)


def note_sign_in(request: HttpRequest, user: User, *, outcome: str, means: str = "", second: str = "") -> SignIn:
    """Keep that somebody tried to get in; ``means`` is by default what was given so far in this session."""
    first, used = means_so_far(request, user)
    return SignIn.objects.create(
        user=user,
        at=now(),
        means=means or first,
        second=second or used,
        outcome=outcome,
        address=address_of(request),
        device=device_of(request),
    )


def note_turned_away(request: HttpRequest, user: User, *, means: str) -> None:
    """Keep that somebody came while the door was locked for him; once, as long as it stays locked."""
    seen = SignIn.objects.filter(
        user=user, outcome=SignIn.Outcome.LOCKED, address=address_of(request), at__gt=now() - QUIET
    )
    if not seen.exists():
        note_sign_in(request, user, outcome=SignIn.Outcome.LOCKED, means=means)


def means_so_far(request: HttpRequest, user: User) -> tuple[str, str]:
    """By what somebody is known in this session, and the second factor that was given, if any."""
    first, second = SignIn.Means.PASSWORD.value, ""
    for record in get_authentication_records(request, user):
        match record:
            case {"method": "mfa", "passwordless": True}:
                first = SignIn.Means.PASSKEY.value
            case {"method": "mfa", "type": kind}:
                second = str(kind)
            case {"method": "socialaccount"}:
                first = SignIn.Means.OFFICE.value
    return first, second


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """What happened at the door of an account, newest first."""
    return SignIn.objects.filter(user=user).order_by("-id")

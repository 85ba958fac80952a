"""Passwords: changed by their owner, or replaced by an administrator with one that serves once."""

import secrets

from django.http import HttpRequest

from xinqiao.access.clock import now
from xinqiao.accounts.models import OneTimePassword
from xinqiao.accounts.sessions import end_all_sessions, keep_this_session
from xinqiao.organs.models import User

MUST_CHANGE = "must_change_password"
#: Without letters and figures that are taken for each other when read out: 0 o, 1 l i.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def change_password(request: HttpRequest, user: User, password: str) -> None:
    """Set the owner's new password; this browser stays signed in, every other is out."""
    user.set_password(password)
    user.save(update_fields=["password"])
    OneTimePassword.objects.filter(user=user).delete()
    request.session.pop(MUST_CHANGE, None)
    keep_this_session(request, user)


def one_time_password() -> str:
    """A password to be read out once, in four groups of four."""
    return "-".join("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))


def replace_password(user: User) -> str:
    """Give an account a password that serves for one sign-in; everybody who is signed in with the old one is out."""
    password = one_time_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    OneTimePassword.objects.update_or_create(user=user, defaults={"given_at": now()})
    end_all_sessions(user)
    return password

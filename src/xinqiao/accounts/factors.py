"""The second factors of an account: an authenticator app, passkeys, and codes for the day when both are lost.

allauth keeps them and knows how they are computed; this module is where the house asks it.
"""

import hmac
from dataclasses import dataclass, field

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction
from django.http import HttpRequest

from xinqiao.organs.models import User

KIND = Authenticator.Type
SECRET = "totp_secret"
LAST_USED = "last_counter"


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What an account has beside its password."""

    app: Authenticator | None = None
    codes: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many factors there are that stand for themselves; recovery codes only stand in for one."""
        return len(self.passkeys) + (self.app is not None)


def factors_of(user: User) -> Factors:
    """The second factors of an account."""
    rows = list(Authenticator.objects.filter(user=user).order_by("id"))
    return Factors(
        app=next((row for row in rows if row.type == KIND.TOTP), None),
        codes=next((row for row in rows if row.type == KIND.RECOVERY_CODES), None),
        passkeys=[row for row in rows if row.type == KIND.WEBAUTHN],
    )


def has_second_factor(user: User) -> bool:
    """Whether a password alone does not open this account."""
    return Authenticator.objects.filter(user=user, type__in=[KIND.TOTP, KIND.WEBAUTHN]).exists()


def pending_secret(request: HttpRequest) -> str:
    """The secret that an app is about to be given; the same until it is used, sealed in the session meanwhile."""
    if SECRET not in request.session:
        request.session[SECRET] = get_adapter().encrypt(generate_totp_secret())
    return get_adapter().decrypt(request.session[SECRET])


def add_app(request: HttpRequest, user: User, code: str) -> bool:
    """Take an authenticator app that shows the right code; False for a wrong one, which changes nothing."""
    secret = pending_secret(request)
    if _counter_of(secret, code) is None:
        return False
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=KIND.TOTP).delete()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
    del request.session[SECRET]
    return True


def check_code(user: User, code: str) -> Authenticator | None:
    """The factor whose code this is; None for none. No code opens twice, whichever process is asked."""
    plain = "".join(code.split())
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user).exclude(type=KIND.WEBAUTHN)
        return next((row for row in rows.order_by("-type") if _opens(row, plain)), None)


def _opens(row: Authenticator, code: str) -> bool:
    if row.type == KIND.RECOVERY_CODES:
        return bool(RecoveryCodes(row).validate_code(code))
    counter = _counter_of(get_adapter().decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST_USED, -1):
        return False
    row.data[LAST_USED] = counter
    row.save(update_fields=["data"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """In which half minute, of this one and its neighbours, an app with this secret shows the code."""
    shown = {counter: format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()}
    given = "".join(code.split()).encode()
    return next((counter for counter, value in shown.items() if hmac.compare_digest(value.encode(), given)), None)


def unused_codes(user: User) -> list[str]:
    """The recovery codes that still open; none where there is no second factor."""
    codes = factors_of(user).codes
    return list(RecoveryCodes(codes).get_unused_codes()) if codes else []


def renew_codes(user: User) -> None:
    """New recovery codes; the old ones open nothing any more."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=KIND.RECOVERY_CODES).delete()
        RecoveryCodes.activate(user)


def remove(user: User, pk: int) -> None:
    """Take a factor away; with the last one the recovery codes go too."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, pk=pk).exclude(type=KIND.RECOVERY_CODES).delete()
        if not has_second_factor(user):
            Authenticator.objects.filter(user=user).delete()


def remove_all(user: User) -> int:
    """Take every second factor away, as an administrator does for somebody who lost them; gives how many."""
    rows = Authenticator.objects.filter(user=user)
    count = rows.exclude(type=KIND.RECOVERY_CODES).count()
    rows.delete()
    return count

"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is that of the account.

A passkey is always made so that it knows its owner and asks for finger, face or PIN: it then serves alone at the door
and as the second factor behind a password.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction

from xinqiao.organs.models import User


def making_options(user: User) -> dict[str, Any]:
    """What the browser is asked to make; the challenge waits in the session."""
    return auth.begin_registration(user, passwordless=True)


def add_passkey(user: User, *, name: str, answer: str) -> bool:
    """Take the passkey that a browser has made; False where the answer does not fit the challenge."""
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        return False
    if not made.is_user_verified():
        return False
    with transaction.atomic():
        auth.WebAuthn.add(user, name, credential)
        RecoveryCodes.activate(user)
    return True


def asking_options(user: User | None = None) -> dict[str, Any]:
    """What the browser is asked to show: a passkey of this account, or any that it has for this office."""
    return auth.begin_authentication(user)


def check_passkey(answer: str, *, user: User | None = None) -> Authenticator | None:
    """The passkey that answered, of this account or of the one it names itself; None where it opens nothing."""
    credential = _read(answer)
    try:
        shown = auth.parse_authentication_response(credential)
        owner = user or auth.extract_user_from_response(credential)
        if user is None and not shown.response.authenticator_data.is_user_verified():
            return None
        return auth.complete_authentication(owner, credential)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

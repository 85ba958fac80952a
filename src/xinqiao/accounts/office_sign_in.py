"""The sign-in of the office itself (OpenID Connect): it opens doors of accounts that are there, and opens no account.

Which account it is stands in one claim (``XINQIAO_OIDC_CLAIM``): the account name. The first sign-in ties the account
to that identity; from then on no other identity opens it, even if the claim is given to somebody else.
"""

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect

from xinqiao.accounts.adapters import may_sign_in
from xinqiao.organs.models import User

REFUSED = "office_sign_in_refused"


def is_offered() -> bool:
    """Whether this office has a sign-in of its own."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)


def offered_name() -> str:
    """What the office calls it; empty where it has not said."""
    return str(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["name"]) if is_offered() else ""


def account_of(claims: Mapping[str, Any]) -> User | None:
    """The open account that the claims name; None where there is none."""
    said = (claims.get("userinfo") or {}).get(settings.OIDC_CLAIM) or (claims.get("id_token") or {}).get(
        settings.OIDC_CLAIM
    )
    user = User.objects.filter(username=said).first() if isinstance(said, str) and said else None
    return user if user and may_sign_in(user) else None


def why_not(user: User | None, identity: SocialAccount, tied_to: int | None) -> str:
    """Why this identity does not open this account; empty where it does."""
    if user is None:
        return "nobody"
    if tied_to is not None and tied_to != user.pk:
        return "moved"
    others = SocialAccount.objects.filter(user=user, provider=identity.provider).exclude(uid=identity.uid)
    return "taken" if others.exists() else ""


class OfficeAdapter(DefaultSocialAccountAdapter):
    """The house's answers to allauth: which account, and that none is opened."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account by the claim, or turn back to the door with the reason."""
        identity = sociallogin.account
        user = account_of(identity.extra_data)
        tied_to = sociallogin.user.pk if sociallogin.is_existing else None
        if reason := why_not(user, identity, tied_to):
            refuse(request, reason)
        identity.extra_data = {}  # Nothing of the person is kept beside the identity.
        if tied_to is None:
            sociallogin.connect(request, user)
        else:
            identity.save(update_fields=["extra_data"])

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **details: Any) -> None:
        """Cancelled there, or it did not work."""
        refuse(request, "cancelled" if str(error) == "cancelled" else "failed")


def refuse(request: HttpRequest, reason: str) -> None:
    """Back to the door; it says why."""
    request.session[REFUSED] = reason
    raise ImmediateHttpResponse(redirect("sign-in"))

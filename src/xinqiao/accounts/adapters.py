"""Where allauth meets this house: its hooks answered in our words, with our rules and our keys.

allauth sends no mail here, opens no account and says nothing to anybody: pages and sentences are the desk's own.
"""

from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from qrcode.image.svg import SvgPathFillImage

from xinqiao.accounts.arriving import arrive
from xinqiao.accounts.sealing import opened, sealed
from xinqiao.accounts.whence import address_of
from xinqiao.organs.models import User

NOWHERE = "0.0.0.0"


def may_sign_in(user: User) -> bool:
    """Whether an account is one of a person and open; programs have keys of their own and no page."""
    return user.is_active and not user.is_partner


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, once all steps are done."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator, never by the one who wants in."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **hook: Any) -> HttpResponse | None:
        """The last look before a session begins, whatever door was used."""
        return None if may_sign_in(user) else redirect("sign-in")

    def post_login(self, request: HttpRequest, user: Any, **hook: Any) -> HttpResponse:
        """Begin the session's own row, then lead on."""
        super().post_login(request, user, **hook)
        return arrive(request, user, hook.get("redirect_url") or "")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own sentences are not shown: pages say what happened in the house's words."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the history of the account shows what happened."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address behind the office's own proxies."""
        return address_of(request) or NOWHERE


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets sealed, the office named as the one that asks."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with the office's key ring."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an authenticator app writes over the code."""
        return str(settings.OFFICE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, on white: in dark mode too a camera must see it."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def _get_site_name(self) -> str:
        return str(settings.OFFICE_NAME)

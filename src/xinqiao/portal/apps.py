from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class PortalConfig(AppConfig):
    name = "xinqiao.portal"
    label = "portal"

    def ready(self) -> None:
        user_logged_in.connect(_as_long_as_any_session, dispatch_uid="portal.session")


def _as_long_as_any_session(sender: Any, request: HttpRequest | None, **_facts: Any) -> None:
    """A draft kept for three days makes no member of staff stay signed in for three days."""
    if request is not None:
        request.session.set_expiry(None)

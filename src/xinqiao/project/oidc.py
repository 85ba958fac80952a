"""The sign-in of the office itself (OpenID Connect), as the environment gives it; absent where it gives none."""

from collections.abc import Mapping
from typing import Any

PROVIDER = "office"


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """allauth's settings of the one provider there can be.

    ``XINQIAO_OIDC_SERVER``, ``_CLIENT`` and ``_SECRET`` together switch it on; ``_NAME`` is what its button says.
    """
    server, client = environment.get("XINQIAO_OIDC_SERVER", ""), environment.get("XINQIAO_OIDC_CLIENT", "")
    if not (server and client):
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": environment.get("XINQIAO_OIDC_NAME", ""),
        "client_id": client,
        "secret": environment.get("XINQIAO_OIDC_SECRET", ""),
        "settings": {"server_url": server.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}

"""Behind proxies: who really asks, and whether over HTTPS. Everything that reads an address then reads the right one.

Wrong query codes and wrong passwords are counted by address; behind a proxy all visitors would share one.
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind_proxies(application: Application, count: int) -> Application:
    """The application behind ``count`` proxies of the office's own; behind none it is left as it is.

    The address is that many places from the end of X-Forwarded-For: what stands before was written by the visitor
    himself. A request that did not come through the proxies keeps its address.
    """
    if count < 1:
        return application

    def behind(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if address := _address(environ.get("HTTP_X_FORWARDED_FOR", ""), count):
            environ["REMOTE_ADDR"] = address
            if environ.get("HTTP_X_FORWARDED_PROTO") in {"http", "https"}:
                environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]
        return application(environ, start_response)

    return behind


def _address(forwarded: str, count: int) -> str:
    """An address that is none, or too short a list, is not believed."""
    passed = [part.strip() for part in forwarded.split(",") if part.strip()]
    if len(passed) < count:
        return ""
    try:
        return str(ipaddress.ip_address(passed[-count]))
    except ValueError:
        return ""

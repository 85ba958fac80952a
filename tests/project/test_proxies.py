"""Behind proxies: the visitor's own address counts, and nobody can write himself another one."""

from typing import Any

import pytest

from xinqiao.project.proxies import behind_proxies

PROXY = "127.0.0.1"
VISITOR, OTHER = "192.0.2.7", "198.51.100.9"


def seen(count: int, forwarded: str | None, proto: str = "https") -> tuple[str, str]:
    """The address and the scheme that the application sees."""
    found: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found.update(environ)
        return []

    environ = {"REMOTE_ADDR": PROXY, "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": proto}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    behind_proxies(application, count)(environ, None)
    return found["REMOTE_ADDR"], found["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("count", "forwarded", "address", "scheme"),
    [
        (0, VISITOR, PROXY, "http"),  # no proxy is told of: the header is anybody's
        (1, VISITOR, VISITOR, "https"),
        (1, f"{OTHER}, {VISITOR}", VISITOR, "https"),  # what stands before the last was written by the visitor
        (2, f"{VISITOR}, 10.0.0.1", VISITOR, "https"),
        (2, f"{OTHER}, {VISITOR}, 10.0.0.1", VISITOR, "https"),
        (1, None, PROXY, "http"),  # asked directly, as a probe on the machine does
        (2, VISITOR, PROXY, "http"),  # did not come through both
        (1, "unknown", PROXY, "http"),
        (1, "2001:db8::1", "2001:db8::1", "https"),
    ],
)
def test_whose_address_counts(count: int, forwarded: str | None, address: str, scheme: str) -> None:
    assert seen(count, forwarded) == (address, scheme)


def test_a_scheme_that_is_none_is_not_believed() -> None:
    assert seen(1, VISITOR, "javascript") == (VISITOR, "http")

"""Signing in by the page, and as somebody who already has."""

from django.test import Client

from tests.desk.conftest import SignedIn, as_, words

PASSWORD = "a-long-test-password"

__all__ = ["PASSWORD", "SignedIn", "as_", "enter", "words"]


def enter(username: str, password: str = PASSWORD, *, browser: Client | None = None, **headers: str) -> Client:
    """A browser in which somebody has given a name and a password at the door."""
    client = browser or Client(HTTP_ACCEPT_LANGUAGE="zh-hans", **headers)
    client.post("/sign-in", {"username": username, "password": password})
    return client

"""Signing in as members of the small office."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.office import Office

SignedIn = Callable[[str], Client]


@pytest.fixture
def as_(office: Office) -> SignedIn:
    """``as_("hexiaowen")``: a browser in which she has signed in."""

    def sign_in(username: str) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(office.people[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in

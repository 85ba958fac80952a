"""Signing in as members of the small office."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
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


def words(response: HttpResponse) -> str:
    """The page as text, without the token against forgery, and without what only keeps a day on one line."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())
    return re.sub(r'<span class="nowrap">([\d-]+)</span>', r"\1", page)

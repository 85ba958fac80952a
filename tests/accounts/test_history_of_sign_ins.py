"""What an account's history keeps of those who came to its door."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from tests.accounts.conftest import enter
from tests.office import Office
from xinqiao.access.clock import now
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.tasks import forget_old
from xinqiao.accounts.whence import address_of, device_words

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
EDGE = CHROME + " Edg/140.0"
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def outcomes(office: Office, username: str) -> list[str]:
    return [row.outcome for row in SignIn.objects.filter(user=office.people[username]).order_by("id")]


@pytest.mark.parametrize(
    ("username", "password", "kept", "why"),
    [
        ("hexiaowen", "a-long-test-password", ["in"], "she got in"),
        ("hexiaowen", "not the password", ["wrong_password"], "somebody did not know it"),
        ("hotline", "a-long-test-password", ["wrong_password"], "a program has no page"),
    ],
)
def test_every_try_with_a_known_name_is_kept(
    office: Office, username: str, password: str, kept: list[str], why: str
) -> None:
    enter(username, password)
    assert outcomes(office, username) == kept, why


def test_a_name_that_nobody_has_leaves_nothing(office: Office) -> None:
    enter("nobody-at-all")  # who mistypes may have typed his password
    assert not SignIn.objects.exists()


def test_a_locked_door_is_told_once_and_not_at_every_knock(office: Office) -> None:
    for _try in range(9):
        enter("hexiaowen", "not the password")
    assert outcomes(office, "hexiaowen") == ["wrong_password"] * 4 + ["locked"]


@pytest.mark.parametrize(
    ("device", "said"),
    [
        (CHROME, "Windows 上的 Chrome"),
        (EDGE, "Windows 上的 Edge"),  # names Chrome too
        (WECHAT, "Android 上的 WeChat"),  # names Chrome and Linux too
        (SAFARI, "iPhone 上的 Safari"),  # names macOS too
        ("curl/8.0", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_told_in_plain_words(device: str, said: str) -> None:
    assert device_words(device) == said


@pytest.mark.parametrize(("said", "kept"), [("192.0.2.1", "192.0.2.1"), ("unix:", None), ("", None)])
def test_an_address_that_is_none_is_not_kept(said: str, kept: str | None) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=said)) == kept


def test_what_is_older_than_a_year_is_forgotten(office: Office) -> None:
    enter("hexiaowen")
    enter("qinshuo")
    SignIn.objects.filter(user=office.people["hexiaowen"]).update(at=now() - timedelta(days=366))
    assert forget_old() == 1
    assert [row.user for row in SignIn.objects.all()] == [office.people["qinshuo"]]

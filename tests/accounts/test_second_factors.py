"""A second factor: set up after proof, asked behind the password, opening once, gone with a reason."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from tests.accounts.conftest import PASSWORD, enter, words
from tests.office import Office
from xinqiao.accounts.factors import check_code, has_second_factor, remove_all, unused_codes
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.sealing import opened


def code_of(secret: str, later: int = 0) -> str:
    """What an app with this secret shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + later))


def secret_on(page: str) -> str:
    return page.split('<b class="num">')[1].split("</b>")[0]


def with_app(username: str) -> tuple[Client, str]:
    """Somebody who has set up an authenticator app by its page."""
    client = enter(username)
    secret = secret_on(words(client.get("/desk/account/authenticator")))
    client.post("/desk/account/authenticator", {"code": code_of(secret)})
    return client, secret


def test_an_app_is_taken_only_with_its_code_and_brings_recovery_codes(office: Office) -> None:
    client, user = enter("hexiaowen"), office.people["hexiaowen"]
    page = words(client.get("/desk/account/authenticator"))
    wrong = client.post("/desk/account/authenticator", {"code": "000000"})
    assert wrong.status_code == 422
    assert secret_on(words(wrong)) == secret_on(page), "whoever mistypes need not scan again"
    assert not has_second_factor(user)
    response = client.post("/desk/account/authenticator", {"code": code_of(secret_on(page))})
    assert response.headers["Location"] == "/desk/account/codes"
    assert has_second_factor(user)
    shown = words(client.get("/desk/account/codes"))
    assert len(unused_codes(user)) == 10
    assert all(f"{code[:4]} {code[4:]}" in shown for code in unused_codes(user))


def test_the_secret_does_not_lie_open_in_the_database(office: Office) -> None:
    _client, secret = with_app("hexiaowen")
    row = Authenticator.objects.get(type="totp")
    assert secret.replace(" ", "") not in str(row.data)
    assert opened(row.data["secret"]) == secret.replace(" ", "")


def test_behind_the_password_the_code_is_asked_and_only_then_one_is_in(office: Office) -> None:
    _client, secret = with_app("hexiaowen")
    stranger = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    data = {"username": "hexiaowen", "password": PASSWORD, "next": "/desk/matters"}
    assert stranger.post("/sign-in", data).headers["Location"] == "/sign-in/code"
    assert stranger.get("/desk/").status_code == 302, "the password alone opens nothing"
    wrong = stranger.post("/sign-in/code", {"code": "000000"})
    assert "验证码不对" in words(wrong)
    assert stranger.post("/sign-in/code", {"code": code_of(secret)}).headers["Location"] == "/desk/matters"
    assert stranger.get("/desk/").status_code == 200
    kept = SignIn.objects.filter(user=office.people["hexiaowen"]).order_by("id").values_list("outcome", "second")
    assert list(kept) == [("in", ""), ("wrong_code", ""), ("in", "totp")]


def test_a_code_opens_once(office: Office) -> None:
    _client, secret = with_app("hexiaowen")
    user, code = office.people["hexiaowen"], code_of(secret)
    assert check_code(user, code)
    assert check_code(user, code) is None
    recovery = unused_codes(user)[3]
    assert check_code(user, f"{recovery[:4]} {recovery[4:]}")
    assert check_code(user, recovery) is None
    assert recovery not in unused_codes(user)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0" * 20])
def test_nonsense_is_no_code(office: Office, code: str) -> None:
    with_app("hexiaowen")
    assert check_code(office.people["hexiaowen"], code) is None


def test_five_wrong_codes_shut_the_door_for_the_right_password_too(office: Office) -> None:
    _client, secret = with_app("hexiaowen")
    stranger = enter("hexiaowen")
    for _try in range(5):
        last = stranger.post("/sign-in/code", {"code": "000000"})
    assert last.status_code == 429
    assert stranger.post("/sign-in/code", {"code": code_of(secret)}).status_code == 429
    assert Client().post("/sign-in", {"username": "hexiaowen", "password": PASSWORD}).status_code == 429


def test_the_second_step_is_not_there_without_the_first(office: Office) -> None:
    assert Client().get("/sign-in/code").headers["Location"] == "/sign-in"
    assert enter("hexiaowen").get("/sign-in/code").headers["Location"] == "/sign-in", "she has no second factor"


def test_what_guards_an_account_is_changed_only_after_the_password(office: Office) -> None:
    client = enter("hexiaowen")
    session = client.session
    session["confirmed_at"] = time.time() - 601
    session.save()
    asked = client.get("/desk/account/authenticator")
    assert asked.headers["Location"] == "/desk/account/confirm?next=%2Fdesk%2Faccount%2Fauthenticator"
    wrong = client.post("/desk/account/confirm", {"password": "not it", "next": "/desk/account/authenticator"})
    assert wrong.status_code == 422
    right = client.post("/desk/account/confirm", {"password": PASSWORD, "next": "/desk/account/authenticator"})
    assert right.headers["Location"] == "/desk/account/authenticator"
    assert client.get("/desk/account/authenticator").status_code == 200


def test_with_the_last_factor_the_recovery_codes_go(office: Office) -> None:
    client, _secret = with_app("hexiaowen")
    pk = Authenticator.objects.get(type="totp").pk
    assert "只凭密码" in words(client.get(f"/desk/account/factors/{pk}/remove"))
    client.post(f"/desk/account/factors/{pk}/remove")
    assert not Authenticator.objects.exists()
    assert enter("hexiaowen").get("/desk/").status_code == 200


def test_a_factor_of_another_account_is_not_there(office: Office) -> None:
    with_app("hexiaowen")
    pk = Authenticator.objects.get(type="totp").pk
    assert enter("qinshuo").post(f"/desk/account/factors/{pk}/remove").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


def test_new_recovery_codes_replace_the_old(office: Office) -> None:
    client, _secret = with_app("hexiaowen")
    before = unused_codes(office.people["hexiaowen"])
    client.post("/desk/account/codes")
    assert not set(before) & set(unused_codes(office.people["hexiaowen"]))


@pytest.fixture
def strict(settings: Any) -> None:
    """An office that trusts no administrator to a password alone."""
    settings.SECOND_FACTOR_ROLES = frozenset({"administrator"})


def test_a_post_that_needs_a_second_factor_leads_to_where_it_is_set_up(office: Office, strict: None) -> None:
    admin, clerk = enter("admin"), enter("hexiaowen")
    assert clerk.get("/desk/").status_code == 200, "her post needs none"
    assert admin.get("/desk/looks").headers["Location"] == "/desk/account"
    assert "这个岗位要有第二步验证" in words(admin.get("/desk/account"))
    assert admin.get("/api/v1/matters").status_code == 403
    secret = secret_on(words(admin.get("/desk/account/authenticator")))
    admin.post("/desk/account/authenticator", {"code": code_of(secret)})
    assert admin.get("/desk/looks").status_code == 200
    pk = Authenticator.objects.get(type="totp").pk
    refused = admin.post(f"/desk/account/factors/{pk}/remove")
    assert refused.status_code == 409
    assert "唯一的一个" in words(refused)
    assert has_second_factor(office.people["admin"])


def test_an_administrator_takes_all_factors_away_from_somebody_who_lost_them(office: Office) -> None:
    with_app("hexiaowen")
    assert remove_all(office.people["hexiaowen"]) == 1
    assert not has_second_factor(office.people["hexiaowen"])


@override_settings(SECOND_FACTOR_ROLES=frozenset())
def test_where_no_post_needs_one_nobody_is_asked(office: Office) -> None:
    assert enter("admin").get("/desk/looks").status_code == 200


def test_a_mistyped_role_stops_the_start_instead_of_asking_nobody(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"administrater"})
    with pytest.raises(ImproperlyConfigured, match=r"no role administrater; there are clerk, .*administrator"):
        apps.get_app_config("accounts").ready()

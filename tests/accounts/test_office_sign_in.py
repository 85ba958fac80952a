"""The office's own sign-in (OIDC): it opens accounts that are there, by one claim, for one identity; it makes none."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.accounts.conftest import words
from tests.accounts.provider import CLIENT, SECRET, Provider, running
from tests.accounts.test_second_factors import with_app
from tests.office import Office
from xinqiao.accounts.models import SignIn
from xinqiao.organs.models import User
from xinqiao.project.oidc import providers

HE = {"sub": "identity-of-he", "preferred_username": "hexiaowen", "name": "何晓雯", "email": "he@example.org"}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as found:
        environment = {
            "XINQIAO_OIDC_SERVER": found.url,
            "XINQIAO_OIDC_CLIENT": CLIENT,
            "XINQIAO_OIDC_SECRET": SECRET,
            "XINQIAO_OIDC_NAME": "县政务网账号",
        }
        settings.SOCIALACCOUNT_PROVIDERS = providers(environment)
        found.claims = dict(HE)
        yield found


def walk(provider: Provider, *, browser: Client | None = None, to: str = "") -> tuple[Client, Any]:
    """Go there, sign in, come back; gives the browser and the last answer."""
    client = browser or Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    left = client.get("/sign-in/office" + (f"?next={to}" if to else ""))
    assert left.status_code == 302, left.content
    return client, client.get(provider.authorize(left.headers["Location"]).replace("http://testserver", ""))


def test_it_opens_the_account_that_the_claim_names(office: Office, provider: Provider) -> None:
    client, back = walk(provider, to="/desk/matters")
    assert back.headers["Location"] == "/desk/matters"
    assert "何晓雯" in words(client.get("/desk/"))
    identity = SocialAccount.objects.get()
    assert (identity.user, identity.uid, identity.extra_data) == (office.people["hexiaowen"], HE["sub"], {})
    row = SignIn.objects.get()
    assert (row.means, row.outcome) == ("office", "in")
    assert provider.asked[0]["code_challenge_method"] == "S256"
    assert walk(provider)[1].headers["Location"] == "/desk/", "and again"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "said", "why"),
    [
        ({"preferred_username": "nobody-here"}, "没有对应的有效账号", "no account is opened for a stranger"),
        ({"preferred_username": None}, "没有对应的有效账号", "the claim is missing"),
        ({"preferred_username": ["hexiaowen"]}, "没有对应的有效账号", "the claim is no name"),
        ({"preferred_username": "shenlu"}, "没有对应的有效账号", "the account is shut"),
        ({"preferred_username": "hotline"}, "没有对应的有效账号", "a program"),
        ({"preferred_username": "HEXIAOWEN"}, "没有对应的有效账号", "another name"),
    ],
)
def test_without_an_open_account_of_that_name_nobody_gets_in(
    office: Office, provider: Provider, claims: dict[str, Any], said: str, why: str
) -> None:
    User.objects.filter(username="shenlu").update(is_active=False)
    before = User.objects.count()
    provider.claims |= claims
    client, back = walk(provider)
    assert back.headers["Location"] == "/sign-in", why
    assert said in words(client.get("/sign-in"))
    assert client.get("/desk/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_account_is_tied_to_one_identity_and_an_identity_to_one_account(office: Office, provider: Provider) -> None:
    walk(provider)
    provider.claims["sub"] = "somebody-else"
    client, _back = walk(provider)
    assert "已绑定另一个身份" in words(client.get("/sign-in")), "the name was given to somebody else there"
    provider.claims = HE | {"preferred_username": "qinshuo"}
    client, _back = walk(provider)
    assert "已绑定这里的另一个账号" in words(client.get("/sign-in"))
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("broken", "said"),
    [("cancelled", "已取消"), ("token", "没有正常应答"), ("nonsense", "没有正常应答")],
)
def test_what_goes_wrong_there_is_told_at_the_door(office: Office, provider: Provider, broken: str, said: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    provider.broken = broken
    answer = client.get("/sign-in/office")
    if broken != "nonsense":
        answer = client.get(provider.authorize(answer.headers["Location"]).replace("http://testserver", ""))
    assert answer.headers["Location"] == "/sign-in"
    assert said in words(client.get("/sign-in"))
    assert said not in words(client.get("/sign-in")), "told once"


def test_a_return_that_nobody_left_for_opens_nothing(office: Office, provider: Provider) -> None:
    client = Client()
    assert client.get("/sign-in/office/back?code=a-code&state=made-up").headers["Location"] == "/sign-in"
    assert client.get("/desk/").status_code == 302


def test_the_second_factor_of_the_account_is_asked_all_the_same(office: Office, provider: Provider) -> None:
    with_app("hexiaowen")
    client, back = walk(provider)
    assert back.headers["Location"] == "/sign-in/code"
    assert client.get("/desk/").status_code == 302


def test_the_door_shows_it_only_where_the_office_has_one(office: Office, provider: Provider, settings: Any) -> None:
    assert "用县政务网账号登录" in words(Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get("/sign-in"))
    settings.SOCIALACCOUNT_PROVIDERS = providers({})
    assert "/sign-in/office" not in words(Client().get("/sign-in"))
    assert Client().get("/sign-in/office").status_code == 404


def test_half_a_configuration_is_none() -> None:
    assert providers({"XINQIAO_OIDC_SERVER": "https://sso.example.org"}) == {}

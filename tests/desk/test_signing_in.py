"""Who gets in, where one arrives, and what a stranger learns: nothing."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.access.models import AdminSession
from xinqiao.organs.models import Holding, Post, Role, User

PASSWORD = "a-long-test-password"
WRONG = "账号或密码不对"


@pytest.fixture
def stranger(office: Office) -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="zh-hans")


def test_name_and_password_lead_to_ones_work(stranger: Client) -> None:
    response = stranger.post("/sign-in", {"username": "hexiaowen", "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
    assert "何晓雯" in words(stranger.get("/desk/"))


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("hexiaowen", "not the password"),
        ("nobody-at-all", PASSWORD),  # a name that does not exist
        ("shenlu", PASSWORD),  # an account that is closed
        ("hotline", PASSWORD),  # a program, which has a token instead
    ],
)
def test_whoever_is_not_let_in_hears_the_same(stranger: Client, username: str, password: str) -> None:
    User.objects.filter(username="shenlu").update(is_active=False)
    response = stranger.post("/sign-in", {"username": username, "password": password})
    assert response.status_code == 200
    assert WRONG in words(response)
    assert stranger.get("/desk/").status_code == 302


def test_five_wrong_passwords_shut_the_door_for_the_right_one_too(stranger: Client) -> None:
    for _attempt in range(5):
        stranger.post("/sign-in", {"username": "hexiaowen", "password": "not the password"})
    response = stranger.post("/sign-in", {"username": "hexiaowen", "password": PASSWORD})
    assert response.status_code == 429
    assert stranger.post("/sign-in", {"username": "qinshuo", "password": PASSWORD}).status_code == 302  # nobody else


@pytest.mark.parametrize(
    ("asked_for", "arrives"),
    [
        ("/desk/matters?stage=received", "/desk/matters?stage=received"),
        ("https://elsewhere.example/desk/", "/desk/"),  # another house
        ("//elsewhere.example", "/desk/"),
    ],
)
def test_one_arrives_where_one_wanted_to_go_in_this_house(stranger: Client, asked_for: str, arrives: str) -> None:
    data = {"username": "hexiaowen", "password": PASSWORD, "next": asked_for}
    assert stranger.post("/sign-in", data).headers["Location"] == arrives


def test_a_page_of_the_desk_asks_a_stranger_to_sign_in_and_remembers_which(stranger: Client) -> None:
    response = stranger.get("/desk/matters?stage=received")
    assert response.headers["Location"] == "/sign-in?next=/desk/matters%3Fstage%3Dreceived"


def test_whoever_holds_two_posts_chooses_and_acts_in_that_one(office: Office, stranger: Client) -> None:
    second = Post.objects.create(organ=office.organs["HCZJ"], title="挂职副局长", role=Role.ORGAN_HEAD, ceiling=1)
    holding = Holding.objects.create(post=second, user=office.people["hexiaowen"], since=date(2020, 1, 1))
    response = stranger.post("/sign-in", {"username": "hexiaowen", "password": PASSWORD, "next": "/desk/matters"})
    assert response.headers["Location"] == "/desk/posts"
    assert "挂职副局长" in words(stranger.get("/desk/posts"))
    response = stranger.post("/desk/posts", {"holding": holding.pk})
    assert response.headers["Location"] == "/desk/matters"
    assert "禾川县住房和城乡建设局 · 何晓雯" in words(stranger.get("/desk/"))
    assert stranger.get("/desk/register").status_code == 403  # a post of hers, but not the one she acts in


def test_a_post_of_somebody_else_cannot_be_chosen(office: Office, as_: SignedIn) -> None:
    client = as_("hexiaowen")
    other = Holding.objects.get(user=office.people["qinshuo"])
    assert client.post("/desk/posts", {"holding": other.pk}).status_code == 422


def test_an_account_without_a_post_finds_no_desk(office: Office, as_: SignedIn) -> None:
    client = as_("hexiaowen")
    Holding.objects.filter(user=office.people["hexiaowen"]).update(until=date(2020, 1, 1))
    response = client.get("/desk/")
    assert response.status_code == 403
    assert "您今天没有岗位" in words(response)


def test_without_a_post_the_own_account_stays_open_and_its_password_changes(office: Office, stranger: Client) -> None:
    Holding.objects.filter(user=office.people["hexiaowen"]).update(until=date(2020, 1, 1))
    response = stranger.post("/sign-in", {"username": "hexiaowen", "password": PASSWORD, "next": "/desk/"})
    page = words(stranger.get(response.headers["Location"]))
    assert 'href="/desk/account"' in page
    account = words(stranger.get("/desk/account"))
    assert "何晓雯" in account
    assert 'href="/desk/matters"' not in account, "nothing of the desk beyond the account"
    new = {"new": "柳湾村的桥修好了没有", "again": "柳湾村的桥修好了没有"}
    assert stranger.post("/desk/account/password", new).headers["Location"] == "/desk/account"
    assert User.objects.get(username="hexiaowen").check_password(new["new"])
    assert stranger.get("/desk/matters").status_code == 403


def test_the_language_of_the_account_comes_with_it_and_a_new_choice_stays(office: Office, stranger: Client) -> None:
    User.objects.filter(username="hexiaowen").update(language="en")
    response = stranger.post("/sign-in", {"username": "hexiaowen", "password": PASSWORD})
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert "My work" in words(stranger.get("/desk/"))
    stranger.get("/settings/set-language?to=zh-hant&next=/desk/")
    assert "全部事項" in words(stranger.get("/desk/"))
    assert User.objects.get(username="hexiaowen").language == "zh-hant"


def test_signing_out_ends_the_session_and_an_administrators_look(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    client.post("/desk/admin-session", {"reason": "核对一件数据。"})
    assert client.get("/sign-out").status_code == 405  # a link in a message must not sign anybody out
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert client.get("/desk/").status_code == 302
    assert AdminSession.objects.get().ended_at is not None

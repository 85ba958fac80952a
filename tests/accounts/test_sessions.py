"""Where somebody is signed in, and that a session that was ended is over on the server."""

from django.test import Client

from tests.accounts.conftest import PASSWORD, enter, words
from tests.office import Office
from xinqiao.accounts.passwords import replace_password
from xinqiao.accounts.sessions import sessions_of
from xinqiao.organs.models import User

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_every_session_is_listed_with_device_and_address(office: Office) -> None:
    here = enter("hexiaowen")
    enter("hexiaowen", HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.77")
    enter("qinshuo", REMOTE_ADDR="192.0.2.99")
    page = words(here.get("/desk/account"))
    assert "Linux 上的 Firefox" in page
    assert "192.0.2.77" in page
    assert "192.0.2.99" not in page, "that of somebody else"
    assert page.count("本机") == 1


def test_ending_the_others_leaves_this_one(office: Office) -> None:
    here, there, third = (enter("hexiaowen") for _browser in range(3))
    stranger = enter("qinshuo")
    here.post("/desk/account/sessions/end", {"session": "others"})
    assert "已结束 2 处登录" in words(here.get("/desk/account"))
    assert [is_in(client) for client in (here, there, third, stranger)] == [True, False, False, True]


def test_one_session_is_ended_by_its_number_and_only_ones_own(office: Office) -> None:
    here, there, other = enter("hexiaowen"), enter("hexiaowen"), enter("qinshuo")
    of_other = sessions_of(office.people["qinshuo"])[0].pk
    here.post("/desk/account/sessions/end", {"session": of_other})
    assert is_in(other)
    newest = sessions_of(office.people["hexiaowen"])[0].pk
    here.post("/desk/account/sessions/end", {"session": newest})
    assert [is_in(here), is_in(there)] == [True, False]


def test_a_new_password_ends_every_other_session(office: Office) -> None:
    here, there = enter("hexiaowen"), enter("hexiaowen")
    response = here.post("/desk/account/password", {"new": "柳湾村的桥修好了没有", "again": "柳湾村的桥修好了没有"})
    assert response.headers["Location"] == "/desk/account"
    assert [is_in(here), is_in(there)] == [True, False]
    assert not is_in(enter("hexiaowen", PASSWORD))
    assert is_in(enter("hexiaowen", "柳湾村的桥修好了没有"))
    assert len(sessions_of(office.people["hexiaowen"])) == 2, "this one goes on under its new key"


def test_a_password_that_is_guessed_first_is_refused_with_what_to_do(office: Office) -> None:
    client = enter("hexiaowen")
    for new, again, said in [
        ("short", "short", "至少 10 个字符"),
        ("password123", "password123", "换一个"),
        ("柳湾村的桥修好了没有", "柳湾村的桥修好了没", "两遍不一样"),
    ]:
        response = client.post("/desk/account/password", {"new": new, "again": again})
        assert response.status_code == 422
        assert said in words(response)
    assert is_in(enter("hexiaowen", PASSWORD)), "nothing has changed"


def test_a_given_password_opens_only_the_page_for_an_own_one(office: Office) -> None:
    there = enter("hexiaowen")
    given = replace_password(User.objects.get(username="hexiaowen"))
    assert not is_in(there)
    client = enter("hexiaowen", given)
    assert client.get("/desk/matters").headers["Location"] == "/desk/account/password"
    assert client.get("/api/v1/matters").status_code == 403
    assert "只用一次" in words(client.get("/desk/account/password"))
    client.post("/desk/account/password", {"new": "柳湾村的桥修好了没有", "again": "柳湾村的桥修好了没有"})
    assert client.get("/desk/matters").status_code == 200


def test_the_history_of_an_account_has_pages_and_is_its_owners_alone(office: Office) -> None:
    enter("qinshuo", REMOTE_ADDR="192.0.2.99")
    client = enter("hexiaowen")
    page = words(client.get("/desk/account/sign-ins"))
    assert "已登录" in page
    assert "192.0.2.99" not in page

"""Who is let in by what: tokens, sessions, query codes; and what happens to whoever guesses."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests.api.programs import PETITION, Program
from tests.office import Office
from xinqiao.access.clock import held_at, now
from xinqiao.api.callers import TOKEN_PREFIX, new_token
from xinqiao.matters.models import Matter, QueryAttempt
from xinqiao.matters.tracking import PER_ADDRESS, PER_NUMBER, WINDOW
from xinqiao.organs.models import ApiToken, Holding

Make = Callable[[str], Program]
PASSWORD = "a-long-test-password"
WRONG = "000000000000"


def status_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


# Tokens


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nonsense",
        "Bearer",
        "Bearer ",
        "Basic aGV4aWFvd2VuOng=",
        "bearer xq_wrong",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 5000,
    ],
)
def test_a_header_that_is_no_token_lets_nobody_in(office: Office, value: str) -> None:
    for path in ("/matters", f"/matters/{office.register().number}"):
        answer = Program().get(path, Authorization=value)
        assert status_of(answer) == (401, "not-signed-in")
        assert answer["WWW-Authenticate"] == "Bearer"
    assert status_of(Program().post("/petitions", PETITION, Authorization=value)) == (401, "not-signed-in")


def test_a_token_is_told_once_and_kept_as_a_hash(office: Office) -> None:
    value = new_token(office.people["hexiaowen"], name="test", days=1)
    assert value.startswith(TOKEN_PREFIX)
    assert value.encode() not in bytes(ApiToken.objects.get().digest)
    assert Program(value).get("/matters").status_code == 200
    assert Program(value[:-1]).get("/matters").status_code == 401


def test_a_token_ends_when_its_days_are_over_or_it_is_taken_away(office: Office) -> None:
    clerk = Program(new_token(office.people["hexiaowen"], name="test", days=2))
    with held_at(now() + timedelta(days=2, seconds=1)):
        assert status_of(clerk.get("/matters")) == (401, "not-signed-in")
    assert clerk.get("/matters").status_code == 200
    ApiToken.objects.all().delete()
    assert status_of(clerk.get("/matters")) == (401, "not-signed-in")


def test_a_token_is_worth_what_its_user_is_worth(office: Office) -> None:
    user = office.people["hexiaowen"]
    clerk = Program(new_token(user, name="test", days=2))
    Holding.objects.filter(user=user).update(until=timezone.localdate())
    assert status_of(clerk.get("/matters")) == (401, "not-signed-in")
    Holding.objects.filter(user=user).update(until=None)
    assert clerk.get("/matters").status_code == 200
    user.is_active = False
    user.save()
    assert status_of(clerk.get("/matters")) == (401, "not-signed-in")


def test_a_token_for_name_and_password(office: Office) -> None:
    body = {"username": "hexiaowen", "password": PASSWORD, "name": "ledger", "days": 7}
    answer = Program().post("/tokens", body)
    assert answer.status_code == 201
    assert Program(answer.json()["token"]).get("/matters").status_code == 200
    assert ApiToken.objects.get().name == "ledger"


# Guessing


@pytest.mark.parametrize("username", ["hexiaowen", "nobody-of-this-name"])
def test_five_wrong_passwords_shut_the_door_even_for_the_right_one(office: Office, username: str) -> None:
    tries = [status_of(Program().post("/tokens", {"username": username, "password": f"wrong {n}"})) for n in range(6)]
    assert tries[:4] == [(401, "wrong-password")] * 4
    assert tries[5] == (429, "locked-out")
    right = Program().post("/tokens", {"username": username, "password": PASSWORD})
    assert status_of(right) == (429, "locked-out")
    assert right["Content-Type"] == "application/problem+json"
    assert not ApiToken.objects.exists()
    other = Program().post("/tokens", {"username": "qinshuo", "password": PASSWORD})
    assert other.status_code == 201


def test_the_door_opens_again_after_a_quarter_of_an_hour(office: Office) -> None:
    for n in range(5):
        Program().post("/tokens", {"username": "hexiaowen", "password": f"wrong {n}"})
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert Program().post("/tokens", {"username": "hexiaowen", "password": PASSWORD}).status_code == 201


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(office: Office) -> None:
    number = office.register().number
    wrong = Program(X_Query_Code=WRONG).get(f"/track/{number}")
    unknown = Program(X_Query_Code=WRONG).get("/track/HC2026-99999")
    nothing = Program().get(f"/track/{number}")
    act = Program(X_Query_Code=WRONG).act(number, "withdraw")
    assert status_of(wrong) == (401, "wrong-codes")
    assert wrong.content == unknown.content == nothing.content == act.content


def test_ten_wrong_codes_shut_a_number_for_a_quarter_of_an_hour(office: Office) -> None:
    done, other = office.register(), office.register()
    right = Program(X_Query_Code=done.query_code)
    guesses = [Program(X_Query_Code=WRONG).get(f"/track/{done.number}") for _ in range(PER_NUMBER + 1)]
    assert {status_of(answer) for answer in guesses[:-1]} == {(401, "wrong-codes")}
    assert status_of(guesses[-1]) == (429, "too-many-attempts")
    assert guesses[-1]["Retry-After"] == str(int(WINDOW.total_seconds()))
    assert status_of(right.get(f"/track/{done.number}")) == (429, "too-many-attempts")
    assert Program(X_Query_Code=other.query_code).get(f"/track/{other.number}").status_code == 200
    with held_at(now() + WINDOW + timedelta(seconds=1)):
        assert right.get(f"/track/{done.number}").status_code == 200


def test_whoever_tries_many_numbers_is_stopped_by_his_address(office: Office) -> None:
    done = office.register()
    for n in range(PER_ADDRESS):
        Program(X_Query_Code=WRONG).get(f"/track/HC2026-{n:05}")
    assert status_of(Program(X_Query_Code=done.query_code).get(f"/track/{done.number}")) == (429, "too-many-attempts")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(
        f"/api/v1/track/{done.number}", headers={"X-Query-Code": done.query_code}
    )
    assert elsewhere.status_code == 200


def test_right_codes_count_for_nothing(office: Office) -> None:
    done = office.register()
    for _ in range(PER_NUMBER + 2):
        assert Program(X_Query_Code=done.query_code).get(f"/track/{done.number}").status_code == 200
    assert not QueryAttempt.objects.exists()


@pytest.mark.parametrize(
    "code", ["", " ", "x" * 41, "\xff" * 12, "²" * 12, "１２３", "%00", "000000000000, 000000000000"]
)
def test_a_header_that_is_no_code_is_a_wrong_code(office: Office, code: str) -> None:
    assert status_of(Program(X_Query_Code=code).get(f"/track/{office.register().number}"))[0] == 401


def test_a_code_is_read_as_it_is_printed(office: Office) -> None:
    done = office.register()
    code = f"{done.query_code[:4]} {done.query_code[4:8]}-{done.query_code[8:]}"
    assert Program(X_Query_Code=code).get(f"/track/{done.number}").status_code == 200


def test_a_code_opens_its_own_matter_only_and_only_what_is_the_petitioners(office: Office, program: Make) -> None:
    done, other = office.register(), office.register()
    petitioner = Program(X_Query_Code=done.query_code)
    assert status_of(petitioner.get(f"/track/{other.number}")) == (401, "wrong-codes")
    assert status_of(petitioner.get(f"/matters/{done.number}")) == (401, "not-signed-in")
    assert status_of(petitioner.act(done.number, "transfer", to="HCZJ")) == (401, "not-signed-in")
    assert petitioner.act(done.number, "supplement", text="又渗水了").status_code == 200


def test_a_token_goes_before_a_code(office: Office, program: Make) -> None:
    done = office.register()
    clerk = program("hexiaowen")
    assert clerk.post(f"/matters/{done.number}/acts/supplement", {"text": "x"}, X_Query_Code=WRONG).status_code == 200
    assert not QueryAttempt.objects.exists()


def test_codes_and_passwords_stand_in_no_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    done = office.register()
    with caplog.at_level(logging.DEBUG):
        for code in (done.query_code, WRONG):
            Program(X_Query_Code=code).get(f"/track/{done.number}")
            Program(X_Query_Code=code).act(done.number, "withdraw", seen=9)
        Program().post("/tokens", {"username": "hexiaowen", "password": "my-own-secret-word"})
    said = caplog.text + "".join(str(vars(row)) for row in AccessAttempt.objects.all())
    assert said
    for secret in (done.query_code, WRONG, "my-own-secret-word"):
        assert secret not in said


def test_a_code_in_the_address_opens_nothing(office: Office) -> None:
    done = office.register()
    for name in ("code", "query_code", "X-Query-Code"):
        assert Program().get(f"/track/{done.number}?{name}={done.query_code}").status_code == 401


# Sessions


@pytest.fixture
def browser(office: Office) -> Client:
    """A browser in which a clerk is signed in, and which must prove that a page was ours."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.people["hexiaowen"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_session_reads_without_more_and_writes_with_its_csrf_token(office: Office, browser: Client) -> None:
    number = office.register().number
    assert browser.get(f"/api/v1/matters/{number}").status_code == 200
    where, body = f"/api/v1/matters/{number}/acts/transfer", {"to": "HCZJ"}
    refused = browser.post(where, body, content_type="application/json")
    assert status_of(refused) == (403, "csrf")
    assert status_of(browser.post("/api/v1/petitions", PETITION, content_type="application/json")) == (403, "csrf")
    page = browser.get("/desk/")
    token = page.cookies["csrftoken"].value if "csrftoken" in page.cookies else browser.cookies["csrftoken"].value
    assert browser.post(where, body, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 200
    assert Matter.objects.get().stage == "dispatched"


def test_a_csrf_token_of_somebody_else_does_not_serve(office: Office, browser: Client) -> None:
    browser.cookies["csrftoken"] = "a" * 32
    where = f"/api/v1/matters/{office.register().number}/acts/transfer"
    answer = browser.post(where, {"to": "HCZJ"}, content_type="application/json", headers={"X-CSRFToken": "b" * 32})
    assert status_of(answer) == (403, "csrf")


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, '"aaaaaaaaaaaa\\000b"', "\xe9\x94\xae"])
def test_a_cookie_that_is_no_session_is_nobody(office: Office, cookie: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/matters", headers={"Cookie": f"sessionid={cookie}"})
    assert status_of(answer) == (401, "not-signed-in")

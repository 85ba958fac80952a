"""Whatever is sent, a refusal is problem details with a code, and nothing is half-written."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.programs import PETITION, Program
from tests.office import Office
from xinqiao.api.parsing import LARGEST, LARGEST_WITH_FILES
from xinqiao.matters.models import Matter

Make = Callable[[str], Program]
GOOD = json.dumps(PETITION)
PROBLEM = "application/problem+json"


def refused(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal that has everything a refusal has."""
    said = answer.json()
    assert answer["Content-Type"] == PROBLEM
    assert said.keys() >= {"type", "title", "status", "detail", "code", "article"}
    assert (said["status"], said["type"]) == (answer.status_code, f"urn:xinqiao:problem:{said['code']}")
    assert said["detail"]
    return answer.status_code, said["code"]


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nowhere", "/api/v1/matters/", "/api/v2/matters", "/api/x", "/api/v1/matters/a/b/c"]
)
def test_an_unknown_address(office: Office, path: str) -> None:
    answer = Client().get(path)
    assert refused(answer) == (404, "no-such-address")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "GET", "POST"])
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/petitions", {"POST"}),
        ("/matters", {"GET"}),
        ("/matters/HC2026-00001/acts/close", {"POST"}),
        ("/track/x", {"GET"}),
    ],
)
def test_a_method_that_an_address_does_not_know(office: Office, path: str, method: str, allowed: set[str]) -> None:
    answer = Client().generic(method, f"/api/v1{path}", GOOD, content_type="application/json")
    if method in allowed:
        assert answer.status_code != 405
        return
    assert answer.status_code == 405
    assert {name.strip() for name in answer["Allow"].split(",")} == allowed
    assert method == "HEAD" or refused(answer) == (405, "method-not-allowed")


@pytest.mark.parametrize(
    ("body", "status", "code", "why"),
    [
        ("", 422, "invalid-fields", "no body at all"),
        ("null", 422, "invalid-fields", "nothing"),
        ("[]", 422, "invalid-fields", "a list"),
        ('"x"', 422, "invalid-fields", "a word"),
        ("{", 400, "not-json", "cut off"),
        ("{'text': 'x'}", 400, "not-json", "Python is no JSON"),
        (GOOD + "x", 400, "not-json", "something after it"),
        ('{"text": NaN}', 400, "not-json", "no number"),
        ('{"persons": Infinity}', 400, "not-json", "no number"),
        ('{"persons": 1e999}', 422, "invalid-fields", "more than any number"),
        ('{"persons": ' + "9" * 5000 + "}", 400, "not-json", "more digits than anybody reads"),
        ('{"text": "a", "text": "b"}', 400, "name-twice", "which of them?"),
        ('{"text": "a", "petitioners": [{"name": "a", "name": "b"}]}', 400, "name-twice", "deep inside too"),
        ("[" * 100_000, 400, "not-json", "deeper than anybody reads"),
        ('{"text": "\\ud800"}', 422, "invalid-fields", "half a character"),
        ('{"text": "\\u0000"}', 422, "invalid-fields", "NUL"),
        ('{"\\u0000": "x", "text": "x"}', 422, "invalid-fields", "a name of NUL"),
        (GOOD.encode("utf-16"), 400, "not-json", "another charset"),
        (b'{"text": "\xff"}', 400, "not-json", "no UTF-8"),
        (b"\xef\xbb\xbf" + GOOD.encode(), 400, "not-json", "a byte order mark"),
    ],
)
def test_a_body_that_is_none(office: Office, body: str | bytes, status: int, code: str, why: str) -> None:
    assert refused(Program().post("/petitions", body)) == (status, code), why
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("content_type", "is_taken"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ("Application/JSON;charset=UTF-8", True),
        ("application/json; charset=gb18030", False),
        ("application/json; charset=nonsense", False),
        ("text/plain", False),
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=x", False),
        ("application/problem+json", False),
        ("", False),
        ("\xff/\xfe", False),
    ],
)
def test_only_json_is_read(office: Office, content_type: str, is_taken: bool) -> None:
    answer = Client().generic("POST", "/api/v1/petitions", GOOD, content_type=content_type)
    if is_taken:
        assert answer.status_code == 201
    else:
        assert refused(answer) == (415, "not-json")


@pytest.mark.parametrize(
    ("path", "length", "refusal"),
    [
        ("/petitions", LARGEST_WITH_FILES + 1, (413, "too-large")),
        ("/matters/x/acts/supplement", LARGEST_WITH_FILES + 1, (413, "too-large")),
        ("/matters/x/acts/supplement", LARGEST + 1, (401, "not-signed-in")),
        ("/matters/x/acts/close", LARGEST + 1, (413, "too-large")),
        ("/tokens", LARGEST + 1, (413, "too-large")),
        ("/tokens", 10**30, (413, "too-large")),
        ("/tokens", "-1", (400, "bad-request")),
        ("/tokens", "many", (400, "bad-request")),
        ("/tokens", "１", (400, "bad-request")),
    ],
)
def test_a_body_has_a_limit_that_is_looked_at_before_it_is_read(
    office: Office, path: str, length: Any, refusal: tuple[int, str]
) -> None:
    answer = Client().generic(
        "POST", f"/api/v1{path}", b"", content_type="application/json", CONTENT_LENGTH=str(length)
    )
    assert refused(answer) == refusal


def test_a_body_of_unknown_length_is_not_read(office: Office) -> None:
    answer = Client().post(
        "/api/v1/petitions", GOOD, content_type="application/json", headers={"Transfer-Encoding": "chunked"}
    )
    assert refused(answer) == (411, "length-required")


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("HC2026-99999", 404),
        ("禾信〔2026〕5号", 404),
        ("%25", 404),
        ("%E2%80%AE", 404),
        ("'; DROP TABLE matters_matter; --", 404),
        ("x" * 40, 404),
        ("x" * 41, 422),
        ("%00", 422),
        ("%0A", 422),
        ("a%00b", 422),
        ("%ff%fe", 404),
        ("%ED%A0%80", 404),
        ("%zz", 404),
        ("..%2f..%2fetc", 404),
    ],
)
def test_a_number_that_is_none(office: Office, program: Make, number: str, status: int) -> None:
    """The staff's door says what is wrong with it; the petitioner's door tells nothing but that the codes are wrong."""
    assert refused(program("hexiaowen").get(f"/matters/{number}"))[0] == status
    assert refused(Program(X_Query_Code="000000000000").get(f"/track/{number}"))[0] in {401, 404}


@pytest.mark.parametrize("attachment", ["0", "-1", "x", "1.5", "99999999999999999999999", "9007199254740991", "1"])
def test_a_file_that_is_none(office: Office, program: Make, attachment: str) -> None:
    answer = program("hexiaowen").get(f"/matters/{office.register().number}/attachments/{attachment}")
    assert refused(answer) in {(404, "not-there"), (422, "invalid-fields")}


@pytest.mark.parametrize("host", ["evil.example", "[::1", "a b", "xn--", "\xff"])
def test_a_host_that_is_not_ours(office: Office, host: str) -> None:
    answer = Client(raise_request_exception=False).get("/api/v1/organs", headers={"Host": host})
    assert refused(answer) == (400, "bad-request")


def test_a_crash_of_ours_is_told_as_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: Any, **_named: Any) -> None:
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr("xinqiao.api.petitions.register_within", crash)
    answer = Program().post("/petitions", PETITION)
    assert refused(answer) == (500, "server-error")
    assert "secret" not in answer.content.decode()


def test_a_database_that_is_away_is_told_as_such(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: Any, **_named: Any) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr("xinqiao.api.petitions.register_within", away)
    answer = Program().post("/petitions", PETITION, Idempotency_Key="a")
    assert refused(answer) == (503, "database-away")
    assert answer["Retry-After"] == "5"
    monkeypatch.undo()
    assert Program().post("/petitions", PETITION, Idempotency_Key="a").status_code == 201


def test_a_power_that_a_post_has_not(office: Office, program: Make) -> None:
    answer = program("dulan").act(office.register().number, "transfer", to="HCZJ")
    assert refused(answer) == (403, "not-permitted")
    assert answer.json()["permission"] == "matter:transfer"

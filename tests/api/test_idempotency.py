"""The same request twice does nothing twice: alone, at once, after a crash, and for whom the key is."""

import hashlib
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tests.api.programs import PETITION, Program
from tests.office import Office
from xinqiao.api import idempotency, shown
from xinqiao.api.callers import new_token
from xinqiao.matters.models import IdempotencyKey, Matter
from xinqiao.organs.models import ApiToken
from xinqiao.record import events_of

Make = Callable[[str], Program]
Ask = Callable[[], Any]


def events(number: str) -> list[str]:
    return [e.type for e in events_of(Matter.objects.get(number=number).stream_id)]


def test_the_same_key_registers_once_and_answers_the_same(office: Office) -> None:
    first = Program().post("/petitions", PETITION, Idempotency_Key="a")
    again = Program().post("/petitions", PETITION, Idempotency_Key="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert Matter.objects.count() == 1


def test_without_a_key_everything_is_done_again(office: Office) -> None:
    numbers = {Program().post("/petitions", PETITION).json()["number"] for _ in range(2)}
    assert len(numbers) == 2


def test_the_same_key_with_other_content_is_refused(office: Office, program: Make) -> None:
    clerk = program("hexiaowen")
    number = clerk.post("/petitions", PETITION, Idempotency_Key="a").json()["number"]
    other = clerk.post("/petitions", PETITION | {"text": "别的事"}, Idempotency_Key="a")
    elsewhere = clerk.act(number, "transfer", key="a", to="HCZJ")
    for answer in (other, elsewhere):
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-key-reused")
    assert events(number) == ["received"]


@pytest.mark.parametrize(
    ("verb", "body", "event", "why"),
    [
        ("report_up", {"reason": "涉及两个部门"}, "reported_up", "the law would let it be done twice"),
        ("transfer", {"to": "HCZJ"}, "transferred", "the law would refuse it the second time"),
    ],
)
def test_an_act_is_done_once(office: Office, program: Make, verb: str, body: Any, event: str, why: str) -> None:
    number = office.register().number
    first = program("hexiaowen").act(number, verb, key="a", **body)
    again = program("hexiaowen").act(number, verb, key="a", **body)
    assert first.status_code == 200, first.content.decode()
    assert again.json() == first.json()
    assert events(number) == ["received", event], why


def test_a_token_is_made_once(office: Office) -> None:
    body = {"username": "hexiaowen", "password": "a-long-test-password"}
    first, again = (Program().post("/tokens", body, Idempotency_Key="a") for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert ApiToken.objects.count() == 1


def test_a_refused_request_may_be_put_right_under_its_key(office: Office, program: Make) -> None:
    number = office.register().number
    clerk = program("hexiaowen")
    assert clerk.act(number, "transfer", key="a", to="HCXF").status_code == 409
    assert clerk.act(number, "transfer", key="a", to="HCZJ").status_code == 200
    assert clerk.post("/petitions", PETITION | {"organ": "NOWHERE"}, Idempotency_Key="b").status_code == 409
    assert clerk.post("/petitions", PETITION, Idempotency_Key="b").status_code == 201


def test_keys_of_different_callers_never_meet(office: Office, program: Make) -> None:
    callers = [program("hexiaowen"), program("qinshuo"), Program()]
    answers = [caller.post("/petitions", PETITION, Idempotency_Key="a") for caller in callers]
    assert len({answer.json()["number"] for answer in answers}) == 3


def test_neither_what_was_asked_nor_the_answer_lies_open(office: Office) -> None:
    body = json.dumps(PETITION)
    answer = Program().post("/petitions", body, Idempotency_Key="a").json()
    kept = IdempotencyKey.objects.get()
    plain = hashlib.sha256(b"POST /api/v1/petitions\n" + body.encode()).digest()
    assert bytes(kept.content) != plain
    assert answer["query_code"].encode() not in bytes(kept.answer)


@pytest.mark.parametrize("key", ["", " ", "a b", "键", "x" * 101, "a\tb"])
def test_a_key_that_is_none_is_refused(office: Office, key: str) -> None:
    answer = Program().post("/petitions", PETITION, Idempotency_Key=key)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == ["Idempotency-Key"]
    assert not Matter.objects.exists()


def crash(*_arguments: Any) -> Any:
    raise RuntimeError("the power went")


def test_a_crash_before_the_commit_leaves_nothing(
    office: Office, program: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.register().number
    with monkeypatch.context() as patch:
        patch.setattr(idempotency, "_sealed", crash)
        assert Program().post("/petitions", PETITION, Idempotency_Key="a").status_code == 500
        assert program("hexiaowen").act(number, "transfer", key="a", to="HCZJ").status_code == 500
    assert Matter.objects.count() == 1
    assert events(number) == ["received"]
    assert not IdempotencyKey.objects.exists()
    assert Program().post("/petitions", PETITION, Idempotency_Key="a").status_code == 201
    assert program("hexiaowen").act(number, "transfer", key="a", to="HCZJ").status_code == 200


def test_a_crash_after_the_commit_loses_only_the_answer(
    office: Office, program: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.register().number
    asks: list[Ask] = [
        lambda: Program().post("/petitions", PETITION, Idempotency_Key="a"),
        lambda: program("hexiaowen").act(number, "report_up", key="a", reason="涉及两个部门"),
    ]
    with monkeypatch.context() as patch:
        patch.setattr("xinqiao.api.petitions.Status", crash)
        patch.setattr("xinqiao.api.act_operations.Status", crash)
        assert [ask().status_code for ask in asks] == [500, 500]
    assert [ask().status_code for ask in asks] == [201, 200]
    assert Matter.objects.count() == 2
    assert events(number) == ["received", "reported_up"]
    assert shown.etag(Matter.objects.get(number=number)).startswith('"2-')


def at_once(ask: Ask, times: int) -> list[Any]:
    """What several equal requests are answered that begin in the same moment, each on its own connection."""
    answers: list[Any] = []
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        answers.append(ask())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_equal_requests_at_once_are_done_once(committed_office: Office) -> None:
    number = committed_office.register().number
    clerk = Program(new_token(committed_office.people["hexiaowen"], name="test", days=1))
    for round_ in range(5):
        petitions = at_once(lambda: clerk.post("/petitions", PETITION, Idempotency_Key=f"p{round_}"), 4)  # noqa: B023
        acts = at_once(lambda: clerk.act(number, "report_up", key=f"a{round_}", reason="涉及两个部门"), 4)  # noqa: B023
        assert {a.status_code for a in petitions} == {201}
        assert len({a.json()["query_code"] for a in petitions}) == 1
        assert {a.status_code for a in acts} == {200}, [a.content.decode() for a in acts]
        assert len({a.json()["event"]["hash"] for a in acts}) == 1
    assert Matter.objects.count() == 6
    assert events(number) == ["received"] + ["reported_up"] * 5


def test_an_act_that_the_law_allows_once_is_told_alike_to_all_who_ask_at_once(committed_office: Office) -> None:
    number = committed_office.register().number
    clerk = Program(new_token(committed_office.people["hexiaowen"], name="test", days=1))
    answers = at_once(lambda: clerk.act(number, "transfer", key="a", to="HCZJ"), 4)
    assert {a.status_code for a in answers} == {200}, [a.content.decode() for a in answers]
    assert events(number) == ["received", "transferred"]

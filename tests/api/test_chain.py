"""The chain over HTTP, as a program walks it: every call of the interface, tokens, query codes, problems."""

import base64
from typing import Any

import pytest

from tests.api.programs import OPINION, Program
from tests.office import Office
from xinqiao.matters.models import Matter
from xinqiao.record.receipts import parse_submission, verify_receipt


def test_a_program_walks_the_whole_chain(office: Office, program: Any, on: Any) -> None:
    with on("2026-03-02"):
        clerk, handler, head = program("hexiaowen"), program("jiangbo"), program("tanyue")
        reviewer, city = program("xuanni"), program("moran")
        answer = clerk.post("/petitions", {"channel": "letter", "text": "墙渗水", "petitioners": [{"name": "安平"}]})
        assert answer.status_code == 201, answer.content
        number, code = answer.json()["number"], answer.json()["query_code"]
    citizen = Program()
    steps: list[tuple[str, Program, str, dict[str, Any]]] = [
        ("2026-03-04", clerk, "assign", {"to": "HCZJ", "report_due_on": "2026-05-20"}),
        ("2026-03-09", handler, "accept", {"path": 6}),
        ("2026-03-10", handler, "serve", {"document": "acceptance"}),
        ("2026-05-06", head, "extend", {"days": 30, "reason": "鉴定未完成"}),
        ("2026-05-07", handler, "serve", {"document": "extension"}),
        ("2026-05-12", handler, "reply", {"outcome": "supported", **OPINION}),
        ("2026-05-13", handler, "report", {"report": "已答复"}),
        ("2026-05-14", handler, "serve", {"document": "reply", "method": "post"}),
        ("2026-06-01", citizen, "request_review", {"reason": "没有说明资金去向"}),
        ("2026-06-20", reviewer, "review", {"outcome": "upheld", **OPINION}),
        ("2026-06-22", reviewer, "serve", {"document": "review"}),
        ("2026-07-01", citizen, "request_rereview", {"reason": "仍未说明"}),
        ("2026-07-20", city, "rereview", {"outcome": "upheld", **OPINION}),
        ("2026-07-21", city, "serve", {"document": "rereview"}),
        ("2026-07-22", head, "close", {"checks": ["explained"]}),
    ]
    for day, who, verb, body in steps:
        with on(day):
            headers = {"X_Query_Code": code} if who is citizen else {}
            answer = who.post(f"/matters/{number}/acts/{verb}", body, **headers)
            assert answer.status_code == 200, (verb, answer.content.decode())
    with on("2026-07-23"):
        assert clerk.get(f"/matters/{number}").json()["stage"] == "closed"
        seen = citizen.get(f"/track/{number}", **{"X-Query-Code": code})
        assert seen.json()["stage"] == "closed"
        assert seen.json()["turn"] == "nobody"
        printed = clerk.get(f"/matters/{number}/clocks").json()
        assert {c["id"]: c["state"] for c in printed["clocks"]}["K08"] == "met"
        package = clerk.get(f"/matters/{number}/record").json()
        assert package["events"][0]["type"] == "received"
        papers = clerk.get(f"/matters/{number}/documents").json()["documents"]
        assert {p["state"] for p in papers if p["kind"] in {"acceptance", "reply", "review", "rereview"}} == {"served"}


def test_a_receipt_from_the_api_verifies_without_the_office(office: Office) -> None:
    body = {
        "text": "第一行\r\n第二行",
        "petitioners": [{"name": "安平", "telephone": "138"}],
        "files": [{"name": "照片.txt", "content": base64.b64encode("墙".encode()).decode()}],
    }
    answer = Program().post("/petitions", body).json()
    assert answer["submission"]["text"] == "第一行\n第二行"
    verify_receipt(answer["receipt"], submission=parse_submission(answer["submission"]))


def test_the_same_key_registers_once_and_another_content_is_refused(office: Office) -> None:
    body = {"text": "路灯不亮", "petitioners": [{"name": "安平", "telephone": "138"}]}
    first = Program().post("/petitions", body, Idempotency_Key="a").json()
    again = Program().post("/petitions", body, Idempotency_Key="a").json()
    assert again == first
    other = Program().post("/petitions", body | {"text": "别的事"}, Idempotency_Key="a")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


def test_a_refusal_has_code_sentence_and_article(office: Office, program: Any) -> None:
    done = office.register()
    answer = program("jiangbo").act(done.number, "accept", path=6)
    assert answer.status_code == 404  # the housing bureau does not know of it yet
    answer = program("hexiaowen").act(done.number, "transfer", to="HCXF")
    assert (answer.status_code, answer.json()["code"]) == (409, "same-destination")
    assert answer.json()["article"] == "信访工作条例 第二十二条"
    assert answer["Content-Type"] == "application/problem+json"


def test_whoever_read_too_early_is_told_what_happened_meanwhile(office: Office, program: Any) -> None:
    done = office.register()
    clerk = program("hexiaowen")
    tag = clerk.get(f"/matters/{done.number}")["ETag"]
    assert clerk.act(done.number, "transfer", to="HCZJ").status_code == 200
    late = clerk.post(f"/matters/{done.number}/acts/transfer", {"to": "HCRS"}, If_Match=tag)
    assert (late.status_code, late.json()["code"]) == (409, "changed-meanwhile")
    assert [e["type"] for e in late.json()["meanwhile"]] == ["transferred"]


@pytest.mark.parametrize(
    ("change", "field", "status", "why"),
    [
        ({"text": ""}, "text", 422, "nothing was written"),
        ({"text": "x" * 20_001}, "text", 422, "longer than the limit"),
        ({"text": "灯\x00"}, "text", 422, "a sign that no keyboard writes"),
        ({"text": 5}, "text", 422, "a number is no text"),
        ({"received_on": "2026-11-31"}, "received_on", 422, "no such day"),
        ({"received_on": "1772409600"}, "received_on", 422, "seconds are no day"),
        ({"received_on": "2026-03-02T09:00"}, "received_on", 422, "nor is an instant without offset"),
        ({"channel": "pigeon"}, "channel", 422, "no such channel"),
        ({"titel": "x"}, "titel", 422, "a misspelt field is not lost silently"),
        ({"persons": 0}, "persons", 422, "nobody came"),
        ({"persons": "3"}, "persons", 422, "text is no number"),
        ({"persons": True}, "persons", 422, "true is no number"),
        ({"persons": 10**400}, "persons", 422, "more people than there are"),
        ({"anonymous": "yes"}, "anonymous", 422, "neither true nor false"),
        ({"petitioners": [{"name": "x" * 61}]}, "petitioners.1.name", 422, "longer than any name"),
        ({"petitioners": [None]}, "petitioners.1", 422, "nobody"),
        ({"petitioners": [{"name": "安平", "email": "nowhere"}]}, "petitioners.1.email", 409, "no e-mail address"),
        ({"text": " \n"}, "text", 409, "nothing but blanks"),
        ({"received_on": "2199-01-01"}, "received_on", 409, "a day to come"),
        ({"organ": "NOWHERE"}, "organ", 409, "no such organ"),
        ({"accused_organs": ["NOWHERE"]}, "accused_organs", 409, "no such organ"),
        ({"petitioners": []}, "petitioners", 409, "nobody signed and it is not anonymous"),
        (
            {
                "channel": "visit",
                "persons": 9,
                "petitioners": [{"name": f"甲{i}", "is_speaker": True} for i in range(6)],
            },
            "petitioners",
            409,
            "six speakers at a visit",
        ),
    ],
)
def test_bad_input_names_its_field(
    office: Office, program: Any, change: Any, field: str, status: int, why: str
) -> None:
    """422: it has not the shape described; 409: it has, and the office cannot take it as things stand."""
    good = {"channel": "letter", "text": "墙渗水", "petitioners": [{"name": "安平"}]}
    answer = program("hexiaowen").post("/petitions", good | change)
    assert answer.status_code == status, why
    assert field in [e["field"] for e in answer.json()["errors"]], answer.json()
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("file", "code", "status"),
    [
        ({"name": "../../etc/passwd.txt", "content": "eA=="}, "file-name-path", 409),
        ({"name": "a.exe", "content": base64.b64encode(b"MZ" + b"\0" * 200).decode()}, "file-type", 409),
        ({"name": "a.txt", "content": "%%%"}, "not-base64", 422),
        ({"name": "a.txt", "content": ""}, "file-empty", 409),
        ({"name": "a.pdf", "content": base64.b64encode(b"plain words").decode()}, "file-contradicts", 409),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_registered(office: Office, file: Any, code: str, status: int) -> None:
    answer = Program().post("/petitions", {"text": "x", "petitioners": [{"name": "安平"}], "files": [file]})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Matter.objects.exists()


def test_a_wrong_code_tells_nothing_and_guessing_is_stopped(office: Office) -> None:
    done = office.register()
    wrong = Program().get(f"/track/{done.number}", **{"X-Query-Code": "000000000000"})
    unknown = Program().get("/track/HC2026-99999", **{"X-Query-Code": "000000000000"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    for _ in range(10):
        last = Program().get(f"/track/{done.number}", **{"X-Query-Code": "000000000000"})
    assert last.status_code == 429
    assert Program().get(f"/track/{done.number}", **{"X-Query-Code": done.query_code}).status_code == 429


def test_without_a_token_nothing_of_the_office_is_shown(office: Office) -> None:
    assert Program().get("/matters").status_code == 401
    assert Program("nonsense").get("/matters").status_code == 401

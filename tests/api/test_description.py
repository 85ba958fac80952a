"""The committed description is what the program does, and says of every operation what a caller must know."""

from collections.abc import Iterator
from typing import Any

import pytest

from tools.openapi import FILE, described
from xinqiao.api.acts import DOORS
from xinqiao.api.views import api

DESCRIPTION: dict[str, Any] = dict(api.get_openapi_schema())
STABLE = {
    "registerPetition": "POST /petitions",
    "trackMatter": "GET /track/{number}",
    "trackAttachment": "GET /track/{number}/attachments/{attachment}",
    "listMatters": "GET /matters",
    "readMatter": "GET /matters/{number}",
    "readRecord": "GET /matters/{number}/record",
    "readClocks": "GET /matters/{number}/clocks",
    "listDocuments": "GET /matters/{number}/documents",
    "readAttachment": "GET /matters/{number}/attachments/{attachment}",
    "readDocument": "GET /matters/{number}/documents/{paper}/pdf",
    "readPetitioners": "GET /matters/{number}/petitioners",
    "listOrgans": "GET /organs",
    "makeToken": "POST /tokens",
} | {f"act_{verb}": f"POST /matters/{{number}}/acts/{verb}" for verb in DOORS}
ALWAYS = {"400", "401", "403", "404", "422", "503"}
OF_A_BODY = {"409", "411", "413", "415"}


def operations() -> Iterator[Any]:
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            yield pytest.param(
                f"{method.upper()} {path.removeprefix('/api/v1')}", operation, id=operation["operationId"]
            )


def test_the_committed_description_is_true() -> None:
    assert FILE.read_text(encoding="utf-8") == described(), "run .venv/bin/python -m tools.openapi and commit the file"


def test_names_of_operations_do_not_change() -> None:
    found = {parameter.values[1]["operationId"]: parameter.values[0] for parameter in operations()}
    assert found == STABLE


@pytest.mark.parametrize(("address", "operation"), list(operations()))
def test_an_operation_says_what_it_does_and_how_it_refuses(address: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert refusals.keys() >= ALWAYS | (OF_A_BODY if "requestBody" in operation else set())
    assert refusals == {status: {"$ref": f"#/components/responses/Refused{status}"} for status in refusals}
    assert ("429" in refusals) == ({"queryCode": []} in operation["security"] or address == "POST /tokens")


@pytest.mark.parametrize("status", DESCRIPTION["components"]["responses"])
def test_a_refusal_is_problem_details(status: str) -> None:
    assert set(DESCRIPTION["components"]["responses"][status]["content"]) == {"application/problem+json"}


def test_no_query_code_travels_in_a_url() -> None:
    names = [p["name"] for _id, o in (p.values for p in operations()) for p in o["parameters"] if p["in"] != "header"]
    assert not [name for name in names if "code" in name.lower()]


def free_texts(shape: Any, at: str) -> Iterator[str]:
    """Strings that nothing bounds: neither a length, nor a list of words, nor a pattern with an end."""
    if isinstance(shape, dict):
        if shape.get("type") == "string" and not shape.keys() & {"maxLength", "enum", "const", "pattern"}:
            yield at
        for name, part in shape.items():
            yield from free_texts(part, f"{at}.{name}")
    elif isinstance(shape, list):
        for part in shape:
            yield from free_texts(part, at)


def test_every_field_that_is_sent_says_its_limit() -> None:
    shapes = DESCRIPTION["components"]["schemas"]
    sent = {name: shape for name, shape in shapes.items() if not name.endswith(("Out", "Row", "Page"))}
    sent = {name: shape for name, shape in sent.items() if shape.get("additionalProperties") is False}
    assert len(sent) > len(DOORS) / 2
    assert [place for name, shape in sent.items() for place in free_texts(shape, name)] == []


def test_every_key_that_an_operation_names_is_described() -> None:
    named = {key for _id, o in (p.values for p in operations()) for keys in o["security"] for key in keys}
    assert named == DESCRIPTION["components"]["securitySchemes"].keys()

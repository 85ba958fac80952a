"""The committed description is what the program does."""

from tools.openapi import FILE, described
from xinqiao.api.acts import DOORS
from xinqiao.api.views import api


def test_the_committed_description_is_true() -> None:
    assert FILE.read_text(encoding="utf-8") == described(), "run .venv/bin/python -m tools.openapi and commit the file"


def test_every_act_of_the_interface_has_its_operation() -> None:
    paths = api.get_openapi_schema()["paths"]
    assert {f"/api/v1/matters/{{number}}/acts/{verb}" for verb in DOORS} <= set(paths)


def test_every_operation_has_a_name_words_and_refusals_as_problems() -> None:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for operation in methods.values():
            assert operation["description"], path
            assert "_views_" not in operation["operationId"], path
            refusals = {s: a for s, a in operation["responses"].items() if int(s) >= 400}
            assert all(set(a["content"]) == {"application/problem+json"} for a in refusals.values()), path

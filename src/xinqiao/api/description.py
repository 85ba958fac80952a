"""The OpenAPI description: what ninja makes of the operations, with what it cannot know."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from xinqiao.api.problems import TYPE

SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "of staff or a partner system; POST /api/v1/tokens"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "of the desk, with its CSRF token",
    },
    "queryCode": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Query-Code",
        "description": "the petitioner's own code; never in a URL",
    },
}
OPEN = {"registerPetition", "listOrgans", "makeToken"}
NAMES = {
    "hand_in": "registerPetition",
    "track": "trackMatter",
    "matters": "listMatters",
    "matter": "readMatter",
    "record": "readRecord",
    "clocks": "readClocks",
    "documents": "listDocuments",
    "organs": "listOrgans",
    "token": "makeToken",
}


class DescribedAPI(NinjaAPI):
    """An API whose description says how refusals look and who may call."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Stable names: those of the interface, and ``act_<verb>``."""
        name = operation.view_func.__name__
        return NAMES.get(name, name)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, refusals as problem details, every operation with its keys."""
        described = super().get_openapi_schema(**options)
        described["components"]["securitySchemes"] = SECURITY
        for methods in described["paths"].values():
            for operation in methods.values():
                _say_problems(operation)
                operation["security"] = _keys_of(operation)
        return described


def _say_problems(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if int(status) >= 400 and "application/json" in answer.get("content", {}):
            answer["content"] = {TYPE: answer["content"]["application/json"]}
            answer["description"] = "Refused, with a stable code and a sentence"


def _keys_of(operation: dict[str, Any]) -> list[dict[str, list[str]]]:
    by_staff: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    headers = {p["name"].lower() for p in operation.get("parameters", []) if p["in"] == "header"}
    if operation["operationId"] in OPEN:
        return [{}, *by_staff]
    if operation["operationId"] == "trackMatter":
        return [{"queryCode": []}]
    return [*by_staff, {"queryCode": []}] if "x-query-code" in headers else by_staff

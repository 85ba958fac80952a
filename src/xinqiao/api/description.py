"""The OpenAPI description: what ninja makes of the operations, with what it cannot know."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from xinqiao.api.problems import TYPE

BY_STAFF: list[dict[str, list[str]]] = [{"token": []}, {"session": [], "csrf": []}]
BY_CODE: list[dict[str, list[str]]] = [{"queryCode": []}]
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "Of staff or of a partner system; `makeToken` gives one for name and password.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Of somebody signed in at the desk.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "With a session, for every POST: the value of the cookie csrftoken.",
    },
    "queryCode": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Query-Code",
        "description": "The petitioner's own code. It never stands in a URL.",
    },
}
TAGS = {
    "petitions": "Handing in and following, from outside.",
    "matters": "What staff may see.",
    "acts": "Every legal act; the verb of the address is the verb of the record.",
    "office": "Organs and keys.",
}
REFUSED = {
    "400": "The request cannot be read.",
    "401": "No key, or none that holds.",
    "403": "The key has not this power; or a session came without its CSRF token.",
    "404": "There is no such matter, or it is not yours to see.",
    "409": "As things stand this cannot be done: the law refuses it, somebody acted meanwhile, or a field or a file "
    "cannot be taken.",
    "411": "The body came without Content-Length.",
    "413": "The body is too large.",
    "415": "The body is not application/json in UTF-8.",
    "422": "The request has not the shape described here; `errors` names each field.",
    "429": "Too many wrong codes or passwords; Retry-After says when to try again.",
    "503": "The database is away; ask again under the same Idempotency-Key.",
}
TEXT = """Letters and visits: handing in, following, and every legal act, under the rules of the desk.

**Refusals** are problem details (RFC 9457, `application/problem+json`): `code` is stable, `detail` speaks the language
of `Accept-Language` (zh-Hans, zh-Hant, en), `article` says by which law. 422: the request has not the shape described
here. 409: it has, but as things stand the office cannot do it; `code` and `errors` say why. 404: there is no such
matter, or it is not yours to see; nobody can tell which. 503: the database is away; ask again, with the same
`Idempotency-Key` where something was to be written.

**Limits.** A body has at most 1 MB, that of a petition 32 MB with at most 20 files of 20 MB; an object names each field
once; every field says its own limit. Ten wrong query codes for one number, or fifty from one address, shut the door for
15 minutes; so do five wrong passwords. A page of a list has at most 200 rows.

**Time.** Instants are in UTC, days are days in China.

**Caches.** Every GET has an ETag for `If-None-Match`; that of a matter also serves as `If-Match` of an act: whoever had
not read the newest event is told what happened meanwhile.
"""


class DescribedAPI(NinjaAPI):
    """An API whose description says how refusals look and who may call."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, refusals as problem details, every operation with its keys."""
        described = super().get_openapi_schema(**options)
        described["info"]["description"] = TEXT
        described["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
        described["components"]["securitySchemes"] = SCHEMES
        described["components"]["responses"] = {f"Refused{status}": _refused(status) for status in REFUSED}
        for methods in described["paths"].values():
            for operation in methods.values():
                _tidy(operation)
        _without_titles(described["components"]["schemas"])
        return described


def _refused(status: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/ProblemOut"}
    return {"description": REFUSED[status], "content": {TYPE: {"schema": shape}}}


def _tidy(operation: dict[str, Any]) -> None:
    answers = sorted(operation["responses"].items())
    operation["responses"] = {str(status): _answer(str(status), answer) for status, answer in answers}
    for parameter in operation["parameters"]:
        parameter["schema"] = _never_null(parameter["schema"])
    _without_titles(operation)


def _answer(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content", {}).get("application/json")
    if status == "304":
        return {"description": "Unchanged since the ETag of If-None-Match"}
    if int(status) >= 400:
        return {"$ref": f"#/components/responses/Refused{status}"}
    if content and content["schema"].get("format") == "binary":
        return {"description": "The bytes of the file, under its own media type", "content": {"*/*": content}}
    return answer


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter may be left out; there is no null in a URL or a header."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    return schema if len(kinds) != 1 else {k: v for k, v in schema.items() if k != "anyOf"} | kinds[0]


def _without_titles(schema: Any) -> None:
    """The library titles each field with its own name once more."""
    if isinstance(schema, list):
        for one in schema:
            _without_titles(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("title"), str):
            del schema["title"]
        for part in schema.values():
            _without_titles(part)

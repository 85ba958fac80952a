"""Every address once allowed, once forbidden, once for a matter that must not seem to exist. A new one needs a row."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.office import Office
from xinqiao.api.callers import new_token
from xinqiao.api.views import api

# Who asks: clerk (of the petition office), handler (of the housing bureau, which has not got the matter), admin, none.
# address by its name: who is let in, who is not and how he is answered.
PAGES: dict[str, tuple[str, int, str, int]] = {
    "portal:home": ("none", 200, "", 0),
    "portal:track": ("none", 200, "", 0),
    "portal:submit-kind": ("none", 200, "", 0),
    "portal:addresses": ("none", 200, "", 0),
    "portal:procedure": ("none", 200, "", 0),
    "portal:privacy": ("none", 200, "", 0),
    "portal:retaliation": ("none", 200, "", 0),
    "portal:receipts": ("none", 200, "", 0),
    "desk:home": ("clerk", 200, "none", 302),
    "desk:matters": ("clerk", 200, "none", 302),
    "desk:register": ("clerk", 200, "handler", 403),
    "desk:matter": ("clerk", 200, "handler", 404),
    "desk:act": ("clerk", 200, "handler", 404),
    "desk:looks": ("admin", 200, "clerk", 403),
    "desk:admin-session": ("admin", 200, "clerk", 403),
    "desk:posts": ("clerk", 200, "none", 302),
    "sign-in": ("none", 200, "", 0),
}
# Addresses that only take what a page before them posted, or show it once: tested where that page is tested.
FOLLOWING = {
    "desk:contact",
    "desk:download",
    "desk:end-admin-session",
    "desk:read-notices",
    "desk:receipt",
    "desk:export",
    "sign-out",
    "components:set-language",
    "components:large-print",
    "components:theme",
}
FOLLOWING_PREFIXES = ("portal:submit-", "portal:receipt", "portal:discard", "portal:leave", "portal:matter")
FOLLOWING_PREFIXES += ("portal:file", "portal:act", "portal:supplement", "portal:withdraw", "portal:restore")
FOLLOWING_PREFIXES += ("portal:review", "portal:rereview", "portal:request")
API_FOR_STAFF = {"listMatters"}
API_OF_A_MATTER = {"readMatter", "readRecord", "readClocks", "listDocuments", "readAttachment", "readPetitioners"}
API_FOR_ALL = {"registerPetition", "listOrgans", "makeToken", "trackMatter", "trackAttachment"}


def names(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every named address outside the API, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if not space.startswith("api-"):
                yield from names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_address_has_a_row() -> None:
    known = PAGES.keys() | FOLLOWING
    strange = [n for n in names() if n not in known and not n.startswith(FOLLOWING_PREFIXES)]
    assert not strange, f"add a row to PAGES (who is let in, who is not) for {strange}"


def test_every_operation_of_the_api_has_a_row() -> None:
    rows = API_FOR_STAFF | API_OF_A_MATTER | API_FOR_ALL
    found = {o["operationId"] for methods in api.get_openapi_schema()["paths"].values() for o in methods.values()}
    strange = {name for name in found if not name.startswith("act_")} - rows
    assert not strange, f"add {strange} to one of the API rows"


def as_(office: Office, who: str) -> Client:
    client = Client()
    username = {"clerk": "hexiaowen", "handler": "jiangbo", "admin": "admin"}.get(who)
    if username:
        client.force_login(office.people[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, number: str) -> str:
    from django.urls import reverse

    arguments = {"desk:matter": {"number": number}, "desk:act": {"number": number, "verb": "transfer"}}
    return reverse(name, kwargs=arguments.get(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_lets_in_whom_it_should(office: Office, name: str) -> None:
    number = office.register().number
    allowed, status, refused, how = PAGES[name]
    assert as_(office, allowed).get(address(name, number)).status_code == status
    if refused:
        assert as_(office, refused).get(address(name, number)).status_code == how


@pytest.mark.parametrize("name", ["desk:matter", "desk:act"])
def test_a_hidden_matter_answers_like_one_that_is_not_there(office: Office, name: str) -> None:
    number = office.register().number
    client = as_(office, "handler")
    hidden, missing = client.get(address(name, number)), client.get(address(name, "HC2026-99999"))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(number.encode(), b"N") == missing.content.replace(b"HC2026-99999", b"N")


def operations(wanted: set[str] | None) -> list[tuple[str, str]]:
    """Method and path of the operations named, or of all acts."""
    return [
        (method, path.removeprefix("/api/v1"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
        if (operation["operationId"] in wanted if wanted else operation["operationId"].startswith("act_"))
    ]


@pytest.mark.parametrize(("method", "path"), operations(API_OF_A_MATTER | API_FOR_STAFF) + operations(None))
def test_an_operation_on_a_matter(office: Office, method: str, path: str) -> None:
    """Without a key 401; for a stranger the answer to a matter that is not there; for the clerk something else."""
    number = office.register().number
    body = BODIES.get(path.rsplit("/", 1)[-1], {})

    def ask(username: str | None, wanted: str) -> Any:
        headers = {}
        if username:
            headers["Authorization"] = f"Bearer {new_token(office.people[username], name='t', days=1)}"
        url = "/api/v1" + path.replace("{number}", wanted).replace("{attachment}", "1")
        return getattr(Client(), method)(
            url, *([body] if method == "post" else []), content_type="application/json", headers=headers
        )

    assert ask(None, number).status_code == 401
    if "{number}" in path:
        hidden, missing = ask("jiangbo", number), ask("jiangbo", "HC2026-99999")
        assert hidden.status_code == missing.status_code
        assert hidden.status_code in {403, 404}
        assert hidden.json() == missing.json()
        assert ask("qinshuo", number).status_code in {200, 403, 404, 409}
    else:
        assert ask("qinshuo", number).status_code == 200


OPINION = {"facts": "x", "opinion": "x", "basis": "x"}
BODIES: dict[str, Any] = {
    "annotate": {"note": "x"},
    "assign": {"to": "HCZJ", "report_due_on": "2099-01-04"},
    "change_path": {"path": 6, "reason": "x"},
    "close_hearing": {"conclusion": "x"},
    "convert": {"reason": "x"},
    "decide_objection": {"upheld": True, "reason": "x"},
    "decline": {"kind": "not_accepted", "reason": "x"},
    "extend": {"days": 5, "reason": "x"},
    "object": {"reason": "x"},
    "recuse": {"user": "jiangbo", "reason": "x"},
    "reopen": {"reason": "x"},
    "reply": {"outcome": "supported", **OPINION},
    "report": {"report": "x"},
    "report_up": {"reason": "x"},
    "request_review": {"reason": "x"},
    "request_rereview": {"reason": "x"},
    "review": {"outcome": "upheld", **OPINION},
    "rereview": {"outcome": "upheld", **OPINION},
    "serve": {"document": "reply"},
    "settle": {"agreement": "x"},
    "supplement": {"text": "x"},
    "transfer": {"to": "HCZJ"},
}

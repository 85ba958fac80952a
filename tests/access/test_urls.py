"""Every address once allowed, once forbidden, and where it names a matter once for one that must not seem to exist.

A row says who is let in and how he is answered, and who is not and how. A new address without a row fails here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.office import Office
from xinqiao.access.clock import today
from xinqiao.api.acts import DOORS
from xinqiao.api.callers import new_token
from xinqiao.api.views import api
from xinqiao.documents.models import Attachment, Paper
from xinqiao.documents.services import issue_paper, receiving, serve_paper

MISSING = "HC2026-99999"
OPINION = {"facts": "x", "opinion": "x", "basis": "x"}


@dataclass(frozen=True)
class Row:
    """``who`` is let in and answered ``status``; ``refused`` are others and how they are answered.

    People go by their account; ``nobody`` is a browser in which nobody is signed in, ``petitioner`` one in which the
    matter is followed. ``public``: there is nobody who is refused. ``posts``: what is sent, where it is not a GET.
    """

    who: str
    status: int
    refused: dict[str, int] = field(default_factory=dict)
    posts: dict[str, Any] | None = None
    public: bool = False


def public(status: int = 200, posts: dict[str, Any] | None = None) -> Row:
    return Row("nobody", status, posts=posts, public=True)


def staff(who: str, status: int = 200, *, without_power: str = "", posts: dict[str, Any] | None = None) -> Row:
    """A page of the desk: nobody is sent to the sign-in, a post without the power is told so."""
    return Row(who, status, {"nobody": 302} | ({without_power: 403} if without_power else {}), posts)


def followed(status: int = 200, posts: dict[str, Any] | None = None) -> Row:
    """A page of a followed matter: whoever does not follow it is asked for the code, whether it is there or not."""
    return Row("petitioner", status, {"nobody": 302, "hexiaowen": 302}, posts)


PAGES: dict[str, Row] = {
    "": public(),
    "submit": public(),
    "submit/account": public(302),  # the step before it comes first
    "submit/person": public(302),
    "submit/files": public(302),
    "submit/files/<str:file_id>": public(404),  # only the own draft has files
    "submit/check": public(302),
    "submit/discard": public(302, posts={}),
    "submit/receipt": public(410),  # only whoever has just handed in has one
    "submit/receipt/file": public(410),
    "submit/receipt/paper": public(410),
    "submit/receipt/taken": public(302, posts={}),
    "track": public(),
    "track/leave": public(302, posts={}),
    "track/<str:number>": followed(),
    "track/<str:number>/files/<int:attachment>": followed(),
    "track/<str:number>/papers/<int:paper>": followed(),
    "track/<str:number>/supplement": followed(),
    "track/<str:number>/withdraw": followed(),
    "track/<str:number>/restore": followed(),
    "track/<str:number>/review": followed(),
    "track/<str:number>/rereview": followed(),
    "papers/verify": public(),
    "info/addresses": public(),
    "info/procedure": public(),
    "info/law": public(),
    "info/privacy": public(),
    "info/retaliation": public(),
    "info/receipts": public(),
    "sign-in": public(),
    "sign-in/code": public(302),  # the password comes first
    "sign-in/passkey": public(),
    "sign-in/office": public(404),  # this office has none
    "sign-in/office/back": public(404),
    "sign-out": public(302, posts={}),
    "settings/set-language": public(302),
    "settings/large-print": public(302),
    "settings/theme": public(302),
    "desk/": staff("hexiaowen"),
    "desk/notices": staff("hexiaowen", 302, without_power="admin", posts={}),
    "desk/posts": staff("hexiaowen"),
    "desk/register": staff("hexiaowen", without_power="jiangbo"),
    "desk/register/done/paper": staff("hexiaowen", 302, without_power="jiangbo"),
    "desk/register/done": staff("hexiaowen", 302, without_power="jiangbo"),
    "desk/register/due": staff("hexiaowen", without_power="jiangbo"),
    "desk/drafts": staff("hexiaowen"),
    "desk/drafts/<uuid:draft_id>/discard": staff("hexiaowen", 302, posts={}),
    "desk/transfer": staff("hexiaowen", 302, without_power="dulan"),  # nothing is marked
    "desk/work.xlsx": staff("hexiaowen", without_power="guoting"),
    "desk/columns/<str:list_name>": staff("hexiaowen", 404, without_power="admin"),
    "desk/views/<str:list_name>": staff("hexiaowen", 404, without_power="admin"),  # no list of that name
    "desk/matters": staff("hexiaowen", without_power="admin"),
    "desk/matters.xlsx": staff("hexiaowen", without_power="guoting"),
    "desk/matters/<str:number>": staff("hexiaowen", without_power="admin"),
    "desk/matters/<str:number>/contact": staff("hexiaowen", without_power="dulan", posts={}),
    "desk/matters/<str:number>/files/<int:attachment_id>": staff("hexiaowen", without_power="admin"),
    "desk/matters/<str:number>/files/<int:attachment_id>/view": staff("hexiaowen", without_power="admin"),
    "desk/matters/<str:number>/files/<int:attachment_id>/inline": staff("hexiaowen", 404, without_power="admin"),
    "desk/matters/<str:number>/papers/<int:paper_id>": staff("hexiaowen", without_power="admin"),
    "desk/matters/<str:number>/papers/<int:paper_id>/slip": staff("hexiaowen", without_power="admin"),
    "desk/matters/<str:number>/<str:verb>/preview": staff("hexiaowen", 422, without_power="dulan", posts={}),
    "desk/matters/<str:number>/<str:verb>": staff("hexiaowen", without_power="dulan"),
    "desk/account": staff("hexiaowen"),
    "desk/account/confirm": staff("hexiaowen"),
    "desk/account/password": staff("hexiaowen", 302),  # is it still the same person?
    "desk/account/authenticator": staff("hexiaowen", 302),
    "desk/account/passkeys": staff("hexiaowen", 302),
    "desk/account/codes": staff("hexiaowen", 302),
    "desk/account/factors/<int:pk>/remove": staff("hexiaowen", 302),
    "desk/account/sessions/end": staff("hexiaowen", 302, posts={}),
    "desk/account/deputies/<int:pk>": staff("hexiaowen", 404),  # of a post of one's own, or of one to administer
    "desk/account/deputies/<int:pk>/end": staff("hexiaowen", 404, posts={}),
    "desk/account/sign-ins": staff("hexiaowen"),
    "desk/administration/organs": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/add": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>/describe": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>/rename": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>/move": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>/end": staff("admin", without_power="hexiaowen"),
    "desk/administration/organs/<str:code>/posts": staff("admin", without_power="hexiaowen"),
    "desk/administration/posts/<int:pk>": staff("admin", 404, without_power="hexiaowen"),  # none has this number
    "desk/administration/posts/<int:pk>/change": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/people": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/add": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/describe": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/appoint": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/posts/<int:pk>/end": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/password": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/factors": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/unlock": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/shut": staff("admin", without_power="hexiaowen"),
    "desk/administration/people/<str:username>/open": staff("admin", without_power="hexiaowen"),
    "desk/administration/calendar": staff("admin", without_power="hexiaowen"),
    "desk/administration/calendar/enter": staff("admin", without_power="hexiaowen"),
    "desk/administration/classes": staff("admin", without_power="hexiaowen"),
    "desk/administration/classes.xlsx": staff("admin", without_power="hexiaowen"),
    "desk/administration/classes/add": staff("admin", without_power="hexiaowen"),
    "desk/administration/classes/start": staff("admin", 302, without_power="hexiaowen", posts={}),
    "desk/administration/classes/take": staff("admin", without_power="hexiaowen"),
    "desk/administration/classes/<int:pk>": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/classes/<int:pk>/change": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/classes/<int:pk>/end": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/places": staff("admin", without_power="hexiaowen"),
    "desk/administration/places/add": staff("admin", without_power="hexiaowen"),
    "desk/administration/places/<int:pk>": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/places/<int:pk>/add": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/places/<int:pk>/change": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/places/<int:pk>/end": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/patterns": staff("admin", without_power="hexiaowen"),
    "desk/administration/patterns/<str:code>": staff("admin", without_power="hexiaowen"),
    "desk/administration/papers": staff("admin", without_power="hexiaowen"),
    "desk/administration/papers/<str:kind>": staff("admin", without_power="hexiaowen"),
    "desk/administration/papers/<str:kind>/preview": staff("admin", 422, without_power="hexiaowen", posts={}),
    "desk/administration/papers/<str:kind>/restore": staff("admin", 404, without_power="hexiaowen", posts={}),
    "desk/administration/papers/<str:kind>/versions/<int:version>": staff("admin", 404, without_power="hexiaowen"),
    "desk/administration/paper-numbers": staff("admin", without_power="hexiaowen"),
    "desk/administration/paper-numbers/<str:code>": staff("admin", without_power="hexiaowen"),
    "desk/looks": staff("admin", without_power="hexiaowen"),
    "desk/admin-session": staff("admin", without_power="hexiaowen"),
    "desk/admin-session/end": staff("admin", 302, without_power="hexiaowen", posts={}),
    ".well-known/xinqiao-keys.json": public(),
    "healthz": public(),
    "readyz": public(),
    "metrics": public(),
    "api/v1/openapi.json": public(),
    "api/v1/": public(404),
}


def reads(who: str = "hexiaowen", status: int = 200, *, without_power: str = "admin") -> Row:
    """An operation of staff: without a key 401, in a post without the power 403."""
    return Row(who, status, {"nobody": 401, without_power: 403})


def acts(who: str, status: int, **body: Any) -> Row:
    """A legal act on a letter that has just come in; 409: the law, and not the post, stands against it."""
    return Row(who, status, {"nobody": 401, "dulan": 403}, body)


OPERATIONS: dict[str, Row] = {
    "registerPetition": Row("nobody", 201, {"jiangbo": 403}, {"text": "x", "petitioners": [{"name": "安平"}]}),
    "trackMatter": Row("petitioner", 200, {"nobody": 401, "hexiaowen": 401}),
    "trackAttachment": Row("petitioner", 200, {"nobody": 401, "hexiaowen": 401}),
    "listMatters": reads(),
    "readMatter": reads(),
    "readRecord": reads(),
    "readClocks": reads(),
    "listDocuments": reads(),
    "readAttachment": reads(),
    "readDocument": reads(),
    "readPetitioners": reads(without_power="dulan"),
    "listOrgans": public(),
    "makeToken": public(401, posts={"username": "nobody", "password": "x"}),
    "act_accept": acts("hexiaowen", 200, path=6),
    "act_annotate": acts("qinshuo", 200, note="x"),
    "act_assign": acts("hexiaowen", 200, to="HCZJ", report_due_on="2099-01-05"),
    "act_change_path": acts("tanyue", 404, path=6, reason="x"),
    "act_close": acts("qinshuo", 409, checks=["explained"]),
    "act_close_hearing": acts("xuanni", 409, conclusion="x"),
    "act_convert": acts("tanyue", 404, reason="x"),
    "act_decide_objection": acts("hexiaowen", 409, upheld=True, reason="x"),
    "act_decline": acts("hexiaowen", 200, kind="not_accepted", reason="x"),
    "act_extend": acts("tanyue", 404, days=5, reason="x"),
    "act_object": acts("hexiaowen", 409, reason="x"),
    "act_open_hearing": acts("xuanni", 409, reason="x"),
    "act_recuse": acts("hexiaowen", 200, user="hexiaowen", reason="x"),
    "act_reopen": acts("qinshuo", 409, reason="x"),
    "act_reply": acts("tanyue", 404, outcome="supported", **OPINION),
    "act_report": acts("hexiaowen", 200, report="x"),
    "act_report_up": acts("hexiaowen", 200, reason="x"),
    "act_request_rereview": acts("hexiaowen", 409, reason="x"),
    "act_request_review": acts("hexiaowen", 409, reason="x"),
    "act_rereview": acts("xuanni", 409, outcome="upheld", **OPINION),
    "act_restore": acts("hexiaowen", 409, signed_paper="x"),
    "act_review": acts("xuanni", 409, outcome="upheld", **OPINION),
    "act_serve": acts("hexiaowen", 409, document="reply"),
    "act_settle": acts("tanyue", 404, agreement="x"),
    "act_supplement": acts("hexiaowen", 200, text="x"),
    "act_transfer": acts("hexiaowen", 200, to="HCZJ"),
    "act_withdraw": acts("hexiaowen", 200, signed_paper="x", reason="x"),
}


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every address, as it is written, but for the operations of the API: those have names of their own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif not route.startswith("api/v1/") or route in {"api/v1/", "api/v1/openapi.json"}:
            yield route


@cache
def operations() -> dict[str, tuple[str, str]]:
    """Method and address of every operation of the API, by its name."""
    paths = api.get_openapi_schema()["paths"].items()
    return {o["operationId"]: (method, path) for path, methods in paths for method, o in methods.items()}


def test_every_address_has_a_row() -> None:
    missing = [route for route in routes() if route not in PAGES]
    assert not missing, f"add to PAGES who is let in at {missing}, and who is not"
    assert not PAGES.keys() - set(routes()), "a row of PAGES has no address any more"


def test_every_operation_of_the_api_has_a_row() -> None:
    missing = [name for name in operations() if name not in OPERATIONS]
    assert not missing, f"add to OPERATIONS who may call {missing}, and who may not"
    assert not OPERATIONS.keys() - operations().keys(), "a row of OPERATIONS has no operation any more"


def test_a_row_where_nobody_is_refused_says_that_it_is_public() -> None:
    assert [name for name, row in {**PAGES, **OPERATIONS}.items() if bool(row.refused) == row.public] == []


@dataclass
class House:
    """An office with one letter of the county, one of the city, a file in each, and the ways to ask for them."""

    office: Office
    county: Any
    city: Any

    def fresh(self) -> str:
        """The number of another letter of the county, with a file, on which nobody has acted."""
        self.county = with_file(self.office, self.office.hexiaowen)
        return str(self.county.number)

    def browser(self, who: str) -> Client:
        client = Client()
        if who == "petitioner":
            client.post("/track", {"number": self.county.number, "code": self.county.query_code})
        elif who != "nobody":
            client.force_login(self.office.people[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def program(self, who: str) -> dict[str, str]:
        if who == "petitioner":
            return {"X-Query-Code": self.county.query_code}
        if who == "nobody":
            return {}
        return {"Authorization": f"Bearer {new_token(self.office.people[who], name='test', days=1)}"}

    def address(self, route: str, number: str) -> str:
        of = self.county if number == self.county.number else self.city
        file = Attachment.objects.get(stream_id=of.matter.stream_id).pk
        filled = re.sub(r"<str:number>|\{number\}", number, route).replace("<str:verb>", "transfer")
        filled = filled.replace("<str:code>", "YXZ").replace("<str:username>", "jiangbo")
        filled = filled.replace("<int:pk>", "0").replace("<str:kind>", "reply").replace("<int:version>", "99")
        paper = Paper.objects.get(stream_id=of.matter.stream_id).pk
        filled = re.sub(r"<int:paper\w*>|\{paper\}", str(paper), filled)
        filled = re.sub(r"<uuid:\w+>", str(UUID(int=0)), filled)
        return "/" + re.sub(r"<int:\w+>|\{attachment\}", str(file), filled).lstrip("/")


@pytest.fixture
def house(office: Office, files_dir: Any) -> House:
    return House(office, with_file(office, office.hexiaowen), with_file(office, office.jinhe))


def with_file(office: Office, actor: Any) -> Any:
    """A letter with a file, and a document that reached the petitioner."""
    with receiving([SimpleUploadedFile("a.txt", "墙".encode())]) as files:
        done = office.register(actor, files=tuple(files))
    facts = {"organ_id": done.matter.holder_id, "event_seq": 1, "issued_on": today(), "petitioners": [1]}
    paper = issue_paper(done.matter.stream, kind="acceptance", must_be_served=True, **facts)
    serve_paper(paper, petitioner=1, method="in_person", served_on=today(), by=None)
    return done


def ask_page(house: House, route: str, who: str, number: str) -> Any:
    client, row, url = house.browser(who), PAGES[route], house.address(route, number)
    return client.get(url) if row.posts is None else client.post(url, row.posts)


def ask_operation(house: House, name: str, who: str, number: str) -> Any:
    (method, path), row = operations()[name], OPERATIONS[name]
    body = "" if row.posts is None else json.dumps(row.posts)
    url = house.address(path, number)
    return Client().generic(method.upper(), url, body, content_type="application/json", headers=house.program(who))


# One office serves all rows of a table, each with a letter of its own: founding an office takes longer than asking.


def test_a_page_lets_in_whom_it_should_and_nobody_else(house: House) -> None:
    expected = {(route, who): status for route, row in PAGES.items() for who, status in answers_of(row).items()}
    found = {(route, who): ask_page(house, route, who, house.fresh()).status_code for route, who in expected}
    assert differing(found, expected) == {}


def test_an_operation_serves_whom_it_should_and_nobody_else(house: House) -> None:
    expected = {(name, who): status for name, row in OPERATIONS.items() for who, status in answers_of(row).items()}
    found = {(name, who): ask_operation(house, name, who, house.fresh()).status_code for name, who in expected}
    assert differing(found, expected) == {}


def test_a_page_of_a_hidden_matter_is_that_of_none(house: House) -> None:
    for route in [route for route in PAGES if "<str:number>" in route]:
        who = PAGES[route].who
        hidden, missing = (ask_page(house, route, who, number) for number in (house.city.number, MISSING))
        assert hidden.status_code == missing.status_code == (302 if who == "petitioner" else 404), route
        assert plain(hidden, house.city.number) == plain(missing, MISSING), route


def test_an_operation_on_a_hidden_matter_answers_as_on_none(house: House) -> None:
    for name in [name for name, (_method, path) in operations().items() if "{number}" in path]:
        who = OPERATIONS[name].who
        hidden, missing = (ask_operation(house, name, who, number) for number in (house.city.number, MISSING))
        assert hidden.status_code == missing.status_code == (401 if who == "petitioner" else 404), name
        assert hidden.content == missing.content, name
        assert dict(hidden.headers) == dict(missing.headers), name


def answers_of(row: Row) -> dict[str, int]:
    return {**row.refused, row.who: row.status}


def differing(found: dict[Any, int], expected: dict[Any, int]) -> dict[Any, str]:
    """What is answered otherwise than the table says."""
    return {key: f"{found[key]}, not {status}" for key, status in expected.items() if found[key] != status}


def plain(answer: Any, number: str) -> str:
    """An answer without what differs from one asking to the next: the number asked for, and the form's own token."""
    said = answer.content.decode() + answer.headers.get("Location", "")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", said).replace(number, "N")


def test_every_act_has_a_row() -> None:
    assert {f"act_{verb}" for verb in DOORS} <= OPERATIONS.keys()

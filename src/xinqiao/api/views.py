"""The operations of the API, in the order of the interface."""

import base64
import binascii
import io
from contextlib import ExitStack
from datetime import date
from typing import Annotated, Any, Literal

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja import Header, Query, Status
from ninja.renderers import JSONRenderer
from pydantic import Field

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.api import shown
from xinqiao.api.acts import DOORS, PETITIONER_MAY, Act, perform
from xinqiao.api.callers import caller, caller_or_citizen, caller_or_petitioner, new_token, petitioner
from xinqiao.api.cursors import page
from xinqiao.api.description import DescribedAPI
from xinqiao.api.idempotency import once_around, once_within
from xinqiao.api.problems import Problem, install
from xinqiao.api.schemas import (
    ActOut,
    DocumentsOut,
    MatterOut,
    MatterPage,
    OrganOut,
    PetitionIn,
    PetitionOut,
    ProblemOut,
    TokenIn,
    TokenOut,
    TrackOut,
)
from xinqiao.documents.services import ReceivedFile, receiving
from xinqiao.matters.acting import reading
from xinqiao.matters.actions.register import register_within
from xinqiao.matters.lookup import access_matter, matters_visible_to
from xinqiao.matters.models import Kind, Stage
from xinqiao.matters.submission import Person, Submission
from xinqiao.matters.tracking import TooManyAttempts
from xinqiao.organs.models import Organ
from xinqiao.record import events_of


class Renderer(JSONRenderer):
    """Chinese stays readable."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}


api = DescribedAPI(
    renderer=Renderer(),
    title="Xinqiao",
    version="1",
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="openapi.json",
    description="Letters and visits: registering, following, and every legal act.",
)
install(api)
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), ProblemOut)
Number = Annotated[str, Field(max_length=40)]


@api.exception_handler(TooManyAttempts)
def _too_many(request: HttpRequest, error: TooManyAttempts) -> HttpResponse:
    from xinqiao.api.problems import problem

    response = problem(429, "too-many-attempts", _("Too many wrong codes. Try again in 15 minutes."))
    response["Retry-After"] = str(error.minutes * 60)
    return response


@api.post("/petitions", response={201: PetitionOut, **REFUSALS}, tags=["petitions"])
def hand_in(
    request: HttpRequest,
    payload: PetitionIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)] = None,
) -> Any:
    """Hand in a petition: as a citizen without signing in, as a clerk or as a partner system with a token."""
    actor = caller_or_citizen(request)
    with ExitStack() as stack:
        files = _received(payload, stack)

        def produce() -> tuple[int, dict[str, Any]]:
            done = register_within(
                submission=_submission(payload, files, actor), actor=actor, organ=payload.organ or _front(actor)
            )
            return 201, {
                "number": done.number,
                "query_code": done.query_code,
                "receipt": dict(done.receipt),
                "submission": dict(done.submission),
            }

        return Status(*once_within(request, actor, produce))


def _front(actor: Actor) -> str | None:
    """Where somebody from outside hands in who names no organ: the office's first petition office."""
    if actor.organ_code:
        return None
    fronts = Organ.objects.filter(root_id=actor.root_organ_id, kind="bureau", valid_until=None).order_by(
        "-is_front", "id"
    )
    return fronts.values_list("code", flat=True).first()


def _received(payload: PetitionIn, stack: ExitStack) -> list[ReceivedFile]:
    uploads = []
    for number, file in enumerate(payload.files, 1):
        try:
            stream: Any = io.BytesIO(base64.b64decode(file.content, validate=True))
        except (binascii.Error, ValueError):
            raise Problem(422, "not-base64", _("File %(number)d is not valid base64.") % {"number": number}) from None
        stream.name = file.name
        uploads.append(stream)
    return stack.enter_context(receiving(uploads)) if uploads else []


def _submission(payload: PetitionIn, files: list[ReceivedFile], actor: Actor) -> Submission:
    said = payload.model_dump(exclude={"organ", "files", "petitioners", "claims", "accused_organs", "accused_users"})
    if actor.kind == "citizen":
        said |= {"channel": "web", "received_on": None, "posted_on": None}
    return Submission(
        **said,
        claims=tuple(payload.claims),
        petitioners=tuple(Person(**p.model_dump()) for p in payload.petitioners),
        accused_organs=tuple(payload.accused_organs),
        accused_users=tuple(payload.accused_users) if actor.kind != "citizen" else (),
        files=tuple(files),
    )


@api.get("/track/{number}", response={200: TrackOut, **REFUSALS}, tags=["petitions"])
def track(
    request: HttpRequest, number: Number, x_query_code: Annotated[str, Header(alias="X-Query-Code", max_length=40)]
) -> Any:
    """What the petitioner may see: stage, whose turn it is, clocks, documents, record."""
    actor = petitioner(request, number, x_query_code)
    return shown.tracked(access_matter(actor, number, to=Permission.MATTER_READ), actor)


@api.get("/matters", response={200: MatterPage, **REFUSALS}, tags=["matters"])
def matters(
    request: HttpRequest,
    stage: Literal[tuple(Stage.values)] | None = None,  # type: ignore[valid-type]
    kind: Literal[tuple(Kind.values)] | None = None,  # type: ignore[valid-type]
    holder: Annotated[str | None, Query(max_length=32, pattern=r"^[\x21-\x7e]*$")] = None,
    due_by: date | None = None,
    received_from: date | None = None,
    received_to: date | None = None,
    sort: Literal["-received_on", "received_on", "next_due_on"] = "-received_on",
    cursor: Annotated[str | None, Query(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The worklist of what the caller may see."""
    actor = caller(request)
    actor.require(Permission.MATTER_READ)
    wanted = {
        "stage": stage,
        "kind": kind,
        "holder__code": holder,
        "next_due_on__lte": due_by,
        "received_on__gte": received_from,
        "received_on__lte": received_to,
    }
    rows = matters_visible_to(actor).filter(**{k: v for k, v in wanted.items() if v is not None})
    found, after = page(rows.select_related("holder", "next_organ"), sort=sort, cursor=cursor, limit=limit)
    return {"items": [shown.row(m) for m in found], "next": after}


@api.get("/matters/{number}", response={200: MatterOut, **REFUSALS}, tags=["matters"])
def matter(request: HttpRequest, number: Number, response: HttpResponse) -> Any:
    """One matter, with its clocks and what may be done next; the ETag changes with every act."""
    actor = caller(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    response["ETag"] = shown.etag(found)
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
    if request.headers.get("If-None-Match") == response["ETag"]:
        return HttpResponse(status=304, headers={"ETag": response["ETag"]})
    return shown.whole(found, actor)


@api.get("/matters/{number}/record", response={200: dict[str, Any], **REFUSALS}, tags=["matters"])
def record(request: HttpRequest, number: Number) -> Any:
    """The record as it stands, as a package that ``xinqiao verify`` checks."""
    return shown.record(access_matter(caller(request), number, to=Permission.MATTER_READ))


@api.get("/matters/{number}/clocks", response={200: dict[str, Any], **REFUSALS}, tags=["matters"])
def clocks(request: HttpRequest, number: Number) -> Any:
    """Stage, next acts and clocks, exactly as ``xinqiao clocks`` prints them."""
    actor = caller(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    return shown.clocks(reading("read", matter=found, actor=actor, recorded=events_of(found.stream_id)))


@api.get("/matters/{number}/documents", response={200: DocumentsOut, **REFUSALS}, tags=["matters"])
def documents(request: HttpRequest, number: Number) -> Any:
    """Papers with their service, and attachments."""
    return shown.documents(access_matter(caller(request), number, to=Permission.MATTER_READ))


@api.get("/organs", response={200: list[OrganOut]}, tags=["office"])
def organs(request: HttpRequest) -> Any:
    """The organs of the office with what they publish (Article 18)."""
    rows = Organ.objects.filter(valid_until=None).order_by("code")
    return [
        {
            "code": o.code,
            "name": o.label,
            "kind": o.kind,
            "address": o.address,
            "telephone": o.telephone,
            "reception_hours": o.reception_hours,
        }
        for o in rows
    ]


@api.post("/tokens", response={201: TokenOut, **REFUSALS}, tags=["office"])
def token(request: HttpRequest, payload: TokenIn) -> Any:
    """A token for a program, for name and password; five wrong passwords shut the door for a quarter of an hour."""
    user = authenticate(request, username=payload.username, password=payload.password)
    if user is None:
        raise Problem(401, "wrong-password", _("Name or password is wrong, or the account is locked for a while."))
    value = new_token(user, name=payload.name, days=payload.days)  # type: ignore[arg-type]
    return Status(201, {"token": value, "expires_at": user.tokens.latest("id").expires_at})  # type: ignore[attr-defined]


def _add_act(verb: str, body: type[Act]) -> None:
    """One operation per verb, so that the description tells what each act needs."""

    def operation(
        request: HttpRequest,
        number: Number,
        payload: body,  # type: ignore[valid-type]
        x_query_code: Annotated[str | None, Header(alias="X-Query-Code", max_length=40)] = None,
        idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)] = None,
    ) -> Any:
        actor = caller_or_petitioner(request, number) if verb in PETITIONER_MAY else caller(request)
        _match(request, number, actor, payload)

        def produce() -> tuple[int, dict[str, Any]]:
            return 200, shown.acted(perform(verb, number, payload, actor))

        return Status(*once_around(request, actor, produce))

    operation.__name__ = f"act_{verb}"
    operation.__doc__ = (DOORS[verb].action.__doc__ or "").strip()
    api.post(f"/matters/{{number}}/acts/{verb}", response={200: ActOut, **REFUSALS}, tags=["acts"])(operation)


def _match(request: HttpRequest, number: str, actor: Actor, payload: Any) -> None:
    """``If-Match`` says the same as ``seen``: act only on what was read."""
    if (wanted := request.headers.get("If-Match")) and payload.seen is None:
        payload.seen = shown.seen_of(wanted)


for _verb, _door in sorted(DOORS.items()):
    _add_act(_verb, _door.body)

"""The shapes of the API. Limits stand in ``matters.submission.LIMITS``; here they are told to the caller."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from xinqiao.matters.models import Channel, Kind, Purpose
from xinqiao.matters.submission import LIMITS

Outcome = Literal["supported", "explained", "not_supported"]
ReviewOutcome = Literal["upheld", "revoked", "changed", "remade"]


def text(name: str) -> Any:
    """A string of at most the house's limit for this field, without NUL."""
    return Annotated[str, StringConstraints(max_length=LIMITS[name], pattern=r"^[^\x00]*$")]


Words = text("reason")
Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[\x21-\x7e]*$")]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]


class Strict(Schema):
    """An unknown field is an error, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Strict):
    name: text("name") = ""  # type: ignore[valid-type]
    id_number: text("id_number") = ""  # type: ignore[valid-type]
    telephone: text("telephone") = ""  # type: ignore[valid-type]
    email: text("email") = ""  # type: ignore[valid-type]
    address: text("address") = ""  # type: ignore[valid-type]
    is_organisation: bool = False
    is_speaker: bool = False


class FileIn(Strict):
    name: Annotated[str, StringConstraints(max_length=255)]
    content: Annotated[str, Field(description="the bytes in base64")]


class PetitionIn(Strict):
    channel: Literal[tuple(Channel.values)] = "web"  # type: ignore[valid-type]
    kind: Literal[tuple(Kind.values)] = "appeal"  # type: ignore[valid-type]
    text: Annotated[str, StringConstraints(min_length=1, max_length=LIMITS["text"], pattern=r"^[^\x00]*$")]
    title: text("title") = ""  # type: ignore[valid-type]
    claims: Annotated[list[text("claim")], Field(max_length=LIMITS["claims"])] = []  # type: ignore[valid-type]
    petitioners: Annotated[list[PersonIn], Field(max_length=LIMITS["petitioners"])] = []
    persons: Annotated[int | None, Field(ge=1, le=LIMITS["persons"])] = None
    involved: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    received_on: Day | None = None
    posted_on: Day | None = None
    place: text("place") = ""  # type: ignore[valid-type]
    class_code: text("class_code") = ""  # type: ignore[valid-type]
    purpose: Literal[("", *Purpose.values)] = ""  # type: ignore[valid-type]
    accused_organs: Annotated[list[Code], Field(max_length=20)] = []
    accused_users: Annotated[list[Code], Field(max_length=20)] = []
    confidential: bool = False
    anonymous: bool = False
    organ: Code = ""
    files: Annotated[list[FileIn], Field(max_length=LIMITS["files"])] = []


class PetitionOut(Schema):
    number: str
    query_code: str
    receipt: dict[str, Any]
    submission: dict[str, Any]


class MatterRow(Schema):
    number: str
    kind: str
    title: str
    stage: str
    received_on: date
    holder: str
    next_due_on: date | None
    next_clock: str
    next_organ: str | None


class MatterPage(Schema):
    items: list[MatterRow]
    next: str | None


class ClaimOut(Schema):
    ordinal: int
    text: str
    outcome: str


class MatterOut(MatterRow):
    pack: str
    text: str
    claims: list[ClaimOut]
    next: list[str]
    events: int
    clocks: list[dict[str, Any]]


class ActOut(Schema):
    number: str
    stage: str
    next: list[str]
    event: dict[str, Any]
    clocks: list[dict[str, Any]]


class TrackOut(Schema):
    number: str
    title: str
    stage: str
    turn: str
    turn_organ: str | None
    received_on: date
    clocks: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    claims: list[ClaimOut]
    record: list[dict[str, Any]]
    next: list[str]


class DocumentOut(Schema):
    kind: str
    organ: str
    issued_on: date
    number: str | None
    state: str
    service_due_on: date | None
    served: list[dict[str, Any]]


class DocumentsOut(Schema):
    documents: list[DocumentOut]
    attachments: list[dict[str, Any]]


class OrganOut(Schema):
    code: str
    name: str
    kind: str
    address: str
    telephone: str
    reception_hours: str


class TokenIn(Strict):
    username: Annotated[str, StringConstraints(max_length=60)]
    password: Annotated[str, StringConstraints(max_length=200)]
    name: Annotated[str, StringConstraints(max_length=60)] = "api"
    days: Annotated[int, Field(ge=1, le=365)] = 30


class TokenOut(Schema):
    token: str
    expires_at: datetime


class ProblemOut(Schema):
    type: str
    title: str
    status: int
    detail: str
    code: str
    article: str | None = None
    errors: list[dict[str, Any]] | None = None

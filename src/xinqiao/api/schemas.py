"""The shapes of the API. Limits stand in ``matters.submission.LIMITS``; here they are told to the caller."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from xinqiao.api.fields import PLAIN, Code, Day, Flag, Shown, Strict, text, whole
from xinqiao.matters.models import Channel, Kind, Purpose
from xinqiao.matters.submission import LIMITS

Outcome = Literal["supported", "explained", "not_supported"]
# As the record writes it, to the letter: what is signed must not be written anew.
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
ReviewOutcome = Literal["upheld", "revoked", "changed", "remade"]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Base64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


class PersonIn(Strict):
    """Somebody who petitions. A name is needed unless the petition is anonymous."""

    name: text("name") = ""  # type: ignore[valid-type]
    id_number: text("id_number") = ""  # type: ignore[valid-type]
    telephone: text("telephone") = ""  # type: ignore[valid-type]
    email: text("email") = ""  # type: ignore[valid-type]
    address: text("address") = ""  # type: ignore[valid-type]
    is_organisation: Flag = False
    is_speaker: Annotated[Flag, Field(description="speaks for a joint petition; five at most at a visit")] = False


class FileIn(Strict):
    """A file of at most 20 MB; what it is, is told by its content."""

    name: Annotated[str, StringConstraints(max_length=255, pattern=PLAIN)]
    content: Annotated[str, Field(description="the bytes in base64", json_schema_extra={"pattern": Base64})]


class PetitionIn(Strict):
    """One contact. From outside, only what a citizen can know counts: the office itself notes channel and days."""

    channel: Literal[tuple(Channel.values)] = "web"  # type: ignore[valid-type]
    kind: Literal[tuple(Kind.values)] = "appeal"  # type: ignore[valid-type]
    text: text("text", least=1)  # type: ignore[valid-type]
    title: text("title") = ""  # type: ignore[valid-type]
    claims: Annotated[list[text("claim")], Field(max_length=LIMITS["claims"])] = []  # type: ignore[valid-type]
    petitioners: Annotated[list[PersonIn], Field(max_length=LIMITS["petitioners"])] = []
    persons: whole(1, LIMITS["persons"]) | None = None  # type: ignore[valid-type]
    involved: whole(1, 1_000_000) | None = None  # type: ignore[valid-type]
    received_on: Day | None = None
    posted_on: Day | None = None
    place: text("place") = ""  # type: ignore[valid-type]
    class_code: text("class_code") = ""  # type: ignore[valid-type]
    purpose: Literal[("", *Purpose.values)] = ""  # type: ignore[valid-type]
    accused_organs: Annotated[list[Code], Field(max_length=20)] = []
    accused_users: Annotated[list[Code], Field(max_length=20)] = []
    confidential: Flag = False
    anonymous: Flag = False
    organ: Annotated[Code, Field(description="who receives it; by default the office's petition bureau")] = ""
    files: Annotated[list[FileIn], Field(max_length=LIMITS["files"])] = []


class ReceiptOut(Shown):
    """A signed receipt; ``xinqiao verify`` checks it without the office."""

    v: int
    office: str
    number: str
    received_at: Instant
    content: Digest
    salt: str
    head: Digest
    key: str
    sig: str


class FileNamed(Shown):
    """A file as the receipt names it."""

    name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SubmissionOut(Shown):
    """What was handed in, as the receipt's ``content`` commits to it. Keep it with the receipt."""

    text: str
    title: str = ""
    claims: list[str] = []
    files: list[FileNamed]


class PetitionOut(Shown):
    """What the petitioner takes home; the query code is told this once."""

    number: str
    query_code: Annotated[str, Field(pattern=r"^[0-9]{12}$")]
    receipt: ReceiptOut
    submission: SubmissionOut


class ClockOut(Shown):
    """One clock, as ``xinqiao clocks`` prints it; article and reasons in the language asked for."""

    id: str
    name: Annotated[dict[str, str], Field(description="in zh-Hans, zh-Hant and en")]
    duty_of: str
    organ: str | None
    petitioner: str | None
    started_on: date
    legal_due: date
    stat_due: date | None
    state: Literal["running", "paused", "met", "late", "missed", "lapsed", "waived", "void"]
    stopped_on: date | None
    days_left: int | None
    extended_by: int
    paused_days: int
    article: str
    why: list[str]


class ClocksOut(Shown):
    """Stage, lawful next acts, clocks in the order of their start."""

    stage: str
    next: list[str]
    clocks: list[ClockOut]


class MatterRow(Shown):
    """One line of the worklist."""

    number: str
    kind: str
    title: str
    stage: str
    received_on: date
    holder: str
    next_due_on: date | None
    next_clock: str
    next_organ: str | None


class MatterPage(Shown):
    """A page of the worklist; ``next`` is the cursor of the page after it, null at the end."""

    items: list[MatterRow]
    next: str | None


class ClaimOut(Shown):
    """One thing that is asked, and what was decided on it."""

    ordinal: int
    text: str
    outcome: str


class MatterOut(MatterRow):
    """One matter as staff see it; ``events`` is what an act sends back as ``seen``."""

    pack: str
    text: str
    claims: list[ClaimOut]
    next: list[str]
    events: int
    clocks: list[ClockOut]


class PetitionerOut(Shown):
    """Somebody who petitions, with what identifies him."""

    ordinal: int
    name: str
    is_organisation: bool
    is_speaker: bool
    telephone: str
    email: str
    address: str
    id_number: str


class PetitionersOut(Shown):
    """Everybody who petitions in this matter."""

    petitioners: list[PetitionerOut]


class EventOut(Shown):
    """The event that an act left on the record."""

    seq: int
    type: str
    on: date
    hash: Digest


class ActOut(Shown):
    """The event, and how things stand after it."""

    number: str
    stage: str
    next: list[str]
    event: EventOut
    clocks: list[ClockOut]


class DeliveryOut(Shown):
    """A document reached one petitioner."""

    petitioner: str
    on: date
    method: str


class DocumentOut(Shown):
    """A document of the procedure and whom it reached; ``id`` fetches it as PDF."""

    id: int
    kind: str
    organ: str
    issued_on: date
    number: str | None
    state: str
    service_due_on: date | None
    served: list[DeliveryOut]


class AttachmentOut(Shown):
    """A file; ``scan`` says what the virus check found."""

    id: int
    name: str
    media_type: str
    size: int
    scan: str
    from_petitioner: bool


class DocumentsOut(Shown):
    """Documents with their service, and files."""

    documents: list[DocumentOut]
    attachments: list[AttachmentOut]


class EntryOut(Shown):
    """One line of the record in plain words."""

    type: str
    label: str
    on: date
    organ: str
    article: str


class TrackOut(Shown):
    """What the petitioner may see."""

    number: str
    title: str
    stage: str
    turn: Literal["organ", "petitioner", "nobody"]
    turn_organ: str | None
    received_on: date
    clocks: list[ClockOut]
    documents: list[DocumentOut]
    attachments: list[AttachmentOut]
    claims: list[ClaimOut]
    record: list[EntryOut]
    next: list[str]


class RecordOut(Shown):
    """The record as a signed package (``xinqiao verify``); each event carries the hash of the one before it."""

    v: int
    kind: Literal["record"]
    office: str
    number: str
    exported_at: Instant
    head: Digest
    key: str
    sig: str
    events: list[dict[str, Any]]
    texts: list[dict[str, Any]]


class OrganOut(Shown):
    """An organ with what it publishes (Article 18)."""

    code: str
    name: str
    kind: str
    address: str
    telephone: str
    reception_hours: str


class TokenIn(Strict):
    """Name and password of an account, and what the token is for."""

    username: Annotated[str, StringConstraints(max_length=60, pattern=PLAIN)]
    password: Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]
    name: Annotated[str, StringConstraints(max_length=60, pattern=PLAIN)] = "api"
    days: whole(1, 365) = 30  # type: ignore[valid-type]


class TokenOut(Shown):
    """Told this once; the office keeps a hash."""

    token: str
    expires_at: datetime


class FieldProblem(Shown):
    """One field that must be put right: where it stands (counted from 1), and how."""

    field: str
    detail: str


class Happened(Shown):
    """An event that the caller had not read."""

    seq: int
    type: str
    on: date


class ProblemOut(Shown):
    """A refusal (RFC 9457): ``code`` is stable, ``detail`` is in the caller's language, ``article`` is the law."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    article: str | None = None
    errors: list[FieldProblem] = []
    meanwhile: list[Happened] = []
    permission: str | None = None

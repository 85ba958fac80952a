"""What staff may read: the worklist, one matter, its record, clocks, documents, files and petitioners."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import parse_etags
from ninja import Query
from pydantic import Field

from xinqiao.access.permissions import Permission
from xinqiao.api import shown
from xinqiao.api.callers import caller
from xinqiao.api.cursors import page
from xinqiao.api.door import actor_of, api, operation
from xinqiao.api.fields import Code, Day, Number, RowId
from xinqiao.api.files import FILE, answer_with_file, answer_with_paper
from xinqiao.api.parsing import refuse_unknown
from xinqiao.api.schemas import ClocksOut, DocumentsOut, MatterOut, MatterPage, PetitionersOut, RecordOut
from xinqiao.components.pdf import base_url
from xinqiao.matters.acting import reading
from xinqiao.matters.listing import Listing, Sort, held_by
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.models import Kind, Stage
from xinqiao.matters.selectors import note_look
from xinqiao.record import events_of

FILTERS = frozenset({"stage", "kind", "holder", "due_by", "received_from", "received_to", "sort", "cursor", "limit"})
Cursor = Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]


@api.get("/matters", summary="List matters", **operation("listMatters", caller, MatterPage, tag="matters", also=(409,)))
def matters(
    request: HttpRequest,
    stage: Annotated[Literal[tuple(Stage.values)] | None, Query(description="at this stage")] = None,  # type: ignore[valid-type]
    kind: Annotated[Literal[tuple(Kind.values)] | None, Query(description="of this kind")] = None,  # type: ignore[valid-type]
    holder: Annotated[Code | None, Query(description="held by the organ of this code")] = None,
    due_by: Annotated[Day | None, Query(description="with a duty that is due on this day or before")] = None,
    received_from: Annotated[Day | None, Query(description="received on this day or later")] = None,
    received_to: Annotated[Day | None, Query(description="received on this day or before")] = None,
    sort: Annotated[Sort, Query(description="by this day; with a minus, newest first")] = "-received_on",
    cursor: Annotated[Cursor | None, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="rows of a page")] = 50,
) -> Any:
    """The worklist of what the caller may see, a page at a time.

    Send `next` back as `cursor`, with the same `sort`. Sorted by day of receipt, a walk over all pages shows every
    matter that was there at its beginning exactly once. Sorted by `next_due_on`, only matters in which somebody has a
    duty are listed, and one that is acted on during the walk may move.
    """
    refuse_unknown(request, known=FILTERS)
    actor = actor_of(request)
    actor.require(Permission.MATTER_READ)
    wanted: dict[str, str | date | None] = {
        "stage": stage,
        "kind": kind,
        "next_due_on__lte": due_by,
        "received_on__gte": received_from,
        "received_on__lte": received_to,
    }
    chosen = Q(**{name: value for name, value in wanted.items() if value is not None})
    listing = Listing(actor).where(chosen & held_by(holder) if holder else chosen)
    found, after = page(listing, sort=sort, cursor=cursor, limit=limit)
    return {"items": [shown.row(m) for m in found], "next": after}


@api.get("/matters/{number}", summary="Read a matter", **operation("readMatter", caller, MatterOut, tag="matters"))
def matter(request: HttpRequest, number: Number, response: HttpResponse) -> Any:
    """One matter, with its clocks and the acts that are lawful next. The ETag changes with every act and every day."""
    actor = actor_of(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    response["ETag"] = tag = shown.etag(found)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": tag})  # Before the texts are opened: nobody looked again.
    return shown.whole(found, actor)


@api.get(
    "/matters/{number}/record", summary="Read the record", **operation("readRecord", caller, RecordOut, tag="matters")
)
def record(request: HttpRequest, number: Number, response: HttpResponse) -> Any:
    """The record as it stands, as a signed package that `xinqiao verify` checks. It holds no text in clear."""
    found = access_matter(actor_of(request), number, to=Permission.MATTER_READ)
    response["ETag"] = shown.record_etag(found)
    return shown.record(found)


@api.get(
    "/matters/{number}/clocks", summary="Read the clocks", **operation("readClocks", caller, ClocksOut, tag="matters")
)
def clocks(request: HttpRequest, number: Number) -> Any:
    """Stage, next acts and clocks, exactly as `xinqiao clocks` prints them."""
    actor = actor_of(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    return shown.clocks(reading("read", matter=found, actor=actor, recorded=events_of(found.stream_id)))


@api.get(
    "/matters/{number}/documents",
    summary="List documents and files",
    **operation("listDocuments", caller, DocumentsOut, tag="matters"),
)
def documents(request: HttpRequest, number: Number) -> Any:
    """Documents with their service, and files."""
    return shown.documents(access_matter(actor_of(request), number, to=Permission.MATTER_READ))


@api.get(
    "/matters/{number}/documents/{paper}/pdf",
    summary="Fetch a document",
    **operation("readDocument", caller, FILE, tag="matters", also=(409,)),
)
def document(
    request: HttpRequest,
    number: Number,
    paper: RowId,
    script: Annotated[Literal["zh-hans", "zh-hant"], Query(description="Traditional Chinese as `zh-hant`")] = "zh-hans",
) -> HttpResponse:
    """One document as PDF/A-2b, with names for those who may know them. A look at a sealed matter goes on record."""
    refuse_unknown(request, known=frozenset({"script"}))
    actor = actor_of(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    names = actor.may(Permission.MATTER_READ_IDENTITY)
    answer = answer_with_paper(found, paper, script=script, with_names=names, base=base_url(request))
    if found.is_sealed:
        note_look(found, actor, "paper")
    return answer


@api.get(
    "/matters/{number}/attachments/{attachment}",
    summary="Fetch a file",
    **operation("readAttachment", caller, FILE, tag="matters", also=(409,)),
)
def attachment(request: HttpRequest, number: Number, attachment: RowId) -> StreamingHttpResponse:
    """The bytes of one file of the matter. A look at one of a sealed matter goes on record."""
    actor = actor_of(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ)
    answer = answer_with_file(found, attachment)
    if found.is_sealed:
        note_look(found, actor, "file")
    return answer


@api.get(
    "/matters/{number}/petitioners",
    summary="Read who petitions",
    **operation("readPetitioners", caller, PetitionersOut, tag="matters"),
)
def petitioners(request: HttpRequest, number: Number) -> Any:
    """Names, telephones, addresses and identity numbers, for those who may know them. Every look goes on record."""
    actor = actor_of(request)
    found = access_matter(actor, number, to=Permission.MATTER_READ_IDENTITY)
    note_look(found, actor, "contact")
    return shown.petitioners(found)

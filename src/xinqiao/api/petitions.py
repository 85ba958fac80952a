"""Handing in and following, for people outside and for programs that pass petitions on."""

from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Status

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.api import shown
from xinqiao.api.callers import caller_or_citizen, petitioner
from xinqiao.api.door import Repeated, actor_of, api, operation
from xinqiao.api.fields import Number, RowId
from xinqiao.api.files import FILE, answer_with_file, received
from xinqiao.api.idempotency import once_within
from xinqiao.api.schemas import PetitionIn, PetitionOut, TrackOut
from xinqiao.documents.services import ReceivedFile
from xinqiao.matters.actions.register import Registered, register_within
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.submission import Person, Submission
from xinqiao.organs.models import Organ


@api.post(
    "/petitions",
    summary="Hand in a petition",
    **operation("registerPetition", caller_or_citizen, PetitionOut, status=201, tag="petitions", writes=True),
)
def hand_in(request: HttpRequest, payload: PetitionIn, idempotency_key: Repeated = None) -> Any:
    """As a citizen without signing in, as a clerk or as a partner system with a token.

    What it answers is durable. The query code is told this once: send an `Idempotency-Key`, so that an answer that
    got lost on the way can be asked for again.
    """
    actor: Actor = actor_of(request)
    with ExitStack() as stack:
        files = received(payload.files, stack)

        def produce() -> tuple[int, dict[str, Any]]:
            said = _submission(payload, files, actor)
            return 201, _receipt(register_within(submission=said, actor=actor, organ=payload.organ or _front(actor)))

        return Status(*once_within(request, actor, produce))


def _receipt(done: Registered) -> dict[str, Any]:
    return {
        "number": done.number,
        "query_code": done.query_code,
        "receipt": dict(done.receipt),
        "submission": dict(done.submission),
    }


def _front(actor: Actor) -> str | None:
    """Where somebody from outside hands in who names no organ: the office's first petition office."""
    if actor.organ_code:
        return None
    fronts = Organ.objects.filter(root_id=actor.root_organ_id, kind="bureau", valid_until=None)
    return fronts.order_by("-is_front", "id").values_list("code", flat=True).first()


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


@api.get(
    "/track/{number}",
    summary="Follow a matter",
    **operation("trackMatter", petitioner, TrackOut, tag="petitions"),
)
def track(request: HttpRequest, number: Number) -> Any:
    """What the petitioner may see: stage, whose turn it is, clocks, documents, files, record, what can be done."""
    actor = actor_of(request)
    return shown.tracked(access_matter(actor, number, to=Permission.MATTER_READ), actor)


@api.get(
    "/track/{number}/attachments/{attachment}",
    summary="Fetch a file that the petitioner sent",
    **operation("trackAttachment", petitioner, FILE, tag="petitions", also=(409,)),
)
def track_attachment(request: HttpRequest, number: Number, attachment: RowId) -> StreamingHttpResponse:
    """The bytes as they were handed in; files of the office itself are not handed out here."""
    matter = access_matter(actor_of(request), number, to=Permission.MATTER_READ)
    return answer_with_file(matter, attachment, from_petitioner=True)

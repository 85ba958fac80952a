"""Register (登记): a contact becomes a petition, with its matter, number, query code and receipt (Articles 22, 23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now, today
from xinqiao.access.models import Ceiling
from xinqiao.access.permissions import Permission
from xinqiao.documents.attachments import attach
from xinqiao.matters.acting import actor_stamp
from xinqiao.matters.codes import new_query_code, next_number, query_code_hash
from xinqiao.matters.models import Accused, Claim, Involvement, Kind, Matter, Petition, Petitioner
from xinqiao.matters.submission import Invalid, Person, Submission, check, head_count
from xinqiao.matters.telling import tell_organ, tell_petitioner
from xinqiao.matters.views_of_record import clock_row, set_columns
from xinqiao.matters.models import ClockRow
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Organ, OrganKind, User
from xinqiao.procedure import Event, load_pack, read_case
from xinqiao.record import Act, OrganStamp, Stream, encrypt_field, issue_receipt, open_stream, record_first

IDENTITY = ("name", "id_number", "telephone", "email", "address")


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What the petitioner takes home; the code is nowhere else in clear."""

    matter: Matter
    number: str
    query_code: str
    receipt: Mapping[str, Any]
    submission: Mapping[str, Any]


@transaction.atomic(durable=True)
def register(*, submission: Submission, actor: Actor, organ: str | None = None) -> Registered:
    """Register one contact; durable when this returns.

    ``organ`` is the code of the receiving organ, by default the actor's own. Raises Invalid with every wrong field.
    """
    return register_within(submission=submission, actor=actor, organ=organ)


def register_within(
    *, submission: Submission, actor: Actor, organ: str | None = None, source_key: str = ""
) -> Registered:
    """The same inside a transaction of the caller's: the ledger import sets a savepoint per row around it."""
    actor.require(Permission.MATTER_REGISTER)
    said = submission.normalised()
    receiver = receiving_organ(organ or actor.organ_code, actor)
    check(said, pack=receiver.pack, today=today())
    accused = _accused(said, receiver)
    number, code = next_number(receiver, today().year), new_query_code()
    matter = _open(said, receiver, number, code)
    _record(matter, said, receiver, actor)
    petition = _petition(matter, said, receiver, actor, source_key)
    _people(matter, petition, said)
    _beside(matter, petition, said, receiver, accused, actor)
    receipt = issue_receipt(
        office=receiver.root.name,
        number=number,
        received_at=matter.registered_at,
        submission=said.handed_in(),
        stream=matter.stream,
    )
    return Registered(matter=matter, number=number, query_code=code, receipt=receipt, submission=said.handed_in())

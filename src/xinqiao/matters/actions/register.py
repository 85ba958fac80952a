"""Register (登记): a contact becomes a petition, with its matter, number, query code and receipt (Articles 22, 23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now, today
from xinqiao.access.models import Ceiling
from xinqiao.access.permissions import Permission
from xinqiao.documents.services import attach
from xinqiao.matters.acting import actor_stamp, organ_stamp
from xinqiao.matters.barring import unaccused_receiver
from xinqiao.matters.codes import new_query_code, next_number, query_code_hash
from xinqiao.matters.models import Accused, Claim, ClockRow, Involvement, Kind, Matter, Petition, Petitioner
from xinqiao.matters.submission import LIMITS, Invalid, Person, Submission, check, head_count
from xinqiao.matters.telling import tell_at_registration
from xinqiao.matters.views_of_record import clock_row, set_columns
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Organ, OrganKind, User
from xinqiao.procedure import Case, Event, History, Pack, WorkCalendar, load_pack, read_case
from xinqiao.record import OrganStamp, encrypt_field, issue_receipt, open_stream, record

IDENTITY = ("name", "id_number", "telephone", "email", "address")


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What the petitioner takes home; the query code is nowhere else in clear."""

    matter: Matter
    number: str
    query_code: str
    receipt: Mapping[str, Any]
    submission: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One registration that was checked and may be written."""

    said: Submission
    actor: Actor
    receiver: Organ
    pack: Pack
    calendar: WorkCalendar
    accused: list[Accused]


@transaction.atomic(durable=True)
def register(*, submission: Submission, actor: Actor, organ: str | None = None) -> Registered:
    """Register one contact; durable when this returns.

    ``organ`` is the code of the receiving organ, by default the actor's own. Raises Forbidden, and Invalid with every
    wrong field.
    """
    return register_within(submission=submission, actor=actor, organ=organ)


def register_within(
    *, submission: Submission, actor: Actor, organ: str | None = None, source_key: str = ""
) -> Registered:
    """The same inside a transaction of the caller's: the ledger import sets a savepoint per row around it."""
    intake = check_registration(submission=submission, actor=actor, organ=organ)
    return _write(intake, source_key)


def check_registration(*, submission: Submission, actor: Actor, organ: str | None = None) -> Intake:
    """Everything that can be wrong, looked at before anything is written; raises as ``register``."""
    actor.require(Permission.MATTER_REGISTER)
    said = submission.normalised()
    receiver = receiving_organ(organ or actor.organ_code, actor)
    check(said, pack=receiver.pack, today=today())
    accused = _accused(said, receiver)
    if said.kind == Kind.ACCUSATION:
        receiver = unaccused_receiver(receiver, accused)
    return Intake(
        said=said,
        actor=actor,
        receiver=receiver,
        pack=load_pack(receiver.pack),
        calendar=calendar_of(receiver.root_id),
        accused=accused,
    )


def receiving_organ(code: str, actor: Actor) -> Organ:
    """The organ that receives; raises Invalid where there is none of this code in the actor's office."""
    try:
        organ = living_organ(code, root_id=actor.root_organ_id, on=today())
    except UnknownOrgan:
        raise Invalid({"organ": _("There is no organ with the code %(code)s here.") % {"code": code[:40]}}) from None
    if actor.is_staff and actor.organ_id != organ.pk and organ.scope_id != actor.scope_id:
        raise Invalid({"organ": _("A member of staff registers for the own organ only.")})
    return organ


def _write(intake: Intake, source_key: str) -> Registered:
    number, code = next_number(intake.receiver, today().year), new_query_code()
    matter, case = _matter(intake, number, code)
    data, texts = _event(intake)
    event = record(
        matter.stream,
        type="received",
        actor=actor_stamp(intake.actor),
        organ=organ_stamp(intake.actor) or OrganStamp(code=intake.receiver.code, name=intake.receiver.name),
        at=matter.registered_at,
        on=matter.received_on,
        article=intake.pack.article("register"),
        pack=matter.pack_version,
        calendar=matter.calendar_version,
        data={**data, "number": number},
        texts=texts,
        sealed=matter.is_sealed,
    )
    matter.save(force_insert=True)
    petition = _petition(matter, intake, event.seq, source_key)
    _beside(matter, petition, intake, case)
    handed_in = intake.said.handed_in()
    receipt = issue_receipt(
        office=intake.receiver.name,
        number=number,
        received_at=matter.registered_at,
        submission=handed_in,
        stream=matter.stream,
    )
    return Registered(matter=matter, number=number, query_code=code, receipt=receipt, submission=handed_in)


def _matter(intake: Intake, number: str, code: str) -> tuple[Matter, Case]:
    said, receiver = intake.said, intake.receiver
    sealed = said.kind == Kind.ACCUSATION or said.confidential
    matter = Matter(
        root_organ_id=receiver.root_id,
        stream=open_stream(root_organ_id=receiver.root_id),
        number=number,
        query_code=query_code_hash(number, code),
        kind=said.kind,
        title="" if sealed else said.subject,
        class_code=said.class_code,
        purpose=said.purpose,
        place="" if sealed else said.place,
        confidentiality=Ceiling.CONFIDENTIAL if sealed else Ceiling.INTERNAL,
        pack=receiver.pack,
        pack_version=intake.pack.version,
        received_by=receiver,
        holder=receiver,
        received_on=said.received_on or today(),
        registered_at=now(),
        is_joint=len(said.petitioners) > 1,
        is_group=said.channel == "visit" and head_count(said) >= intake.pack.settings["group_visit_from"],
        is_anonymous=said.anonymous,
    )
    case = read_case(
        History.of([Event(type="received", on=matter.received_on, at=None, data=_event(intake)[0])]),
        pack=intake.pack,
        calendar=intake.calendar,
        today=today(),
    )
    set_columns(matter, case, calendar=intake.calendar)
    return matter, case


def _event(intake: Intake) -> tuple[dict[str, Any], dict[str, str]]:
    """What the record says of a registration: codes among the data, words among the texts."""
    said, receiver = intake.said, intake.receiver
    data: dict[str, Any] = {
        "by": "bureau" if receiver.kind == OrganKind.BUREAU else "organ",
        "organ": receiver.code,
        "channel": said.channel,
        "kind": said.kind,
        "persons": head_count(said),
    }
    if is_address_unclear(said):
        data["address_unclear"] = True
    if len(named := addressees_of(said)) > 1:
        data["petitioners"] = named
    if said.posted_on:
        data["posted_on"] = said.posted_on.isoformat()
    texts = {"text": said.text, "title": said.subject, "place": said.place}
    texts |= {f"claim_{i}": claim for i, claim in enumerate(said.claims, 1)}
    return data, {name: text for name, text in texts.items() if text}


def addressees_of(said: Submission) -> list[str]:
    """Whose own rights run: the speakers of a joint petition, or else everybody named, by ordinal."""
    people = list(enumerate(said.petitioners, 1))
    return [str(i) for i, p in people if p.is_speaker] or [str(i) for i, _p in people]


def is_address_unclear(said: Submission) -> bool:
    """Nobody can be told in writing: no name or address, and neither telephone nor e-mail (Article 23)."""
    reachable = any(p.telephone or p.email or (p.name and p.address) for p in said.petitioners)
    return not reachable and said.channel not in {"web", "visit"}


def _petition(matter: Matter, intake: Intake, seq: int, source_key: str) -> Petition:
    said = intake.said
    return Petition.objects.create(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        event_seq=seq,
        channel=said.channel,
        received_by=intake.receiver,
        registered_by_id=intake.actor.user_id,
        received_on=matter.received_on,
        posted_on=said.posted_on,
        persons=head_count(said),
        involved=said.involved or head_count(said),
        address_unclear=is_address_unclear(said),
        source_key=source_key,
    )


def _beside(matter: Matter, petition: Petition, intake: Intake, case: Case) -> None:
    """The rows around a matter, each kind in one statement."""
    root, said = matter.root_organ_id, intake.said
    Petitioner.objects.bulk_create(
        [_petitioner(matter, petition, i, person) for i, person in enumerate(said.petitioners, 1)]
    )
    claims = said.claims or ("",)
    Claim.objects.bulk_create(
        [Claim(root_organ_id=root, matter=matter, ordinal=i) for i, _claim in enumerate(claims, 1)]
    )
    Involvement.objects.create(
        root_organ_id=root, matter=matter, organ=intake.receiver, part="receiver", since=matter.received_on
    )
    ClockRow.objects.bulk_create([clock_row(matter, c, calendar=intake.calendar) for c in case.clocks])
    for row in intake.accused:
        row.matter, row.root_organ_id = matter, root
    Accused.objects.bulk_create(intake.accused)
    if said.files:
        attach(
            matter.stream,
            list(said.files),
            petition_id=petition.pk,
            event_seq=petition.event_seq,
            sealed=matter.is_sealed,
            from_petitioner=True,
            by=intake.actor.user_id,
        )
    outside = (intake.receiver.pk,) if intake.actor.kind in {"citizen", "partner"} else ()
    emails = [p.email for p in said.petitioners if p.email]
    if outside or emails:
        tell_at_registration(
            matter, outside, emails, organ=intake.receiver.name, on=matter.received_on, due_on=matter.next_due_on
        )


def _petitioner(matter: Matter, petition: Petition, ordinal: int, person: Person) -> Petitioner:
    fields = {name: getattr(person, name).strip() for name in IDENTITY}
    return Petitioner(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        petition=petition,
        ordinal=ordinal,
        is_organisation=person.is_organisation,
        is_speaker=person.is_speaker,
        **{name: encrypt_field(matter.stream, value) for name, value in fields.items() if value},
    )


def _accused(said: Submission, receiver: Organ) -> list[Accused]:
    """Rows for whom the petition complains of; raises Invalid for an organ or a person that is not known."""
    rows: list[Accused] = []
    for code in said.accused_organs[: LIMITS["claims"]]:
        organ = Organ.objects.filter(code=code, root=receiver.root).first()
        if organ is None:
            raise Invalid({"accused_organs": _("There is no organ with the code %(code)s here.") % {"code": code[:40]}})
        rows.append(Accused(organ=organ))
    for username in said.accused_users[: LIMITS["claims"]]:
        user = User.objects.filter(username=username, holdings__post__organ__root=receiver.root).first()
        if user is None:
            raise Invalid({"accused_users": _("Nobody on the staff here has this account name.")})
        rows.append(Accused(user=user))
    return rows

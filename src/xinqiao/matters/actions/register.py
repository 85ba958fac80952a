"""Register (登记): a contact becomes a petition, with its matter, number, query code and receipt (Articles 22, 23)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
from xinqiao.matters.codes import new_query_code, next_numbers, query_code_hash
from xinqiao.matters.models import Accused, Claim, Involvement, Kind, Matter, Petition, Petitioner
from xinqiao.matters.submission import LIMITS, Invalid, Person, Submission, check, head_count
from xinqiao.matters.telling import tell_at_registration
from xinqiao.matters.views_of_record import clock_row, set_columns
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Organ, OrganKind, User
from xinqiao.procedure import Case, Event, History, Pack, WorkCalendar, load_pack, read_case
from xinqiao.record import Act, OrganStamp, issue_receipt, open_stream, record_new
from xinqiao.record.fields import sealer
from xinqiao.record.writing_rows import insert

IDENTITY = ("name", "id_number", "telephone", "email", "address")


@dataclass(kw_only=True)
class Registered:
    """What the petitioner takes home; the query code is nowhere else in clear."""

    matter: Matter
    number: str
    query_code: str
    office: str
    submission: Mapping[str, Any]

    @cached_property
    def receipt(self) -> Mapping[str, Any]:
        """Signed when it is first asked for, before any further act: a ledger's lines have nobody to hand it to."""
        return issue_receipt(
            office=self.office,
            number=self.number,
            received_at=self.matter.registered_at,
            submission=self.submission,
            stream=self.matter.stream,
        )


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One registration that was checked and may be written."""

    said: Submission
    actor: Actor
    receiver: Organ
    pack: Pack
    calendar: WorkCalendar
    accused: list[Accused]
    source_key: str = ""


@transaction.atomic(durable=True)
def register(*, submission: Submission, actor: Actor, organ: str | None = None) -> Registered:
    """Register one contact; durable when this returns.

    ``organ`` is the code of the receiving organ, by default the actor's own. Raises Forbidden, and Invalid with every
    wrong field.
    """
    return register_within(submission=submission, actor=actor, organ=organ)


def register_within(*, submission: Submission, actor: Actor, organ: str | None = None) -> Registered:
    """The same inside a transaction of the caller's."""
    return register_checked([check_registration(submission=submission, actor=actor, organ=organ)])[0]


def check_registration(
    *,
    submission: Submission,
    actor: Actor,
    organ: str | None = None,
    receiver: Organ | None = None,
    calendar: WorkCalendar | None = None,
    source_key: str = "",
) -> Intake:
    """Everything that can be wrong, looked at before anything is written; raises as ``register``.

    Whoever registers many at once hands in the receiver and the calendar that he has looked up already.
    """
    actor.require(Permission.MATTER_REGISTER)
    said = submission.normalised()
    receiver = receiver or receiving_organ(organ or actor.organ_code, actor)
    check(said, pack=receiver.pack, today=today())
    accused = _accused(said, receiver)
    if said.kind == Kind.ACCUSATION:
        receiver = unaccused_receiver(receiver, accused)
    return Intake(
        said=said,
        actor=actor,
        receiver=receiver,
        pack=load_pack(receiver.pack),
        calendar=calendar or calendar_of(receiver.office_id),
        accused=accused,
        source_key=source_key,
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


def register_checked(intakes: Sequence[Intake]) -> list[Registered]:
    """Write what was checked: one statement for each kind of row, however many petitions come at once."""
    drafts = [draft for group in _by_receiver(intakes) for draft in _drafts(group)]
    record_new([(draft.matter.stream, [draft.act]) for draft in drafts])
    insert([draft.matter for draft in drafts])
    insert(petitions := [_petition(draft) for draft in drafts])
    for draft, petition in zip(drafts, petitions, strict=True):
        draft.petition = petition
    _beside(drafts)
    done = {id(draft.intake): _registered(draft) for draft in drafts}
    return [done[id(intake)] for intake in intakes]


@dataclass
class _Draft:
    """One registration with its number and code, before and while its rows are written."""

    intake: Intake
    matter: Matter
    case: Case
    act: Act
    query_code: str
    petition: Petition | None = None


def _by_receiver(intakes: Sequence[Intake]) -> list[list[Intake]]:
    groups: dict[int, list[Intake]] = {}
    for intake in intakes:
        groups.setdefault(intake.receiver.pk, []).append(intake)
    return list(groups.values())


def _drafts(intakes: Sequence[Intake]) -> Iterator[_Draft]:
    numbers = next_numbers(intakes[0].receiver, today().year, len(intakes))
    for intake, number in zip(intakes, numbers, strict=True):
        code = new_query_code()
        data, texts = _event(intake)
        matter, case = _matter(intake, number, code, data)
        yield _Draft(intake, matter, case, _act(intake, matter, data, texts), code)


def _act(intake: Intake, matter: Matter, data: dict[str, Any], texts: dict[str, str]) -> Act:
    return Act(
        type="received",
        actor=actor_stamp(intake.actor),
        organ=organ_stamp(intake.actor) or OrganStamp(code=intake.receiver.code, name=intake.receiver.name),
        at=matter.registered_at,
        on=matter.received_on,
        article=intake.pack.article("register"),
        pack=matter.pack_version,
        calendar=matter.calendar_version,
        data={**data, "number": matter.number},
        texts=texts,
        sealed=matter.is_sealed,
    )


def _registered(draft: _Draft) -> Registered:
    return Registered(
        matter=draft.matter,
        number=draft.matter.number,
        query_code=draft.query_code,
        office=draft.intake.receiver.name,
        submission=draft.intake.said.handed_in(),
    )


def _matter(intake: Intake, number: str, code: str, data: dict[str, Any]) -> tuple[Matter, Case]:
    said, receiver = intake.said, intake.receiver
    sealed = said.kind == Kind.ACCUSATION or said.confidential
    matter = Matter(
        root_organ_id=receiver.office_id,
        stream=open_stream(root_organ_id=receiver.office_id),
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
        History.of([Event(type="received", on=matter.received_on, at=None, data=data)]),
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
    texts = {"text": said.text, "title": said.subject, "place": said.place, "ledger": said.from_ledger}
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


def _petition(draft: _Draft) -> Petition:
    said, matter = draft.intake.said, draft.matter
    return Petition(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        event_seq=1,
        channel=said.channel,
        received_by=draft.intake.receiver,
        registered_by_id=draft.intake.actor.user_id,
        received_on=matter.received_on,
        posted_on=said.posted_on,
        persons=head_count(said),
        involved=said.involved or head_count(said),
        address_unclear=is_address_unclear(said),
        source_key=draft.intake.source_key,
    )


def _beside(drafts: Sequence[_Draft]) -> None:
    """The rows around the matters, each kind in one statement."""
    insert([row for draft in drafts for row in _petitioners(draft)])
    insert([row for draft in drafts for row in _claims(draft)])
    insert([_involvement(draft) for draft in drafts])
    insert([clock_row(d.matter, clock, calendar=d.intake.calendar) for d in drafts for clock in d.case.clocks])
    insert([row for draft in drafts for row in _accused_rows(draft)])
    for draft in drafts:
        _keep_files(draft)
        _tell(draft)


def _petitioners(draft: _Draft) -> list[Petitioner]:
    assert draft.petition is not None
    people = enumerate(draft.intake.said.petitioners, 1)
    return [_petitioner(draft.matter, draft.petition, ordinal, person) for ordinal, person in people]


def _claims(draft: _Draft) -> list[Claim]:
    """A petition without separate claims asks one thing."""
    count = max(1, len(draft.intake.said.claims))
    root = draft.matter.root_organ_id
    return [Claim(root_organ_id=root, matter=draft.matter, ordinal=ordinal) for ordinal in range(1, count + 1)]


def _involvement(draft: _Draft) -> Involvement:
    matter = draft.matter
    return Involvement(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        organ=draft.intake.receiver,
        part="receiver",
        since=matter.received_on,
    )


def _accused_rows(draft: _Draft) -> list[Accused]:
    for row in draft.intake.accused:
        row.matter, row.root_organ_id = draft.matter, draft.matter.root_organ_id
    return draft.intake.accused


def _keep_files(draft: _Draft) -> None:
    if files := draft.intake.said.files:
        assert draft.petition is not None
        attach(
            draft.matter.stream,
            list(files),
            petition_id=draft.petition.pk,
            event_seq=draft.petition.event_seq,
            sealed=draft.matter.is_sealed,
            from_petitioner=True,
            by=draft.intake.actor.user_id,
        )


def _tell(draft: _Draft) -> None:
    """The receiving organ hears of what came from outside; the petitioner, if he gave an address."""
    intake, matter = draft.intake, draft.matter
    outside = (intake.receiver.pk,) if intake.actor.kind in {"citizen", "partner"} else ()
    emails = [p.email for p in intake.said.petitioners if p.email]
    if outside or emails:
        tell_at_registration(
            matter, outside, emails, organ=intake.receiver.name, on=matter.received_on, due_on=matter.next_due_on
        )


def _petitioner(matter: Matter, petition: Petition, ordinal: int, person: Person) -> Petitioner:
    fields = {name: getattr(person, name).strip() for name in IDENTITY}
    sealed = sealer(matter.stream)
    return Petitioner(
        root_organ_id=matter.root_organ_id,
        matter=matter,
        petition=petition,
        ordinal=ordinal,
        is_organisation=person.is_organisation,
        is_speaker=person.is_speaker,
        **{name: sealed(value) for name, value in fields.items() if value},
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

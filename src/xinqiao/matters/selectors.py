"""What pages and the API read of matters, as plain values. Nothing here writes but a look at what is sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinqiao.access.actor import Actor
from xinqiao.access.models import Look
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting
from xinqiao.matters.models import Claim, Kind, Matter, Petitioner
from xinqiao.organs.lookup import organs_named
from xinqiao.record import RecordedEvent, decrypt_field
from xinqiao.record.fields import KeyErased
from xinqiao.record.reader import opened_bodies
from xinqiao.record.reading_rows import Shape

_CLAIMS = Shape(Claim)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event in plain words."""

    seq: int
    type: str
    label: str
    on: date
    organ: str
    post: str
    article: str
    facts: Mapping[str, Any]
    texts: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    ordinal: int
    text: str
    outcome: str
    outcome_label: str


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A petitioner as far as one may see; identity fields are empty until they are opened."""

    ordinal: int
    name: str
    is_organisation: bool
    is_speaker: bool
    telephone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""


def list_title(matter: Matter) -> str:
    """The title in a list: neutral for what is sealed; its own title shows after entering."""
    if matter.kind == Kind.ACCUSATION:
        return str(labels.SEALED_TITLE)
    return matter.title or str(labels.CONFIDENTIAL_TITLE)


def note_look(matter: Matter, actor: Actor, what: str, reason: str = "") -> None:
    """Put on record that somebody saw what is kept apart."""
    Look.objects.create(
        root_organ_id=matter.root_organ_id,
        stream_id=matter.stream_id,
        user_id=actor.user_id,
        organ_id=actor.organ_id or 0,
        what=what,
        reason=reason,
    )


def opened_texts(matter: Matter, actor: Actor | None) -> dict[tuple[int, str], str]:
    """All texts of a matter that were not erased.

    A look at a sealed one, or from an administrator's session, goes on record.
    """
    if actor is not None and actor.user_id and (matter.is_sealed or actor.admin_until):
        note_look(matter, actor, "texts")
    return {(body.seq, body.field): body.text for body in opened_bodies(matter.stream_id)}


def timeline(recorded: Iterable[RecordedEvent], texts: Mapping[tuple[int, str], str]) -> list[Entry]:
    """The record in plain words, newest first."""
    return [_entry(event, texts) for event in reversed(list(recorded))]


def _entry(event: RecordedEvent, texts: Mapping[tuple[int, str], str]) -> Entry:
    said = [(str(labels.TEXTS[f]), texts.get((event.seq, f), "")) for f in labels.TEXTS if f in event.texts]
    return Entry(
        seq=event.seq,
        type=event.type,
        label=str(labels.EVENTS.get(event.type, event.type)),
        on=event.on,
        organ=event.organ.name if event.organ else "",
        post=event.actor.post or "",
        article=event.article,
        facts=event.data,
        texts=[(label, text) for label, text in said if text],
    )


def claims_of(matter: Matter, texts: Mapping[tuple[int, str], str]) -> list[ClaimView]:
    """What is asked, claim by claim; a petition without separate claims asks one thing, its title."""
    rows = _CLAIMS.read("matter_id = %s ORDER BY ordinal", [matter.pk])
    return [
        ClaimView(
            ordinal=row.ordinal,
            text=texts.get((1, f"claim_{row.ordinal}")) or texts.get((1, "title"), ""),
            outcome=row.outcome,
            outcome_label=str(row.get_outcome_display()),
        )
        for row in rows
    ]


def petitioners_of(matter: Matter, *, with_contact: bool) -> list[PersonView]:
    """The petitioners by name; telephone, address and identity number only where they were asked for."""
    return [_person(matter, row, with_contact) for row in matter.petitioners.all()]


def _person(matter: Matter, row: Petitioner, with_contact: bool) -> PersonView:
    def opened(value: bytes | None) -> str:
        try:
            return decrypt_field(matter.stream, bytes(value)) if value else ""
        except KeyErased:
            return ""

    shown = ("telephone", "email", "address", "id_number") if with_contact else ()
    return PersonView(
        ordinal=row.ordinal,
        name=opened(row.name),
        is_organisation=row.is_organisation,
        is_speaker=row.is_speaker,
        **{name: opened(getattr(row, name)) for name in shown},
    )


def find_organs(act: Acting) -> None:
    """Ask for every organ that the record and its clocks name at once; whoever names one later finds it there."""
    named = [event.data.get(name) for event in act.recorded for name in ("to", "organ")]
    acting = [event.organ.code for event in act.recorded if event.organ]
    organs_named([*named, *acting, *(clock.organ for clock in act.case.clocks), act.actor.organ_code])


def organ_names(codes: Iterable[str | None]) -> dict[str, str]:
    """Codes of organs as names in the reader's language."""
    return {code: organ.label for code, organ in organs_named(codes).items()}


def clock_dicts(act: Acting, language: str) -> list[dict[str, Any]]:
    """The clocks as the interface prints them."""
    return [clock.as_dict(language) for clock in act.case.clocks]

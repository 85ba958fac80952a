"""Any list of matters as .xlsx, with the columns of a ledger, so that what was written can be read again.

Only what the exporting person may see leaves the house, each matter with a look on record. Of a sealed matter the line
says no more than the list on the screen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.clock import SHANGHAI
from xinqiao.access.models import Look
from xinqiao.access.permissions import Permission
from xinqiao.matters.ledgers import words
from xinqiao.matters.ledgers.headings import HEADINGS
from xinqiao.matters.ledgers.writing import Page
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Accused, Matter, Petition, Petitioner
from xinqiao.matters.selectors import list_title
from xinqiao.record.fields import KeyErased, opener
from xinqiao.record.reader import clear_texts_of_many

BATCH = 500
MAX_LINES = 1_048_575
"""Lines that a sheet holds below its headings."""
LANGUAGES = ("zh-hans", "zh-hant", "en")
IDENTITY = ("name", "telephone", "email", "address", "id_number")
FIELDS = (
    *("number", "received_on", "registered_on", "posted_on", "title", "text", "claims", "channel"),
    *IDENTITY,
    *("persons", "involved", "place", "class_code", "purpose", "kind", "accused", "anonymous", "confidential", "noted"),
)
STATE: dict[str, tuple[str, str, str]] = {
    "stage": ("状态", "狀態", "Stage"),
    "holder": ("承办单位", "承辦單位", "Held by"),
    "due": ("到期日", "到期日", "Due on"),
}
"""Columns that say how a matter stands; an import leaves them out."""
WIDTHS = {"title": 36.0, "text": 60.0, "claims": 36.0, "address": 28.0, "noted": 28.0, "telephone": 16.0}
Narrowed = Callable[[QuerySet[Matter]], QuerySet[Matter]]


class TooMany(Exception):
    """The list is longer than allowed; ``found`` and ``most`` say by how much."""

    def __init__(self, found: int, most: int) -> None:
        super().__init__(f"{found} matters, at most {most}")
        self.found, self.most = found, most


@dataclass(frozen=True)
class Export:
    """Who writes which columns in which language (0 Simplified, 1 Traditional, 2 English)."""

    actor: Actor
    fields: tuple[str, ...]
    language: int


def export_matters(
    path: Path,
    *,
    actor: Actor,
    narrowed: Narrowed,
    language: str,
    most: int = MAX_LINES,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write what ``narrowed`` leaves of the matters in sight, in its order; the number of lines.

    Names and contact data stand in it only where the post may read identities. Raises Forbidden, and TooMany before
    anything is written.
    """
    actor.require(Permission.MATTER_EXPORT)
    rows = narrowed(matters_visible_to(actor))
    if (found := rows.count()) > most:
        raise TooMany(found, most)
    export = Export(actor, _fields(actor), LANGUAGES.index(language) if language in LANGUAGES else 0)
    page = Page(path, ("信访台账", "信訪台賬", "Petitions")[export.language])
    page.widths([WIDTHS.get(name, 13.0) for name in export.fields])
    page.headings([_title(name, export.language) for name in export.fields])
    done = _write(page, rows, export, progress)
    page.close()
    return done


def _fields(actor: Actor) -> tuple[str, ...]:
    hidden = () if actor.may(Permission.MATTER_READ_IDENTITY) else IDENTITY
    return (*(name for name in FIELDS if name not in hidden), *STATE)


def _title(name: str, language: int) -> str:
    return STATE[name][language] if name in STATE else HEADINGS[name][language]


def _write(page: Page, rows: QuerySet[Matter], export: Export, progress: Callable[[int], None]) -> int:
    """The order of the list is kept as ids; the matters come some hundreds at a time."""
    done = 0
    for ids in _batches(rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)):
        matters = Matter.objects.select_related("stream", "holder").in_bulk(ids)
        batch = _Batch.of([matters[pk] for pk in ids])
        _note_looks(batch.matters, export.actor)
        for matter in batch.matters:
            line = _line(matter, batch, export)
            page.line([line[name] for name in export.fields])
        done += len(batch.matters)
        progress(done)
    return done


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    source = iter(ids)
    while batch := list(islice(source, BATCH)):
        yield batch


def _note_looks(matters: Sequence[Matter], actor: Actor) -> None:
    """Put on record, before it is written, what leaves the house with whom."""
    assert actor.user_id is not None  # Only a person's post may export.
    Look.objects.bulk_create(
        Look(
            root_organ_id=matter.root_organ_id,
            stream_id=matter.stream_id,
            user_id=actor.user_id,
            organ_id=actor.organ_id or 0,
            what="export",
        )
        for matter in matters
    )


@dataclass(frozen=True)
class _Batch:
    """Some matters with all that stands around them, by matter."""

    matters: Sequence[Matter]
    petitions: dict[int, Petition]
    petitioners: dict[int, list[Petitioner]]
    accused: dict[int, list[str]]
    texts: dict[int, dict[str, str]]

    @classmethod
    def of(cls, matters: Sequence[Matter]) -> "_Batch":
        """A query for each kind of row."""
        opened = [matter for matter in matters if not matter.is_sealed]
        ids = [matter.pk for matter in opened]
        petitions = Petition.objects.filter(matter_id__in=[m.pk for m in matters]).order_by("-id")
        petitioners: dict[int, list[Petitioner]] = {}
        for row in Petitioner.objects.filter(matter_id__in=ids).order_by("matter_id", "ordinal"):
            petitioners.setdefault(row.matter_id, []).append(row)
        texts = clear_texts_of_many([matter.stream_id for matter in opened], seq=1)
        return cls(matters, {row.matter_id: row for row in petitions}, petitioners, _accused(ids), texts)


def _accused(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in Accused.objects.filter(matter_id__in=ids).select_related("organ", "user").order_by("id"):
        found.setdefault(row.matter_id, []).append(row.organ.name if row.organ else row.user.name if row.user else "")
    return found


def _line(matter: Matter, batch: _Batch, export: Export) -> dict[str, object]:
    """One matter by field, its first contact for the facts of a petition."""
    petition, said = batch.petitions[matter.pk], batch.texts.get(matter.stream_id, {})
    language = export.language
    return {
        "number": matter.number,
        "received_on": matter.received_on,
        "registered_on": matter.registered_at.astimezone(SHANGHAI).replace(microsecond=0),
        "posted_on": petition.posted_on,
        "title": said.get("title") or list_title(matter),
        "text": said.get("text", ""),
        "claims": "\n".join(_claims(said)),
        "channel": words.word_of(petition.channel, words.CHANNELS, language),
        "persons": petition.persons,
        "involved": petition.involved,
        "place": matter.place,
        "class_code": matter.class_code,
        "purpose": words.word_of(matter.purpose, words.PURPOSES, language),
        "kind": words.word_of(matter.kind, words.KINDS, language),
        "accused": "、".join(batch.accused.get(matter.pk, ())),
        "anonymous": _yes_no(matter.is_anonymous, language),
        "confidential": _yes_no(matter.is_sealed, language),
        "noted": said.get("ledger", ""),
        "stage": matter.get_stage_display(),
        "holder": matter.holder.label,
        "due": matter.next_due_on,
        **(_people(matter, batch) if "name" in export.fields else {}),
    }


def _claims(said: dict[str, str]) -> list[str]:
    numbered = sorted((int(name[6:]), text) for name, text in said.items() if name.startswith("claim_"))
    return [text for _number, text in numbered]


def _yes_no(is_so: bool, language: int) -> str:
    return words.word_of("yes" if is_so else "no", words.YES_NO, language)


def _people(matter: Matter, batch: _Batch) -> dict[str, object]:
    """Names side by side, contact data line by line in the order of the names."""
    rows = batch.petitioners.get(matter.pk, [])
    try:
        opened = opener(matter.stream) if rows else None
    except KeyErased:
        opened = None
    shown: dict[str, Any] = dict.fromkeys(IDENTITY, "")
    if opened:
        for name in IDENTITY:
            parts = [opened(bytes(value)) if (value := getattr(row, name)) else "" for row in rows]
            shown[name] = ("、" if name == "name" else "\n").join(parts) if any(parts) else ""
    return shown

"""What somebody hands in, checked field by field before anything is written.

Plain data: the desk, the portal, the API and the ledger import all fill one of these.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from xinqiao.documents.services import ReceivedFile
from xinqiao.matters.language import law_language
from xinqiao.matters.models import Channel, Kind, Purpose
from xinqiao.procedure import load_pack, may_register
from xinqiao.record import lf

LIMITS = {
    "title": 60,
    "text": 20_000,
    "claim": 500,
    "claims": 20,
    "accused_organs": 20,
    "accused_users": 20,
    "name": 60,
    "id_number": 30,
    "telephone": 40,
    "email": 120,
    "address": 200,
    "place": 100,
    "class_code": 60,
    "petitioners": 500,
    "persons": 9999,
    "files": 20,
    "reason": 4000,
    "from_ledger": 2000,
}
EARLIEST = date(1990, 1, 1)
# Control characters other than tab and line ends, and halves of surrogate pairs.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who petitions, as he gave himself."""

    name: str = ""
    id_number: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""
    is_organisation: bool = False
    is_speaker: bool = False


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One contact. ``received_on`` and ``channel`` are facts; ``text`` is the petitioner's own words.

    ``from_ledger`` is what a ledger noted beyond these fields, such as its own number.
    """

    channel: str
    text: str
    title: str = ""
    kind: str = Kind.APPEAL
    claims: tuple[str, ...] = ()
    petitioners: tuple[Person, ...] = ()
    persons: int | None = None
    involved: int | None = None
    received_on: date | None = None
    posted_on: date | None = None
    place: str = ""
    class_code: str = ""
    purpose: str = ""
    accused_organs: tuple[str, ...] = ()
    accused_users: tuple[str, ...] = ()
    confidential: bool = False
    anonymous: bool = False
    files: tuple[ReceivedFile, ...] = ()
    language: str = "zh-hans"
    from_ledger: str = ""

    def normalised(self) -> "Submission":
        """Line ends as LF and nothing else of the petitioner's words changed."""
        return replace(self, text=lf(self.text), title=self.title.strip())

    @property
    def subject(self) -> str:
        """The title, or where nobody gave one the beginning of the text."""
        return self.title or title_from(self.text)

    def handed_in(self) -> dict[str, Any]:
        """What the receipt commits to: the words, and the names of files with their hashes."""
        said: dict[str, Any] = {"text": self.text}
        if self.title:
            said["title"] = self.title
        if self.claims:
            said["claims"] = list(self.claims)
        said["files"] = [{"name": f.name, "sha256": f.sha256} for f in self.files]
        return said


@dataclass
class Invalid(Exception):
    """Fields that must be put right, each with a sentence that says how."""

    errors: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {sentence}" for name, sentence in self.errors.items())


def title_from(text: str) -> str:
    """The beginning of a text up to its first stop, where nobody gave a title; a long one ends in a whole word and …"""
    line = text.strip().split("\n", 1)[0].strip()
    for stop in "。！？!?；;":
        line = line.split(stop, 1)[0]
    if len(line) <= LIMITS["title"]:
        return line
    begun = line[: LIMITS["title"] - 1]
    return f"{begun.rsplit(' ', 1)[0].rstrip(' ,，、:：')}…"


def check(submission: Submission, *, pack: str, today: date) -> None:
    """Raise Invalid with every field that is wrong, in the order of the form."""
    errors: dict[str, str] = {}
    _check_words(submission, errors)
    _check_persons(submission, pack, today, errors)
    _check_days(submission, today, errors)
    if errors:
        raise Invalid(errors)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _check_words(s: Submission, errors: dict[str, str]) -> None:
    if s.channel not in Channel.values:
        errors["channel"] = _("Choose one of the channels listed.")
    if s.kind not in Kind.values:
        errors["kind"] = _("Choose one of the kinds listed.")
    if s.purpose and s.purpose not in Purpose.values:
        errors["purpose"] = _("Choose one of the purposes listed.")
    if not s.text.strip():
        errors["text"] = _("Write what happened and what you ask for.")
    for name in ("title", "text", "place", "class_code", "from_ledger"):
        check_length(name, getattr(s, name), errors)
    for name in ("claims", "accused_organs", "accused_users"):
        if len(getattr(s, name)) > LIMITS[name]:
            errors[name] = too_many(LIMITS[name])
    for i, claim in enumerate(s.claims, 1):
        check_length("claim", claim, errors, at=f"claims.{i}")
    if len(s.files) > LIMITS["files"]:
        errors["files"] = too_many(LIMITS["files"])


def _check_persons(s: Submission, pack: str, today: date, errors: dict[str, str]) -> None:
    if not s.anonymous and not s.petitioners:
        errors["petitioners"] = _("Give the name of at least one petitioner, or mark the petition as anonymous.")
    if len(s.petitioners) > LIMITS["petitioners"]:
        errors["petitioners"] = too_many(LIMITS["petitioners"])
    for i, person in enumerate(s.petitioners, 1):
        if not s.anonymous and not person.name.strip():
            errors[f"petitioners.{i}.name"] = _("Write the name.")
        for name in ("name", "id_number", "telephone", "email", "address"):
            check_length(name, getattr(person, name), errors, at=f"petitioners.{i}.{name}")
        if person.email and not _is_address(person.email):
            errors[f"petitioners.{i}.email"] = _("Write an e-mail address such as name@example.org.")
    persons = head_count(s)
    if not 1 <= persons <= LIMITS["persons"]:
        errors["persons"] = _("Write a number of persons from 1 to %(most)d.") % {"most": LIMITS["persons"]}
    elif refusal := may_register(
        load_pack(pack),
        at_visit=s.channel == Channel.VISIT,
        speakers=sum(p.is_speaker for p in s.petitioners),
        persons=persons,
    ):
        errors["petitioners"] = refusal.sentence(law_language())


def _check_days(s: Submission, today: date, errors: dict[str, str]) -> None:
    if s.received_on and s.received_on > today:
        errors["received_on"] = _("The day of receipt lies after today; write today or an earlier day.")
    if s.received_on and s.received_on < EARLIEST:
        errors["received_on"] = _("The day of receipt lies before 1990; check the year.")
    if s.posted_on and s.posted_on > (s.received_on or today):
        errors["posted_on"] = _("The postmark lies after the day of receipt; check both days.")


def check_length(name: str, value: str, errors: dict[str, str], *, at: str = "") -> None:
    """Note a field that is too long, or that holds characters no keyboard writes."""
    if len(value) > LIMITS[name]:
        errors[at or name] = _("At most %(most)d characters; this has %(has)d.") % {
            "most": LIMITS[name],
            "has": len(value),
        }
    elif _CONTROL.search(value):
        errors[at or name] = _("Remove the invisible control characters.")


def too_many(most: int) -> str:
    return _("At most %(most)d entries.") % {"most": most}


def head_count(s: Submission) -> int:
    """人次: the persons present, or those named where nobody counted."""
    return s.persons if s.persons is not None else max(1, len(s.petitioners))


def require_words(**words: str) -> None:
    """Raise Invalid for each of these texts that is missing or too long."""
    errors: dict[str, str] = {}
    for name, value in words.items():
        if not value.strip():
            errors[name] = _("Write this; the document is not complete without it.")
        else:
            check_length("reason", value, errors, at=name)
    if errors:
        raise Invalid(errors)

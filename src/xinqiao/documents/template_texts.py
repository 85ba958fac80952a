"""The texts of papers as they come with the program (``texts/*.toml``), and which placeholders each kind knows.

Each line of ``body`` is a paragraph; a short line that begins with 一、 or （一） is a heading. What an office writes
instead is a later version in the database; here nothing is read from it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from xinqiao.documents.labels import PaperKind
from xinqiao.documents.placeholders import SCRIPTS

#: Script, then field, then text.
Texts = Mapping[str, Mapping[str, str]]
MAX_TEXT: Final = 4000
_FOLDER: Final = Path(__file__).resolve().parent / "texts"

_LETTER = ("title", "salutation", "body", "note")
_OPINION = ("title", "salutation", "body", "remedy", "note")
FIELDS: Final[Mapping[PaperKind, tuple[str, ...]]] = {
    PaperKind.RECEIPT: _LETTER,
    PaperKind.ACCEPTANCE: _LETTER,
    PaperKind.NOT_ACCEPTED: _LETTER,
    PaperKind.NOT_AGAIN: _LETTER,
    PaperKind.PROCEDURAL: _LETTER,
    PaperKind.DESTINATION: _LETTER,
    PaperKind.EXTENSION: _LETTER,
    PaperKind.TRANSFER: _LETTER,
    PaperKind.ASSIGNMENT: _LETTER,
    PaperKind.SETTLEMENT: ("title", "body", "note"),
    PaperKind.REPLY: _OPINION,
    PaperKind.REVIEW: _OPINION,
    PaperKind.REREVIEW: _OPINION,
    PaperKind.RETURN_SLIP: ("title", "note"),
}
KINDS: Final = tuple(FIELDS)
OPINIONS: Final = frozenset({PaperKind.REPLY, PaperKind.REVIEW, PaperKind.REREVIEW})

_COMMON: Final = (
    "petitioner",
    "subject",
    "matter_number",
    "received_on",
    "channel",
    "organ",
    "telephone",
    "address",
    "hours",
    "issued_on",
    "article",
    "claims",
)
_KEYS: Final[Mapping[PaperKind, str]] = {
    PaperKind.RECEIPT: "query_code files",
    PaperKind.ACCEPTANCE: "path due_on basis from_organ dispatched_on",
    PaperKind.NOT_ACCEPTED: "reason door from_organ dispatched_on",
    PaperKind.NOT_AGAIN: "reason door earlier earlier_on",
    PaperKind.PROCEDURAL: "path basis reason",
    PaperKind.DESTINATION: "to",
    PaperKind.EXTENSION: "accepted_on due_on original_due_on extended_days reason",
    PaperKind.TRANSFER: "to note notice_days objection_days",
    PaperKind.ASSIGNMENT: "to note notice_days objection_days report_due_on",
    PaperKind.SETTLEMENT: "agreement outcomes accepted_on",
    PaperKind.REPLY: "from_organ dispatched_on accepted_on facts outcomes opinion basis remedy_organs remedy_days",
    PaperKind.REVIEW: "decided_by earlier earlier_on requested_on facts result remake_due_on opinion basis "
    "remedy_organs remedy_days",
    PaperKind.REREVIEW: "decided_by earlier earlier_on requested_on facts result remake_due_on opinion basis",
    PaperKind.RETURN_SLIP: "",
}


def keys_of(kind: str) -> list[str]:
    """The placeholders that the texts of a kind may use."""
    return [*_COMMON, *_KEYS[PaperKind(kind)].split()]


def shipped_texts(kind: str) -> Texts:
    """The texts of the program; raises KeyError for a kind that is not typeset."""
    fields = FIELDS[PaperKind(kind)]
    return {script: {field: _shipped(script)[kind][field] for field in fields} for script in SCRIPTS}


@cache
def _shipped(script: str) -> Mapping[str, Mapping[str, str]]:
    with (_FOLDER / f"{script}.toml").open("rb") as file:
        return tomllib.load(file)

"""One line of a ledger as a submission, or what is wrong with it cell by cell. Nothing is written here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from xinqiao.matters.ledgers import cells, words
from xinqiao.matters.ledgers.headings import Headings, is_mailbox
from xinqiao.matters.ledgers.workbook import Merged, Row, Sheet, Value
from xinqiao.matters.submission import Person, Submission

T = TypeVar("T")
PERSONAL = ("telephone", "email", "address", "id_number")
NOTED = ("number", "votes_for", "votes_against", "accused", "noted")
_BETWEEN_NAMES = re.compile(r"[、，,;；/\n]+")
_TIME = re.compile(r"[0-9][:：时時点點]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Reading:
    """How the lines of one sheet are to be read; the names of organs and staff in small letters, with their codes."""

    sheet: Sheet
    headings: Headings
    merged: Mapping[int, Merged]
    channel: str = ""
    organs: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one cell of a line; ``column`` is the heading as the file writes it."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.line}, {self.column}: {self.reason}" if self.column else f"{self.line}: {self.reason}"


@dataclass(frozen=True)
class Entry:
    """A line that was read: either its submission, or what is wrong with it."""

    row: Row
    submission: Submission | None
    wrong: tuple[Wrong, ...] = ()


def merged_lines(sheet: Sheet, headings: Headings) -> dict[int, Merged]:
    """Below the headings a cell merged over several lines leaves open to which of them it belongs."""
    spanning = [m for m in sheet.merged if m.last_line > max(m.first_line, headings.line)]
    return {line: m for m in spanning for line in range(max(m.first_line, headings.line + 1), m.last_line + 1)}


def read(row: Row, reading: Reading) -> Entry:
    """One line below the headings."""
    if merged := reading.merged.get(row.line):
        reason = _("The cells %(range)s are merged over several lines: unmerge them, so that each line stands alone.")
        return Entry(row, None, (Wrong(row.line, "", reason % {"range": merged.name}),))
    line = _Line(row, reading)
    submission = line.submission()
    return Entry(row, None if line.wrong else submission, tuple(line.wrong))


class _Line:
    """The cells of one line by what they mean; what cannot be taken is noted and read as empty."""

    def __init__(self, row: Row, reading: Reading) -> None:
        self.row, self.reading, self.wrong = row, reading, list[Wrong]()

    def submission(self) -> Submission:
        purpose = self._code("purpose", words.PURPOSES)
        kind = self._code("kind", words.KINDS) or words.KIND_OF_PURPOSE.get(purpose, "appeal")
        claims = tuple(claim.strip() for claim in self.text("claims").splitlines() if claim.strip())
        text = self.text("text")
        people = self._people()
        organs, users = self._accused()
        return Submission(
            channel=self._channel(),
            kind=kind,
            purpose=purpose,
            title=self.text("title").strip(),
            text=text if text.strip() else "\n".join(claims),
            claims=claims,
            petitioners=people,
            anonymous=not any(person.name for person in people) or self._yes("anonymous"),
            confidential=self._yes("confidential"),
            persons=self._read("persons", cells.as_count),
            involved=self._read("involved", cells.as_count),
            received_on=self._day("received_on") or self._day("registered_on"),
            posted_on=self._day("posted_on"),
            place=self.text("place").strip(),
            class_code=self.text("class_code").strip(),
            accused_organs=organs,
            accused_users=users,
            from_ledger=self._noted(),
        )

    def text(self, name: str) -> str:
        """The words of a field, exactly as they stand; of several columns the first that is not empty."""
        text = self._read(name, cells.as_text) or ""
        if self.reading.sheet.is_our_export and _GUARDED.match(text):
            return text[1:]
        return text

    def refuse(self, name: str, reason: str) -> None:
        """Note what is wrong with a field, once however often it is read."""
        wrong = Wrong(self.row.line, self.reading.headings.title_of(name), reason)
        if wrong not in self.wrong:
            self.wrong.append(wrong)

    def _value(self, name: str) -> Value:
        found = (self.row.values[c] for c in self.reading.headings.columns.get(name, ()) if c < len(self.row.values))
        return next((value for value in found if value is not None and value != ""), None)

    def _read(self, name: str, taken: Callable[[Value], T]) -> T | None:
        try:
            return taken(self._value(name))
        except cells.CellRefused as refused:
            self.refuse(name, str(refused))
            return None

    def _day(self, name: str) -> Any:
        return self._read(name, lambda value: cells.as_date(value, epoch=self.reading.sheet.epoch))

    def _code(self, name: str, known: words.Words) -> str:
        word = self.text(name).strip()
        code = words.code_of(word, known) if word else ""
        if code is None:
            offered = "、".join(dict.fromkeys(names[0] for names in known.values()))
            self.refuse(
                name, _("“%(word)s” is not known: write one of %(offered)s.") % {"word": word[:40], "offered": offered}
            )
        return code or ""

    def _channel(self) -> str:
        default = self.reading.channel or ("mailbox" if is_mailbox(self.reading.headings) else "")
        code = self._code("channel", words.CHANNELS) or default
        if not code and not self.wrong:
            self.refuse("channel", _("Write how it came in: by letter, visit, telephone or otherwise."))
        return code or "letter"

    def _yes(self, name: str) -> bool:
        return self._code(name, words.YES_NO) == "yes"

    def _people(self) -> tuple[Person, ...]:
        """Several names in a cell are several petitioners; other cells are shared out where their lines are as many."""
        names = [name.strip() for name in _BETWEEN_NAMES.split(self.text("name")) if name.strip()]
        shares = {name: _shared(self.text(name), max(1, len(names))) for name in PERSONAL}
        if not names and not any(any(share) for share in shares.values()):
            return ()
        return tuple(
            Person(
                name=name,
                telephone=shares["telephone"][place],
                email=shares["email"][place],
                address=shares["address"][place],
                id_number=shares["id_number"][place],
            )
            for place, name in enumerate(names or [""])
        )

    def _accused(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Organs and staff of this office by their names; whoever is not of them stays in the words of the ledger."""
        names = [name.strip().lower() for name in _BETWEEN_NAMES.split(self.text("accused")) if name.strip()]
        organs = [self.reading.organs[name] for name in names if name in self.reading.organs]
        users = [user for name in names for user in self.reading.users.get(name, ())]
        return tuple(dict.fromkeys(organs)), tuple(dict.fromkeys(users))

    def _noted(self) -> str:
        """What the ledger says beyond a registration's own fields, a line each under the file's own heading."""
        named = [(name, self.text(name).strip()) for name in (*NOTED, *self._instants())]
        return "\n".join(f"{self.reading.headings.title_of(name)}：{said}" for name, said in named if said)

    def _instants(self) -> list[str]:
        """Days with more to them than the day that is registered: a time, or a second one."""
        with_time = [name for name in ("received_on", "registered_on") if _TIME.search(self.text(name))]
        is_second = {"received_on", "registered_on"} <= self.reading.headings.columns.keys()
        return list(dict.fromkeys([*with_time, *(["registered_on"] if is_second else [])]))


def _shared(text: str, count: int) -> list[str]:
    """A cell shared out among petitioners, line by line; to the first where the lines are not as many as they."""
    lines = [line.strip() for line in text.split("\n")]
    if len(lines) == count:
        return lines
    return [" ".join(line for line in lines if line), *[""] * (count - 1)]


FIELD_OF_ERROR = {"claim": "claims", "petitioners": "name", "accused_organs": "accused", "accused_users": "accused"}


def wrong_of(line: int, errors: Mapping[str, str], headings: Headings) -> tuple[Wrong, ...]:
    """What the registration refuses, under the headings of the file."""
    found = []
    for place, sentence in errors.items():
        parts = [part for part in place.split(".") if not part.isdecimal()]
        name = FIELD_OF_ERROR.get(parts[-1], parts[-1])
        found.append(Wrong(line, headings.title_of(name), sentence))
    return tuple(found)

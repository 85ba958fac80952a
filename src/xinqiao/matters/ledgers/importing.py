"""Registering the lines of a ledger: some hundreds in one transaction, none lost by another's mistake, none twice.

The key of a line is the hash of the file with the place of the line, so the same file may be imported again at any
time: after an interruption it goes on where it stopped.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.register import Intake, check_registration, receiving_organ, register_checked
from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.headings import Headings, find_headings, require
from xinqiao.matters.ledgers.rows import Entry, Reading, Wrong, merged_lines, read, wrong_of
from xinqiao.matters.ledgers.workbook import Row, Sheet
from xinqiao.matters.models import LedgerRun, Petition
from xinqiao.matters.submission import Invalid
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.models import Organ, User
from xinqiao.procedure import WorkCalendar

BATCH = 200
LOCK = 0x58_4C  # The first half of the advisory lock; the second is the beginning of the file's hash.


class AlreadyRunning(Exception):
    """The same file is being imported at this moment."""


@dataclass
class Outcome:
    """How many lines were looked at, and of these registered, refused, and known already."""

    rows: int = 0
    registered: int = 0
    refused: int = 0
    known: int = 0


@dataclass(frozen=True)
class Ledger:
    """A sheet that can be imported, and as whom."""

    path: Path
    file_hash: str
    reading: Reading
    actor: Actor
    organ: Organ

    @property
    def root_id(self) -> int:
        """The office that the rows belong to."""
        return self.organ.root_id or self.organ.pk

    @property
    def sheet(self) -> Sheet:
        return self.reading.sheet

    @property
    def headings(self) -> Headings:
        return self.reading.headings

    def key(self, row: Row) -> str:
        """What makes a line of this file enter once."""
        return f"{self.file_hash}:{self.sheet.index}:{row.line}"


def choose_sheet(sheets: list[Sheet], *, wanted: str | None, has_channel: bool = False) -> tuple[Sheet, Headings]:
    """The sheet that was named, or the first one with headings. Raises NotALedger, naming what is missing."""
    named = [sheet for sheet in sheets if wanted is None or sheet.name == wanted]
    if not named:
        raise NotALedger(f"there is no sheet {wanted!r}; there are {', '.join(sheet.name for sheet in sheets)}")
    for sheet in named:
        if headings := find_headings(sheet):
            require(headings, has_channel=has_channel)
            return sheet, headings
    where = f"the sheet {wanted!r} has no" if wanted else "no sheet has a"
    raise NotALedger(
        f"{where} line of headings among its first thirty: name the columns 信访日期, 概况, 姓名 and so on"
    )


def ledger_of(
    path: Path, sheet: Sheet, headings: Headings, *, actor: Actor, organ_code: str, channel: str = ""
) -> Ledger:
    """A ledger ready to be imported. Raises Forbidden, and Invalid for an organ the actor may not register for."""
    actor.require(Permission.MATTER_REGISTER)
    organ = receiving_organ(organ_code, actor)
    reading = Reading(
        sheet=sheet,
        headings=headings,
        merged=merged_lines(sheet, headings),
        channel=channel,
        organs=_organs(organ.root_id),
        users=_users(organ.root_id),
    )
    return Ledger(path=path, file_hash=hash_of(path), reading=reading, actor=actor, organ=organ)


def hash_of(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _organs(root_id: int | None) -> dict[str, str]:
    """Codes of the office's organs by every name they have."""
    rows = Organ.objects.filter(root_id=root_id).values_list("code", "name", "short_name", "name_hant", "name_en")
    return {name.strip().lower(): row[0] for row in rows for name in row if name.strip()}


def _users(root_id: int | None) -> dict[str, tuple[str, ...]]:
    """Account names by the names of persons; two of one name are both meant."""
    found: dict[str, tuple[str, ...]] = {}
    rows = User.objects.filter(holdings__post__organ__root_id=root_id, is_partner=False).distinct()
    for username, name in rows.values_list("username", "name"):
        found[name.strip().lower()] = (*found.get(name.strip().lower(), ()), username)
    return found


def entries(ledger: Ledger) -> Iterator[Entry]:
    """Every line below the headings that is no repetition of them."""
    repeated = [title for title in ledger.headings.titles if title]
    for row in ledger.sheet.rows():
        if row.line > ledger.headings.line and [str(value).strip() for value in row.values if value] != repeated:
            yield read(row, ledger.reading)


def try_out(ledger: Ledger, *, told: Callable[[Entry], None], progress: Callable[[Outcome], None]) -> Outcome:
    """Check every line as the import would, and write nothing at all."""
    outcome, calendar = Outcome(), calendar_of(ledger.root_id)
    for batch in _batches(entries(ledger)):
        known = _known(ledger, batch)
        for entry in batch:
            looked_at = _looked_at(ledger, entry, known, calendar)
            _count(outcome, looked_at.entry if isinstance(looked_at, _Good) else looked_at, told)
        progress(outcome)
    return outcome


def import_ledger(ledger: Ledger, *, told: Callable[[Entry], None], progress: Callable[[Outcome], None]) -> Outcome:
    """Register every line that can be; each batch is durable before the next begins.

    ``told`` gets each refused line with its reasons, ``progress`` the counts after every batch. Raises AlreadyRunning.
    """
    outcome = Outcome()
    with alone_with(ledger.file_hash):
        run = _begin(ledger)
        for batch in _batches(entries(ledger)):
            _import_batch(ledger, batch, outcome, told, run)
            progress(outcome)
        run.finished_at = now()
        run.save(update_fields=["finished_at"])
    return outcome


def _begin(ledger: Ledger) -> LedgerRun:
    return LedgerRun.objects.create(
        root_organ_id=ledger.root_id,
        organ=ledger.organ,
        file_hash=ledger.file_hash,
        file_name=ledger.path.name[:200],
        started_at=now(),
    )


def _import_batch(
    ledger: Ledger, batch: list[Entry], outcome: Outcome, told: Callable[[Entry], None], run: LedgerRun
) -> None:
    with transaction.atomic(durable=True):
        for result in _registered(ledger, batch, _known(ledger, batch)):
            _count(outcome, result, told)
        run.rows, run.registered = outcome.rows, outcome.registered
        run.refused, run.known = outcome.refused, outcome.known
        run.save(update_fields=["rows", "registered", "refused", "known"])


def _registered(ledger: Ledger, batch: list[Entry], known: set[str]) -> list[Entry | None]:
    """What became of each line, in their order: itself, a refusal, or None for one that was registered before.

    The whole batch is written at once; where the database refuses it, line by line, each under a savepoint of its own.
    """
    calendar = calendar_of(ledger.root_id)
    looked_at = [_looked_at(ledger, entry, known, calendar) for entry in batch]
    good = [one for one in looked_at if isinstance(one, _Good)]
    try:
        with transaction.atomic():
            if good:
                register_checked([one.intake for one in good])
    except DatabaseError:
        return [_one_by_one(one) if isinstance(one, _Good) else one for one in looked_at]
    return [one.entry if isinstance(one, _Good) else one for one in looked_at]


@dataclass(frozen=True)
class _Good:
    """A line that nothing is wrong with, ready to be written."""

    entry: Entry
    intake: Intake


def _looked_at(ledger: Ledger, entry: Entry, known: set[str], calendar: WorkCalendar) -> _Good | Entry | None:
    key = ledger.key(entry.row)
    if key in known:
        return None
    if entry.submission is None:
        return entry
    try:
        intake = check_registration(
            submission=entry.submission, actor=ledger.actor, receiver=ledger.organ, calendar=calendar, source_key=key
        )
    except Invalid as invalid:
        return Entry(entry.row, None, wrong_of(entry.row.line, invalid.errors, ledger.headings))
    return _Good(entry, intake)


def _one_by_one(one: _Good) -> Entry:
    try:
        with transaction.atomic():
            register_checked([one.intake])
    except DatabaseError as error:
        return Entry(one.entry.row, None, (Wrong(one.entry.row.line, "", _refused_by_database(error)),))
    return one.entry


def _refused_by_database(error: DatabaseError) -> str:
    return _("The database refuses this line: %(detail)s") % {"detail": str(error).splitlines()[0][:200]}


def _known(ledger: Ledger, batch: list[Entry]) -> set[str]:
    keys = [ledger.key(entry.row) for entry in batch]
    rows = Petition.objects.filter(root_organ_id=ledger.root_id, source_key__in=keys)
    return set(rows.values_list("source_key", flat=True))


def _count(outcome: Outcome, result: Entry | None, told: Callable[[Entry], None]) -> None:
    outcome.rows += 1
    if result is None:
        outcome.known += 1
    elif result.submission is None:
        outcome.refused += 1
        told(result)
    else:
        outcome.registered += 1


def _batches(found: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(found, BATCH)):
        yield batch


@contextmanager
def alone_with(file_hash: str) -> Iterator[None]:
    """Nobody else imports this file meanwhile. Raises AlreadyRunning where somebody does; a killed import is none."""
    half = int.from_bytes(bytes.fromhex(file_hash[:8]), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, half])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, half])

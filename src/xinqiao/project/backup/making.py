"""Make a backup: one snapshot of the database, the files it names, the keys; every byte encrypted before it is written.

The office may go on working. Rows are those of the instant at which the snapshot was taken; files are never changed
once stored, so those copied after it are those it names, except what is erased meanwhile, and that stays erased.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import IsolationLevel
from pyrage.x25519 import Identity, Recipient

from xinqiao import __version__
from xinqiao.project.backup import archive, manifest, rows, sealing
from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.keys import key_files
from xinqiao.project.backup.manifest import Manifest, Part
from xinqiao.project.backup.office import Office, file_place
from xinqiao.project.backup.programs import programs_for
from xinqiao.record.keyring import KeyRingError, open_ring

UNFINISHED = ".unfinished"
Teller = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A finished backup; ``lost`` are files that a record names and that are gone or changed on disk."""

    manifest: Manifest
    lost: list[str]


@dataclass(kw_only=True)
class _Copied:
    """What was seen while the files went by."""

    files: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list)


def make_backup(
    office: Office,
    folder: Path,
    *,
    name: str,
    recipients: Sequence[Recipient],
    passphrase: str | None,
    progress: Teller = lambda files: None,
) -> Made:
    """Write a backup of ``office`` into a new folder, whole or not at all.

    ``name`` is the office's; ``progress`` is told how many files are copied. Raises BackupError.
    """
    with _folder(folder) as scratch, _snapshot(office.owner_url) as connection:
        if "record_stream" not in rows.tables(connection):
            raise BackupError("the database holds no office: there is nothing to back up")
        signer = _signer(office)  # First: an office that signed nothing yet gets its keys by this.
        parts, keys = _key_part(scratch, list(recipients), passphrase)
        parts.append(_dump(connection, office, scratch, keys))
        copied = _Copied()
        pieces = sealing.Pieces(_files(connection, office.files, copied, progress))
        parts.append(sealing.seal(pieces, scratch / "files.age", keys))
        lost = _lost(office, copied.missing)
        parts.append(_keys(office, scratch, keys))
        written = _facts(connection, office, name, copied, len(lost), parts)
        _write_manifest(manifest.to_bytes(written, signer), scratch)
    return Made(manifest=written, lost=lost)


def _key_part(scratch: Path, recipients: list[Recipient], passphrase: str | None) -> tuple[list[Part], list[Recipient]]:
    """A passphrase opens a key pair of this backup alone; the large pieces are sealed to keys only."""
    if passphrase is None:
        return [], recipients
    identity = Identity.generate()
    part = sealing.seal_identity(identity, scratch / sealing.KEY_PART, passphrase)
    return [part], [*recipients, identity.to_public()]


def _dump(connection: rows.Connection, office: Office, scratch: Path, keys: list[Recipient]) -> Part:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    options = [f"--snapshot={row[0] if row else ''}", "--format=custom", "--compress=3", "--no-password"]
    options += [f"--exclude-table-data={table}" for table in rows.WITHOUT_ROWS]
    programs = programs_for(rows.major_version(connection))
    running = programs.start("pg_dump", *options, url=office.owner_url, stdout=-1)
    try:
        assert running.process.stdout
        part = sealing.seal(running.process.stdout, scratch / "database.age", keys)
        if running.process.wait():
            raise BackupError(f"the database cannot be read: {running.reason()}")
    finally:
        running.end()
    return part


def _files(connection: rows.Connection, files: Path, copied: _Copied, progress: Teller) -> Iterator[bytes]:
    """Every file that the snapshot names, as an archive; those that are not what their name says are left out."""
    for address in rows.file_addresses(connection):
        try:
            with file_place(files, address).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != address:
                    copied.missing.append(address)
                    continue
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                yield from archive.member(address, size, file)
        except FileNotFoundError:
            copied.missing.append(address)
            continue
        copied.files, copied.size = copied.files + 1, copied.size + size
        progress(copied.files)
    yield archive.end()


def _lost(office: Office, missing: list[str]) -> list[str]:
    """Files erased since the snapshot are not lost: a record that is gone names nothing."""
    if not missing:
        return []
    with psycopg.connect(office.owner_url) as now:
        return rows.still_named(now, missing)


def _keys(office: Office, scratch: Path, keys: list[Recipient]) -> Part:
    contents = {path.name: path.read_bytes() for path in key_files(office.keys)}
    return sealing.seal(sealing.Pieces([archive.small_archive(contents)]), scratch / "keys.age", keys)


def _facts(
    connection: rows.Connection, office: Office, name: str, copied: _Copied, lost: int, parts: list[Part]
) -> Manifest:
    return Manifest(
        office=name,
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        program=__version__,
        postgres=rows.major_version(connection),
        schema=rows.own_migrations(connection),
        tables=rows.row_counts(connection),
        rights=rows.rights_of(connection, office.app_role),
        files=copied.files,
        file_bytes=copied.size,
        lost=lost,
        parts=parts,
    )


def _signer(office: Office) -> Ed25519PrivateKey:
    try:
        return open_ring(office.keys).signer
    except KeyRingError as error:
        raise BackupError(f"the manifest cannot be signed: {error}") from error


def _write_manifest(content: bytes, scratch: Path) -> None:
    """The last file: a folder without it is no backup."""
    path = scratch / manifest.NAME
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _snapshot(url: str) -> Iterator[rows.Connection]:
    """One view of all tables, which ``pg_dump`` shares."""
    try:
        connection = psycopg.connect(url, connect_timeout=15)
    except psycopg.OperationalError as error:
        raise BackupError(f"the database does not answer: {str(error).splitlines()[0]}") from error
    with connection:
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        connection.execute("SET idle_in_transaction_session_timeout = 0")  # The files may take hours.
        connection.execute("SET statement_timeout = 0")
        yield connection


@contextmanager
def _folder(folder: Path) -> Iterator[Path]:
    """A folder beside, which gets its name when all is in it; what an earlier try left there is removed."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is there already: name a new folder, for example one a day")
    scratch = folder.with_name(folder.name + UNFINISHED)
    try:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(scratch) as descriptor:
            yield scratch
            os.fsync(descriptor)
            scratch.rename(folder)
            _sync(folder.parent)
    except OSError as error:
        raise BackupError(
            f"the backup cannot be made: {error.strerror or error} ({error.filename or scratch})"
        ) from error


@contextmanager
def _alone(scratch: Path) -> Iterator[int]:
    """Only one at a time. The kernel lets go of the lock when a process dies; what that one left is removed."""
    descriptor = os.open(scratch, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"another backup is writing to {scratch}: wait for it") from None
        for left in scratch.iterdir():
            left.unlink()
        try:
            yield descriptor
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

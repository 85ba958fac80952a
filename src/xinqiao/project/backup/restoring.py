"""Restore a backup: everything is checked before anything is touched, and the database is kept last of all.

Order: manifest and hashes, keys, the target; then files beside their place, the database in a transaction, files and
keys to their places, COMMIT. Whatever fails before that leaves database, files and keys as they were.
"""

import hashlib
import os
import re
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import fdopen
from pathlib import Path
from typing import IO

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyrage.x25519 import Identity

from xinqiao.project.backup import archive, database, keys, manifest, rows
from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.manifest import Manifest, Part
from xinqiao.project.backup.office import Office, file_place
from xinqiao.project.backup.programs import Programs, programs_for
from xinqiao.project.backup.sealing import KEY_PART, PIECE, pieces_of, unseal, unseal_identity, unsealed

NEEDED_PARTS = {"database.age", "files.age", "keys.age"}
Teller = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A backup whose signature and hashes hold and whose keys are open."""

    folder: Path
    manifest: Manifest
    identities: list[Identity]
    keys: dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was done: ``absent`` files are named by the database and not there; ``aside`` holds the keys of before."""

    absent: int
    aside: Path | None


def open_backup(folder: Path, *, identities: Sequence[Identity], ask_passphrase: Callable[[], str]) -> Opened:
    """Check a backup as far as it can be without unpacking it. The passphrase is asked for only where one fits.

    Raises BackupError: unfinished, changed, of a newer version, a piece missing or damaged, no key that opens it.
    """
    said = manifest.read(folder)
    _refuse_newer(said)
    _check_parts(folder, said)
    opening = list(identities)
    if any(part.name == KEY_PART for part in said.parts) and not opening:
        opening = [unseal_identity(folder / KEY_PART, ask_passphrase())]
    if not opening:
        raise BackupError("the backup opens with a private key: name its file with --identity")
    contents = _keys(folder, opening)
    _check_signer(said, contents)
    return Opened(folder=folder, manifest=said, identities=opening, keys=contents)


def read_all(backup: Opened, progress: Teller = lambda files: None) -> None:
    """Decrypt and check every file and the whole dump, and keep nothing. Raises BackupError."""
    programs = programs_for(backup.manifest.postgres, or_newer=True)
    count = 0
    for count, (address, content) in enumerate(_files(backup), start=1):
        _check_content(address, pieces_of(content))
        progress(count)
    _check_count(backup, count)
    database.read_through(backup.folder / "database.age", backup.identities, programs)


def restore(backup: Opened, office: Office, *, replaces: bool, progress: Teller = lambda files: None) -> Restored:
    """Put the backup in the place of an empty office, or with ``replaces`` of any. Raises BackupError.

    The database must answer and nobody else be connected to it.
    """
    programs = _fitting_programs(backup, office, replaces=replaces)
    pouring = database.restored(
        backup.folder / "database.age",
        backup.identities,
        manifest=backup.manifest,
        office=office,
        programs=programs,
    )
    with (
        _unpacked(backup, office.files, progress) as scratch,
        pouring as commit,
        _placed(scratch, office.files),
        keys.replaced(office.keys, backup.keys) as aside,
    ):
        os.sync()  # One for all: what the database will name is on disk before it does.
        commit()
    return Restored(absent=_settle(office), aside=aside)


def _settle(office: Office) -> int:
    """Let the server learn what it holds now; how many files that it names are not there."""
    with psycopg.connect(office.owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    with psycopg.connect(office.owner_url) as connection:
        return sum(not file_place(office.files, one).exists() for one in rows.file_addresses(connection))


def _refuse_newer(said: Manifest) -> None:
    if unknown := rows.unknown_migrations(said.schema):
        raise BackupError(
            f"a newer version ({said.program}) made the backup, {unknown[0]} is not known here: upgrade this one first"
        )


def _check_parts(folder: Path, said: Manifest) -> None:
    if missing := sorted(NEEDED_PARTS - {part.name for part in said.parts}):
        raise BackupError(f"the manifest lists no {missing[0]}: the backup is not whole")
    for part in said.parts:
        _check_part(folder, part)


def _check_part(folder: Path, part: Part) -> None:
    if Path(part.name).name != part.name:
        raise BackupError(f"the manifest names a piece outside of the backup: {part.name}")
    try:
        with (folder / part.name).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BackupError(f"{part.name} is missing in {folder}: copy the whole folder") from None
    except OSError as error:
        raise BackupError(f"{folder / part.name} cannot be read: {error.strerror}") from None
    if (size, digest) != (part.size, part.sha256):
        raise BackupError(f"{part.name} is damaged, it is not what the manifest says: take another copy of the backup")


def _keys(folder: Path, identities: Sequence[Identity]) -> dict[str, bytes]:
    try:
        found = archive.read_small(unsealed(folder / "keys.age", identities))
    except tarfile.TarError:
        raise BackupError("keys.age holds no keys: take another copy of the backup") from None
    if outside := [name for name in found if Path(name).name != name or name.startswith(".")]:
        raise BackupError(f"keys.age holds what is no key of an office: {outside[0][:80]!r}")
    return found


def _check_signer(said: Manifest, contents: dict[str, bytes]) -> None:
    """The office's own key signed, and not somebody who only knew to whom backups are sealed."""
    signers = [load_pem_private_key(raw, None) for name, raw in contents.items() if name.startswith("signing-")]
    public = [key.public_key().public_bytes_raw() for key in signers if isinstance(key, Ed25519PrivateKey)]
    if said.key not in public:
        raise BackupError("the manifest was not signed by the office whose keys are in the backup")


def _fitting_programs(backup: Opened, office: Office, *, replaces: bool) -> Programs:
    """The client programs of the server; raises BackupError where this office cannot take this backup."""
    with psycopg.connect(office.owner_url) as connection:
        _refuse_used(connection, replaces=replaces)
        server = rows.major_version(connection)
    if server < backup.manifest.postgres:
        needed = backup.manifest.postgres
        raise BackupError(f"the backup is of PostgreSQL {needed}, the server here is {server}: take {needed} or newer")
    return programs_for(server)


def _refuse_used(connection: rows.Connection, *, replaces: bool) -> None:
    if others := rows.other_sessions(connection):
        raise BackupError(f"{others} others are connected to the database: stop the office first")
    if not replaces and rows.holds_an_office(connection):
        raise BackupError("there is an office here already: restore into an empty one, or add --replace")


@contextmanager
def _unpacked(backup: Opened, files: Path, progress: Teller) -> Iterator[Path]:
    """All files of the backup, checked, in a folder beside their places; gone at the end."""
    scratch = files / "restoring"
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700, parents=True)
        count = 0
        for count, (address, content) in enumerate(_files(backup), start=1):
            _keep(scratch, address, content)
            progress(count)
        _check_count(backup, count)
        yield scratch
    except OSError as error:
        raise BackupError(f"{error.filename or files} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _placed(scratch: Path, files: Path) -> Iterator[None]:
    """Every unpacked file also under its lasting name; where the block fails, those that were new go again.

    A name there already stands for the same content, and stays.
    """
    try:
        for path in _all_files(scratch):
            _link(path, file_place(files, path.name))
        yield
    except BaseException:
        for path in _all_files(scratch):
            place = file_place(files, path.name)
            if place.exists() and place.samefile(path):
                place.unlink()
        raise


def _link(path: Path, place: Path) -> None:
    """Two names for the same bytes: nothing is copied, and what is new can be told."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.exists() and _is_sound(place):
        return
    place.unlink(missing_ok=True)
    os.link(path, place)


def _is_sound(place: Path) -> bool:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == place.name


def _all_files(scratch: Path) -> Iterator[Path]:
    return (Path(folder) / name for folder, _folders, names in os.walk(scratch) for name in names)


def _keep(scratch: Path, address: str, content: IO[bytes]) -> None:
    place = file_place(scratch, address)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        _check_content(address, _written(content, file))


def _written(content: IO[bytes], file: IO[bytes]) -> Iterator[bytes]:
    for piece in pieces_of(content):
        file.write(piece)
        yield piece


def _check_content(address: str, pieces: Iterator[bytes]) -> None:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    if digest.hexdigest() != address:
        raise BackupError(f"the file {address} in the backup is damaged: take another copy of the backup")


def _check_count(backup: Opened, count: int) -> None:
    if count != backup.manifest.files:
        raise BackupError(f"files.age holds {count} files, the manifest says {backup.manifest.files}")


def _files(backup: Opened) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each file, one after the other, decrypted as they are read."""
    with _decrypting(backup.folder / "files.age", backup.identities) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", bufsize=PIECE) as opened:
                for info in opened:
                    content = opened.extractfile(info)
                    if content is None or not _ADDRESS(info.name):
                        raise BackupError(f"files.age holds what is no file of an office: {info.name[:80]!r}")
                    yield info.name, content
        except (tarfile.TarError, EOFError):
            raise BackupError("files.age is damaged: take another copy of the backup") from None


@contextmanager
def _decrypting(path: Path, identities: Sequence[Identity]) -> Iterator[IO[bytes]]:
    """A stream of what a piece holds; whoever reads it to the end learns at the end whether all of it was sound."""
    reading, writing = (fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    failed: list[BackupError] = []
    feeder = threading.Thread(target=_feed, args=(path, writing, identities, failed), daemon=True)
    feeder.start()
    try:
        yield reading
        for _rest in pieces_of(reading):
            continue  # The last piece carries the seal of the whole.
    finally:
        reading.close()
        feeder.join()
    if failed:
        raise failed[0]


def _feed(path: Path, writing: IO[bytes], identities: Sequence[Identity], failed: list[BackupError]) -> None:
    try:
        with writing:
            unseal(path, writing, identities)
    except BackupError as error:
        failed.append(error)
    except BrokenPipeError:
        return  # Whoever read had enough.


_ADDRESS = re.compile(r"[0-9a-f]{64}").fullmatch

"""Encryption of the pieces in the age format, so that the tool ``age`` opens them as well.

Pieces are sealed to public keys. A passphrase seals the private half of a key pair that is made for this one backup
(``key.age``): guessing is slow, and the large pieces still stream.
"""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage.x25519 import Identity, Recipient

from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.manifest import Part

KEY_PART = "key.age"
PIECE = 1 << 20
LEAST_PASSPHRASE = 12


class Readable(Protocol):
    """Anything that gives bytes until it gives none."""

    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


class Pieces:
    """Reads what an iterator gives, so that nothing has to be there as a whole."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return bytes(taken)


class _Hashing:
    """Writes to a file, and knows size and SHA-256 of what was written."""

    def __init__(self, file: io.BufferedWriter) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def seal(source: Readable, path: Path, recipients: Sequence[Recipient]) -> Part:
    """Encrypt a stream into a new file, synced to disk. Errors of ``source`` come through as its own."""
    watched = _Watched(source)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        out = _Hashing(file)
        try:
            pyrage.encrypt_io(watched, out, list(recipients))
        except (pyrage.EncryptError, OSError) as error:
            raise watched.error or error from None
        file.flush()
        os.fsync(file.fileno())
    return Part(name=path.name, size=out.size, sha256=out.digest.hexdigest())


def unseal(path: Path, out: Writable, identities: Sequence[Identity]) -> None:
    """Decrypt a file into a stream. Raises BackupError where no key fits, or where the file is cut short or changed."""
    watched = _WatchedOut(out)
    try:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, watched, list(identities))
    except (pyrage.DecryptError, OSError) as error:
        if watched.error:
            raise watched.error from None
        raise BackupError(_why_closed(path, error)) from None


def unsealed(path: Path, identities: Sequence[Identity]) -> bytes:
    """A small piece as a whole; raises BackupError."""
    out = io.BytesIO()
    unseal(path, out, identities)
    return out.getvalue()


def seal_identity(identity: Identity, path: Path, passphrase: str) -> Part:
    """Put the private key of a backup under a passphrase. Raises BackupError for one that is soon guessed."""
    refuse_short(passphrase)
    sealed = by_passphrase.encrypt(f"{identity}\n".encode(), passphrase)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    return Part(name=path.name, size=len(sealed), sha256=hashlib.sha256(sealed).hexdigest())


def refuse_short(passphrase: str) -> None:
    """Raise BackupError for a passphrase of fewer than twelve characters."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise BackupError(f"the passphrase is too short: give at least {LEAST_PASSPHRASE} characters")


def unseal_identity(path: Path, passphrase: str) -> Identity:
    """The private key of a backup. Raises BackupError for the wrong passphrase."""
    try:
        return Identity.from_str(by_passphrase.decrypt(path.read_bytes(), passphrase).decode().strip())
    except (pyrage.DecryptError, pyrage.IdentityError, OSError):
        raise BackupError("the passphrase does not open this backup") from None


def new_identity(path: Path) -> str:
    """Make a key pair, keep it in a new file for its owner alone, and give the public key."""
    identity = Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{path} is there already: a key is never written over another") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(f"# public key: {public}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    return public


def read_identities(path: Path) -> list[Identity]:
    """The private keys in a file as ``xinqiao backup --new-key`` and ``age-keygen`` write it. Raises BackupError."""
    try:
        return [Identity.from_str(line) for line in _lines(path)]
    except pyrage.IdentityError:
        raise BackupError(f"{path} holds no private key: a line AGE-SECRET-KEY-1… is expected") from None


def recipients_of(given: str) -> list[Recipient]:
    """One public key (``age1…``), or those in a file, one a line. Raises BackupError."""
    words = [given] if given.startswith("age1") else _lines(Path(given))
    try:
        return [Recipient.from_str(word) for word in words]
    except pyrage.RecipientError:
        raise BackupError(
            f"{given} is no public key: one that begins with age1, or a file of such, is needed"
        ) from None


def _lines(path: Path) -> list[str]:
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text"
        raise BackupError(f"{path} cannot be read: {reason}") from None
    kept = [line for line in lines if line and not line.startswith("#")]
    if not kept:
        raise BackupError(f"{path} holds no key")
    return kept


def _why_closed(path: Path, error: Exception) -> str:
    if "No matching keys" in str(error):
        return f"the key given does not open {path.name}: the backup was made for another one"
    return f"{path.name} is damaged: take another copy of the backup"


class _Watched:
    """Remembers the error of a source: pyrage would tell it as one of its own."""

    def __init__(self, source: Readable) -> None:
        self.source, self.error = source, None

    error: Exception | None

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self.source.read(size)
        except Exception as error:
            self.error = error
            raise


class _WatchedOut:
    """The same for where it goes."""

    def __init__(self, out: Writable) -> None:
        self.out, self.error = out, None

    error: Exception | None

    def write(self, data: bytes, /) -> int:
        try:
            return self.out.write(data)
        except Exception as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.out.flush()


def pieces_of(file: Readable) -> Iterator[bytes]:
    """A stream in pieces of a megabyte."""
    while piece := file.read(PIECE):
        yield piece

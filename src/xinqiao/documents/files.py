"""Files on disk by content: ``FILES_DIR/ab/cd/<sha256 of the bytes that lie there>``. Written once, never overwritten.

Sealed files lie there as ciphertext under the data key of their stream, so their address tells nothing about them.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from xinqiao.documents.receiving import ReceivedFile, Upload, receive
from xinqiao.record.fields import data_key
from xinqiao.record.models import Stream
from xinqiao.record.sealing import seal, unseal

_CHUNK = 1 << 16


class FileDamaged(Exception):
    """A stored file is gone, or is no longer what was stored; the message names it."""


@dataclass(frozen=True)
class StoredFile:
    """A file that was kept. ``address`` is where it lies; ``sha256`` is of its content (they differ when sealed)."""

    sha256: str
    size: int
    media_type: str
    name: str
    address: str


def store_file(source: Upload | IO[bytes], *, name: str, limit: int | None = None) -> StoredFile:
    """Check one file from outside and keep it in clear. Raises FileRefused; then nothing is left behind."""
    received = receive(source, name=name, limit=limit)
    try:
        return keep(received)
    finally:
        received.path.unlink(missing_ok=True)


def keep(received: ReceivedFile, *, sealed_for: Stream | None = None) -> StoredFile:
    """Put a received file to its place for good, durably; ``sealed_for`` a stream, under that stream's data key.

    What was received stays in ``incoming`` until the door removes it, so that an act may be tried again.
    """
    if sealed_for is None:
        address = received.sha256
        _place(received.path, address)
    else:
        address = _place_sealed(received, sealed_for)
    return StoredFile(received.sha256, received.size, received.media_type, received.name, address)


def path_of(address: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return Path(settings.FILES_DIR) / address[:2] / address[2:4] / address


def open_file(address: str, *, sealed_for: Stream | None = None) -> Iterator[bytes]:
    """The content in pieces, after all stored bytes were hashed; a sealed one is opened with its stream's key.

    Raises, before the first piece, FileDamaged, or KeyErased after lawful erasure.
    """
    path = path_of(address)
    if _sha256(path) != address:
        raise FileDamaged(f"the file {address} is damaged: restore it from the backup")
    if sealed_for is None:
        return _pieces(path)
    return iter([unseal(path.read_bytes(), key=data_key(sealed_for), context=_context(sealed_for))])


def read_file(address: str, *, sealed_for: Stream | None = None) -> bytes:
    """The content at once; raises FileDamaged, or KeyErased."""
    return b"".join(open_file(address, sealed_for=sealed_for))


def _place_sealed(received: ReceivedFile, stream: Stream) -> str:
    sealed = seal(received.path.read_bytes(), key=data_key(stream), context=_context(stream))
    address = hashlib.sha256(sealed).hexdigest()
    draft = received.path.with_name(secrets.token_hex(16))
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(sealed)
            target.flush()
            os.fsync(target.fileno())
        _place(draft, address)
    finally:
        draft.unlink(missing_ok=True)
    return address


def _context(stream: Stream) -> str:
    return f"file {stream.pk}"


def _place(source: Path, address: str) -> None:
    """Give the written and synced ``source`` its lasting name; the same content again is only touched.

    The touch tells the sweep of orphans that somebody is about to refer to it.
    """
    target = path_of(address)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if target.exists() and _sha256(target) == address:
        os.utime(target)
        return
    draft = target.with_name(f"{address}.{secrets.token_hex(4)}")
    _link_or_copy(source, draft)
    draft.rename(target)
    _sync_folders(target.parent)


def _link_or_copy(source: Path, target: Path) -> None:
    """A hard link costs nothing; file systems without them get a synced copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())


def _sync_folders(folder: Path) -> None:
    """The name of a new file is only safe once its folders are on disk as well."""
    for path in (folder, folder.parent, folder.parent.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
    except OSError as error:
        raise FileDamaged(f"the file {path.name} cannot be read: restore it from the backup") from error


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()

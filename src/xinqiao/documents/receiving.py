"""Take in files from outside: named, measured, recognised and checked before anything else happens to them.

What was received lies in ``FILES_DIR/incoming`` until an act keeps it (``keeping.py``) or the block ends.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from xinqiao.documents.labels import ScanState
from xinqiao.documents.media import Media, is_taken_ending, media_of, media_type_of, taken_words
from xinqiao.documents.names import clean_name, extension
from xinqiao.documents.refusals import FileRefused
from xinqiao.documents.scanner import scan

_CHUNK = 1 << 16
_MEGABYTE = 1024 * 1024


class Upload(Protocol):
    """What a door hands over: Django's ``UploadedFile`` is one."""

    name: str | None

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class ReceivedFile:
    """A checked file, not yet kept. ``sha256`` is of its content, as receipts name it; ``size`` in bytes."""

    path: Path
    name: str
    sha256: str
    size: int
    media_type: str
    scan: ScanState


@contextlib.contextmanager
def receiving(uploads: Iterable[Upload], *, limit: int | None = None) -> Iterator[list[ReceivedFile]]:
    """Check all uploads, at most ``MAX_FILES``; give them to the block; remove what lies in ``incoming`` after it.

    Raises FileRefused for the first that is not taken; then none is.
    """
    uploads, received = list(uploads), list[ReceivedFile]()
    check_count(len(uploads))
    try:
        for upload in uploads:
            received.append(receive(upload, name=upload.name or "", limit=limit))
        yield received
    finally:
        for file in received:
            file.path.unlink(missing_ok=True)


def check_count(count: int) -> None:
    """Raises FileRefused where more files come than are taken at once."""
    if count > settings.MAX_FILES:
        raise FileRefused("file-too-many", name="", found=count, limit=settings.MAX_FILES)


def receive(source: Upload | IO[bytes], *, name: str, limit: int | None = None) -> ReceivedFile:
    """Check one file of at most ``limit`` bytes (``MAX_FILE_BYTES`` by default) and put it into ``incoming``.

    Raises FileRefused; then nothing is left behind.
    """
    clean = clean_name(name)
    path = incoming() / secrets.token_hex(16)
    try:
        size, sha256 = _write(source, path, clean, settings.MAX_FILE_BYTES if limit is None else limit)
        named, media_type = _recognise(path, clean)
        state = scan(path)
        if state == ScanState.INFECTED:
            raise FileRefused("file-infected", name=named)
        return ReceivedFile(path, named, sha256, size, media_type, state)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def incoming() -> Path:
    """The folder of what is being received, for the office alone."""
    folder = Path(settings.FILES_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _write(source: Upload | IO[bytes], path: Path, name: str, limit: int) -> tuple[int, str]:
    """Stream to disk and hash on the way; never more than one piece above the limit is read."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > limit:
                raise FileRefused("file-too-large", name=name, limit=f"{limit / _MEGABYTE:g}")
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    if not size:
        raise FileRefused("file-empty", name=name)
    return size, digest.hexdigest()


def _recognise(path: Path, name: str) -> tuple[str, str]:
    """The name with a fitting ending, and the media type by content; a name that contradicts is refused."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        media_type = media_type_of(content, name=name)
    media = media_of(media_type)
    if media is None:
        raise _not_taken(name, media_type)
    return _fitting(name, media), _narrowed(media_type, name)


def _not_taken(name: str, media_type: str) -> FileRefused:
    """A name whose ending no kind has tells more to its sender than a media type."""
    ending = extension(name)
    found = f".{ending}" if ending and not is_taken_ending(ending) else media_type
    return FileRefused("file-type", name=name, found=found, taken=taken_words())


def _fitting(name: str, media: Media) -> str:
    """The name, with an ending where it has none.

    A wrong ending can be put right, but one that no kind has is another kind of file, whatever is inside.
    """
    ending = extension(name)
    if ending and not is_taken_ending(ending):
        raise _not_taken(name, media.type)
    if ending and ending not in media.endings:
        raise FileRefused("file-contradicts", name=name, extension=f".{ending}", found=media.called)
    return name if ending else f"{name}.{media.endings[0]}"


def _narrowed(media_type: str, name: str) -> str:
    """Telephones record sound under the brand of video; there the ending tells which it is."""
    return "audio/mp4" if media_type == "video/mp4" and extension(name) == "m4a" else media_type

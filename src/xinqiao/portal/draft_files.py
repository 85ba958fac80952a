"""Files of a draft, between the page on which they are chosen and the registration.

Each lies encrypted under a key of its own that only the visitor's session holds: when the session ends, nobody can
open it any more. What is older than a draft is removed when the next file comes.
"""

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from xinqiao.documents.services import ReceivedFile, receiving
from xinqiao.portal.drafts import KEPT_FOR_LATER, KeptFile

_NONCE = bytes(12)  # every key seals exactly one file


class FileGone(Exception):
    """A file of the draft is no longer there; the visitor must choose it again."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def keep(file: ReceivedFile) -> KeptFile:
    """Seal a checked file until its draft is handed in."""
    _sweep()
    key, file_id = AESGCM.generate_key(bit_length=256), secrets.token_hex(16)
    _path(file_id).write_bytes(AESGCM(key).encrypt(_NONCE, file.path.read_bytes(), None))
    return KeptFile(id=file_id, secret=key.hex(), name=file.name, size=file.size)


@contextmanager
def opened(files: Sequence[KeptFile]) -> Iterator[list[ReceivedFile]]:
    """The files for the act that keeps them, checked once more; raises FileGone for one that is no longer there."""
    with receiving([_Sealed(file) for file in files]) as received:
        yield received


def discard(files: Sequence[KeptFile]) -> None:
    """Remove files of a draft."""
    for file in files:
        _path(file.id).unlink(missing_ok=True)


class _Sealed:
    """A file that is opened when it is read and lets go of its content at the end: one at a time in memory."""

    def __init__(self, file: KeptFile) -> None:
        self.name: str | None = file.name
        self._file = file
        self._rest: memoryview | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self._rest is None:
            self._rest = memoryview(_content(self._file))
        end = len(self._rest) if size < 0 else size
        piece, self._rest = bytes(self._rest[:end]), self._rest[end:]
        return piece


def _content(file: KeptFile) -> bytes:
    try:
        return AESGCM(bytes.fromhex(file.secret)).decrypt(_NONCE, _path(file.id).read_bytes(), None)
    except (FileNotFoundError, InvalidTag):
        raise FileGone(file.name) from None


def _folder() -> Path:
    folder = Path(settings.FILES_DIR) / "drafts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(file_id: str) -> Path:
    return _folder() / file_id


def _sweep() -> None:
    oldest = time.time() - KEPT_FOR_LATER.total_seconds()
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)

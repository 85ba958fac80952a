"""Files in a row (tar), written and read as a stream: what ``tar`` of any system opens."""

import io
import tarfile
from collections.abc import Iterator
from typing import IO

from xinqiao.project.backup.sealing import PIECE

_BLOCK = 512


def member(name: str, size: int, content: IO[bytes]) -> Iterator[bytes]:
    """One file in pieces: head, content, and zeros up to the next block. Raises OSError where it ends too soon."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    yield info.tobuf(tarfile.USTAR_FORMAT)
    left = size
    while left:
        piece = content.read(min(left, PIECE))
        if not piece:
            raise OSError(f"{name} became shorter while it was read")
        left -= len(piece)
        yield piece
    yield bytes(-size % _BLOCK)


def end() -> bytes:
    """What closes an archive."""
    return bytes(2 * _BLOCK)


def small_archive(contents: dict[str, bytes]) -> bytes:
    """A whole archive of a few small files."""
    rows = (piece for name, content in contents.items() for piece in member(name, len(content), io.BytesIO(content)))
    return b"".join(rows) + end()


def read_small(raw: bytes) -> dict[str, bytes]:
    """The files in a small archive. Raises tarfile.TarError where it is none."""
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        found = {info.name: archive.extractfile(info) for info in archive if info.isreg()}
        return {name: file.read() for name, file in found.items() if file}

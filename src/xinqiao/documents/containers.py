"""What is inside Office containers (OOXML and OLE): kind, macros, password, and whether a zip would explode."""

import struct
import zipfile
import zlib
from mmap import mmap
from typing import IO

from xinqiao.documents.refusals import FileRefused

MAX_PARTS = 5000
MAX_UNPACKED = 300 * 1024 * 1024
FREE_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 150
"""A container that unpacks to more than 20 MB may not be packed more than 150 to 1; Office packs 5 to 50 to 1."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_STEP = 1 << 16


def zip_kind(content: mmap | IO[bytes], *, name: str) -> str:
    """The media type of a zip; raises FileRefused (``file-damaged``, ``-protected``, ``-macros``, ``-bomb``)."""
    try:
        with zipfile.ZipFile(content) as archive:  # type: ignore[arg-type]
            parts = {part.filename: part for part in archive.infolist()}
            check_unpacked(archive, name=name)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, struct.error, OSError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("file-damaged", name=name) from error
    if "[Content_Types].xml" not in parts:
        return "application/zip"
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused("file-macros", name=name)
    return _WORD if "word/document.xml" in parts else _EXCEL if "xl/workbook.xml" in parts else "application/zip"


def check_unpacked(archive: zipfile.ZipFile, *, name: str) -> None:
    """Refuse a zip bomb: what is promised is added up first, then unpacked piece by piece without being kept.

    The second step is needed because sizes in a zip are claims. Raises FileRefused.
    """
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("file-protected", name=name)
    packed = sum(part.compress_size for part in parts)
    _weigh(sum(part.file_size for part in parts), packed, len(parts), name)
    total = 0
    for part in parts:
        total += _unpacked_size(archive, part, MAX_UNPACKED - total)
        _weigh(total, packed, len(parts), name)


def _weigh(unpacked: int, packed: int, parts: int, name: str) -> None:
    exploding = unpacked > FREE_UNPACKED and unpacked > MAX_RATIO * packed
    if parts > MAX_PARTS or unpacked > MAX_UNPACKED or exploding:
        raise FileRefused("file-bomb", name=name)


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """Bytes that the part really unpacks to; stops one step above ``limit``."""
    file = archive.fp
    if file is None:
        raise ValueError("the archive is closed")
    file.seek(part.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(name_length + extra_length, 1)
    if signature != b"PK\x03\x04" or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("not an Office container")
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    return _inflated_size(file, part.compress_size, limit)


def _inflated_size(file: IO[bytes], left: int, limit: int) -> int:
    inflater, total, pending = zlib.decompressobj(-15), 0, b""
    while not inflater.eof and total <= limit and (left or pending):
        if not pending:
            pending = file.read(min(left, _STEP))
            left -= len(pending)
            if not pending:
                raise EOFError("a part ends too soon")
        total += len(inflater.decompress(pending, 16 * _STEP))
        pending = inflater.unconsumed_tail
    return total


def ole_kind(content: mmap | bytes, *, name: str) -> str:
    """The media type of an OLE file; raises FileRefused where it has macros, a password, or is damaged."""
    try:
        streams = set(_ole_names(content))
    except (struct.error, IndexError, ValueError) as error:
        raise FileRefused("file-damaged", name=name) from error
    if "EncryptedPackage" in streams:
        raise FileRefused("file-protected", name=name)
    if streams & {"Macros", "_VBA_PROJECT_CUR", "VBA"}:
        raise FileRefused("file-macros", name=name)
    if "WordDocument" in streams:
        return "application/msword"
    return "application/vnd.ms-excel" if streams & {"Workbook", "Book"} else "application/x-ole-storage"


def _ole_names(content: mmap | bytes) -> list[str]:
    """The names in the directory of a Compound File (MS-CFB): the chain of directory sectors through the FAT."""
    shift, sector = struct.unpack_from("<H", content, 30)[0], struct.unpack_from("<I", content, 48)[0]
    if shift not in (9, 12):
        raise ValueError("sectors have 512 or 4096 bytes")
    size, names, seen = 1 << shift, list[str](), set[int]()
    while sector < 0xFFFFFFFA and sector not in seen:
        seen.add(sector)
        names += [_entry_name(content, (sector + 1) * size + at) for at in range(0, size, 128)]
        sector = _next_sector(content, sector, size)
    return [entry for entry in names if entry]


def _entry_name(content: mmap | bytes, at: int) -> str:
    length = struct.unpack_from("<H", content, at + 64)[0]
    return bytes(content[at : at + max(0, min(length, 64) - 2)]).decode("utf-16-le", "replace")


def _next_sector(content: mmap | bytes, sector: int, size: int) -> int:
    """The FAT's word on a sector; the header lists the first 109 sectors of the FAT, chained ones list the rest."""
    row, column = divmod(sector, size // 4)
    fat = _fat_sector(content, row, size)
    return int(struct.unpack_from("<I", content, (fat + 1) * size + column * 4)[0])


def _fat_sector(content: mmap | bytes, row: int, size: int) -> int:
    if row < 109:
        return int(struct.unpack_from("<I", content, 76 + 4 * row)[0])
    row, chained = row - 109, int(struct.unpack_from("<I", content, 68)[0])
    per_sector = size // 4 - 1
    for _ in range(row // per_sector):
        chained = int(struct.unpack_from("<I", content, (chained + 1) * size + per_sector * 4)[0])
    return int(struct.unpack_from("<I", content, (chained + 1) * size + (row % per_sector) * 4)[0])

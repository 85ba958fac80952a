"""Files made for the tests; none is real, and the virus sample exists only while a test runs."""

import io
import struct
import zipfile

WORD_PARTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
EXCEL_PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00"
TIFF = b"II*\x00\x08\x00\x00\x00\x00\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00isomM4A "
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x00"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00"
AMR = b"#!AMR\n\x04\x3c\x00\x01\x02\x03\x05\x06\x07\x08"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
RTF = b"{\\rtf1\\ansi hello}"
SVG = b"\x3csvg onload='x'/>\x00"
TEXT = "路灯坏了三个月。\r\n请修好。".encode()


def virus_sample() -> bytes:
    """The industry's harmless sample, joined at run time so that no scanner flags the repository."""
    return b"".join([b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-", b"STANDARD-ANTIVIRUS", b"-TEST-FILE!$H+H*"])


def zipped(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(**more: bytes) -> bytes:
    return zipped(WORD_PARTS | more)


def excel() -> bytes:
    return zipped(EXCEL_PARTS)


def lying_zip(parts: dict[str, bytes], *, claimed: int) -> bytes:
    """A zip whose last part claims another size than it unpacks to, in both of its headers."""
    content = bytearray(zipped(parts))
    last = list(parts.values())[-1]
    true_size = struct.pack("<I", len(last))
    assert content.count(true_size) >= 2
    return bytes(content.replace(true_size, struct.pack("<I", claimed)))


def protected_zip(parts: dict[str, bytes]) -> bytes:
    """A zip whose parts are flagged as encrypted."""
    content = bytearray(zipped(parts))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def ole(*names: str) -> bytes:
    """A Compound File with these streams in its directory, four to a sector of 512 bytes."""
    entries = [_ole_entry(name) for name in ("Root Entry", *names)]
    sectors = [b"".join(entries[i : i + 4]).ljust(512, b"\0") for i in range(0, len(entries), 4)]
    chain = [*range(2, len(sectors) + 1), 0xFFFFFFFE]
    fat = struct.pack("<I", 0xFFFFFFFD) + struct.pack(f"<{len(chain)}I", *chain)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9)
    header = header.ljust(44, b"\0") + struct.pack("<II", 1, 1) + b"\0" * 12
    header = header.ljust(68, b"\0") + struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    return header.ljust(512, b"\xff") + fat.ljust(512, b"\xff") + b"".join(sectors)


def _ole_entry(name: str) -> bytes:
    raw = name.encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2) + b"\0" * 62

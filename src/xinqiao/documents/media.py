"""Which kinds of file are taken, and what a file is by its content. The name of a file decides nothing here."""

from collections.abc import Mapping
from dataclasses import dataclass
from mmap import mmap

import filetype
from django.utils.translation import gettext

from xinqiao.documents.containers import ole_kind, zip_kind
from xinqiao.documents.plain_text import charset_of


@dataclass(frozen=True)
class Media:
    """A kind of file that is taken: its media type, the endings a name may have (the first is ours), and its name."""

    type: str
    endings: tuple[str, ...]
    called: str


TAKEN: Mapping[str, Media] = {
    media.type: media
    for media in (
        Media("application/pdf", ("pdf",), "PDF"),
        Media("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG"),
        Media("image/png", ("png",), "PNG"),
        Media("image/heic", ("heic", "heif"), "HEIC"),
        Media("image/webp", ("webp",), "WebP"),
        Media("image/gif", ("gif",), "GIF"),
        Media("image/tiff", ("tif", "tiff"), "TIFF"),
        Media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "Word (docx)"),
        Media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "Excel (xlsx)"),
        Media("application/msword", ("doc", "wps"), "Word (doc)"),
        Media("application/vnd.ms-excel", ("xls", "et"), "Excel (xls)"),
        Media("text/plain", ("txt", "text", "csv"), "TXT"),
        Media("audio/mpeg", ("mp3",), "MP3"),
        Media("audio/mp4", ("m4a",), "M4A"),
        Media("audio/x-wav", ("wav",), "WAV"),
        Media("audio/amr", ("amr",), "AMR"),
        Media("video/mp4", ("mp4", "m4v", "m4a"), "MP4"),
    )
}

# The first bytes of an ISO container name its brand; recorders and telephones use many for the same thing.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys(
        (b"mp41", b"mp42", b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"avc1", b"M4V ", b"MSNV", b"dash"),
        "video/mp4",
    ),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TIFF = (b"II*\x00", b"MM\x00*")
_WRITTEN_IN_LETTERS = frozenset({"application/pdf", "application/rtf", "application/postscript"})
_HEAD = 8192


def media_type_of(content: mmap, *, name: str) -> str:
    """The media type by content, also of kinds that are not taken; ``application/octet-stream`` if nobody knows.

    ``name`` is only for the sentence where a container is damaged, protected, a bomb or has macros: FileRefused.
    """
    head = content[:_HEAD]
    if head.startswith(_OLE):
        return ole_kind(content, name=name)
    if head.startswith(_ZIP):
        return zip_kind(content, name=name)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], _guess(head))
    if head.startswith(_TIFF):
        return "image/tiff"
    return _guess_or_text(content, head)


def _guess_or_text(content: mmap, head: bytes) -> str:
    """Text wins over a signature of plain letters (a letter may begin with “BM” or “ID3”), but not over a PDF."""
    guessed = _guess(head)
    if guessed in _WRITTEN_IN_LETTERS:
        return guessed
    charset = charset_of(content)
    return f"text/plain; charset={charset}" if charset else guessed


def _guess(head: bytes) -> str:
    found = filetype.guess(head)
    return found.mime if found else "application/octet-stream"


def media_of(media_type: str) -> Media | None:
    """The kind that is taken under this media type; None where it is not."""
    return TAKEN.get(media_type.partition(";")[0])


def is_taken_ending(ending: str) -> bool:
    """Whether any kind that is taken may be named so, in small letters without the dot."""
    return any(ending in media.endings for media in TAKEN.values())


def taken_words() -> str:
    """The kinds that are taken, as people call them, for a sentence."""
    return gettext("photographs, PDF, Word, Excel, plain text (TXT, CSV), sound and film")

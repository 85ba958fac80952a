"""Is it plain text, and in which charset? Notepads in China write UTF-8, UTF-16 with a mark, and GB 18030."""

import codecs
from mmap import mmap

_CONTROLS = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D}
_CHUNK = 1 << 16


def charset_of(content: mmap | bytes) -> str:
    """``utf-8``, ``utf-16`` (only with its mark) or ``gb18030``; empty where it is no text."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16" if _decodes(content, "utf-16") else ""
    return next((charset for charset in ("utf-8", "gb18030") if _decodes(content, charset)), "")


def _decodes(content: mmap | bytes, charset: str) -> bool:
    decoder = codecs.getincrementaldecoder(charset)("strict")
    try:
        for start in range(0, len(content), _CHUNK):
            piece = content[start : start + _CHUNK]
            if not _is_text(decoder.decode(piece, final=start + _CHUNK >= len(content))):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _is_text(piece: str) -> bool:
    """Text has no control characters beside tab and line ends, and no non-characters."""
    return not any(ord(c) in _CONTROLS or 0x7F <= ord(c) <= 0x9F or ord(c) & 0xFFFE == 0xFFFE for c in set(piece))

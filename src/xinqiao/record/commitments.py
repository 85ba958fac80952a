"""Salted commitments: what stands on the record for a text that stands beside it.

Without the salt nobody can find the text by trying, however short it is; with it anybody can check the text. When
text and salt are destroyed the commitment says nothing more, and the chain stays whole.
"""

import base64
import binascii
import hashlib
import hmac
import os

SALT_BYTES = 16
PREFIX = "sha256:"


def new_salt() -> bytes:
    """Sixteen bytes from the operating system's generator; one for each text, never used twice."""
    return os.urandom(SALT_BYTES)


def commit(text: str, salt: bytes) -> str:
    """``sha256:…`` over the salt and the text in UTF-8, the text exactly as given."""
    return commit_bytes(text.encode(), salt)


def commit_bytes(content: bytes, salt: bytes) -> str:
    """``sha256:…`` over the salt and ``content``; raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return named(hashlib.sha256(salt + content).digest())


def holds(commitment: str, text: str, salt: bytes) -> bool:
    """Is ``commitment`` the one of this text and salt?"""
    return hmac.compare_digest(commitment.encode(), commit(text, salt).encode())


def named(digest: bytes) -> str:
    """A SHA-256 as the record writes it: ``sha256:`` and 64 lower-case hexadecimal digits."""
    return PREFIX + digest.hex()


def unnamed(name: str) -> bytes:
    """The 32 bytes of ``sha256:…``; raises ValueError for any other spelling, so that one hash has one name."""
    digits = name.removeprefix(PREFIX)
    if name == digits or len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError("a hash reads 'sha256:' and 64 lower-case hexadecimal digits")
    return bytes.fromhex(digits)


def to_base64url(raw: bytes) -> str:
    """Base64 for URLs (RFC 4648 section 5) without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str, *, size: int) -> bytes:
    """The ``size`` bytes written as ``text``; raises ValueError for any other spelling or length."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None
    if len(raw) != size or to_base64url(raw) != text:
        raise ValueError(f"not {size} bytes in base64url")
    return raw

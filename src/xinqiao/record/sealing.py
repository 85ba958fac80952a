"""Encryption of single values with AES-256-GCM.

Every value is bound to its place by ``context``: a ciphertext moved to another row or another stream does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


class CannotOpen(Exception):
    """The value was changed, belongs to another place, or was sealed under another key."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_BYTES)


def seal(plain: bytes, *, key: bytes, context: str) -> bytes:
    """Version byte, nonce, ciphertext and tag."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(sealed: bytes, *, key: bytes, context: str) -> bytes:
    """What was sealed under the same key and context; raises CannotOpen otherwise."""
    nonce, box = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
        raise CannotOpen("not a sealed value")
    try:
        return AESGCM(key).decrypt(nonce, box, context.encode())
    except InvalidTag:
        raise CannotOpen("a sealed value does not open: it was changed, moved, or sealed under another key") from None


def key_context(stream_id: int) -> str:
    """The place to which the data key of a stream is bound."""
    return f"data key {stream_id}"


def field_context(stream_id: int) -> str:
    """The place to which a field of another row is bound: its stream."""
    return f"field {stream_id}"


def text_context(stream_id: int, seq: int, field: str) -> str:
    """The place to which a sealed text of the record is bound."""
    return f"text {stream_id} {seq} {field}"

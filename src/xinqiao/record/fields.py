"""Sealing what must not lie open: texts of the record and fields of other rows, under the data key of their stream."""

from collections.abc import Callable

from django.conf import settings

from xinqiao.record.keyring import KeyRing, open_ring
from xinqiao.record.models import Stream
from xinqiao.record.sealing import CannotOpen, field_context, key_context, new_key, seal, unseal


class KeyErased(CannotOpen):
    """The data key of the stream was destroyed by lawful erasure; what it sealed is gone."""


def ring() -> KeyRing:
    """The office's key ring, as its directory is now."""
    return open_ring(settings.KEYS_DIR)


def give_data_key(stream: Stream) -> None:
    """Give a new stream a data key, wrapped under the master key in use."""
    stream.master_key_id, stream.wrapped_key = ring().wrap(new_key(), context=key_context(stream.pk))


def data_key(stream: Stream) -> bytes:
    """The stream's data key in clear; raises KeyErased after lawful erasure, CannotOpen without its master key."""
    if stream.wrapped_key is None:
        raise KeyErased(f"the key of stream {stream.pk} was erased")
    return ring().unwrap(stream.master_key_id, stream.wrapped_key, context=key_context(stream.pk))


def rewrapped(stream: Stream, keys: KeyRing) -> tuple[str, bytes]:
    """Id of the master key in use, and the same data key wrapped under it."""
    return keys.wrap(data_key(stream), context=key_context(stream.pk))


def sealer(stream: Stream) -> Callable[[str], bytes]:
    """``encrypt_field`` for several values of one stream: its key is unwrapped once."""
    key, context = data_key(stream), field_context(stream.pk)
    return lambda plaintext: seal(plaintext.encode(), key=key, context=context)


def opener(stream: Stream) -> Callable[[bytes], str]:
    """``decrypt_field`` for several values of one stream: its key is unwrapped once."""
    key, context = data_key(stream), field_context(stream.pk)
    return lambda ciphertext: unseal(ciphertext, key=key, context=context).decode()


def encrypt_field(stream: Stream, plaintext: str) -> bytes:
    """A value of another row sealed under the stream's key; it opens with this stream only.

    Raises KeyErased after lawful erasure.
    """
    return seal(plaintext.encode(), key=data_key(stream), context=field_context(stream.pk))


def decrypt_field(stream: Stream, ciphertext: bytes) -> str:
    """What ``encrypt_field`` sealed; raises KeyErased after lawful erasure, CannotOpen where it was changed."""
    return unseal(bytes(ciphertext), key=data_key(stream), context=field_context(stream.pk)).decode()

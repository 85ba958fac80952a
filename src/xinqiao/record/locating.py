"""Which byte was changed: pure arithmetic over an event that no longer has its hash.

A hash only says that something differs. Where one byte was replaced, trying every byte at every place finds the one
that gives the hash back, and with it the original; it takes some tenths of a second for one event.
"""

import hashlib
import json
from dataclasses import dataclass

from xinqiao.record.canonical import canonical

MAX_BYTES = 4096


@dataclass(frozen=True)
class ChangedByte:
    """The place (from 0) of the one byte that differs, what stood there, and the part of the event it is in."""

    at: int
    was: int
    part: str


def locate(changed: bytes, digest: bytes) -> ChangedByte | None:
    """The single replaced byte that explains why ``changed`` does not hash to ``digest``; None where more differs."""
    if len(changed) > MAX_BYTES:
        return None
    for at in range(len(changed)):
        if (was := _byte_at(changed, at, digest)) is not None:
            original = changed[:at] + bytes([was]) + changed[at + 1 :]
            return ChangedByte(at, was, part_at(original, at))
    return None


def _byte_at(changed: bytes, at: int, digest: bytes) -> int | None:
    before, after = hashlib.sha256(changed[:at]), changed[at + 1 :]
    for value in range(256):
        attempt = before.copy()
        attempt.update(bytes([value]) + after)
        if attempt.digest() == digest:
            return value
    return None


def part_at(event: bytes, at: int) -> str:
    """The name of the part of a canonical event in which byte ``at`` stands."""
    end = 1
    for name, value in sorted(json.loads(event).items()):
        end += len(canonical({name: value})) - 1
        if at < end:
            return str(name)
    return "event"

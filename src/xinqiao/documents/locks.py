"""Whoever refers to a file and whoever removes it must not meet: PostgreSQL's advisory locks by the file's hash.

Held until the transaction ends. Two hashes that share a lock only wait for each other.
"""

from collections.abc import Iterable

from django.db import connection

_SPACE = 0x66696C65  # “file”, so that no other use of such locks gets in the way


def share(addresses: Iterable[str]) -> None:
    """Wait for a removal that is under way, and let none begin: one statement for all."""
    keys = sorted({_key(address) for address in addresses})
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, k) FROM unnest(%s::int[]) AS k", [_SPACE, keys])


def try_lock(address: str) -> bool:
    """Whether nobody else holds it; does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_SPACE, _key(address)])
        return bool(cursor.fetchone()[0])


def _key(address: str) -> int:
    """The first four bytes of the hash as a signed integer."""
    return int.from_bytes(bytes.fromhex(address[:8]), "big", signed=True)

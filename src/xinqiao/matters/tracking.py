"""Following a matter with its number and query code; guessing is slowed down by number and by address."""

import hashlib
from datetime import timedelta

from django.db import connection

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.matters.lookup import citizen_for
from xinqiao.matters.models import QueryAttempt

WINDOW = timedelta(minutes=15)
PER_NUMBER, PER_ADDRESS = 10, 50


class TooManyAttempts(Exception):
    """Too many wrong codes for this number or from this address; ``minutes`` until the next try."""

    minutes = int(WINDOW.total_seconds() // 60)


def citizen_with(number: str, code: str, *, address: str) -> Actor | None:
    """The actor of a right pair of codes, None for a wrong one; raises TooManyAttempts.

    Only wrong codes count, so that an office behind one address is not shut out by following its own matters.
    """
    keys = {_key("number", number): PER_NUMBER, _key("address", address): PER_ADDRESS}
    since = now() - WINDOW
    for key, count in QueryAttempt.objects.filter(key__in=keys, since__gt=since).values_list("key", "count"):
        if count >= keys[key]:
            raise TooManyAttempts
    actor = citizen_for(number, code)
    if actor is None:
        _count(list(keys))
    return actor


def _key(kind: str, value: str) -> str:
    """No address stands in the table in clear."""
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:40]}"


def _count(keys: list[str]) -> None:
    """One statement, safe for two who guess at once; an old window begins anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO matters_queryattempt (key, since, count) SELECT k, %(now)s, 1 FROM unnest(%(keys)s::text[]) k"
            " ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN matters_queryattempt.since > %(since)s"
            " THEN matters_queryattempt.count + 1 ELSE 1 END,"
            " since = CASE WHEN matters_queryattempt.since > %(since)s"
            " THEN matters_queryattempt.since ELSE %(now)s END",
            {"now": now(), "since": now() - WINDOW, "keys": sorted(keys)},
        )

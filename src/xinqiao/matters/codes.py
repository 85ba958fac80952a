"""Matter numbers and query codes: the number is said aloud, the code is the petitioner's secret."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import connection

from xinqiao.organs.models import Organ

DEFAULT_PATTERN = "{code}{year}-{seq:05}"
CODE_DIGITS = 12


def next_numbers(organ: Organ, year: int, count: int) -> list[str]:
    """Numbers that were never given before, by the organ's own pattern, or by that of the office.

    The database's sequence stands outside the transaction: two clerks never wait for each other, and a number of an
    act that failed is not given again.
    """
    pattern = organ.number_pattern or organ.root.number_pattern or DEFAULT_PATTERN
    series = organ if organ.number_pattern else organ.root
    with connection.cursor() as cursor:
        cursor.execute("SELECT matters_next_number(%s, %s) FROM generate_series(1, %s)", [series.pk, year, count])
        return [pattern.format(code=series.code, year=year, seq=seq) for (seq,) in cursor.fetchall()]


def new_query_code() -> str:
    """Twelve digits, because they can be keyed on a telephone and read out in groups of four."""
    return f"{secrets.randbelow(10**CODE_DIGITS):012}"


def query_code_hash(number: str, code: str) -> bytes:
    """What is stored of a query code: keyed, so that a copy of the database does not tell it."""
    digits = "".join(c for c in code if c.isdigit())
    return hmac.new(settings.QUERY_PEPPER.encode(), f"{number}:{digits}".encode(), hashlib.sha256).digest()


def grouped(code: str) -> str:
    """As it is printed and read out: 4821 7730 9156."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))

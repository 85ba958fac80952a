"""Many rows into one table in one go (COPY), where a statement with thousands of parameters would be slow."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

FROM_ROWS = 50
"""From how many rows on it is worth it."""


def copy_in(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into a table, column by column as named; constraints, triggers and errors are those of an INSERT."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def reserve_ids(table: str, count: int) -> list[int]:
    """Ids for new rows of a table that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]

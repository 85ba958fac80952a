"""Rights on the tables of the record: the application may append, and take texts away for erasure, nothing else.

The triggers that refuse changes to whomever, the owner too, are in the migrations; this is the second lock.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

RIGHTS = {
    "record_stream": "SELECT, INSERT, UPDATE",
    "record_eventrow": "SELECT, INSERT",
    "record_body": "SELECT, INSERT, DELETE",
}
SEQUENCE = "record_stream_ids"


def restrict_after_migrate(*, using: str, **_: Any) -> None:
    """Set the rights again at the end of every migrate."""
    connection = connections[using]
    if connection.vendor == "postgresql" and "record_eventrow" in connection.introspection.table_names():
        restrict(connection, settings.APP_DB_ROLE)


def restrict(connection: BaseDatabaseWrapper, role: str) -> None:
    """Leave to ``role`` the rights above and no others; the role that owns the tables is left alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname <> current_user FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
        if row is None or not row[0]:
            return
        name = connection.ops.quote_name(role)
        for table, rights in RIGHTS.items():
            cursor.execute(f"REVOKE ALL ON {table} FROM PUBLIC, {name}")
            cursor.execute(f"GRANT {rights} ON {table} TO {name}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE {SEQUENCE} TO {name}")

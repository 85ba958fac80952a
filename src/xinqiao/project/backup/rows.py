"""What is asked of a database before and after: its tables and their rows, rights, migrations, names of files.

Plain SQL on a connection of the owner, in whatever transaction that is in.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import xinqiao

Connection = psycopg.Connection[Any]

# Signed-in sessions end with a restore: one that was ended since the backup must not come to life again.
WITHOUT_ROWS = ("django_session", "usersessions_usersession")
OFFICE_TABLES = ("record_stream", "organs_organ", "organs_user")

_TABLES = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"""

_RIGHTS = """SELECT c.relname, array_agg(a.privilege_type ORDER BY a.privilege_type)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'S', 'v', 'm') AND a.grantee = to_regrole(%s) GROUP BY 1 ORDER BY 1"""

# What kind of session another role has is hidden from us; the server's own helpers have no role.
_OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"""


def tables(connection: Connection) -> list[str]:
    """The names of the tables, in order."""
    return [row[0] for row in connection.execute(_TABLES)]


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, without those that are left out."""
    return {name: _count(connection, name) for name in tables(connection) if name not in WITHOUT_ROWS}


def holds_an_office(connection: Connection) -> bool:
    """Whether there is anything of an office: a record, an organ or an account. A fresh schema holds none."""
    there = set(tables(connection))
    return any(_has_row(connection, name) for name in OFFICE_TABLES if name in there)


def other_sessions(connection: Connection) -> int:
    """How many others are connected to this database."""
    return int(_one(connection, _OTHERS))


def major_version(connection: Connection) -> int:
    """The major version of the server."""
    return connection.info.server_version // 10000


def rights_of(connection: Connection, role: str) -> dict[str, list[str]]:
    """What a role may do with each table and sequence; its own ones, which it owns, are not among them."""
    return {name: list(rights) for name, rights in connection.execute(_RIGHTS, [sql.Identifier(role).as_string(None)])}


def own_migrations(connection: Connection) -> dict[str, list[str]]:
    """The applied migrations of this program's own apps. Those of packages come with the version of the program."""
    if "django_migrations" not in tables(connection):
        return {}
    found: dict[str, list[str]] = {}
    for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        if _migrations_folder(app).is_dir():
            found.setdefault(app, []).append(name)
    return found


def unknown_migrations(schema: dict[str, list[str]]) -> list[str]:
    """Those of a backup that this version does not have: then a newer one made it."""
    return [
        f"{app}.{name}"
        for app, names in schema.items()
        for name in names
        if not _migrations_folder(app).joinpath(f"{name}.py").exists()
    ]


def file_addresses(connection: Connection) -> Iterator[str]:
    """The SHA-256 of every stored file, in order, through a cursor of the server: memory stays flat."""
    with connection.cursor(name="addresses") as cursor:
        cursor.itersize = 5000
        cursor.execute("SELECT DISTINCT sha256 FROM documents_file ORDER BY 1")
        for row in cursor:
            yield row[0]


def still_named(connection: Connection, addresses: Sequence[str]) -> list[str]:
    """Which of these files a record refers to now; the others were erased meanwhile."""
    rows = connection.execute("SELECT DISTINCT sha256 FROM documents_file WHERE sha256 = ANY(%s)", [list(addresses)])
    return sorted(row[0] for row in rows)


def _migrations_folder(app: str) -> Path:
    return Path(xinqiao.__file__).parent / app / "migrations"


def _count(connection: Connection, table: str) -> int:
    return int(_one(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))))


def _has_row(connection: Connection, table: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
    return bool(_one(connection, query))


def _one(connection: Connection, query: Any) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None

"""The roles and rights inside a cluster, and whether a database can hold Chinese text at all."""

import psycopg
from psycopg import sql

from xinqiao.project.pg_state import APP, DATABASE, OWNER, PostgresError, State

OLDEST_SERVER = 150000


def prepare(state: State) -> None:
    """Make the two roles and the database where they are missing. Safe to repeat."""
    server = state.urls().superuser.rpartition("/")[0]
    # The first look avoids template1: nobody can copy a database while it is open.
    with connect(f"{server}/postgres") as connection:
        refuse_wrong_locale(connection)
        if _exists(connection, "pg_database", "datname", DATABASE):
            return
    with connect(f"{server}/template1") as connection:
        _make_roles(connection, state)
        grant_future_tables(connection, owner=OWNER, app=APP)
    with connect(f"{server}/postgres") as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template1")
        connection.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}")
        connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")


def grant_future_tables(connection: "psycopg.Connection[object]", *, owner: str, app: str) -> None:
    """What the owner will create, the application may read and write, but never truncate or alter.

    Holds for the database of this connection and for every database that is copied from it.
    """
    for rights in ["SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"]:
        connection.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}").format(
                sql.Identifier(owner), sql.SQL(rights), sql.Identifier(app)
            )
        )


def refuse_wrong_locale(connection: "psycopg.Connection[object]") -> None:
    """Raise PostgresError where the database would lose Chinese text without a word.

    In a cluster made with ``LC_ALL=C`` no Chinese character counts as a letter: trigrams are empty, nothing is found.
    """
    row = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    encoding, ctype = row if isinstance(row, tuple) else ("", "")
    if encoding != "UTF8" or ctype in {"C", "POSIX"}:
        raise PostgresError(
            f"the database has encoding {encoding} and locale {ctype}, in which Chinese text cannot be searched: "
            "create it anew with --encoding=UTF8 --locale=C.UTF-8"
        )


def check_server(url: str) -> None:
    """Raise PostgresError where the server at ``url`` cannot be reached, is too old, or has the wrong locale."""
    with connect(url) as connection:
        if connection.info.server_version < OLDEST_SERVER:
            version = connection.info.server_version // 10000
            raise PostgresError(f"the server is PostgreSQL {version}: {OLDEST_SERVER // 10000} or newer is needed")
        refuse_wrong_locale(connection)


def connect(url: str) -> "psycopg.Connection[object]":
    """A connection that commits each statement. Raises PostgresError with the server's own first line."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=15)
    except psycopg.OperationalError as error:
        raise PostgresError(f"the database does not answer: {str(error).splitlines()[0]}") from error


def _make_roles(connection: "psycopg.Connection[object]", state: State) -> None:
    for role, rights in [(OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")]:
        verb = "ALTER" if _exists(connection, "pg_roles", "rolname", role) else "CREATE"
        connection.execute(
            sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(state.passwords[role])
            )
        )


def _exists(connection: "psycopg.Connection[object]", table: str, column: str, value: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = {}").format(
        sql.Identifier(table), sql.Identifier(column), sql.Literal(value)
    )
    return connection.execute(query).fetchone() is not None

"""The database out of a backup: everything in one transaction, which is kept only when all else is ready.

``pg_restore`` turns the dump into statements, ``psql`` runs them; between the two nothing touches the disk. Where
anything fails there is no COMMIT, and the server takes all of it back.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from psycopg import sql
from pyrage.x25519 import Identity

from xinqiao.project.backup.errors import BackupError
from xinqiao.project.backup.manifest import Manifest
from xinqiao.project.backup.office import Office
from xinqiao.project.backup.programs import Programs, Running
from xinqiao.project.backup.sealing import pieces_of, unseal
from xinqiao.record.guard import RIGHTS, SEQUENCE

_PG_RESTORE = ("--file=-", "--no-owner", "--no-privileges", "--no-comments")
# What psql says must not quote what people wrote; its own rows go nowhere, only what \\echo says comes back.
_PSQL = (
    "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse",
    "--set=SHOW_CONTEXT=never", "--output=/dev/null", "--file=-",
)  # fmt: skip
_READY, _KEPT = "everything is in", "everything is kept"
_PRIVILEGES = {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "USAGE", "MAINTAIN"}

# The schema itself, its rights and what extensions brought stay.
_EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT EXISTS
      (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE',
      CASE one.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.name);
  END LOOP;
  FOR one IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
  LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS
      (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT t.oid::regtype AS name FROM pg_type t
    WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('c', 'd', 'e') AND NOT EXISTS
      (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', one.name); END LOOP;
END $$;
"""

_COUNT = """DO $$ BEGIN
  IF (SELECT count(*) FROM {table}) <> {rows} THEN
    RAISE EXCEPTION 'not all rows of {table} came back';
  END IF;
END $$;
"""


@contextmanager
def restored(
    part: Path, identities: Sequence[Identity], *, manifest: Manifest, office: Office, programs: Programs
) -> Iterator[Callable[[], None]]:
    """The database of the backup in place of the one there is, not yet committed; the block calls what it is given.

    Leaving the block without that call leaves the database as it was. Raises BackupError.
    """
    reader = programs.start("pg_restore", *_PG_RESTORE, stdin=-1, stdout=-1)
    writer = programs.start("psql", *_PSQL, url=office.owner_url, stdin=-1, stdout=-1)
    try:
        _say(writer, f"BEGIN;\n{_before(office)}")
        _pour(part, identities, reader, writer)
        _say(writer, f"SET search_path = public;\n{after(manifest, office)}\\echo {_READY}\n")
        _wait_for(_READY, writer)
        yield lambda: _commit(writer)
    finally:
        reader.end()
        writer.end()


def read_through(part: Path, identities: Sequence[Identity], programs: Programs) -> None:
    """Read a dump from end to end and keep nothing of it. Raises BackupError where it cannot be restored."""
    reader = programs.start("pg_restore", "--file=-", stdin=-1, stdout=-1)
    try:
        _pour(part, identities, reader, None)
    finally:
        reader.end()


def after(manifest: Manifest, office: Office) -> str:
    """What follows the dump: the application's rights as they were, then the rows counted once more."""
    counts = [_COUNT.format(table=_quoted(table), rows=int(rows)) for table, rows in manifest.tables.items()]
    grants = [] if office.app_role == office.owner_role else _grants(manifest, _quoted(office.app_role))
    return "\n".join([*grants, *counts])


def _before(office: Office) -> str:
    owner, app = _quoted(office.owner_role), _quoted(office.app_role)
    lines = ["SET lock_timeout = '30s';", _EMPTY]
    if owner != app:
        for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            lines.append(f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT {rights} TO {app};")
    return "\n".join(lines) + "\n"


def _grants(manifest: Manifest, app: str) -> list[str]:
    """As it was in the backup; the record's own, which no office may widen, last."""
    lines = []
    for relation, rights in manifest.rights.items():
        if not set(rights) <= _PRIVILEGES:
            raise BackupError(f"the manifest names a right that is none for {relation}: {', '.join(rights)}")
        lines += [f"REVOKE ALL ON {_quoted(relation)} FROM {app};"]
        lines += [f"GRANT {', '.join(rights)} ON {_quoted(relation)} TO {app};"]
    for table, allowed in RIGHTS.items():
        lines += [f"REVOKE ALL ON {table} FROM PUBLIC, {app};", f"GRANT {allowed} ON {table} TO {app};"]
    return [*lines, f"GRANT USAGE ON SEQUENCE {SEQUENCE} TO {app};"]


def _pour(part: Path, identities: Sequence[Identity], reader: Running, writer: Running | None) -> None:
    """Decrypt into the one program, and its output into the other, both at once."""
    failed: list[Exception] = []
    feeder = threading.Thread(target=_feed, args=(part, identities, reader, failed), daemon=True)
    feeder.start()
    try:
        _relay(reader, writer)
    finally:
        if reader.process.poll() is None and writer and writer.process.poll() is not None:
            reader.process.kill()
    feeder.join()
    status = reader.process.wait()
    if failed:
        raise failed[0]
    if status:
        raise BackupError(f"the dump cannot be read: {reader.reason()}")


def _feed(part: Path, identities: Sequence[Identity], reader: Running, failed: list[Exception]) -> None:
    """Where decryption fails the program is killed: what it had so far must not look like all of it."""
    assert reader.process.stdin
    try:
        unseal(part, reader.process.stdin, identities)
        reader.process.stdin.close()
    except BrokenPipeError:
        return  # The program ended first and says why.
    except (BackupError, OSError) as error:
        reader.process.kill()
        failed.append(error)


def _relay(reader: Running, writer: Running | None) -> None:
    assert reader.process.stdout
    for piece in pieces_of(reader.process.stdout):
        if writer:
            _write(writer, piece)


def _say(writer: Running, statements: str) -> None:
    _write(writer, statements.encode())


def _write(writer: Running, statements: bytes) -> None:
    pipe: IO[bytes] | None = writer.process.stdin
    assert pipe
    try:
        pipe.write(statements)
        pipe.flush()
    except BrokenPipeError:
        writer.process.wait()
        raise _refused(writer) from None


def _wait_for(mark: str, writer: Running) -> None:
    assert writer.process.stdout
    for line in writer.process.stdout:
        if line.decode().strip() == mark:
            return
    writer.process.wait()
    raise _refused(writer)


def _commit(writer: Running) -> None:
    _say(writer, f"COMMIT;\n\\echo {_KEPT}\n")
    _wait_for(_KEPT, writer)


def _refused(writer: Running) -> BackupError:
    return BackupError(f"the database did not take the dump and is as it was: {writer.reason()}")


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string(None)

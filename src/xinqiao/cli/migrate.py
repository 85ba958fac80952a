"""``xinqiao migrate [--check]``: bring the schema up to date, as the role that owns it.

The application's role may read and write what the owner makes, and never alter it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from xinqiao.cli import home
from xinqiao.project import pg_roles

LOCK = 0x58_51  # Two processes that migrate one database wait for each other on this number.


def run(argv: Sequence[str]) -> int:
    """Migrate, or with ``--check`` only tell; the exit status is 1 where migrations wait."""
    return home.guarded("migrate", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao migrate", description="Bring the database schema up to date.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where migrations wait")
    options = parser.parse_args(argv)
    with home.django():
        waiting = pending()
        if options.check:
            print("\n".join(waiting) if waiting else "the schema is up to date")
            return home.FAILED if waiting else home.DONE
        print(f"{bring_up_to_date()} migrations applied")
    return home.DONE


def pending() -> list[str]:
    """The migrations that are not applied yet, in their order. Django must be started."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def bring_up_to_date() -> int:
    """Apply what waits, and say how many it were. Safe to run from several processes at once."""
    from django.core.management import call_command

    with _alone():
        if not (waiting := pending()):
            return 0
        _grant_to_application()
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    return len(waiting)


def refuse_if_pending() -> None:
    """Raise CommandError where the schema is not what this version needs."""
    if waiting := pending():
        raise home.CommandError(f"{len(waiting)} migrations wait: run 'xinqiao migrate' first")


@contextmanager
def _alone() -> Iterator[None]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _grant_to_application() -> None:
    """Let the application use what is about to be made; an embedded cluster has this from its first start."""
    app, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    names = [unquote(urlsplit(url).username or "") for url in (app, owner)]
    if all(names) and names[0] != names[1]:
        with pg_roles.connect(owner) as connection:
            pg_roles.grant_future_tables(connection, owner=names[1], app=names[0])

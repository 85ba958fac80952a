"""The PostgreSQL of one test run: a throw-away cluster that nobody outside the run can mistake for an office's.

``XINQIAO_TEST_POSTGRES=system`` takes the machine's packaged PostgreSQL instead of the embedded one; a given
``DATABASE_URL`` goes before both and is left as it is.
"""

import atexit
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType

from xinqiao.project import embedded_postgres
from xinqiao.project.embedded_postgres import PostgresError, Urls
from xinqiao.project.pg_binaries import system_bindir

PREFIX = "xinqiao-test-"
ABANDONED_SECONDS = 3600


@contextmanager
def session_cluster() -> Iterator[Urls]:
    """The URLs of a database for this run; what was started here is stopped and removed, also on Ctrl-C."""
    if given := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL", given)
        yield Urls(app=given, owner=owner, superuser=owner)
        return
    remove_abandoned()
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    home.chmod(0o711)
    try:
        with embedded_postgres.start(home, bindir=wanted_bindir(), durable=False, dies_with_us=True) as cluster:
            yield cluster.urls
    finally:
        embedded_postgres.destroy(home)
        shutil.rmtree(home)


def remove_abandoned() -> None:
    """Delete what runs left behind that were killed more than an hour ago."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, PostgresError):  # another user's, or another run deletes it just now
            if time.time() - home.stat().st_mtime > ABANDONED_SECONDS and not embedded_postgres.is_used(home):
                embedded_postgres.destroy(home)
                shutil.rmtree(home)


def start_for_run() -> Urls:
    """The same for a whole process: exports the URLs to it and its children, and cleans up when it ends.

    Call it before Django's settings are read. Worker processes of one run find the URLs in their environment.
    """
    context = session_cluster()
    urls = context.__enter__()
    atexit.register(_leave, context, os.getpid())
    _end_cleanly_on_sigterm()
    os.environ.update(DATABASE_URL=urls.app, DATABASE_OWNER_URL=urls.owner, XINQIAO_TEST_ADMIN_URL=urls.superuser)
    return urls


def wanted_bindir() -> Path | None:
    """The packaged PostgreSQL where ``XINQIAO_TEST_POSTGRES=system`` asks for it, else None: the embedded one."""
    if os.environ.get("XINQIAO_TEST_POSTGRES") != "system":
        return None
    if (bindir := system_bindir()) is None:
        raise RuntimeError("XINQIAO_TEST_POSTGRES=system, but no packaged PostgreSQL is installed")
    return bindir


def _leave(context: AbstractContextManager[Urls], starter: int) -> None:
    """A forked child that ends is not the end of the run."""
    if os.getpid() == starter:
        context.__exit__(None, None, None)


def _end_cleanly_on_sigterm() -> None:
    """Python runs no exit handlers on SIGTERM of its own accord."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, leave)

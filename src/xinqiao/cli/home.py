"""What the commands share: an office's database made ready, Django started on it, errors told in one line."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from xinqiao.project import embedded_postgres
from xinqiao.project.embedded_postgres import Cluster, PostgresError
from xinqiao.project.home import home_dir
from xinqiao.project.pg_roles import check_server

DONE, FAILED, WRONG_INPUT = 0, 1, 2


class CommandError(Exception):
    """A command cannot do what was asked; the message is one line that says what to do."""

    status = FAILED


class WrongInput(CommandError):
    """What was asked is wrong."""

    status = WRONG_INPUT


class Parser(argparse.ArgumentParser):
    """Reads a command's options; what is wrong with them is one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        raise WrongInput(f"{message}; 'xinqiao {self.prog.removeprefix('xinqiao ')} --help' tells more")


def office_home() -> Path:
    """The folder of this office: ``XINQIAO_HOME``, by default ``./var``."""
    return home_dir()


def guarded(command: str, function: Callable[[Sequence[str]], int], argv: Sequence[str]) -> int:
    """Run a command; what it cannot do is told in one line on standard error.

    The exit status is the command's own, 2 for wrong input, 1 where the database or the machine fails, 130 on Ctrl-C.
    """
    speak_anywhere()
    try:
        return function(argv)
    except CommandError as error:
        return complain(command, str(error), error.status)
    except PostgresError as error:
        return complain(command, str(error), FAILED)
    except KeyboardInterrupt:
        return 130


def speak_anywhere() -> None:
    """A terminal that knows no Chinese gets a question mark for a character, and the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(command: str, message: str, status: int) -> int:
    """Print one line on standard error; the exit status is handed back."""
    print(f"xinqiao {command}: {' '.join(message.split())}", file=sys.stderr, flush=True)
    return status


@contextmanager
def database() -> Iterator[Cluster | None]:
    """The office's database, answering and fit for Chinese text, for as long as the block runs.

    ``DATABASE_URL`` wins and is checked; then the value is None. Else the embedded cluster is started, or joined where
    it runs; the last process to leave stops it. Raises PostgresError.
    """
    if given := os.environ.get("DATABASE_URL"):
        check_server(_checked_url(given))
        yield None
        return
    with embedded_postgres.start(office_home()) as cluster:
        yield cluster


@contextmanager
def django() -> Iterator[Cluster | None]:
    """``database()`` with Django started on it; connections are closed at the end."""
    with database() as cluster:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.project.settings")
        import django as framework
        from django.db import connections

        framework.setup()
        try:
            yield cluster
        finally:
            connections.close_all()


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongInput("DATABASE_URL must read postgresql://user:password@host:5432/name")
    return url

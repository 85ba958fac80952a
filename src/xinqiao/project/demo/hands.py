"""The hands that do the acts: two processes, because every act takes the whole way of the law.

The acts of one matter are always done by the same hands, in their order. A new process imports this before Django is
started, so whatever needs it is imported inside.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings
from django.db import connection, connections

from xinqiao.access.clock import held_at, today

CITIZEN = "citizen"


class NotToBeDone(RuntimeError):
    """An act of the demonstration was refused; the message names the story and the moment to put right."""


@dataclass(frozen=True)
class Work:
    """One act on one matter: when, by whom (an account name, or ``citizen``), what it is given; ``where`` names it."""

    at: datetime
    by: str
    number: str
    matter_id: int
    act: Callable[..., Any]
    given: Mapping[str, Any]
    where: str


class Hands:
    """Does work in the order of each matter; use it as a context. ``count`` is how many processes.

    They take some seconds to get ready, while whoever opened the context goes on with his own work.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Hands":
        if self._count > 1:
            office = (connection.settings_dict["NAME"], settings.XINQIAO_HOME, settings.FILES_DIR, os.getpid())
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin, initargs=office)
            for _hand in range(self._count):
                self._pool.submit(_get_ready)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def do(self, works: Sequence[Work]) -> None:
        """Do all of it, and wait for it. Raises NotToBeDone for the first act that is refused."""
        if self._pool is None:
            do_all(works)
            return
        parts = [[work for work in works if work.matter_id % self._count == n] for n in range(self._count)]
        for future in [self._pool.submit(do_all, part) for part in parts if part]:
            future.result()


def do_all(works: Sequence[Work]) -> None:
    """Each act by the action that any door would call, with the clock at its instant."""
    from xinqiao.organs.models import Organ, User

    people = {user.username: user for user in User.objects.all()}
    root_id = Organ.objects.get(code="YZ").pk
    with quick_commits():
        for work in works:
            with held_at(work.at), _named(work.where):
                work.act(number=work.number, actor=_actor(work, people, root_id), **work.given)


def _actor(work: Work, people: Mapping[str, Any], root_id: int) -> Any:
    from xinqiao.access.actor import citizen_actor, staff_actor

    if work.by == CITIZEN:
        return citizen_actor(root_organ_id=root_id, matter_id=work.matter_id)
    return staff_actor(people[work.by], today=today())


@contextmanager
def _named(where: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise NotToBeDone(f"in the demonstration: {where}: {error!r}") from error


@contextmanager
def quick_commits() -> Iterator[None]:
    """Commits do not wait for the disk meanwhile: whatever a power cut takes, the next start does again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")


def _begin(database: str, home: Path, files: Path, parent: int) -> None:
    """A new process becomes the same office as its parent, and ends with it; signals are the parent's to hear."""
    for sign in (signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    import django

    django.setup()
    settings.XINQIAO_HOME, settings.FILES_DIR = home, files
    connections["default"].settings_dict["NAME"] = database
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _get_ready() -> None:
    """Import what the acts need."""
    import xinqiao.project.demo.moments  # noqa: F401


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)

"""How far a long command has come: a bar with its rate on a terminal, a line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

EVERY_SECONDS = 5.0
Teller = Callable[[int], None]


@contextmanager
def shown(what: str, *, total: int | None) -> Iterator[Teller]:
    """Gives the block a function that it calls with how many are done so far."""
    if sys.stderr.isatty():
        with _bar(what, total) as tell:
            yield tell
    else:
        yield _lines(what, total)


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Teller]:
    rate = TextColumn("{task.fields[rate]:.0f}/s")
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.completed}"), TaskProgressColumn(), rate)
    begun = time.monotonic()
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=total, rate=0.0)
        yield lambda done: progress.update(task, completed=done, rate=_rate(done, begun))


def _lines(what: str, total: int | None) -> Teller:
    begun = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            of = f" of {total}" if total else ""
            print(f"{what}: {done}{of}, {_rate(done, begun):.0f}/s", file=sys.stderr, flush=True)

    return tell


def _rate(done: int, begun: float) -> float:
    return done / max(time.monotonic() - begun, 0.001)

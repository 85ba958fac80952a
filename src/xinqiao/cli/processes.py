"""One watcher over the processes of an office: it starts them, starts again what dies, and ends them in order.

The children die with it: it ends them on Ctrl-C, SIGTERM and SIGHUP, and where it is killed the kernel tells them
(Linux). Nothing here knows Django.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from xinqiao.cli.home import CommandError
from xinqiao.project.embedded_postgres import Cluster
from xinqiao.project.pg_postmaster import die_with_parent

LOOK_SECONDS = 0.5
GRACE_SECONDS = 25
# A child that ends this soon after its start does so for a reason that another start does not mend.
EARLY_SECONDS = 10
EARLY_ENDS = 3


class Stopped(SystemExit):
    """Somebody asked this process to end."""


def stop_on_signals() -> None:
    """From now on Ctrl-C, SIGTERM and a closed terminal raise Stopped once, so that ``with`` blocks tidy up."""
    signs = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        for sign in signs:  # Tidying up is bounded in time; a second signal must not cut it short.
            signal.signal(sign, signal.SIG_IGN)
        raise Stopped(0)

    for sign in signs:
        signal.signal(sign, stop)


@dataclass(kw_only=True)
class Child:
    """One process of the office."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    early_ends: int = 0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C must reach the watcher alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM)
        )

    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to end, wait, and end whatever is left of it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"xinqiao: {self.name} does not end in {GRACE_SECONDS} s and is killed", file=sys.stderr, flush=True)
        _kill_group(self.process.pid)
        self.process.wait()
        self.process = None


@dataclass(kw_only=True)
class Office:
    """The processes of an office and, where it is the embedded one, their database."""

    cluster: Cluster | None
    children: list[Child] = field(default_factory=list)

    def start(self) -> None:
        """Start all; a child's own output goes where ours goes."""
        for child in self.children:
            child.start()

    def watch(self) -> NoReturn:
        """Keep all alive until a signal raises Stopped. Raises CommandError where a child keeps ending at once."""
        while True:
            self.look()
            time.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Start again what has died."""
        if self.cluster is not None:
            self._look_after_database(self.cluster)
        for child in self.children:
            if child.ended():
                _start_again(child)

    def stop(self) -> None:
        """End all, the last started first."""
        for child in reversed(self.children):
            child.stop()

    def _look_after_database(self, cluster: Cluster) -> None:
        before = cluster.urls
        if not cluster.revive():
            return
        print("xinqiao: the database had ended and was started again", file=sys.stderr, flush=True)
        if cluster.urls != before:  # Its port was taken meanwhile: the children know only the old one.
            for child in self.children:
                child.stop()
                child.start()


def _start_again(child: Child) -> None:
    status = child.process.returncode if child.process else 0
    if status == -signal.SIGKILL:
        child.early_ends = 0  # Somebody killed it, or memory ran out: that says nothing of its next start.
    elif time.monotonic() - child.started_at < EARLY_SECONDS:
        child.early_ends += 1
    else:
        child.early_ends = 0
    if child.early_ends >= EARLY_ENDS:
        raise CommandError(f"{child.name} ends at once with status {status}: its own lines above say why")
    child.stop()
    print(f"xinqiao: {child.name} ended with status {status} and is started again", file=sys.stderr, flush=True)
    time.sleep(child.early_ends)
    child.start()


def _kill_group(pid: int) -> None:
    """What a killed server leaves behind would keep its port."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # Nobody is left; macOS says EPERM for a group of dead processes.

"""The database of an office that has none: PostgreSQL under the office's home, started and stopped with the office.

It listens on 127.0.0.1 only, asks for a password always, and runs as an unprivileged account where root starts it.
Several processes may share it: the first starts it, the last to leave stops it, and a killed one leaves nothing
locked. ``DATABASE_URL`` goes before all this: see ``project/database.py``.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from xinqiao.project import pg_cluster, pg_postmaster, pg_state
from xinqiao.project.pg_account import account_for
from xinqiao.project.pg_binaries import SHARED, find_binaries
from xinqiao.project.pg_roles import prepare
from xinqiao.project.pg_state import PostgresError, State, Urls

__all__ = [
    "Cluster",
    "PostgresError",
    "Status",
    "Urls",
    "configured_urls",
    "destroy",
    "is_used",
    "start",
    "status",
    "urls",
]


@dataclass(frozen=True, kw_only=True)
class Status:
    """Whether an office's cluster runs, as which process, on which port, and where its data lies."""

    is_running: bool
    pid: int | None
    port: int
    data: Path


@dataclass(frozen=True, kw_only=True)
class _How:
    """How a cluster is started, remembered for when it has to be started again."""

    bindir: Path | None
    durable: bool
    dies_with_us: bool


class Cluster:
    """A running cluster that this process uses. Leaving it stops the server, unless another process still uses it."""

    def __init__(self, home: Path, state: State, server: "subprocess.Popen[bytes] | None", how: _How) -> None:
        self.home = home
        self.urls = state.urls()
        self._data = Path(state.data)
        self._server = server
        self._how = how
        self._use: int | None = _use_lock(home)

    @property
    def started_here(self) -> bool:
        """Whether this process started the server, and not one before it."""
        return self._server is not None

    def revive(self) -> bool:
        """Start the server again if it has died; True if it had. ``urls`` may then name another port."""
        if status(self.home).is_running:
            return False
        with _start_lock(self.home):
            state, server = _joined_or_started(self.home, self._how)
            self.urls, self._server = state.urls(), server
        return True

    def stop(self) -> bool:
        """Stop using it; True if the server was stopped, False if others still use it. A second call does nothing."""
        if self._use is None:
            return False
        with _start_lock(self.home):
            use, self._use = self._use, None
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            finally:
                os.close(use)
            _shut_down(self._data, self._server)
        return True

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(home: Path, *, bindir: Path | None = None, durable: bool = True, dies_with_us: bool = False) -> Cluster:
    """Start an office's cluster, making it if need be, or join the one that runs. Two starts at once are safe.

    ``durable=False`` is for tests: faster, and lost when the machine fails. ``dies_with_us`` has the kernel stop the
    server when this process is killed (Linux). Raises PostgresError, one line that says what to do.
    """
    how = _How(bindir=bindir, durable=durable, dies_with_us=dies_with_us)
    with _start_lock(home):
        state, server = _joined_or_started(home, how)
        try:
            prepare(state)
            return Cluster(home, state, server, how)
        except BaseException:
            if server is not None:
                _shut_down(Path(state.data), server)
            raise


def urls(home: Path) -> Urls:
    """The URLs of the running cluster. Raises PostgresError where it does not run."""
    if not status(home).is_running:
        raise PostgresError(f"no database runs for {home}: start one with 'xinqiao serve', or set DATABASE_URL")
    return configured_urls(home)


def configured_urls(home: Path) -> Urls:
    """The URLs that the cluster has, or will have once it is started; it need not run."""
    return pg_state.load_or_create(home).urls()


def status(home: Path) -> Status:
    """What is known of an office's cluster, without changing anything."""
    state = pg_state.load(home)
    found = pg_postmaster.running(Path(state.data)) if state and state.data else None
    return Status(
        is_running=found is not None and found.is_ready,
        pid=found.pid if found else None,
        port=found.port if found else state.port if state else 0,
        data=Path(state.data) if state else Path(),
    )


def is_used(home: Path) -> bool:
    """Whether some process uses the cluster now."""
    if not (home / "postgres").exists():
        return False
    descriptor = os.open(home / "postgres" / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def destroy(home: Path) -> None:
    """Stop the cluster, whoever uses it, and delete all of its data."""
    if not (home / "postgres").exists():
        return
    with _start_lock(home):
        state = pg_state.load(home)
        if state and state.data:
            _shut_down(Path(state.data), None)
            place = Path(state.data).parent
            if SHARED in place.parents and place.exists():
                shutil.rmtree(place)
        shutil.rmtree(home / "postgres")


def _joined_or_started(home: Path, how: _How) -> "tuple[State, subprocess.Popen[bytes] | None]":
    state = pg_state.load_or_create(home)
    found = _joined(home, state)
    return (found, None) if found else _started(home, state, how)


def _joined(home: Path, state: State) -> State | None:
    """The settings of the server that already runs and takes connections."""
    found = pg_postmaster.running(Path(state.data)) if state.data else None
    if found is None:
        return None
    if not found.is_ready:
        # Whoever started it was killed meanwhile, or it is on its way out; we hold the lock, so nobody waits for it.
        pg_postmaster.shut_down(found.pid, child=None)
        return None
    return state if found.port == state.port else pg_state.save(home, pg_state.with_port(state, found.port))


def _started(home: Path, state: State, how: _How) -> "tuple[State, subprocess.Popen[bytes]]":
    data = Path(state.data) if state.data else None
    account = account_for(data)
    binaries = find_binaries(how.bindir, account)
    if data is None:
        data = pg_cluster.data_directory(home, account)
        if not data.exists():
            pg_cluster.create(data, state=state, binaries=binaries, account=account)
    pg_cluster.refuse_other_version(data, binaries)
    state = pg_state.save(home, replace(state, data=str(data)))
    return pg_cluster.bring_up(
        home, state, binaries=binaries, account=account, durable=how.durable, dies_with_us=how.dies_with_us
    )


def _shut_down(data: Path, child: "subprocess.Popen[bytes] | None") -> None:
    if found := pg_postmaster.running(data):
        pg_postmaster.shut_down(found.pid, child=child)
    if child is not None:
        child.wait()


def _start_lock(home: Path) -> AbstractContextManager[None]:
    return pg_state.locked(pg_state.folder(home) / "start.lock")


def _use_lock(home: Path) -> int:
    """A lock that the kernel holds for us as long as we live."""
    descriptor = os.open(pg_state.folder(home) / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def main() -> int:
    """Run an office's cluster in the foreground until SIGTERM or Ctrl-C: ``python -m … HOME``."""
    done = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: done.set())
    try:
        with start(Path(sys.argv[1])) as cluster:
            print("ready" if cluster.started_here else "joined", flush=True)
            done.wait()
    except PostgresError as error:
        print(f"xinqiao: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Offices to try the set-up on: throw-away homes, and the commands run on them as a shell would."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from xinqiao.project import embedded_postgres, pg_postmaster

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = ("DATABASE_URL", "DATABASE_OWNER_URL", "XINQIAO_TEST_POSTGRES")


@contextlib.contextmanager
def throw_away_home() -> Iterator[Path]:
    """An empty home that an unprivileged server can reach; whatever is left in it is stopped and deleted."""
    place = Path(tempfile.mkdtemp(prefix="xinqiao-setup-"))
    place.chmod(0o711)
    home = place / "信访 局"  # paths may hold anything
    try:
        yield home
    finally:
        embedded_postgres.destroy(home)
        shutil.rmtree(place)


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a shell would have set to work on ``home``, and on no other database."""
    kept = {name: value for name, value in os.environ.items() if name not in DATABASE}
    kept |= {"XINQIAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tests.setup.small_settings"}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | more


def start(home: Path, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    """A command, running: a module's name, or ``xinqiao`` for our own, and its arguments."""
    module = ["xinqiao.cli.main", *arguments[1:]] if arguments[0] == "xinqiao" else list(arguments)
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment(home, **more),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(home: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """A command, run to its end: exit status, standard output, standard error."""
    process = start(home, *arguments, **more)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def end(process: "subprocess.Popen[str]", sign: int = signal.SIGTERM) -> int:
    """Send a signal, wait, and tell the exit status."""
    process.send_signal(sign)
    process.communicate(timeout=40)
    return process.returncode


def eventually(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes true within a time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


def server_pid(home: Path) -> int:
    """The process number of the office's database. Fails where none runs."""
    pid = embedded_postgres.status(home).pid
    assert pid is not None, f"no database runs for {home}"
    return pid


def kill_server(home: Path) -> int:
    """End the database as a power cut would, and tell which process it was."""
    pid = server_pid(home)
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not pg_postmaster.is_alive(pid))
    return pid

"""The server process itself: is it alive, is it ours, start it, stop it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xinqiao.project.pg_account import Account
from xinqiao.project.pg_state import PostgresError

START_SECONDS = 600  # A crash recovery replays the log first; a dead server is noticed at once.
STOP_SECONDS = 60
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, kw_only=True)
class Running:
    """A live server of a data directory."""

    pid: int
    port: int
    is_ready: bool


def running(data: Path) -> Running | None:
    """The live server of this data directory; a pid file left by a dead one does not deceive it."""
    lines = _pid_file(data)
    if len(lines) < 4 or not is_server_of(int(lines[0]), data):
        return None
    return Running(pid=int(lines[0]), port=int(lines[3]), is_ready=len(lines) > 7 and lines[7].strip() == "ready")


def is_server_of(pid: int, data: Path) -> bool:
    """Whether a process is alive and the server of this data directory, and not a stranger with the same number."""
    if not is_alive(pid):
        return False
    if sys.platform == "linux":
        return _links_to(Path(f"/proc/{pid}/cwd"), data) and "postgres" in _command_line(pid)
    return str(data) in _ps(pid, "command=")


def is_alive(pid: int) -> bool:
    """Whether a process runs; a dead one that its parent has not buried yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return "Z" not in _condition(pid)


def disown_pid_file(data: Path) -> None:
    """Let a new server take over a pid file whose number now belongs to a stranger.

    The file stays, with its shared-memory key: the server still refuses while processes of the dead one linger.
    """
    lines = _pid_file(data)
    if not lines:
        # Cut short while it was written: its server never came up.
        (data / "postmaster.pid").unlink(missing_ok=True)
    elif not is_server_of(int(lines[0]), data):
        # Our own number is the one that our child, the new server, does not take for a rival.
        (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")


def launch(command: list[str], *, log: Path, account: Account, dies_with_us: bool) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that Ctrl-C reaches whoever watches over it and not the server."""
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
        return subprocess.Popen(
            command,
            cwd="/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT) if dies_with_us else None,
            **account.popen(),
        )


def clean_environment() -> dict[str, str]:
    """The environment without what would bend the server or its tools: PG* variables and locales."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_MESSAGES": "C"}


def die_with_parent(sign: int) -> Callable[[], None] | None:
    """For ``preexec_fn``: the kernel sends the child this signal when its parent dies (Linux; elsewhere None)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)

    return ask


def wait_until_ready(server: subprocess.Popen[bytes], data: Path) -> bool:
    """True when the server takes connections, False when it has died."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            return False
        lines = _pid_file(data)
        if len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return True
        time.sleep(0.02)
    raise PostgresError(f"PostgreSQL did not get ready within {START_SECONDS} s: see {data.parent}/server.log")


def shut_down(pid: int, *, child: subprocess.Popen[bytes] | None) -> None:
    """Stop a server: sessions are ended, all is written out. One that does not follow is made to stop at once."""
    for sign, seconds in [(signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, STOP_SECONDS)]:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if _ended(pid, child, seconds):
            return
    raise PostgresError(f"the PostgreSQL server with process number {pid} does not stop: end it by hand")


def _ended(pid: int, child: subprocess.Popen[bytes] | None, seconds: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (child is not None and child.poll() is not None) or not is_alive(pid):
            return True
        time.sleep(0.02)
    return False


def _pid_file(data: Path) -> list[str]:
    """The lines of the pid file; none while it is missing, empty or just being written."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
    return lines if lines and lines[0].strip().isdigit() else []


def _links_to(link: Path, data: Path) -> bool:
    try:
        return link.resolve(strict=True) == data.resolve()
    except OSError:
        return False


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _condition(pid: int) -> str:
    """The one-letter state of a process."""
    if sys.platform != "linux":
        return _ps(pid, "stat=")
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def _ps(pid: int, column: str) -> str:
    done = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout

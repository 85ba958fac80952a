"""What an office keeps about its embedded cluster: port, data directory, passwords.

One file, ``postgres/cluster.json`` under the office's home, readable by its owner alone. Nothing here starts anything.
"""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote

DATABASE = "xinqiao"
SUPERUSER = "postgres"
OWNER = "xinqiao_owner"
APP = "xinqiao_app"


class PostgresError(RuntimeError):
    """PostgreSQL cannot serve; the message is one line that says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Urls:
    """How to reach one database as each role: ``app`` cannot change the record, ``owner`` migrates."""

    app: str
    owner: str
    superuser: str


@dataclass(frozen=True, kw_only=True)
class State:
    """The settings of one cluster; ``data`` is empty until the cluster was made."""

    port: int
    passwords: dict[str, str]
    data: str = ""

    def urls(self) -> Urls:
        """The URLs at which the cluster answers while it runs."""
        return Urls(app=self._url(APP), owner=self._url(OWNER), superuser=self._url(SUPERUSER))

    def _url(self, role: str) -> str:
        return f"postgresql://{role}:{quote(self.passwords[role])}@127.0.0.1:{self.port}/{DATABASE}"


def folder(home: Path) -> Path:
    """Where everything of the cluster lies, made if need be. Raises PostgresError where it may not be written."""
    path = home.resolve() / "postgres"
    try:
        path.mkdir(parents=True, exist_ok=True)
        # A server that root starts runs as another user, which must be able to pass through.
        path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise PostgresError(
            f"{path} cannot be used ({error.strerror}): set XINQIAO_HOME to a folder of yours"
        ) from error
    return path


def load(home: Path) -> State | None:
    """The cluster's settings, or None if this home never had one."""
    path = home.resolve() / "postgres" / "cluster.json"
    try:
        state = State(**json.loads(path.read_text()))
        # Beside this file it is named by its last part, so that a home may be moved.
        return replace(state, data=str(path.parent / state.data)) if state.data else state
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise PostgresError(f"{path} belongs to another user: run as that user or set XINQIAO_HOME") from error
    except (ValueError, TypeError) as error:
        raise PostgresError(f"{path} is damaged: put it back from a backup, it holds the passwords") from error


def load_or_create(home: Path) -> State:
    """The cluster's settings; where there are none, a free port and random passwords are chosen and kept."""
    if state := load(home):
        return state
    with locked(folder(home) / "state.lock"):
        return load(home) or save(home, _fresh())


def save(home: Path, state: State) -> State:
    """Keep the settings, whole or not at all."""
    path = folder(home) / "cluster.json"
    scratch = path.with_suffix(f".{os.getpid()}")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(_movable(state, path.parent)), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise PostgresError(f"{path} cannot be written: {error.strerror}") from error
    return state


def with_port(state: State, port: int) -> State:
    """The same cluster at another port."""
    return replace(state, port=port)


def free_port() -> int:
    """A port on which nothing listens on 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, then be the only one. The kernel lets go when a process dies."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise PostgresError(f"{path} cannot be opened ({error.strerror}): does it belong to another user?") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _movable(state: State, beside: Path) -> State:
    return replace(state, data=Path(state.data).name) if Path(state.data).parent == beside else state


def _fresh() -> State:
    passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
    return State(port=free_port(), passwords=passwords)

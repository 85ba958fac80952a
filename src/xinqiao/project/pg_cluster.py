"""Make a data directory and bring a server up on it, whatever an earlier one left behind."""

import os
import re
import secrets
import shutil
import subprocess
import time
from pathlib import Path

from xinqiao.project import pg_postmaster
from xinqiao.project.pg_account import Account
from xinqiao.project.pg_binaries import SHARED, Binaries
from xinqiao.project.pg_postmaster import clean_environment, launch, wait_until_ready
from xinqiao.project.pg_state import SUPERUSER, PostgresError, State, folder, free_port, save, with_port

FADE_SECONDS = 30
LOG_BYTES = 10_000_000
# Statements and values stay out of the log: they are petitioners' names and texts.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
# Where a system knows no C.UTF-8, characters are told apart by another UTF-8 locale and sorted by code point.
LOCALES = [["--locale=C.UTF-8"], ["--locale=C.utf8"], ["--locale=C", "--lc-ctype=en_US.UTF-8"]]


def data_directory(home: Path, account: Account) -> Path:
    """Where a new cluster goes: under the home, or for an account that may not pass there, under /var/lib/xinqiao."""
    near = folder(home)
    if account.uid is None or account.may_enter(near):
        return near / "data"
    mark = home.resolve() / "postgres" / "place"
    if not mark.exists():
        mark.write_text(secrets.token_hex(8))
    return SHARED / "clusters" / mark.read_text() / "data"


def create(data: Path, *, state: State, binaries: Binaries, account: Account) -> None:
    """Make a cluster: complete, or not at all. Raises PostgresError with the reason."""
    account.refuse_nameless()
    scratch = data.with_name("data.new")
    try:
        _open_path(data.parent)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        account.own(scratch)
        _initdb(scratch, password=state.passwords[SUPERUSER], binaries=binaries, account=account)
        scratch.rename(data)
    except OSError as error:
        raise PostgresError(f"{data} cannot be made: {error.strerror}") from error


def refuse_other_version(data: Path, binaries: Binaries) -> None:
    """Raise PostgresError where another major version of PostgreSQL made the data directory."""
    try:
        made_by = int((data / "PG_VERSION").read_text())
    except (OSError, ValueError) as error:
        raise PostgresError(f"{data} is no PostgreSQL data directory: put it back from a backup") from error
    if made_by != binaries.major:
        raise PostgresError(
            f"{data} was made by PostgreSQL {made_by}, the programs are {binaries.major}: set XINQIAO_PG_BINDIR to a "
            f"PostgreSQL {made_by}, or dump with it and restore into an empty XINQIAO_HOME"
        )


def bring_up(
    home: Path, state: State, *, binaries: Binaries, account: Account, durable: bool, dies_with_us: bool
) -> tuple[State, subprocess.Popen[bytes]]:
    """Start the server on its data directory and wait until it answers; the port moves if a stranger has taken it."""
    log, data = folder(home) / "server.log", Path(state.data)
    _trim(log)
    until = time.monotonic() + FADE_SECONDS
    while True:
        start = log.stat().st_size if log.exists() else 0
        command = _command(data, state.port, binaries, durable=durable)
        server = launch(command, log=log, account=account, dies_with_us=dies_with_us)
        try:
            if wait_until_ready(server, data):
                return state, server
        except BaseException:  # Also Ctrl-C: nobody else knows of the server yet.
            pg_postmaster.shut_down(server.pid, child=server)
            raise
        state = _after_failure(home, state, log.read_bytes()[start:].decode(errors="replace"), until)


def _after_failure(home: Path, state: State, said: str, until: float) -> State:
    """What to try differently, or PostgresError where nothing would help."""
    if "could not create any TCP/IP sockets" in said or "Address already in use" in said:
        return save(home, with_port(state, free_port()))
    if time.monotonic() > until:
        raise PostgresError(f"PostgreSQL does not start: {reason(said)}")
    if 'lock file "postmaster.pid"' in said:
        pg_postmaster.disown_pid_file(Path(state.data))
    elif "shared memory block" not in said:
        raise PostgresError(f"PostgreSQL does not start: {reason(said)} (more in {home / 'postgres' / 'server.log'})")
    time.sleep(0.2)
    return state


def reason(said: str) -> str:
    """The telling line of what the server or its tools printed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"FATAL|PANIC|error:|ERROR", line)] or lines or ["no reason given"]
    return re.sub(r"^.*?(FATAL|PANIC|error|ERROR): +", "", telling[0])


def _initdb(data: Path, *, password: str, binaries: Binaries, account: Account) -> None:
    pwfile = data.with_name("data.password")
    pwfile.touch(mode=0o600)
    pwfile.write_text(password)
    account.own(pwfile)
    try:
        for locale in LOCALES:
            said = _run_initdb(data, [*locale, f"--pwfile={pwfile}"], binaries=binaries, account=account)
            if said is None:
                return
            if "locale" not in said:
                break
        raise PostgresError(f"the database cannot be made in {data}: {reason(said or '')}")
    finally:
        pwfile.unlink(missing_ok=True)


def _run_initdb(data: Path, options: list[str], *, binaries: Binaries, account: Account) -> str | None:
    """None where it worked, else what was printed."""
    command = [binaries.path("initdb"), "-D", str(data), "-U", SUPERUSER, "--encoding=UTF8", *options]
    command += ["--auth=scram-sha-256", "--data-checksums"]
    done = subprocess.run(
        command, cwd="/", env=clean_environment(), capture_output=True, text=True, check=False, **account.popen()
    )
    return None if done.returncode == 0 else done.stderr + done.stdout


def _command(data: Path, port: int, binaries: Binaries, *, durable: bool) -> list[str]:
    settings = SETTINGS | (DURABLE if durable else THROW_AWAY) | {"port": str(port)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [binaries.path("postgres"), "-D", str(data), *options]


def _open_path(path: Path) -> None:
    """Make the folders of /var/lib/xinqiao passable; those under a home were made passable with the home."""
    path.mkdir(parents=True, exist_ok=True)
    if SHARED in path.parents:
        for folder_of_ours in [path, *(p for p in path.parents if SHARED in (p, *p.parents))]:
            folder_of_ours.chmod(0o711 if folder_of_ours != SHARED else 0o755)


def _trim(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        os.truncate(log, 0)

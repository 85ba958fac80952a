"""The embedded database: its life, its doors and its refusals."""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_binaries, pg_cluster, pg_postmaster, pg_roles
from xinqiao.project.embedded_postgres import PostgresError
from xinqiao.project.pg_account import Account

WATCHER = "xinqiao.project.embedded_postgres"
# An account that every system has.
STRANGER = pwd.getpwnam("daemon").pw_uid
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def home() -> Iterator[Path]:
    with offices.throw_away_home() as place:
        yield place


@pytest.fixture(scope="module")
def cluster() -> Iterator[embedded_postgres.Cluster]:
    with offices.throw_away_home() as place, embedded_postgres.start(place) as running:
        yield running


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def tell(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


# What it is


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server_encoding", "UTF8"),
        ("fsync", "on"),  # an acknowledged petition survives a power cut
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),  # a rotten disk is noticed
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("password_encryption", "scram-sha-256"),
        ("log_min_error_statement", "panic"),  # statements carry names
    ],
)
def test_settings(cluster: embedded_postgres.Cluster, setting: str, value: str) -> None:
    assert ask(cluster.urls.superuser, f"SELECT current_setting('{setting}')") == value


def test_chinese_trigrams_are_there_although_the_shell_speaks_c(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    with embedded_postgres.start(home, durable=False) as running:
        tell(running.urls.owner, "CREATE EXTENSION pg_trgm")
        assert ask(running.urls.owner, "SELECT cardinality(show_trgm('房屋漏水'))") == 5


def test_server_is_not_root(cluster: embedded_postgres.Cluster) -> None:
    assert embedded_postgres.status(cluster.home).data.stat().st_uid != 0


def test_passwords_are_read_by_their_owner_alone(cluster: embedded_postgres.Cluster) -> None:
    for name in ("cluster.json", "server.log"):
        assert stat.S_IMODE((cluster.home / "postgres" / name).stat().st_mode) == 0o600


# Who may do what


@pytest.mark.parametrize(
    ("role", "statement", "is_allowed"),
    [
        ("owner", "CREATE TABLE other (id int)", True),
        ("owner", "CREATE DATABASE test_office", True),  # the test runner works as the owner
        ("owner", "CREATE ROLE somebody", False),
        ("app", "INSERT INTO letters DEFAULT VALUES", True),
        ("app", "UPDATE letters SET id = id", True),
        ("app", "DELETE FROM letters", True),
        ("app", "TRUNCATE letters", False),  # a whole table must not vanish in one word
        ("app", "DROP TABLE letters", False),
        ("app", "ALTER TABLE letters DISABLE TRIGGER ALL", False),  # triggers guard the record
        ("app", "CREATE TABLE mine (id int)", False),
        ("app", "CREATE DATABASE mine", False),
        ("app", "SET ROLE xinqiao_owner", False),
    ],
)
def test_rights(letters: embedded_postgres.Cluster, role: str, statement: str, is_allowed: bool) -> None:
    try:
        tell(getattr(letters.urls, role), statement)
    except psycopg.errors.InsufficientPrivilege:
        assert not is_allowed
    else:
        assert is_allowed


@pytest.fixture(scope="module")
def letters(cluster: embedded_postgres.Cluster) -> embedded_postgres.Cluster:
    tell(cluster.urls.owner, "CREATE TABLE letters (id serial)")
    return cluster


@pytest.mark.parametrize("role", ["app", "owner", "superuser"])
@pytest.mark.parametrize("password", [None, "", "xinqiao", "postgres"])
def test_nobody_enters_without_the_password(
    cluster: embedded_postgres.Cluster, role: str, password: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    right = urlsplit(getattr(cluster.urls, role))
    with pytest.raises(psycopg.OperationalError, match=r"password|no password supplied"):
        psycopg.connect(
            host="127.0.0.1", port=right.port, user=right.username, dbname="xinqiao", password=password
        ).close()


@on_linux
def test_it_listens_on_the_loopback_address_alone(cluster: embedded_postgres.Cluster) -> None:
    port = f":{urlsplit(cluster.urls.app).port:04X}"
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    assert [row[1] for row in rows if row[1].endswith(port) and row[3] == "0A"] == [f"0100007F{port}"]


def test_another_address_of_this_machine_is_refused(cluster: embedded_postgres.Cluster) -> None:
    with pytest.raises(OSError, match=r"refused|assign"):
        socket.create_connection(("127.0.0.2", urlsplit(cluster.urls.app).port or 0), timeout=5).close()


def test_the_log_keeps_no_letter(letters: embedded_postgres.Cluster) -> None:
    tell(letters.urls.owner, "CREATE TABLE persons (name text PRIMARY KEY)", "INSERT INTO persons VALUES ('沈某某')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        tell(letters.urls.app, "INSERT INTO persons VALUES ('沈某某')")
    log = (letters.home / "postgres" / "server.log").read_text()
    assert "duplicate key" in log
    assert "沈某某" not in log


# Starting and stopping


def test_a_second_start_keeps_what_was_entered_and_where(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as first:
        tell(first.urls.owner, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('信')")
    with embedded_postgres.start(home, durable=False) as second:
        assert second.urls == first.urls
        assert ask(second.urls.app, "SELECT word FROM kept") == "信"


def test_a_start_does_not_hinder_a_database_from_being_made(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as first, embedded_postgres.start(home):
        tell(first.urls.owner, "CREATE DATABASE test_office")


@pytest.mark.skipif(pg_binaries.system_bindir() is None, reason="no packaged PostgreSQL here")
def test_a_packaged_postgresql_is_run_in_the_same_way(home: Path) -> None:
    bindir = pg_binaries.system_bindir()
    with embedded_postgres.start(home, bindir=bindir) as first:
        tell(first.urls.owner, "CREATE TABLE kept ()", "CREATE EXTENSION pg_trgm")
        assert ask(first.urls.owner, "SELECT cardinality(show_trgm('房屋漏水'))") == 5
        offices.kill_server(home)
        assert first.revive()
        assert ask(first.urls.app, "SELECT count(*) FROM kept") == 0
    if pg_binaries.major_version(bindir or Path()) != 18:
        with pytest.raises(PostgresError, match="was made by PostgreSQL"):
            embedded_postgres.start(home)


def test_a_moved_home_keeps_what_was_entered(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as first:
        tell(first.urls.owner, "CREATE TABLE kept ()")
    moved = home.rename(home.with_name("elsewhere"))
    with embedded_postgres.start(moved, durable=False) as second:
        assert ask(second.urls.app, "SELECT count(*) FROM kept") == 0
    embedded_postgres.destroy(moved)


def test_urls_of_a_stopped_cluster_say_what_to_do(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as running:
        assert embedded_postgres.urls(home) == running.urls
    with pytest.raises(PostgresError, match="xinqiao serve"):
        embedded_postgres.urls(home)
    assert embedded_postgres.configured_urls(home) == running.urls


def test_two_starts_at_once_share_one_server_and_the_last_to_leave_stops_it(home: Path) -> None:
    watchers = [offices.start(home, WATCHER, str(home)) for _ in range(2)]
    assert sorted(watcher.stdout.readline() for watcher in watchers if watcher.stdout) == ["joined\n", "ready\n"]
    pid = offices.server_pid(home)
    assert offices.end(watchers[0]) == 0
    assert pg_postmaster.is_alive(pid)
    assert offices.end(watchers[1]) == 0
    assert not pg_postmaster.is_alive(pid)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly_although_somebody_is_connected(home: Path, sign: int) -> None:
    watcher = offices.start(home, WATCHER, str(home))
    assert watcher.stdout
    watcher.stdout.readline()
    pid = offices.server_pid(home)
    with psycopg.connect(embedded_postgres.urls(home).app):
        assert offices.end(watcher, sign) == 0
    assert not pg_postmaster.is_alive(pid)
    assert "database system is shut down" in (home / "postgres" / "server.log").read_text()


def test_a_killed_watcher_leaves_a_server_that_the_next_start_joins(home: Path) -> None:
    watcher = offices.start(home, WATCHER, str(home))
    assert watcher.stdout
    watcher.stdout.readline()
    pid = offices.server_pid(home)
    offices.end(watcher, signal.SIGKILL)
    with embedded_postgres.start(home) as joined:
        assert not joined.started_here
        assert offices.server_pid(home) == pid
    assert not pg_postmaster.is_alive(pid)


def test_a_killed_server_comes_back_with_all_it_acknowledged(home: Path) -> None:
    with embedded_postgres.start(home) as running:
        tell(running.urls.owner, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('信')")
        with psycopg.connect(running.urls.app):  # a session that outlives the server for a moment
            killed = offices.kill_server(home)
            assert running.revive()
        assert offices.server_pid(home) != killed
        assert ask(running.urls.app, "SELECT word FROM kept") == "信"
        assert not running.revive()


def test_a_killed_server_and_a_killed_watcher(home: Path) -> None:
    watcher = offices.start(home, WATCHER, str(home))
    assert watcher.stdout
    watcher.stdout.readline()
    os.kill(offices.server_pid(home), signal.SIGKILL)
    offices.end(watcher, signal.SIGKILL)
    with embedded_postgres.start(home) as running:
        assert running.started_here
        assert ask(running.urls.app, "SELECT 1") == 1


def pid_file(home: Path) -> Path:
    return home / "postgres" / "data" / "postmaster.pid"


@pytest.mark.parametrize("number", ["dead", "stranger", "torn"])
def test_a_stale_pid_file_does_not_hinder_a_start(home: Path, number: str) -> None:
    with embedded_postgres.start(home) as running:
        tell(running.urls.owner, "CREATE TABLE kept ()")
        offices.kill_server(home)
    lines = pid_file(home).read_text().splitlines()
    with stranger_like(pid_file(home)) as stranger:
        first = {"dead": lines[0], "stranger": str(stranger), "torn": ""}[number]
        pid_file(home).write_text("\n".join([first, *lines[1:]]) if first else "")
        assert not embedded_postgres.status(home).is_running
        with embedded_postgres.start(home) as running:
            assert ask(running.urls.app, "SELECT count(*) FROM kept") == 0
        assert pg_postmaster.is_alive(stranger)  # nobody signalled the wrong process


class stranger_like:
    """A process that is no server, run by the account that owns a file."""

    def __init__(self, file: Path) -> None:
        self.owner = file.stat()

    def __enter__(self) -> int:
        lent = {"user": self.owner.st_uid, "group": self.owner.st_gid} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen(["/bin/sleep", "60"], cwd="/", **lent)  # type: ignore[call-overload]
        return int(self.process.pid)

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def test_the_port_moves_when_a_stranger_has_taken_it(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as first:
        port = urlsplit(first.urls.app).port
    with socket.create_server(("127.0.0.1", port or 0)), embedded_postgres.start(home, durable=False) as second:
        assert urlsplit(second.urls.app).port != port
        assert embedded_postgres.configured_urls(home) == second.urls
        assert ask(second.urls.app, "SELECT 1") == 1


# Root and user


def as_user(uid: int, action: Callable[[], object]) -> str:
    """Do something in a child process of another user; the answer is the error's text, empty where all went well."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        answer = ""
        try:
            os.chdir("/")
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(uid)
                os.setuid(uid)
            action()
        except BaseException as error:  # noqa: BLE001, whatever it is goes through the pipe
            answer = f"{type(error).__name__}: {error}"
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def reachable_bindir() -> Path:
    """The wheel's programs where any user may run them, although this checkout may lie in a closed folder."""
    account = Account(uid=STRANGER, gid=STRANGER, name="a user") if os.geteuid() == 0 else Account()
    return pg_binaries.find_binaries(None, account).bindir


def test_an_ordinary_user_runs_it_as_himself(home: Path) -> None:
    uid = STRANGER if os.geteuid() == 0 else os.geteuid()
    bindir = reachable_bindir()
    home.mkdir()
    os.chown(home, uid, -1)

    def work() -> None:
        with embedded_postgres.start(home, bindir=bindir, durable=False) as running:
            assert ask(running.urls.app, "SELECT 1") == 1
            assert Path(f"{running.home}/postgres/data").stat().st_uid == uid

    assert as_user(uid, work) == ""
    assert stat.S_IMODE((home / "postgres").stat().st_mode) == 0o700


@as_root
def test_a_users_cluster_is_run_by_root_as_that_user(home: Path) -> None:
    bindir = reachable_bindir()
    home.mkdir()
    os.chown(home, STRANGER, -1)

    def begin() -> None:
        embedded_postgres.start(home, bindir=bindir, durable=False).stop()

    assert as_user(STRANGER, begin) == ""
    with embedded_postgres.start(home, durable=False):
        assert Path(f"/proc/{offices.server_pid(home)}").stat().st_uid == STRANGER


@as_root
@pytest.mark.parametrize("made_before", [False, True])
def test_a_home_of_another_user_is_refused_in_one_line(home: Path, made_before: bool) -> None:
    if made_before:
        embedded_postgres.start(home, durable=False).stop()
    said = as_user(STRANGER, lambda: embedded_postgres.start(home).stop())
    assert said.startswith("PostgresError: ")
    assert "XINQIAO_HOME" in said or "belong to another user" in said
    assert "\n" not in said


@as_root
def test_a_home_in_a_closed_folder_stays_closed(home: Path) -> None:
    home.parent.chmod(0o700)
    with embedded_postgres.start(home, durable=False) as running:
        assert ask(running.urls.app, "SELECT 1") == 1
        data = embedded_postgres.status(home).data
        assert data.is_relative_to(pg_binaries.SHARED)
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700
    embedded_postgres.destroy(home)
    assert not data.parent.exists()


@as_root
def test_programs_in_a_closed_folder_are_copied_where_the_account_can_run_them(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = pg_binaries.wheel_bindir()
    assert wheel
    package = wheel.parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, tmp_path / "closed" / folder.name)
    (tmp_path / "closed").chmod(0o700)
    closed = tmp_path / "closed" / package.name / "pginstall" / "bin"
    monkeypatch.setattr(pg_binaries, "wheel_bindir", lambda: closed)
    monkeypatch.setattr(pg_binaries, "SHARED", home.parent / "shared")
    with embedded_postgres.start(home, durable=False) as running:
        assert ask(running.urls.app, "SELECT 1") == 1
    assert list((home.parent / "shared").glob("embedded_postgres-*"))


# What is refused


def test_a_cluster_that_loses_chinese_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pg_cluster, "LOCALES", [["--locale=C"]])
    with pytest.raises(PostgresError, match=r"Chinese text cannot be searched.*--locale=C\.UTF-8"):
        embedded_postgres.start(home, durable=False)
    assert not embedded_postgres.status(home).is_running


@pytest.mark.parametrize(
    ("options", "is_refused"),
    [
        ("ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' LC_COLLATE 'C.UTF-8'", False),
        ("ENCODING 'UTF8' LC_CTYPE 'C' LC_COLLATE 'C'", True),  # no Chinese character counts as a letter
        ("ENCODING 'SQL_ASCII' LC_CTYPE 'C' LC_COLLATE 'C'", True),  # bytes, not characters
        ("ENCODING 'LATIN1' LC_CTYPE 'C' LC_COLLATE 'C'", True),
    ],
)
def test_a_given_database_must_hold_chinese_too(
    cluster: embedded_postgres.Cluster, options: str, is_refused: bool
) -> None:
    url = cluster.urls.superuser.replace("/xinqiao", "/given")
    tell(cluster.urls.superuser, f"CREATE DATABASE given TEMPLATE template0 {options}")
    try:
        if is_refused:
            with pytest.raises(PostgresError, match="Chinese text cannot be searched"):
                pg_roles.check_server(url)
        else:
            pg_roles.check_server(url)
    finally:
        tell(cluster.urls.superuser, "DROP DATABASE given")


def spoil_version(data: Path) -> None:
    (data / "PG_VERSION").write_text("14\n")


def spoil_everything(data: Path) -> None:
    shutil.rmtree(data)


def spoil_control_file(data: Path) -> None:
    (data / "global" / "pg_control").unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_version, "was made by PostgreSQL 14, the programs are .*XINQIAO_PG_BINDIR"),
        (spoil_everything, "is no PostgreSQL data directory: put it back"),  # never an empty office instead
        (spoil_control_file, "PostgreSQL does not start: .*could not find the database system"),
    ],
)
def test_a_damaged_cluster_is_refused_in_one_line(home: Path, spoil: Callable[[Path], None], sentence: str) -> None:
    embedded_postgres.start(home, durable=False).stop()
    spoil(home / "postgres" / "data")
    with pytest.raises(PostgresError, match=sentence) as refused:
        embedded_postgres.start(home, durable=False)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            'echo "initdb: error: could not write to file: No space left on device" >&2; exit 1',
            "No space left on device",
        ),
        ('echo "initdb: error: could not create directory: Permission denied" >&2; exit 1', "Permission denied"),
    ],
)
def test_a_failure_to_make_the_cluster_is_told_in_one_line(home: Path, script: str, sentence: str) -> None:
    bindir = home.parent / "bin"
    bindir.mkdir()
    for name, text in [("initdb", script), ("postgres", 'echo "postgres (PostgreSQL) 18.6"')]:
        (bindir / name).write_text(f"#!/bin/sh\n{text}\n")
        (bindir / name).chmod(0o755)
    with pytest.raises(PostgresError, match=f"cannot be made in .*{sentence}") as refused:
        embedded_postgres.start(home, bindir=bindir)
    assert "\n" not in str(refused.value)


def test_a_cluster_cut_short_while_it_was_made_is_made_again(home: Path) -> None:
    half = home / "postgres" / "data.new" / "base"
    half.mkdir(parents=True)
    with embedded_postgres.start(home, durable=False) as running:
        assert ask(running.urls.app, "SELECT 1") == 1
    assert not half.exists()


def test_programs_that_are_too_old_are_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text('#!/bin/sh\necho "postgres (PostgreSQL) 13.9"\n')
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(PostgresError, match="is PostgreSQL 13: 15 or newer is needed"):
        pg_binaries.find_binaries(tmp_path, Account())

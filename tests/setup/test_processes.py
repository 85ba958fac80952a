"""The commands that keep an office alive: serve, worker, migrate, demo."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_postmaster, pg_state

on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel tells children of a killed parent on Linux only"
)


@pytest.fixture
def home() -> Iterator[Path]:
    with offices.throw_away_home() as place:
        yield place


class Served:
    """An office that a watcher serves."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, pg_state.free_port()
        self.watcher = offices.start(home, "xinqiao", "serve", "--port", str(self.port), "--workers", "1")
        assert self.watcher.stdout
        self.said = self.watcher.stdout.readline()

    def whoami(self) -> str:
        """What a page says that asks the database; empty where nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/whoami")
            answer = connection.getresponse()
            return answer.read().decode() if answer.status == 200 else ""
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()

    def pids(self) -> list[int]:
        """The web server's processes, the first one first."""
        return sorted(process.pid for process in psutil.process_iter(["cmdline"]) if self._is_web(process))

    def _is_web(self, process: psutil.Process) -> bool:
        words = process.info["cmdline"] or []
        return "granian" in words and str(self.port) in words


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    office = Served(home)
    yield office
    if office.watcher.poll() is None:
        offices.end(office.watcher)


def test_serve_makes_the_database_and_answers_as_the_application(served: Served) -> None:
    assert served.said == f"serving on http://127.0.0.1:{served.port}\n"
    assert served.whoami() == "xinqiao_app"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_everything_cleanly(served: Served, sign: int) -> None:
    left = [offices.server_pid(served.home), *served.pids()]
    assert len(left) >= 3  # database, web server, its worker
    assert offices.end(served.watcher, sign) == 0
    assert [pid for pid in left if pg_postmaster.is_alive(pid)] == []


def test_a_taken_port_is_told_before_anything_starts(served: Served, tmp_path: Path) -> None:
    status, _, said = offices.finish(tmp_path / "other", "xinqiao", "serve", "--port", str(served.port))
    assert (status, said) == (2, f"xinqiao serve: port {served.port} is in use: choose another with --port\n")
    assert not (tmp_path / "other").exists()


@on_linux
def test_children_of_a_killed_watcher_end_and_the_next_office_starts(served: Served) -> None:
    children = served.pids()
    assert len(children) >= 2
    offices.end(served.watcher, signal.SIGKILL)
    assert offices.eventually(lambda: not any(map(pg_postmaster.is_alive, children)))
    again = Served(served.home)
    assert again.whoami() == "xinqiao_app"
    assert offices.end(again.watcher) == 0
    assert not embedded_postgres.status(served.home).is_running


def test_workers_end_when_the_watcher_and_their_server_are_killed_at_once(served: Served) -> None:
    server, *workers = served.pids()
    assert workers
    os.kill(served.watcher.pid, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)
    served.watcher.communicate()
    assert offices.eventually(lambda: not any(map(pg_postmaster.is_alive, workers)))


def test_a_killed_database_is_started_again_and_pages_answer(served: Served) -> None:
    assert served.whoami() == "xinqiao_app"
    killed = offices.kill_server(served.home)
    assert offices.eventually(lambda: served.whoami() == "xinqiao_app")
    assert offices.server_pid(served.home) != killed


def test_a_killed_web_server_is_started_again(served: Served) -> None:
    first = served.pids()[0]
    os.kill(first, signal.SIGKILL)
    assert offices.eventually(lambda: served.whoami() == "xinqiao_app" and first not in served.pids())


def test_a_worker_shares_the_database_and_keeps_it_when_the_server_leaves(served: Served) -> None:
    worker = offices.start(served.home, "xinqiao", "worker")
    assert offices.eventually(lambda: embedded_postgres.is_used(served.home) and has_said(worker))
    assert offices.end(served.watcher) == 0
    assert embedded_postgres.status(served.home).is_running
    assert offices.end(worker) == 0
    assert not embedded_postgres.status(served.home).is_running


def has_said(process: "subprocess.Popen[str]") -> bool:
    assert process.stderr
    return bool(process.stderr.readline())


def test_migrate_tells_what_waits_then_applies_it_then_does_nothing(home: Path) -> None:
    check = offices.finish(home, "xinqiao", "migrate", "--check")
    assert check[0] == 1
    assert "contenttypes.0001_initial" in check[1]
    first = offices.finish(home, "xinqiao", "migrate")
    assert (first[0], first[1] == "0 migrations applied\n") == (0, False)
    assert offices.finish(home, "xinqiao", "migrate")[:2] == (0, "0 migrations applied\n")
    assert offices.finish(home, "xinqiao", "migrate", "--check")[:2] == (0, "the schema is up to date\n")


def test_a_given_database_is_not_migrated_unasked_and_then_serves_the_application(home: Path) -> None:
    with embedded_postgres.start(home, durable=False) as given:
        urls = {"DATABASE_URL": given.urls.app, "DATABASE_OWNER_URL": given.urls.owner}
        elsewhere = home.with_name("elsewhere")
        status, _, said = offices.finish(elsewhere, "xinqiao", "worker", **urls)
        assert status == 1
        assert "migrations wait: run 'xinqiao migrate' first" in said
        assert offices.finish(elsewhere, "xinqiao", "migrate", **urls)[0] == 0
        assert offices.finish(elsewhere, "xinqiao", "migrate", "--check", **urls)[0] == 0
    assert not (elsewhere / "postgres").exists()


@pytest.mark.parametrize(
    ("arguments", "more", "status", "sentence"),
    [
        (["serve", "--port", "0"], {}, 2, "--port must be between 1 and 65535"),
        (["serve", "--port", "web"], {}, 2, "invalid int value: 'web'; 'xinqiao serve --help' tells more"),
        (["serve", "--workers", "0"], {}, 2, "--workers must be between 1 and 64"),
        (["serve", "--host", "no such host"], {}, 2, "cannot listen on no such host port 8000"),
        (["serve", "--nonsense"], {}, 2, "unrecognized arguments: --nonsense"),
        (["worker", "--concurrency", "0"], {}, 2, "--concurrency must be between 1 and 50"),
        (["worker", "queue"], {}, 2, "unrecognized arguments: queue"),
        (["migrate", "--force"], {}, 2, "unrecognized arguments: --force"),
        (["migrate"], {"DATABASE_URL": "mysql://a@b/c"}, 2, "DATABASE_URL must read postgresql://"),
        (["migrate"], {"DATABASE_URL": "postgresql://a@127.0.0.1:1/c"}, 1, "the database does not answer"),
        (["migrate"], {"XINQIAO_HOME": "/dev/null/office"}, 1, "set XINQIAO_HOME to a folder of yours"),
        (["migrate"], {"XINQIAO_PG_BINDIR": "/nowhere"}, 1, "/nowhere/postgres cannot be run"),
        (["demo", "--reset", "--port", "{free}"], {}, 2, "nothing was deleted; --reset --yes deletes without asking"),
        (
            ["demo", "--reset", "--yes", "--port", "{free}"],
            {"DATABASE_URL": "postgresql://a@b/c"},
            2,
            "unset DATABASE_URL",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_what_to_do(
    home: Path, arguments: list[str], more: dict[str, str], status: int, sentence: str
) -> None:
    filled = [argument.format(free=pg_state.free_port()) for argument in arguments]
    done, _, said = offices.finish(home, "xinqiao", *filled, **more)
    assert done == status
    assert sentence in said
    assert said.startswith(f"xinqiao {arguments[0]}: ")
    assert said.count("\n") == 1


def test_a_running_office_is_not_reset(home: Path) -> None:
    with embedded_postgres.start(home, durable=False):
        free = str(pg_state.free_port())
        status, _, said = offices.finish(home, "xinqiao", "demo", "--reset", "--yes", "--port", free)
    assert status == 2
    assert "is running: stop it first" in said
    assert embedded_postgres.status(home).data.exists()

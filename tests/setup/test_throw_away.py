"""The database of a test run: gone with the run, whatever ends it; and a run that was killed is cleaned up after."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import postgres
from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_postmaster
from xinqiao.project.pg_binaries import system_bindir

# Where a shell started the tests in the background, Ctrl-C is ignored; the run that is tried here hears it.
RUN = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.postgres import start_for_run
print(start_for_run().app, flush=True)
{then}
"""
ENDS = {
    "its end": "",
    "an error": "raise SystemExit(3)",
    "Ctrl-C": "time.sleep(60)",
    "SIGTERM": "time.sleep(60)",
}


def begin(home: Path, then: str, **more: str) -> "subprocess.Popen[str]":
    environment = offices.environment(home, TMPDIR=str(home), **more)
    return subprocess.Popen(
        [sys.executable, "-c", RUN.format(then=then)],
        cwd=offices.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("ending", ENDS)
def test_nothing_is_left_after(tmp_path: Path, ending: str) -> None:
    run = begin(tmp_path, ENDS[ending])
    assert run.stdout
    assert run.stdout.readline().startswith("postgresql://xinqiao_app:")
    (home,) = tmp_path.glob("xinqiao-test-*")
    pid = offices.server_pid(home)
    if sign := {"Ctrl-C": signal.SIGINT, "SIGTERM": signal.SIGTERM}.get(ending):
        run.send_signal(sign)
    run.communicate(timeout=40)
    assert not pg_postmaster.is_alive(pid)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells a killed run's server on Linux only")
def test_a_killed_run_takes_its_server_along_and_the_next_run_deletes_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(tmp_path, "time.sleep(60)")
    assert run.stdout
    run.stdout.readline()
    (home,) = tmp_path.glob("xinqiao-test-*")
    offices.end(run, signal.SIGKILL)
    assert offices.eventually(lambda: not embedded_postgres.status(home).is_running)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    postgres.remove_abandoned()
    assert home.exists()  # it might be a run of this minute
    os.utime(home, (time.time() - 7200,) * 2)
    postgres.remove_abandoned()
    assert not home.exists()


def test_a_given_database_is_used_and_left_alone(home_with_database: embedded_postgres.Cluster) -> None:
    urls = home_with_database.urls
    given = {"DATABASE_URL": urls.app, "DATABASE_OWNER_URL": urls.owner, "XINQIAO_TEST_POSTGRES": "system"}
    out, _ = begin(home_with_database.home, "", **given).communicate(timeout=40)
    assert out == f"{urls.app}\n"
    assert embedded_postgres.status(home_with_database.home).is_running


@pytest.fixture
def home_with_database() -> Iterator[embedded_postgres.Cluster]:
    with offices.throw_away_home() as home, embedded_postgres.start(home, durable=False) as cluster:
        yield cluster


@pytest.mark.skipif(system_bindir() is None, reason="no packaged PostgreSQL here")
def test_the_packaged_postgresql_is_taken_where_it_is_asked_for(tmp_path: Path) -> None:
    then = "import psycopg; print(psycopg.connect(start_for_run().app).info.server_version // 10000)"
    out, _ = begin(tmp_path, then, XINQIAO_TEST_POSTGRES="system").communicate(timeout=60)
    assert urlsplit(out.split()[0]).port
    bindir = system_bindir()
    assert bindir
    assert f"PostgreSQL) {out.split()[1]}." in subprocess.check_output([bindir / "postgres", "--version"], text=True)

"""The demonstration office as a person meets it: first start, second start, starting over."""

import http.client
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_state

REAL = {"DJANGO_SETTINGS_MODULE": "xinqiao.project.settings"}


class Demo:
    """One run of ``xinqiao demo``; ``said`` is what it printed until it was ready."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home, self.port = home, pg_state.free_port()
        self.process = offices.start(home, "xinqiao", "demo", "--port", str(self.port), *options, **REAL)
        self.said = "".join(until_ready(self.process))

    def status_of(self, path: str) -> int:
        """What the office answers to a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def ask(self, question: str) -> object:
        """One value from the office's database, asked as the application."""
        with psycopg.connect(embedded_postgres.urls(self.home).app, autocommit=True) as connection:
            row = connection.execute(question).fetchone()
            return row[0] if row else None


def until_ready(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout
    for line in process.stdout:
        yield line
        if line.strip().startswith("Ctrl-C"):
            return
    assert process.stderr
    pytest.fail(f"the demonstration office ended: {process.stderr.read()}")


def test_the_demonstration_office_starts_keeps_what_was_entered_and_starts_over() -> None:
    with offices.throw_away_home() as home:
        first = Demo(home)
        assert f"http://127.0.0.1:{first.port}" in first.said
        assert "password" in first.said
        assert first.status_of("/readyz") == 200
        assert first.status_of("/api/v1/openapi.json") == 200
        loaded = first.ask("SELECT count(*) FROM matters_petition")
        assert isinstance(loaded, int)
        assert loaded > 10
        first.ask("UPDATE organs_organ SET telephone = '0000-1' WHERE code = 'HCXF' RETURNING id")
        assert offices.end(first.process, signal.SIGINT) == 0

        second = Demo(home)
        assert second.ask("SELECT telephone FROM organs_organ WHERE code = 'HCXF'") == "0000-1"
        assert second.ask("SELECT count(*) FROM matters_petition") == loaded
        assert offices.end(second.process) == 0

        over = Demo(home, "--reset", "--yes")
        assert over.ask("SELECT telephone FROM organs_organ WHERE code = 'HCXF'") != "0000-1"
        assert over.ask("SELECT count(*) FROM matters_petition") == loaded
        assert offices.end(over.process) == 0
        assert not embedded_postgres.status(home).is_running

"""The demonstration county as a person meets it: first start, second start, starting over. A part of it will do."""

import http.client
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_state

REAL = {"DJANGO_SETTINGS_MODULE": "xinqiao.project.settings"}
CODES = re.compile(r"(HC\d{4}-\d{5})  (\d{4} \d{4} \d{4})  \S+")
MATTERS = "SELECT count(*) FROM matters_matter"
ACTS = "SELECT count(*) FROM record_eventrow"


class Demo:
    """One run of ``xinqiao demo``; ``said`` is what it printed until it was ready."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home, self.port = home, pg_state.free_port()
        command = ("xinqiao", "demo", "--small", "--port", str(self.port), *options)
        self.process = offices.start(home, *command, **REAL)
        self.said = "".join(until_ready(self.process))

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """What the office answers to a GET: status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
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
    pytest.fail(f"the demonstration county ended: {process.stderr.read()}")


@pytest.mark.slow
def test_the_demonstration_county_starts_keeps_what_was_entered_and_starts_over() -> None:
    with offices.throw_away_home() as home:
        first = Demo(home)
        assert f"http://127.0.0.1:{first.port}" in first.said
        assert "password" in first.said
        assert first.get("/readyz")[0] == 200
        assert first.get("/api/v1/openapi.json")[0] == 200
        matters, acts = first.ask(MATTERS), first.ask(ACTS)
        assert isinstance(matters, int)
        assert 20 < matters < 60
        codes = CODES.findall(first.said)
        assert len(codes) == 3, "three matters that a citizen can follow"
        for number, code in codes:
            status, followed = first.get(f"/api/v1/track/{number}", **{"X-Query-Code": code})
            assert status == 200
            assert json.loads(followed)["number"] == number
        first.ask("UPDATE organs_organ SET telephone = '0000-1' WHERE code = 'HCXF' RETURNING id")
        assert offices.end(first.process, signal.SIGINT) == 0

        second = Demo(home)
        assert second.ask("SELECT telephone FROM organs_organ WHERE code = 'HCXF'") == "0000-1"
        assert (second.ask(MATTERS), second.ask(ACTS)) == (matters, acts)
        assert CODES.findall(second.said) == codes
        assert (home / "demo.json").stat().st_mode & 0o777 == 0o600
        assert offices.end(second.process) == 0

        over = Demo(home, "--reset", "--yes")
        assert over.ask("SELECT telephone FROM organs_organ WHERE code = 'HCXF'") != "0000-1"
        assert over.ask(MATTERS) == matters
        assert CODES.findall(over.said) != codes
        assert offices.end(over.process) == 0
        assert not embedded_postgres.status(home).is_running

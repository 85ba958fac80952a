"""What was acknowledged stays, whatever is killed: fifty kills while letters are being registered.

Each letter is sent under a key of its own and, where no answer came, sent again under the same key. At the end every
letter is there exactly once, and the record of every matter is whole.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import psutil
import psycopg
import pytest

from tests.setup import offices
from xinqiao.project import embedded_postgres, pg_postmaster, pg_state

REAL = {"DJANGO_SETTINGS_MODULE": "xinqiao.project.settings"}
KILLS, SENDERS = 50, 4
FOUND_OFFICE = """
from xinqiao.cli import home
from xinqiao.cli.migrate import bring_up_to_date

with home.django():
    from django.db import transaction

    bring_up_to_date()
    from xinqiao.api.callers import new_token
    from xinqiao.organs.models import User
    from xinqiao.project.demo_office import found_office, hire

    with transaction.atomic():
        hire(found_office())
    print(new_token(User.objects.get(username="hexiaowen"), name="letters", days=1))
"""


def found_office(home: Path) -> str:
    """Make an office in an empty home; the answer is the token of one of its clerks."""
    environment = offices.environment(home, **REAL)
    return subprocess.check_output([sys.executable, "-c", FOUND_OFFICE], env=environment, text=True).strip()


class Served:
    """The office's web server under its watcher, and how to kill each part."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, pg_state.free_port()
        self.said: list[str] = []
        self.begin()

    def begin(self) -> None:
        """Start the watcher; its killed forerunner's children may hold the port for a moment."""
        for _ in range(20):
            self.watcher = offices.start(self.home, "xinqiao", "serve", "--port", str(self.port), **REAL)
            assert self.watcher.stdout
            if self.watcher.stdout.readline():
                threading.Thread(target=self.listen, args=(self.watcher.stderr,), daemon=True).start()
                return
            assert self.watcher.stderr
            assert "is in use" in self.watcher.stderr.read()
            time.sleep(0.5)
        pytest.fail("the port does not get free")

    def listen(self, stream: IO[str]) -> None:
        """Keep what the watcher says: it explains a failure, and a full pipe would stop the office."""
        self.said.extend(stream)

    def end(self) -> None:
        """End it as an office is ended."""
        self.watcher.terminate()
        self.watcher.wait(60)

    def kill(self, part: str) -> None:
        """Kill one part, or all of them at once, as ``kill -9`` or a power cut does."""
        web = psutil.Process(self.watcher.pid).children(recursive=True) if part != "database" else []
        doomed = [process.pid for process in web if "granian" in process.cmdline()]
        if part in {"database", "everything"} and (found := embedded_postgres.status(self.home).pid):
            doomed.append(found)
        if part == "everything":
            doomed.insert(0, self.watcher.pid)
        for pid in doomed:
            if pg_postmaster.is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        if part == "everything":
            self.watcher.wait()
            self.begin()


class Sender(threading.Thread):
    """Sends one letter after the other; a letter counts once its number came back."""

    def __init__(self, name: str, port: int, token: str) -> None:
        super().__init__(name=name, daemon=True)
        self.port, self.token = port, token
        self.numbers: dict[str, str] = {}
        self.tries = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            key = f"{self.name}-{len(self.numbers)}"
            while (number := self.post(key)) is None:
                time.sleep(0.05)
            self.numbers[key] = number

    def post(self, key: str) -> str | None:
        """The number of the matter, or None where no answer came or none but an error."""
        self.tries += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key, "Content-Type": "application/json"}
        letter = {"channel": "letter", "text": f"路灯不亮，请派人修。{key}", "petitioners": [{"name": "安平"}]}
        try:
            connection.request("POST", "/api/v1/petitions", json.dumps(letter), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        assert answer.status not in {400, 401, 403, 404, 422}, said.decode()
        return str(json.loads(said)["number"]) if answer.status == 201 else None


@pytest.mark.slow
def test_no_acknowledged_letter_is_lost_and_no_act_is_half_done() -> None:
    with offices.throw_away_home() as home:
        token = found_office(home)
        office = Served(home)
        senders = [Sender(f"sender-{n}", office.port, token) for n in range(SENDERS)]
        try:
            for sender in senders:
                sender.start()
            kill_again_and_again(office, senders)
            letters = finished(senders)
            assert_all_is_there(home, letters)
            # Some were cut off under way, and came through when they were sent again.
            assert sum(sender.tries for sender in senders) > len(letters) + KILLS // 5
        finally:
            office.end()


def kill_again_and_again(office: Served, senders: list[Sender]) -> None:
    """One part, the other, and now and then all at once, each at a moment of chance."""
    chance = random.Random(50)
    for kill in range(KILLS):
        wait_for_letters(office, senders)
        time.sleep(chance.uniform(0, 0.3))
        office.kill("everything" if kill % 10 == 9 else ("database", "web server")[kill % 2])
    wait_for_letters(office, senders)


def finished(senders: list[Sender]) -> dict[str, str]:
    """Let each sender bring its last letter through; all letters by key, with the numbers that were told."""
    for sender in senders:
        sender.is_over.set()
    for sender in senders:
        sender.join(60)
        assert not sender.is_alive()
    return {key: number for sender in senders for key, number in sender.numbers.items()}


def wait_for_letters(office: Served, senders: list[Sender]) -> None:
    """Each kill falls into work: since the one before, letters have been acknowledged again."""
    before = sum(len(sender.numbers) for sender in senders)
    assert all(sender.is_alive() for sender in senders)
    are_more = offices.eventually(lambda: sum(len(sender.numbers) for sender in senders) >= before + SENDERS, 90)
    assert are_more, "".join(office.said[-30:])


def assert_all_is_there(home: Path, acknowledged: dict[str, str]) -> None:
    """Every letter once, under the number that was told; every record whole."""
    assert len(set(acknowledged.values())) == len(acknowledged)
    with psycopg.connect(embedded_postgres.urls(home).app) as connection:
        kept = [row[0] for row in connection.execute("SELECT number FROM matters_matter")]
        petitions = connection.execute("SELECT count(*) FROM matters_petition").fetchone()
    assert sorted(kept) == sorted(acknowledged.values())
    assert petitions == (len(acknowledged),)
    status, said, wrong = offices.finish(home, "xinqiao", "doctor", **REAL)
    assert status == 0, said + wrong

"""Programs with a key, and the real web server on a database of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.api.programs import Program
from tests.office import Office
from xinqiao.api.callers import new_token
from xinqiao.project.demo_office import found_office, hire


@pytest.fixture
def program(office: Office) -> Callable[[str], Program]:
    """A program with a token of one of the staff."""
    return lambda username: Program(new_token(office.people[username], name="test", days=365))


@pytest.fixture
def committed_office(committed_db: str, files_dir: Path) -> Office:
    """An office whose acts really commit."""
    organs = found_office()
    return Office(organs, hire(organs, password="a-long-test-password"))


@pytest.fixture
def served(committed_office: Office, committed_db: str, files_dir: Path) -> Iterator[str]:
    """The address of the web server as it runs in an office, in processes of its own, on the office's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    urls = {name: _with_database(os.environ[name], committed_db) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--workers-kill-timeout", "5"]
    command += ["xinqiao.project.wsgi:application"]
    server = subprocess.Popen(
        command, env=os.environ | urls | {"XINQIAO_FILES": str(files_dir)}, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _wait(url: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)

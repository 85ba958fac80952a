"""A throw-away office on a durable server of its own, and the web server in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from xinqiao.project import embedded_postgres

if TYPE_CHECKING:
    from django.test import Client

    from xinqiao.organs.models import User


class Bench:
    """The office of one run; leaving it stops the server and removes everything, or keeps it in the ``home`` given."""

    floor: float = 0.0

    def __init__(self, home: Path | None = None) -> None:
        self.kept = home

    def __enter__(self) -> "Bench":
        if self.kept is None:
            self.home = Path(tempfile.mkdtemp(prefix="xinqiao-bench-"))
        else:
            self.home = self.kept.absolute()
            self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o711)
        self.cluster = embedded_postgres.start(self.home, durable=True)
        self.urls = self.cluster.urls
        os.environ.update(
            XINQIAO_HOME=str(self.home),
            DATABASE_URL=self.urls.app,
            DATABASE_OWNER_URL=self.urls.owner,
            DJANGO_SETTINGS_MODULE="xinqiao.project.settings",
        )
        self._found()
        return self

    def _found(self) -> None:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        from bench.county import found_county
        from bench.loader import settle
        from xinqiao.api.callers import new_token
        from xinqiao.organs.models import User

        found_county()
        self.people = {user.username: user for user in User.objects.all()}
        self.token = new_token(self.people["hexiaowen"], name="bench", days=1)
        settle()

    def serve(self) -> "Server":
        """The web server with two workers."""
        return Server([sys.executable, "-m", "xinqiao.cli.main", "serve", "--workers", "2"], "/healthz")

    def serve_hello(self) -> "Server":
        """The plain view under the same web server, with as many workers."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
        return Server([*command, "--workers", "2", "bench.hello:application"], "/")

    def user(self, name: str) -> "User":
        """One of the staff, or of the bureaus' clerks."""
        return self.people[name]

    def token_of(self, name: str) -> str:
        """A new key for programs, of one person."""
        from xinqiao.api.callers import new_token

        return new_token(self.user(name), name="bench", days=1)

    def cookie_of(self, name: str) -> str:
        """The session of somebody signed in."""
        from django.test import Client

        client = Client()
        client.force_login(self.user(name), backend="django.contrib.auth.backends.ModelBackend")
        return _cookies(client)

    def duties_of(self, name: str) -> int:
        """How many duties somebody finds in "my work"."""
        from xinqiao.access.actor import staff_actor
        from xinqiao.access.clock import today
        from xinqiao.desk.duties import duties_of

        return len(duties_of(staff_actor(self.user(name), today=today())).all)

    def petitioners_cookie(self, number: str, code: str) -> str:
        """The session of somebody who follows a matter."""
        from django.test import Client

        client = Client()
        answer = client.post("/track", {"number": number, "code": code})
        if answer.status_code != 302:
            raise RuntimeError(f"number and code do not open {number}: {answer.status_code}")
        return _cookies(client)

    def open_matter(self, organ: str) -> tuple[str, str]:
        """Number and query code of a loaded matter that an organ handles just now."""
        from bench.loader import PREFIX
        from xinqiao.matters.models import Matter

        rows = Matter.objects.filter(holder__code=organ, stage="handling", number__startswith=PREFIX)
        pk, number = rows.order_by("-id").values_list("pk", "number")[0]
        return number, f"{pk:012}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from django.db import connections

        connections.close_all()
        self.cluster.stop()
        if self.kept is None:
            embedded_postgres.destroy(self.home)
            shutil.rmtree(self.home, ignore_errors=True)


def _cookies(client: "Client") -> str:
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


class Server:
    """A web server on a free port, for as long as the block runs."""

    def __init__(self, command: list[str], path: str) -> None:
        self.command, self.path = command, path

    def __enter__(self) -> "Server":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen([*self.command, "--port", str(self.port)], stdout=subprocess.DEVNULL)
        for _ in range(200):
            if self._answers():
                return self
            time.sleep(0.1)
        raise RuntimeError("the web server did not answer within 20 seconds")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.path}", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

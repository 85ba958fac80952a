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

from xinqiao.project import embedded_postgres


class Bench:
    """The office of one run; leaving it stops the server and removes everything."""

    floor: float = 0.0

    def __enter__(self) -> "Bench":
        self.home = Path(tempfile.mkdtemp(prefix="xinqiao-bench-"))
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
        from xinqiao.api.callers import new_token
        from xinqiao.project.demo_office import found_office, hire

        self.organs = found_office()
        self.people = hire(self.organs)
        self.token = new_token(self.people["hexiaowen"], name="bench", days=1)

    def serve(self) -> "Server":
        """The web server with two workers."""
        return Server()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from django.db import connections

        connections.close_all()
        self.cluster.stop()
        embedded_postgres.destroy(self.home)
        shutil.rmtree(self.home, ignore_errors=True)


class Server:
    """``xinqiao serve`` with two workers on a free port, for as long as the block runs."""

    def __enter__(self) -> "Server":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "xinqiao.cli.main", "serve", "--workers", "2", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(200):
            if self._answers():
                return self
            time.sleep(0.1)
        raise RuntimeError("the web server did not answer within 20 seconds")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

"""A real worker process sends real mail; killed in the middle, nothing is lost, and two share the work."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from tests.notices.smtp_sink import SmtpSink
from tests.streams import new_organ, new_stream
from xinqiao.access.clock import now
from xinqiao.notices.models import Notice, NoticeState
from xinqiao.notices.queueing import queue
from xinqiao.notices.sending import send_due
from xinqiao.notices.tasks import send_due_notices, tidy_jobs
from xinqiao.record.models import Stream

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def stream(committed_db: str) -> Stream:
    return new_stream(root_organ_id=new_organ().pk)


@contextlib.contextmanager
def worker(database: str, sink: SmtpSink) -> Iterator["subprocess.Popen[bytes]"]:
    """``xinqiao worker`` on a database, with the sink as its mail server."""
    urls = {name: renamed(os.environ[name], database) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    mail = {"XINQIAO_SMTP_HOST": "127.0.0.1", "XINQIAO_SMTP_PORT": str(sink.port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "xinqiao.cli.main", "worker"],
        env=os.environ | urls | mail,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert eventually(lambda: other_sessions() == 0)  # so that the database can be dropped


def soon(task: "Task[..., object, object]") -> None:
    """Let the worker do it now; where it stands in the queue already, that is as good."""
    with contextlib.suppress(AlreadyEnqueued):
        task.defer(timestamp=0)


def other_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def renamed(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def eventually(holds: Callable[[], object], seconds: float = 40) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return bool(holds())


def queue_emails(stream: Stream, count: int) -> None:
    emails = [f"{i}@example.org" for i in range(count)]
    queue("accepted", stream=stream, emails=emails, facts={"number": "2026-0017"})


def sent() -> int:
    return Notice.objects.filter(state=NoticeState.SENT).count()


def test_worker_finds_due_mail_by_itself_and_stops_when_told(committed_db: str, stream: Stream, sink: SmtpSink) -> None:
    queue_emails(stream, 3)
    with worker(committed_db, sink) as process:
        assert eventually(lambda: sent() == 3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert sorted(m["To"] for m in sink.messages) == ["0@example.org", "1@example.org", "2@example.org"]


def test_worker_killed_while_sending_loses_nothing(committed_db: str, stream: Stream, sink: SmtpSink) -> None:
    queue_emails(stream, 1)
    sink.stalls = True
    with worker(committed_db, sink) as process:
        soon(send_due_notices)
        assert eventually(lambda: sink.messages)  # the message has left, its sender does not know
        process.kill()
    sink.stalls = False
    assert Notice.objects.get().attempts == 1
    Notice.objects.update(next_attempt_at=now())  # instead of a minute of waiting
    with worker(committed_db, sink):
        soon(send_due_notices)
        assert eventually(lambda: sent() == 1)
    assert len({m["Message-ID"] for m in sink.messages}) == 1


def test_jobs_of_a_dead_worker_are_cleared_away(committed_db: str, stream: Stream, sink: SmtpSink) -> None:
    queue_emails(stream, 1)
    sink.stalls = True
    with worker(committed_db, sink) as process:
        soon(send_due_notices)
        assert eventually(lambda: sink.messages)
        process.kill()
    doing = ProcrastinateJob.objects.filter(status="doing", task_name="notices.send_due")
    left_over = list(doing.values_list("pk", flat=True))
    assert left_over
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
    sink.stalls = False
    with worker(committed_db, sink):
        soon(tidy_jobs)
        assert eventually(lambda: not doing.filter(pk__in=left_over).exists())


def test_two_who_send_at_once_send_each_notice_once(committed_db: str, stream: Stream, sink: SmtpSink) -> None:
    queue_emails(stream, 30)

    def send() -> None:
        try:
            send_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sent() == 30
    assert len(sink.messages) == len({m["To"] for m in sink.messages}) == 30

"""After the act: erased files are gone for good, shared ones stay, and a scanner that comes late still looks."""

import io
import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from tests.documents import samples
from tests.streams import erase_key, new_stream
from xinqiao.documents import locks
from xinqiao.documents.attachments import attach, attachments_of, download
from xinqiao.documents.files import path_of
from xinqiao.documents.labels import ScanState
from xinqiao.documents.models import Attachment, File
from xinqiao.documents.receiving import receive
from xinqiao.documents.refusals import FileRefused
from xinqiao.documents.tasks import keep_files_in_order
from xinqiao.documents.upkeep import (
    ABANDONED_SECONDS,
    damaged_files,
    erase_attachments,
    remove_abandoned,
    remove_unreferenced,
    scan_again,
)
from xinqiao.record.models import Stream

SCANNER = shlex.join([sys.executable, "-c", "import sys; raise SystemExit(int(b'EVIL' in sys.stdin.buffer.read()))"])


def upload(content: bytes = samples.PDF, name: str = "合同.pdf") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_erased_files_are_gone_with_their_bytes(stream: Stream) -> None:
    (attachment,) = attach(stream, [upload()])
    path = path_of(attachment.file.sha256)
    assert remove_unreferenced() == 0  # while a record refers to it, it stays
    assert erase_attachments(stream) == 1
    assert attachments_of(stream) == []
    assert remove_unreferenced() == 1
    assert not path.exists()
    assert not File.objects.exists()


def test_a_file_that_another_record_has_stays(stream: Stream) -> None:
    other = new_stream()
    attach(stream, [upload()])
    (kept,) = attach(other, [upload()])
    erase_attachments(stream)
    assert remove_unreferenced() == 0
    assert b"".join(download(other, kept.pk).content) == samples.PDF


def test_a_file_that_another_office_has_stays(stream: Stream) -> None:
    other = new_stream(root_organ_id=2)
    attach(stream, [upload()])
    (kept,) = attach(other, [upload()])
    erase_attachments(stream)
    assert remove_unreferenced() == 1  # the row of this office
    assert b"".join(download(other, kept.pk).content) == samples.PDF


def test_a_removal_waits_for_acts_under_way(stream: Stream) -> None:
    """While somebody attaches the same content in an open transaction, its bytes are not taken away."""
    (attachment,) = attach(stream, [upload()])
    path = path_of(attachment.file.sha256)
    erase_attachments(stream)
    with somebody_attaching(attachment.file.sha256):
        assert remove_unreferenced() == 0
        assert path.exists()
    assert remove_unreferenced() == 1
    assert not path.exists()


@contextmanager
def somebody_attaching(address: str) -> Iterator[None]:
    """Another connection in the middle of an act that refers to this content."""
    given = connection.get_connection_params()
    wanted = {name: given[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted) as other:
        held = "SELECT pg_advisory_xact_lock_shared(%s, %s)"
        other.execute(held, [locks._SPACE, locks._key(address)])
        yield


def test_sealed_files_of_an_erased_record_are_unreadable_and_then_gone(stream: Stream) -> None:
    (attachment,) = attach(stream, [upload()], sealed=True)
    path = path_of(attachment.file.sha256)
    erase_key(stream)
    erase_attachments(stream)
    assert remove_unreferenced() == 1
    assert not path.exists()


def test_leftovers_of_uploads_go_after_an_hour(file_store: Path) -> None:
    old, young = (receive(upload(), name="合同.pdf").path for _ in range(2))
    os.utime(old, (0, time.time() - ABANDONED_SECONDS - 1))
    assert remove_abandoned() == 1
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(("content", "state"), [(b"EVIL words", ScanState.INFECTED), (b"good words", ScanState.CLEAN)])
def test_a_scanner_that_comes_late_looks_at_what_is_there(
    stream: Stream, sealed: bool, content: bytes, state: ScanState, settings: pytest.FixtureRequest, file_store: Path
) -> None:
    (attachment,) = attach(stream, [upload(content, "a.txt")], sealed=sealed)
    assert scan_again() == 0  # there is none yet
    assert File.objects.get().scan == ScanState.UNSCANNED
    settings.SCANNER_COMMAND = SCANNER
    assert scan_again() == 1
    assert scan_again() == 0
    assert File.objects.get().scan == state
    assert not list((file_store / "incoming").iterdir())  # no clear copy stays
    if state == ScanState.INFECTED:
        with pytest.raises(FileRefused):
            download(stream, attachment.pk)


def test_what_cannot_be_opened_is_left_unchecked(stream: Stream, settings: pytest.FixtureRequest) -> None:
    attach(stream, [upload()], sealed=True)
    erase_key(stream)
    settings.SCANNER_COMMAND = SCANNER
    assert scan_again() == 0
    assert File.objects.get().scan == ScanState.UNSCANNED


def test_every_damaged_file_is_named(stream: Stream) -> None:
    attachments = attach(stream, [upload(b"text %d" % i, f"{i}.txt") for i in range(4)])
    addresses = [a.file.sha256 for a in attachments]
    path_of(addresses[1]).write_bytes(b"changed")
    path_of(addresses[3]).unlink()
    found = [str(damage) for damage in damaged_files()]
    assert len(found) == 2
    assert addresses[1] in found[0]
    assert addresses[3] in found[1]
    assert Attachment.objects.count() == 4


def test_the_worker_knows_its_rounds() -> None:
    assert {"documents.upkeep", "notices.send_due", "jobs.tidy"} <= set(app.tasks)


def test_one_round_does_all(committed_db: str, settings: pytest.FixtureRequest) -> None:
    with transaction.atomic():
        attach(new_stream(), [upload()])
    erased = new_stream()
    attach(erased, [upload(b"text", "a.txt")])
    erase_attachments(erased)
    abandoned = receive(upload(), name="合同.pdf").path
    os.utime(abandoned, (0, 0))
    settings.SCANNER_COMMAND = SCANNER
    keep_files_in_order(timestamp=0)
    assert not abandoned.exists()
    assert [(f.media_type, f.scan) for f in File.objects.all()] == [("application/pdf", ScanState.CLEAN)]

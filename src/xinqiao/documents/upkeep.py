"""What happens to files after the act: erasure, late virus checks, left-overs of uploads, and whether all are sound."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from xinqiao.documents.files import FileDamaged, open_file, path_of
from xinqiao.documents.labels import ScanState
from xinqiao.documents.locks import try_lock
from xinqiao.documents.models import Attachment, Delivery, File
from xinqiao.documents.receiving import incoming
from xinqiao.documents.scanner import scan
from xinqiao.record.fields import KeyErased
from xinqiao.record.models import Stream

ABANDONED_SECONDS = 3600
_TO_SCAN = (ScanState.UNSCANNED, ScanState.UNANSWERED)


def erase_attachments(stream: Stream) -> int:
    """Take the files out of a record, inside the transaction of the erasure; how many there were.

    Their bytes follow with the next round of the worker (``remove_unreferenced``), unless another record has the same
    file. Sealed ones are unreadable at once, because their key is destroyed.
    """
    Delivery.objects.filter(paper__stream_id=stream.pk).update(evidence_attachment=None, sealed_evidence=None)
    return Attachment.objects.filter(stream_id=stream.pk).delete()[0]


def remove_unreferenced(limit: int = 1000) -> int:
    """Remove files to which no record refers any more, rows and bytes; how many."""
    rows = File.objects.filter(attachments=None).order_by("id")[:limit]
    return sum(_remove(file) for file in rows)


@transaction.atomic
def _remove(file: File) -> bool:
    """The bytes go before the row is gone for good: a crash in between leaves a row that the next round removes."""
    if not try_lock(file.sha256):
        return False
    removed = File.objects.filter(pk=file.pk, attachments=None).delete()[0]
    if removed and not File.objects.filter(sha256=file.sha256).exists():
        path_of(file.sha256).unlink(missing_ok=True)
    return bool(removed)


def remove_abandoned() -> int:
    """Remove what a door that crashed left in ``incoming``; how many files."""
    before = time.time() - ABANDONED_SECONDS
    old = [path for path in incoming().iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def scan_again(limit: int = 1000) -> int:
    """Check files that no scanner has seen yet, now that there may be one; how many got an answer."""
    if not settings.SCANNER_COMMAND:
        return 0
    return sum(_scan_again(file) for file in File.objects.filter(scan__in=_TO_SCAN).order_by("id")[:limit])


def damaged_files() -> Iterator[FileDamaged]:
    """Every stored file that is missing or changed, each naming its hash. Memory stays flat."""
    for address in File.objects.order_by("id").values_list("sha256", flat=True).iterator():
        try:
            open_file(address)
        except FileDamaged as damage:
            yield damage


def _scan_again(file: File) -> bool:
    try:
        with _clear_copy(file) as path:
            state = scan(path)
    except (FileDamaged, KeyErased):
        return False
    File.objects.filter(pk=file.pk).update(scan=state)
    return state not in _TO_SCAN


@contextmanager
def _clear_copy(file: File) -> Iterator[Path]:
    """A scanner must see what was sent; a sealed file is opened into ``incoming`` for that long."""
    attachment = file.attachments.select_related("stream").first()
    stream = attachment.stream if attachment and file.sealed else None
    path = incoming() / f"scan-{file.pk}"
    try:
        with path.open("xb") as copy:
            path.chmod(0o600)
            copy.writelines(open_file(file.sha256, sealed_for=stream))
        yield path
    finally:
        path.unlink(missing_ok=True)

"""Files in a record: plain functions that run inside the transaction of a legal act. They write no event."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.db.models import QuerySet

from xinqiao.access.clock import today
from xinqiao.documents.files import StoredFile, keep, open_file
from xinqiao.documents.labels import ScanState
from xinqiao.documents.locks import share
from xinqiao.documents.models import Attachment, File
from xinqiao.documents.papers import user_id
from xinqiao.documents.receiving import ReceivedFile, Upload, check_count, receiving
from xinqiao.documents.refusals import FileRefused
from xinqiao.organs.models import User
from xinqiao.record.fields import decrypt_field, encrypt_field
from xinqiao.record.models import Stream
from xinqiao.record.reading_rows import Shape

_WITH_FILES = Shape(Attachment, ("file",))


@dataclass(frozen=True)
class Download:
    """A file on its way out. ``header`` is its Content-Disposition: never shown inside a page of ours."""

    name: str
    media_type: str
    size: int
    content: Iterator[bytes]

    @property
    def header(self) -> str:
        """The name in UTF-8, percent-encoded (RFC 6266); every browser in use reads it."""
        return f"attachment; filename*=UTF-8''{quote(self.name, safe='')}"


def attach(
    stream: Stream,
    files: Sequence[ReceivedFile | Upload],
    *,
    petition_id: int | None = None,
    event_seq: int | None = None,
    sealed: bool = False,
    from_petitioner: bool = False,
    by: User | int | None = None,
    on: date | None = None,
) -> list[Attachment]:
    """Keep files and put them into a record, in their order; three statements however many there are.

    Doors receive files before the act (``receiving``), so that no lock waits for a disk or a scanner; uploads that
    come as such are received here. ``sealed`` (accusations, confidential matters): content and name under the
    stream's key. ``content_sha256`` of each result is what a receipt names. Raises FileRefused; then none is kept.
    """
    check_count(len(files))
    with ExitStack() as stack:
        received = [_received(file, stack) for file in files]
        if not sealed:
            share(file.sha256 for file in received)
        stored = [keep(file, sealed_for=stream if sealed else None) for file in received]
    rows = _file_rows(stream, stored, [file.scan for file in received], sealed=sealed)
    common = {
        "root_organ_id": stream.root_organ_id,
        "stream": stream,
        "petition_id": petition_id,
        "event_seq": event_seq,
        "sealed": sealed,
        "from_petitioner": from_petitioner,
        "added_by_id": user_id(by),
        "added_on": on or today(),
    }
    attachments = [
        Attachment(file=rows[file.address], position=position, **_naming(stream, file.name, sealed), **common)
        for position, file in enumerate(stored, start=1)
    ]
    for attachment, file in zip(attachments, stored, strict=True):
        attachment.content_sha256 = file.sha256
        attachment.shown_name = file.name
    return Attachment.objects.bulk_create(attachments)


def attachments_of(stream: Stream) -> list[Attachment]:
    """The files of a record in their order, ``shown_name`` opened; after lawful erasure it is empty."""
    rows = _WITH_FILES.read("documents_attachment.stream_id = %s ORDER BY documents_attachment.id", [stream.pk])
    return [_named(stream, attachment) for attachment in rows]


def download(stream: Stream, attachment_id: int) -> Download:
    """One file of this very stream, checked by its hash. The caller has asked for access to the stream before.

    Raises Attachment.DoesNotExist (also for a file of another stream), FileDamaged, KeyErased, and FileRefused
    (``file-infected``) where the virus check found something later.
    """
    attachment = _named(stream, _rows(stream).get(pk=attachment_id))
    file = attachment.file
    if file.scan == ScanState.INFECTED:
        raise FileRefused("file-infected", name=attachment.shown_name)
    content = open_file(file.sha256, sealed_for=stream if file.sealed else None)
    return Download(attachment.shown_name, file.media_type, file.size, content)


def _rows(stream: Stream) -> QuerySet[Attachment]:
    return Attachment.objects.filter(stream_id=stream.pk).select_related("file")


def _received(file: ReceivedFile | Upload, stack: ExitStack) -> ReceivedFile:
    return file if isinstance(file, ReceivedFile) else stack.enter_context(receiving([file]))[0]


def _file_rows(
    stream: Stream, stored: Sequence[StoredFile], scans: Sequence[ScanState], *, sealed: bool
) -> dict[str, File]:
    """One row per content: a file that is there already keeps its row (touched, so that its id comes back)."""
    rows = {
        file.address: File(
            root_organ_id=stream.root_organ_id,
            sha256=file.address,
            size=file.size,
            media_type=file.media_type,
            scan=scan,
            sealed=sealed,
        )
        for file, scan in zip(stored, scans, strict=True)
    }
    if rows:
        File.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["root_organ_id", "sha256"], update_fields=["size"]
        )
    return rows


def _naming(stream: Stream, name: str, sealed: bool) -> dict[str, str | bytes]:
    return {"sealed_name": encrypt_field(stream, name)} if sealed else {"name": name}


def _named(stream: Stream, attachment: Attachment) -> Attachment:
    attachment.shown_name = attachment.name
    if attachment.sealed_name is not None and stream.wrapped_key is not None:
        attachment.shown_name = decrypt_field(stream, attachment.sealed_name)
    return attachment

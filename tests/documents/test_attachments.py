"""Files in a record: kept in their order, sealed where the matter is, handed out to its stream alone."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.documents import samples
from tests.streams import erase_key, new_stream, new_user
from xinqiao.documents.attachments import attach, attachments_of, download
from xinqiao.documents.files import FileDamaged, path_of
from xinqiao.documents.labels import ScanState
from xinqiao.documents.models import Attachment, File
from xinqiao.documents.receiving import receive, receiving
from xinqiao.documents.refusals import FileRefused
from xinqiao.record.models import Stream

FRIDAY = date(2026, 11, 20)


def upload(name: str = "合同.pdf", content: bytes = samples.PDF) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def content_of(stream: Stream, attachment: Attachment) -> bytes:
    return b"".join(download(stream, attachment.pk).content)


def test_files_are_kept_in_their_order(stream: Stream) -> None:
    clerk = new_user()
    with receiving([upload("一.pdf"), upload("二.png", samples.PNG)]) as files:
        attach(stream, files, petition_id=7, event_seq=1, from_petitioner=True, by=clerk, on=FRIDAY)
    first, second = attachments_of(stream)
    assert [(a.shown_name, a.position) for a in (first, second)] == [("一.pdf", 1), ("二.png", 2)]
    assert (first.petition_id, first.event_seq, first.added_by, first.added_on) == (7, 1, clerk, FRIDAY)
    assert (first.from_petitioner, first.sealed) == (True, False)
    assert first.root_organ_id == first.file.root_organ_id == stream.root_organ_id
    assert content_of(stream, second) == samples.PNG


def test_uploads_may_come_as_they_are(stream: Stream, file_store: object) -> None:
    (attachment,) = attach(stream, [upload()])
    assert content_of(stream, attachment) == samples.PDF
    assert not list((file_store / "incoming").iterdir())


@pytest.mark.parametrize(("sealed", "statements"), [(False, 3), (True, 2)])
def test_few_statements_however_many_files(
    stream: Stream, django_assert_num_queries: DjangoAssertNumQueries, sealed: bool, statements: int
) -> None:
    files = [upload(f"{i}.txt", b"text %d" % i) for i in range(8)]
    with transaction.atomic(), django_assert_num_queries(statements):
        attach(stream, files, sealed=sealed)


def test_nothing_to_attach_asks_nothing(stream: Stream, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert attach(stream, []) == []


def test_same_content_twice_is_one_file_and_two_attachments(stream: Stream) -> None:
    attach(stream, [upload("一.pdf"), upload("二.pdf")])
    attach(new_stream(), [upload("三.pdf")])
    assert File.objects.count() == 1
    assert Attachment.objects.count() == 3


def test_each_office_has_its_own_row(stream: Stream) -> None:
    attach(stream, [upload()])
    attach(new_stream(root_organ_id=2), [upload()])
    assert sorted(File.objects.values_list("root_organ_id", flat=True)) == [1, 2]


def test_sealed_file_shows_nothing_in_the_rows(stream: Stream) -> None:
    (attachment,) = attach(stream, [upload("检举材料.pdf")], sealed=True)
    assert attachment.content_sha256 == receive(upload(), name="a.pdf").sha256  # what the receipt names
    with CaptureQueriesContext(transaction.get_connection()) as queries:
        row = Attachment.objects.select_related("file").values().get()
        file = File.objects.values().get()
    assert "检举" not in f"{row}{file}{queries.captured_queries}"
    assert attachment.content_sha256 not in f"{row}{file}"
    (found,) = attachments_of(stream)
    assert found.shown_name == "检举材料.pdf"
    assert content_of(stream, found) == samples.PDF


def test_after_erasure_the_list_stands_and_tells_nothing(stream: Stream) -> None:
    attach(stream, [upload("检举材料.pdf")], sealed=True)
    erase_key(stream)
    (found,) = attachments_of(stream)
    assert found.shown_name == ""


def test_a_file_of_another_record_does_not_exist(stream: Stream) -> None:
    (attachment,) = attach(stream, [upload()])
    other = new_stream()
    for asked in (attachment.pk, attachment.pk + 1):  # there, and not there, look the same
        with pytest.raises(Attachment.DoesNotExist):
            download(other, asked)


def test_too_many_files_are_refused_before_any_is_kept(stream: Stream, settings: pytest.FixtureRequest) -> None:
    settings.MAX_FILES = 2
    attach(stream, [upload("1.pdf"), upload("2.pdf")])
    with pytest.raises(FileRefused) as refused:
        attach(stream, [upload("1.pdf"), upload("2.pdf"), upload("3.pdf")])
    assert refused.value.code == "file-too-many"
    assert Attachment.objects.count() == 2


def test_damage_and_late_findings_close_the_download(stream: Stream) -> None:
    (attachment,) = attach(stream, [upload()])
    File.objects.update(scan=ScanState.INFECTED)
    with pytest.raises(FileRefused) as refused:
        download(stream, attachment.pk)
    assert refused.value.code == "file-infected"
    File.objects.update(scan=ScanState.UNSCANNED)
    path_of(attachment.file.sha256).write_bytes(b"rubbish")
    with pytest.raises(FileDamaged):
        download(stream, attachment.pk)


def test_what_was_found_harmful_does_not_become_harmless_by_coming_again(stream: Stream) -> None:
    attach(stream, [upload()])
    File.objects.update(scan=ScanState.INFECTED)
    attach(stream, [upload()])
    assert File.objects.get().scan == ScanState.INFECTED


@pytest.mark.parametrize("name", ["合同.pdf", 'a"b.pdf', "a;b.pdf", "100%.pdf"])
def test_download_header_carries_any_name(stream: Stream, name: str) -> None:
    (attachment,) = attach(stream, [upload(name)])
    header = download(stream, attachment.pk).header
    assert header.startswith("attachment; filename*=UTF-8''")
    assert header.isascii()
    assert not {'"', ";", " "} & set(header.removeprefix("attachment; "))


@pytest.mark.parametrize("wrong", [{"name": ""}, {"sealed": True}, {"sealed_name": b"x"}])
def test_the_database_refuses_a_name_that_is_neither_clear_nor_sealed(stream: Stream, wrong: dict[str, object]) -> None:
    attach(stream, [upload()])
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(**wrong)

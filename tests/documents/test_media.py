"""What a file is, is asked of its content; its name may only agree."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import samples
from xinqiao.documents.receiving import ReceivedFile, receive
from xinqiao.documents.refusals import FileRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def real_workbook() -> bytes:
    buffer, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["编号", "事项"])
    book.save(buffer)
    return buffer.getvalue()


TAKEN = [
    ("合同.pdf", samples.PDF, "application/pdf"),
    ("照片.jpg", samples.JPEG, "image/jpeg"),
    ("照片.JPEG", samples.JPEG, "image/jpeg"),
    ("照片.png", samples.PNG, "image/png"),
    ("照片.heic", samples.HEIC, "image/heic"),
    ("照片.webp", samples.WEBP, "image/webp"),
    ("照片.gif", samples.GIF, "image/gif"),
    ("扫描.tif", samples.TIFF, "image/tiff"),
    ("信.docx", samples.word(), DOCX),
    ("台账.xlsx", samples.excel(), XLSX),
    ("台账.xlsx", real_workbook(), XLSX),  # as a real program writes it
    ("信.doc", samples.ole("WordDocument"), "application/msword"),
    ("信.wps", samples.ole("WordDocument"), "application/msword"),  # WPS Office writes Word's format
    ("台账.xls", samples.ole("A", "B", "C", "D", "E", "Workbook"), "application/vnd.ms-excel"),  # in the second sector
    ("台账.xls", samples.ole("Book"), "application/vnd.ms-excel"),  # Excel 95
    ("说明.txt", samples.TEXT, "text/plain; charset=utf-8"),
    ("说明.txt", "路灯坏了".encode("gb18030"), "text/plain; charset=gb18030"),  # Notepad of old Windows
    ("说明.txt", "路灯坏了".encode("utf-16"), "text/plain; charset=utf-16"),
    ("说明.txt", b"BM is how this letter begins", "text/plain; charset=utf-8"),  # BM is also the mark of a bitmap
    ("录音.mp3", samples.MP3, "audio/mpeg"),
    ("录音.m4a", samples.M4A, "audio/mp4"),
    ("录音.m4a", samples.MP4, "audio/mp4"),  # telephones record sound under the brand of video
    ("录音.wav", samples.WAV, "audio/x-wav"),
    ("录音.amr", samples.AMR, "audio/amr"),
    ("录像.mp4", samples.MP4, "video/mp4"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN)
def test_taken(name: str, content: bytes, media_type: str) -> None:
    received = receive(io.BytesIO(content), name=name)
    assert (received.media_type, received.name, received.size) == (media_type, name, len(content))


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("合同.pdf", samples.PROGRAM, "file-type", "x-msdownload"),  # a program called a contract
        ("合同.pdf", samples.JPEG, "file-contradicts", "JPEG"),
        ("照片.jpg", samples.PDF, "file-contradicts", "PDF"),
        ("合同.pdf.exe", samples.PDF, "file-type", ".exe"),  # the last ending counts
        ("页面.html", b"<html><script>1</script></html>", "file-type", ".html"),  # a page is text, but of no kind taken
        ("信.docx", samples.excel(), "file-contradicts", "Excel"),
        ("信.docx", samples.ole("WordDocument"), "file-contradicts", "Word (doc)"),
        ("信.docx", samples.zipped({"a.txt": b"a"}), "file-type", "zip"),  # a plain zip is no letter
        ("信.doc", samples.ole("PowerPoint Document"), "file-type", "ole"),
        ("录像.mp4", samples.QUICKTIME, "file-type", "quicktime"),
        ("信.rtf", samples.RTF, "file-type", "rtf"),
        ("图.svg", samples.SVG, "file-type", ".svg"),
        ("数据.bin", bytes(range(256)), "file-type", ".bin"),
        ("信.docx", samples.word(**{"word/vbaProject.bin": b"x"}), "file-macros", "macros"),
        ("信.doc", samples.ole("WordDocument", "Macros"), "file-macros", "macros"),
        ("信.docx", samples.ole("EncryptedPackage"), "file-protected", "password"),
        ("信.docx", samples.protected_zip(samples.WORD_PARTS), "file-protected", "password"),
        ("信.docx", samples.word()[:-30], "file-damaged", "damaged"),  # the upload broke off
        ("信.doc", samples.ole("WordDocument")[:700], "file-damaged", "damaged"),
        ("空.txt", b"", "file-empty", "empty"),
    ],
)
def test_refused(name: str, content: bytes, code: str, says: str, file_store: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        receive(io.BytesIO(content), name=name)
    assert refused.value.code == code
    with translation.override("en"):
        assert says in refused.value.sentence
    assert not list((file_store / "incoming").iterdir())  # nothing half-written


def test_name_without_an_ending_gets_the_one_of_its_content() -> None:
    assert receive(io.BytesIO(samples.PDF), name="合同").name == "合同.pdf"


def outcome(content: bytes) -> ReceivedFile | FileRefused:
    """What became of a file; any other exception is a fault of ours."""
    try:
        return receive(io.BytesIO(content), name="文件")
    except FileRefused as refused:
        return refused


@given(st.binary(min_size=1, max_size=300))
def test_whatever_comes_is_taken_or_refused_in_words(content: bytes) -> None:
    came = outcome(content)
    assert came.sentence if isinstance(came, FileRefused) else came.size == len(content)


@given(st.binary(max_size=2000), st.integers(0, 1100))
def test_a_spoilt_office_file_never_breaks_the_reader(spoil: bytes, at: int) -> None:
    for whole in (samples.ole("WordDocument", "A", "B", "C", "D"), samples.word()):
        came = outcome(whole[:at] + spoil + whole[at + len(spoil) :])
        assert came.sentence if isinstance(came, FileRefused) else came.media_type

"""Files of a matter: shown where that is safe, by an address that runs nothing; downloaded otherwise."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.access.models import Look
from xinqiao.documents.labels import ScanState
from xinqiao.documents.models import Attachment, File
from xinqiao.documents.services import receiving

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)
TEXT = "北墙照片说明：三楼外墙。<script>alert(1)</script>".encode()
FILES = {
    "照片.png": PNG,
    "合同.pdf": PDF,
    "说明.txt": TEXT,
    "录音.mp3": b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 40,
}


@pytest.fixture
def number(office: Office, files_dir: Path) -> str:
    return with_files(office)


def with_files(office: Office, **said: Any) -> str:
    with receiving([SimpleUploadedFile(name, content) for name, content in FILES.items()]) as files:
        return str(office.register(files=tuple(files), **said).number)


def attachment(name: str) -> int:
    return Attachment.objects.get(name=name).pk


def test_each_kind_of_file_is_shown_in_its_way(as_: SignedIn, number: str) -> None:
    client = as_("hexiaowen")
    page = words(client.get(f"/desk/matters/{number}"))
    shown = {name: words(client.get(f"/desk/matters/{number}/files/{attachment(name)}/view")) for name in FILES}
    for name in ("照片.png", "合同.pdf", "说明.txt"):
        assert f'/files/{attachment(name)}/view"' in page
    assert f'/files/{attachment("录音.mp3")}"' in page  # straight to the download
    assert f'<img src="/desk/matters/{number}/files/{attachment("照片.png")}/inline"' in shown["照片.png"]
    assert re.search(r'<iframe class="shown" src="[^"]+/inline"', shown["合同.pdf"])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown["说明.txt"]
    assert "不能在网页上显示" in shown["录音.mp3"]
    assert "第 2 份，共 4 份" in shown["合同.pdf"]


@pytest.mark.parametrize(
    ("name", "status"), [("照片.png", 200), ("合同.pdf", 200), ("说明.txt", 404), ("录音.mp3", 404)]
)
def test_only_pictures_and_pdf_come_inline_and_they_run_nothing(
    as_: SignedIn, number: str, name: str, status: int
) -> None:
    answer = as_("hexiaowen").get(f"/desk/matters/{number}/files/{attachment(name)}/inline")
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert BytesIO(b"".join(answer.streaming_content)).read() == FILES[name]  # type: ignore[attr-defined]


def test_a_download_is_never_shown(as_: SignedIn, number: str) -> None:
    answer = as_("hexiaowen").get(f"/desk/matters/{number}/files/{attachment('照片.png')}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_what_a_virus_check_found_is_not_shown(as_: SignedIn, number: str) -> None:
    File.objects.update(scan=ScanState.INFECTED)
    client = as_("hexiaowen")
    for end in ("view", "inline"):
        answer = client.get(f"/desk/matters/{number}/files/{attachment('照片.png')}/{end}")
        assert answer.headers["Location"] == f"/desk/matters/{number}"


def test_a_look_at_a_sealed_file_is_on_record(office: Office, as_: SignedIn, files_dir: Path) -> None:
    number = with_files(office, kind="accusation")
    first = Attachment.objects.order_by("pk")[0].pk
    as_("hexiaowen").get(f"/desk/matters/{number}/files/{first}/inline")
    assert Look.objects.filter(what="file").count() == 1


def test_a_file_of_another_matter_is_not_there(office: Office, as_: SignedIn, number: str) -> None:
    other = office.register().number
    for end in ("", "/view", "/inline"):
        assert as_("hexiaowen").get(f"/desk/matters/{other}/files/{attachment('照片.png')}{end}").status_code == 404

"""Files on their way in: each refused with a sentence of its own, the others kept, and none readable on the disk."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.portal.conftest import KIND, PNG, Visitor, upload, words
from xinqiao.components.surfaces import LARGE_COOKIE
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import attachments_of, download
from xinqiao.matters.models import Matter
from xinqiao.portal.forms import DOCUMENTS


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("程序.exe", b"MZ\x90\x00" + bytes(200), "程序.exe"),  # a program
        ("合同.pdf", PNG, ".pdf"),  # a picture that calls itself a PDF
        ("空.png", b"", "空"),  # nothing in it
        ("墙" * 121 + ".png", PNG, "120"),  # a name no system saves
    ],
)
def test_a_file_that_is_not_taken_is_said_so(visitor: Visitor, name: str, content: bytes, sentence: str) -> None:
    visitor.post("/submit", KIND)
    answer = visitor.post("/submit/files", {"photos": [SimpleUploadedFile(name, content), upload("墙.png")]})
    assert answer.status_code == 422
    (wrong,) = answer.context["wrongs"]
    assert sentence in wrong.text
    assert [file.name for file in answer.context["draft"].files] == ["墙.png"]  # the good one is kept


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("virus.exe", "一段文字".encode(), ".exe"),  # what is inside would be taken, but nobody need rename it
        ("网页.html", b"<html></html>", ".html"),
        ("程序.exe", b"MZ\x90\x00" + bytes(200), ".exe"),
    ],
)
def test_a_kind_that_is_not_taken_is_told_what_may_be_sent(
    visitor: Visitor, name: str, content: bytes, kind: str
) -> None:
    visitor.speaking("en").post("/submit", KIND)
    (wrong,) = visitor.post("/submit/files", {"documents": [upload(name, content)]}).context["wrongs"]
    assert f"“{name}” is of a kind that is not taken ({kind})." in wrong.text
    assert "You can send photographs, PDF, Word, Excel, plain text (TXT, CSV), sound and film." in wrong.text
    assert "TXT. " not in wrong.text


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("账目.csv", "日期,金额\n8月1日,300\n".encode("gb18030"), True),
        ("账目.txt", "8月1日 300元".encode(), True),
        ("账目.csv", PNG, False),  # a picture is no table
    ],
)
def test_plain_text_may_be_called_a_table(visitor: Visitor, name: str, content: bytes, taken: bool) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/files", {"documents": [upload(name, content)]}, add="1")
    page = visitor.get("/submit/files")
    assert [file.name for file in page.context["draft"].files] == [name] * taken
    assert ".csv" in DOCUMENTS


@pytest.mark.parametrize("large", [False, True])
def test_both_sizes_of_print_say_what_may_be_sent_and_let_it_be_chosen(visitor: Visitor, large: bool) -> None:
    if large:
        visitor.client.cookies[LARGE_COOKIE] = "1"
    visitor.speaking("en").post("/submit", KIND)
    visitor.post("/submit?ask=who", KIND)
    page = words(visitor.get("/submit/files"))
    assert page.index("You can send photographs, PDF, Word, Excel") < page.index('type="file"')
    assert any(".pdf" in accepted for accepted in re.findall(r'accept="([^"]+)"', page))


def test_back_keeps_the_files_that_were_just_chosen(visitor: Visitor) -> None:
    visitor.fill()
    answer = visitor.post("/submit/files", {"photos": [upload()]}, back="1")
    assert answer["Location"] == "/submit/person"
    assert [file.name for file in visitor.get("/submit/files").context["draft"].files] == ["外墙.png"]


def test_back_does_not_hide_that_a_file_was_refused(visitor: Visitor) -> None:
    visitor.fill()
    answer = visitor.post("/submit/files", {"photos": [upload("空.png", b""), upload()]}, back="1")
    assert answer.status_code == 422
    assert [file.name for file in answer.context["draft"].files] == ["外墙.png"]
    assert visitor.post("/submit/files", back="1")["Location"] == "/submit/person"


def test_a_file_larger_than_the_limit_is_not_taken(visitor: Visitor, settings: object) -> None:
    settings.MAX_FILE_BYTES = 60  # type: ignore[attr-defined]
    visitor.post("/submit", KIND)
    answer = visitor.post("/submit/files", {"photos": [upload()]})
    assert "MB" in answer.context["wrongs"][0].text


def test_more_files_than_the_limit_are_not_taken(visitor: Visitor, settings: object) -> None:
    settings.MAX_FILES = 2  # type: ignore[attr-defined]
    visitor.post("/submit", KIND)
    answer = visitor.post("/submit/files", {"photos": [upload(f"{n}.png") for n in range(3)]})
    assert len(answer.context["wrongs"]) == 1
    assert [file.name for file in answer.context["draft"].files] == ["0.png", "1.png"]


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "C:\\Users\\an\\墙.png", "/root/墙.png"])
def test_a_name_with_a_path_writes_nowhere_else(visitor: Visitor, files_dir: Path, name: str) -> None:
    visitor.fill()
    visitor.post("/submit/files", {"photos": [upload(name)]})
    kept = visitor.get("/submit/files").context["draft"].files
    assert "/" not in kept[0].name
    assert "\\" not in kept[0].name
    assert {path.parent for path in files_dir.rglob("*") if path.is_file()} == {files_dir / "drafts"}


def test_a_file_can_be_taken_out_again(visitor: Visitor, files_dir: Path) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/files", {"photos": [upload()]}, add="1")
    (file,) = visitor.get("/submit/files").context["draft"].files
    visitor.post("/submit/files", remove=file.id)
    assert visitor.get("/submit/files").context["draft"].files == ()
    assert list((files_dir / "drafts").iterdir()) == []


def test_what_lies_on_the_disk_tells_nothing(visitor: Visitor, files_dir: Path) -> None:
    visitor.post("/submit", kind="accusation")
    visitor.post("/submit/files", {"photos": [upload()]})
    (path,) = (files_dir / "drafts").iterdir()
    assert PNG not in path.read_bytes()


def test_files_of_drafts_nobody_finished_go_with_the_next_one(visitor: Visitor, files_dir: Path) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/files", {"photos": [upload("旧.png")]}, add="1")
    (old,) = (files_dir / "drafts").iterdir()
    four_days_ago = time.time() - 4 * 24 * 3600
    os.utime(old, (four_days_ago, four_days_ago))
    visitor.post("/submit/files", {"photos": [upload("新.png")]})
    assert not old.exists()


def test_a_file_that_is_gone_is_asked_for_again(visitor: Visitor, files_dir: Path) -> None:
    token = visitor.fill()
    visitor.post("/submit/files", {"photos": [upload()]})
    for path in (files_dir / "drafts").iterdir():
        path.unlink()
    answer = visitor.post("/submit/check", token=token)
    assert answer.status_code == 422
    assert "外墙.png" in answer.context["wrongs"][0].text
    assert Matter.objects.count() == 0


def test_files_stand_in_the_record_in_their_order(visitor: Visitor) -> None:
    token = visitor.fill()
    visitor.post("/submit/files", {"photos": [upload("一.png"), upload("二.png")], "documents": [upload("三.png")]})
    visitor.post("/submit/check", token=token)
    matter = Matter.objects.get()
    assert [row.shown_name for row in attachments_of(matter.stream)] == ["一.png", "二.png", "三.png"]
    row = Attachment.objects.first()
    assert row is not None
    assert b"".join(download(matter.stream, row.pk).content) == PNG


def test_the_page_lists_the_files_and_says_the_limits(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/files", {"photos": [upload()]}, add="1")
    page = words(visitor.get("/submit/files"))
    assert "外墙.png" in page
    assert "每个不超过 20 MB" in page


def test_a_body_larger_than_all_files_may_be_is_not_read(visitor: Visitor) -> None:
    number, _code = visitor.hand_in()
    for path in ("/submit/files", f"/track/{number}/supplement"):
        answer = visitor.client.post(path, {"photos": [upload()]}, CONTENT_LENGTH=str(102 * 1024 * 1024))
        assert answer.status_code == 413
        assert "100 MB" in words(answer)


def test_a_file_of_a_draft_can_be_looked_at_on_the_own_device_only(
    visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/files", {"camera": [upload()]}, add="1")
    (file,) = visitor.get("/submit/files").context["draft"].files
    answer = visitor.get(f"/submit/files/{file.id}")
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert "attachment" in answer["Content-Disposition"]
    assert another().get(f"/submit/files/{file.id}").status_code == 404


def test_what_may_be_sent_is_said_before_anything_is_chosen(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    page = words(visitor.get("/submit/files"))
    assert page.index("20 MB") < page.index('type="file"')
    assert 'accept="image/*" capture="environment"' in page

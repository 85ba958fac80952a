"""Supplement 补充材料: words stand beside the record, the hashes of files on it (Article 19)."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matters.cases import closed, fresh, handled, last
from tests.office import Office
from xinqiao.documents.services import attachments_of, receiving
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.notices.models import Notice

PHOTO = "渗水照片的说明。".encode()


def test_a_file_is_kept_and_named_on_the_record_by_its_hash(office: Office, on: Any, files_dir: Path) -> None:
    done = handled(office, on)
    with on("2026-03-20"), receiving([SimpleUploadedFile("照片说明.txt", PHOTO)]) as files:
        supplement(number=done.number, actor=office.citizen(done), files=files)
    assert last(done).data == {"files": [f"sha256:{hashlib.sha256(PHOTO).hexdigest()}"]}
    (kept,) = attachments_of(fresh(done).stream)
    assert (kept.shown_name, kept.from_petitioner, kept.event_seq) == ("照片说明.txt", True, last(done).seq)


def test_a_file_of_an_accusation_is_kept_sealed(office: Office, on: Any, files_dir: Path) -> None:
    with on("2026-03-02"):
        done = office.register(kind="accusation", accused_organs=("HCZJ",))
        with receiving([SimpleUploadedFile("礼金明细.txt", PHOTO)]) as files:
            supplement(number=done.number, actor=office.citizen(done), files=files)
    (kept,) = attachments_of(fresh(done).stream)
    assert (kept.name, kept.sealed, kept.file.sha256 != hashlib.sha256(PHOTO).hexdigest()) == ("", True, True)
    assert not any(PHOTO in path.read_bytes() for path in files_dir.rglob("*") if path.is_file())


def test_the_holder_hears_of_what_the_petitioner_added_and_not_of_its_own(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        supplement(number=done.number, actor=office.jiangbo, text="现场记录。")
        assert not Notice.objects.filter(kind="supplemented").exists()
        supplement(number=done.number, actor=office.citizen(done), text="又渗水了。")
    assert Notice.objects.get(kind="supplemented").organ == office.organs["HCZJ"]


def test_it_is_lawful_after_the_end_and_reopens_nothing(office: Office, on: Any) -> None:
    done = closed(office, on)
    with on("2026-06-20"):
        supplement(number=done.number, actor=office.citizen(done), text="墙又渗水了。")
    assert (last(done).type, fresh(done).stage) == ("supplemented", "closed")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"text": ""}, "text"), ({"text": "长" * 20_001}, "text"), ({"text": "a\x00b"}, "text")],
)
def test_what_holds_nothing_or_too_much_is_refused(office: Office, on: Any, given: dict[str, str], field: str) -> None:
    done = handled(office, on)
    with on("2026-03-20"), pytest.raises(Invalid) as wrong:
        supplement(number=done.number, actor=office.citizen(done), **given)
    assert (list(wrong.value.errors), last(done).type) == ([field], "served")


def test_whoever_holds_the_codes_of_another_matter_adds_nothing(office: Office, on: Any) -> None:
    done, other = handled(office, on), handled(office, on)
    with on("2026-03-20"), pytest.raises(NotThere):
        supplement(number=done.number, actor=office.citizen(other), text="又渗水了。")

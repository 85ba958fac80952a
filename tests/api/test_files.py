"""Files come in as base64 and go out as they came, to those who may see the matter; who petitions is told to few."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.programs import PETITION, Program
from tests.matters import cases
from tests.office import PERSON, Office
from xinqiao.access.models import Look
from xinqiao.documents.labels import ScanState
from xinqiao.documents.models import Attachment, File

Make = Callable[[str], Program]
WORDS = "三号楼北墙，2026年3月2日拍。".encode()
FILE = {"name": "北墙 说明.txt", "content": base64.b64encode(WORDS).decode()}


@pytest.fixture
def handed_in(office: Office, files_dir: Any) -> dict[str, Any]:
    """What the API answered to a petition with one file."""
    answer: dict[str, Any] = Program().post("/petitions", PETITION | {"files": [FILE]}).json()
    return answer


def files_of(answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer.json()["attachments"]
    return found


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_staff_and_the_petitioner_fetch_the_same_bytes(handed_in: Any, program: Make) -> None:
    number = handed_in["number"]
    clerk, petitioner = program("hexiaowen"), Program(X_Query_Code=handed_in["query_code"])
    listed = files_of(clerk.get(f"/matters/{number}/documents"))
    assert files_of(petitioner.get(f"/track/{number}")) == listed
    assert [(f["name"], f["media_type"], f["size"]) for f in listed] == [
        ("北墙 说明.txt", "text/plain; charset=utf-8", len(WORDS))
    ]
    for who, path in ((clerk, "matters"), (petitioner, "track")):
        answer = who.get(f"/{path}/{number}/attachments/{listed[0]['id']}")
        assert (answer.status_code, body(answer), answer["Content-Length"]) == (200, WORDS, str(len(WORDS)))
        assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%8C%97")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_petitioner_adds_a_file_later(handed_in: Any, program: Make) -> None:
    number, petitioner = handed_in["number"], Program(X_Query_Code=handed_in["query_code"])
    later = petitioner.act(number, "supplement", files=[FILE | {"name": "后补.txt"}])
    assert later.status_code == 200, later.content.decode()
    assert [f["name"] for f in files_of(petitioner.get(f"/track/{number}"))] == ["北墙 说明.txt", "后补.txt"]
    wrong = petitioner.act(number, "supplement", files=[FILE | {"name": "../后补.txt"}])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "file-name-path")


def test_a_file_of_the_office_is_not_handed_to_the_petitioner(handed_in: Any, program: Make) -> None:
    number, clerk = handed_in["number"], program("hexiaowen")
    assert clerk.act(number, "supplement", text="现场笔录", files=[FILE | {"name": "笔录.txt"}]).status_code == 200
    petitioner = Program(X_Query_Code=handed_in["query_code"])
    assert [f["name"] for f in files_of(petitioner.get(f"/track/{number}"))] == ["北墙 说明.txt"]
    own = Attachment.objects.get(name="笔录.txt").pk
    assert clerk.get(f"/matters/{number}/attachments/{own}").status_code == 200
    assert petitioner.get(f"/track/{number}/attachments/{own}").status_code == 404


def test_a_file_is_not_there_through_another_matter(handed_in: Any, office: Office, program: Make) -> None:
    other, file = office.register(), Attachment.objects.get().pk
    clerk, petitioner = program("hexiaowen"), Program(X_Query_Code=other.query_code)
    missing = clerk.get(f"/matters/{other.number}/attachments/{file + 999}")
    hidden = clerk.get(f"/matters/{other.number}/attachments/{file}")
    unseen = program("jiangbo").get(f"/matters/{handed_in['number']}/attachments/{file}")
    assert missing.status_code == hidden.status_code == unseen.status_code == 404
    assert missing.content == hidden.content == unseen.content
    assert petitioner.get(f"/track/{other.number}/attachments/{file}").status_code == 404


def test_a_harmful_file_is_closed(handed_in: Any, program: Make) -> None:
    File.objects.update(scan=ScanState.INFECTED)
    answer = program("hexiaowen").get(f"/matters/{handed_in['number']}/attachments/{Attachment.objects.get().pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "file-infected")


def test_a_damaged_file_is_not_handed_out(handed_in: Any, program: Make, files_dir: Any) -> None:
    (kept,) = [path for path in files_dir.rglob("*") if path.is_file()]
    kept.chmod(0o600)
    kept.write_bytes(WORDS + b"x")
    answer = program("hexiaowen").get(f"/matters/{handed_in['number']}/attachments/{Attachment.objects.get().pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "file-damaged")


def test_a_look_at_a_sealed_file_is_on_record(office: Office, program: Make, files_dir: Any) -> None:
    answer = program("hexiaowen").post("/petitions", PETITION | {"confidential": True, "files": [FILE]}).json()
    fetched = program("qinshuo").get(f"/matters/{answer['number']}/attachments/{Attachment.objects.get().pk}")
    assert body(fetched) == WORDS
    assert list(Look.objects.values_list("user__username", "what")) == [("qinshuo", "file")]


# Who petitions


def test_who_petitions_is_told_and_the_look_is_on_record(office: Office, program: Make) -> None:
    number = office.register().number
    assert "安平" not in program("hexiaowen").get(f"/matters/{number}").content.decode()
    assert not Look.objects.exists()
    told = program("hexiaowen").get(f"/matters/{number}/petitioners").json()
    assert told == {
        "petitioners": [
            {
                "ordinal": 1,
                "name": PERSON.name,
                "is_organisation": False,
                "is_speaker": False,
                "telephone": PERSON.telephone,
                "email": "",
                "address": PERSON.address,
                "id_number": "",
            }
        ]
    }
    assert list(Look.objects.values_list("user__username", "what")) == [("hexiaowen", "contact")]


@pytest.mark.parametrize(
    ("username", "status", "why"),
    [
        ("dulan", 403, "an inspector sees the matter, not who brought it"),
        ("guoting", 403, "nor does a leader"),
        ("jiangbo", 404, "the bureau has not got the matter"),
        ("hotline", 403, "a partner system hands in and reads nothing"),
    ],
)
def test_who_petitions_is_not_told_to_others(
    office: Office, program: Make, username: str, status: int, why: str
) -> None:
    assert program(username).get(f"/matters/{office.register().number}/petitioners").status_code == status, why
    assert not Look.objects.exists()


def test_a_document_is_fetched_as_pdf(office: Office, program: Make, on: Any) -> None:
    clerk = program("hexiaowen")
    number = cases.sent(office, on).number
    (listed,) = clerk.get(f"/matters/{number}/documents").json()["documents"]
    answer = clerk.get(f"/matters/{number}/documents/{listed['id']}/pdf?script=zh-hant")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert clerk.get(f"/matters/{number}/documents/{listed['id'] + 1}/pdf").status_code == 404
    assert clerk.get(f"/matters/{number}/documents/{listed['id']}/pdf?script=en").status_code == 422

"""Registering at the window: everything typed stays, each mistake stands at its field, the code shows once."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import SignedIn, words
from tests.office import TEXT, Office
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import petitioners_of
from xinqiao.matters.tracking import citizen_with
from xinqiao.record.receipts import parse_submission, verify_receipt


def filled(**changes: Any) -> dict[str, Any]:
    """A form as a clerk fills it in."""
    rows = {"petitioners-TOTAL_FORMS": "2", "petitioners-INITIAL_FORMS": "0"}
    rows |= {"accused-TOTAL_FORMS": "1", "accused-INITIAL_FORMS": "0"}
    said = {
        "channel": "letter",
        "received_on": "2026-11-20",
        "kind": "appeal",
        "title": "锦和苑3号楼外墙渗水",
        "text": TEXT,
        "claims": "修好北墙\n\n 公开维修资金 ",
        "petitioners-0-name": "安平",
        "petitioners-0-telephone": "13800000000",
        "petitioners-1-name": "柏舟",
    }
    return rows | said | changes


@pytest.fixture
def clerk(office: Office, as_: SignedIn, files_dir: Path, on: Any) -> Any:
    with on("2026-11-23"):
        yield as_("hexiaowen")


def test_what_was_written_becomes_a_matter(clerk: Client) -> None:
    response = clerk.post("/desk/register", filled(persons="5", place="禾川县锦和苑"))
    assert response.headers["Location"] == "/desk/register/done"
    matter = Matter.objects.get()
    assert (matter.received_on.isoformat(), matter.title, matter.place) == (
        "2026-11-20",
        "锦和苑3号楼外墙渗水",
        "禾川县锦和苑",
    )
    assert [person.name for person in petitioners_of(matter, with_contact=False)] == ["安平", "柏舟"]
    assert matter.claims.count() == 2  # the empty line is no claim
    assert matter.petitions.get().persons == 5


def test_number_and_code_show_until_the_next_registration_and_the_receipt_holds(clerk: Client) -> None:
    clerk.post("/desk/register", filled())
    page = words(clerk.get("/desk/register/done"))
    number, code = re.findall(r'<b class="num">([^<]+)</b>', page)
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", code)
    assert citizen_with(number, code, address="127.0.0.1") is not None
    encoded = re.search(r'href="data:application/json;base64,([^"]+)"', page)
    assert encoded is not None
    kept = json.loads(base64.b64decode(encoded[1]))
    assert kept["receipt"]["number"] == number
    verify_receipt(kept["receipt"], submission=parse_submission(kept["submission"]))
    assert kept["submission"]["claims"] == ["修好北墙", "公开维修资金"]
    clerk.get("/desk/register")  # the next person stands at the window
    assert clerk.get("/desk/register/done").headers["Location"] == "/desk/register"


def test_the_code_lies_nowhere_in_clear(clerk: Client) -> None:
    clerk.post("/desk/register", filled())
    (_number, code) = re.findall(r'<b class="num">([^<]+)</b>', words(clerk.get("/desk/register/done")))
    assert code.replace(" ", "") not in json.dumps(dict(clerk.session))
    assert TEXT not in json.dumps(dict(clerk.session), ensure_ascii=False)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": " "}, "id_text", "写"),
        ({"received_on": "2026-12-01"}, "id_received_on", "今天"),  # after today
        ({"received_on": "下周一"}, "id_received_on", "2026-11-23"),  # no date at all
        ({"posted_on": "2026-11-22"}, "id_posted_on", "邮戳"),  # after the day of receipt
        ({"petitioners-1-name": "", "petitioners-1-address": "锦和苑"}, "id_petitioners-1-name", "姓名"),
        ({"petitioners-1-email": "no-address"}, "id_petitioners-1-email", "@"),
        ({"title": "长" * 61}, "id_title", "60"),
        ({"persons": "0"}, "id_persons", "1"),
        ({"channel": "pigeon"}, "id_channel", "选"),
    ],
)
def test_a_mistake_stands_at_its_field_and_everything_typed_stays(
    clerk: Client, changes: dict[str, str], field: str, sentence: str
) -> None:
    response = clerk.post("/desk/register", filled(**changes))
    page = words(response)
    assert response.status_code == 422
    assert "<title>有 1 处要改" in page.replace("\n", "")
    error = re.search(rf'id="{field}-e">([^<]+)<', page)
    assert error is not None
    assert sentence in error[1]
    assert 'value="13800000000"' in page
    assert "公开维修资金" in page
    assert not Matter.objects.exists()


def test_all_mistakes_are_said_at_once(clerk: Client) -> None:
    page = words(clerk.post("/desk/register", filled(text="", received_on="2026-12-01", **{"petitioners-0-name": ""})))
    assert "有 3 处要改" in page


def test_six_speakers_at_a_visit_are_too_many_and_all_are_kept(clerk: Client) -> None:
    people = {f"petitioners-{i}-name": f"来访人{i}" for i in range(6)} | {
        f"petitioners-{i}-is_speaker": "on" for i in range(6)
    }
    response = clerk.post("/desk/register", filled(channel="visit", **people, **{"petitioners-TOTAL_FORMS": "6"}))
    assert response.status_code == 422
    assert "不得超过 5 人" in words(response)
    assert len(re.findall(r"is_speaker[^>]*checked", words(response))) == 6


def test_another_row_can_be_had_without_a_script_and_nothing_is_judged_yet(clerk: Client) -> None:
    response = clerk.post("/desk/register", filled(add="petitioners", text="", **{"petitioners-1-is_speaker": "on"}))
    page = words(response)
    assert response.status_code == 200
    assert 'name="petitioners-TOTAL_FORMS" value="3"' in page
    assert 'name="petitioners-2-name"' in page
    assert 'value="柏舟"' in page
    assert re.search(r'name="petitioners-1-is_speaker"[^>]*checked', page)
    assert 'class="err"' not in page


def test_whom_it_complains_of_is_named_row_by_row(clerk: Client) -> None:
    page = words(clerk.post("/desk/register", filled(add="accused", **{"accused-0-organ": "HCZJ"})))
    assert 'name="accused-1-organ"' in page
    assert re.search(r'<option value="HCZJ" selected>', page)
    rows = {"accused-0-organ": "HCZJ", "accused-1-user": "tanyue", "accused-TOTAL_FORMS": "2"}
    clerk.post("/desk/register", filled(kind="accusation", **rows))
    accused = Matter.objects.get().accused.order_by("id")
    assert [row.organ.code if row.organ else row.user.username for row in accused] == ["HCZJ", "tanyue"]  # type: ignore[union-attr]


def test_a_petition_without_a_name_needs_none(clerk: Client) -> None:
    rows = {"petitioners-0-name": "", "petitioners-0-telephone": "", "petitioners-1-name": ""}
    assert clerk.post("/desk/register", filled(anonymous="on", **rows)).status_code == 302
    assert Matter.objects.get().is_anonymous


def test_a_file_goes_along_and_a_wrong_one_is_refused_at_its_field(clerk: Client) -> None:
    wrong = SimpleUploadedFile("表格.xlsm", b"MZ\x90\x00 not a workbook")
    page = words(clerk.post("/desk/register", filled(files=[wrong])))
    assert "表格.xlsm" in page
    assert "文件要重新选" in page
    right = SimpleUploadedFile("说明.txt", "北墙照片说明".encode())
    assert clerk.post("/desk/register", filled(files=[right])).status_code == 302
    assert Matter.objects.get().stream.attachments.get().name == "说明.txt"


def test_registering_belongs_to_those_who_receive(office: Office, as_: SignedIn) -> None:
    assert as_("jiangbo").get("/desk/register").status_code == 403
    assert as_("guoting").post("/desk/register", filled()).status_code == 403
    assert not Matter.objects.exists()


def test_one_letter_after_the_other_with_number_and_code_of_the_last_above(clerk: Client) -> None:
    answer = clerk.post("/desk/register", filled(then="next"))
    assert answer.headers["Location"] == "/desk/register?after=1"
    page = words(clerk.get(answer.headers["Location"]))
    assert Matter.objects.get().number in page
    assert re.search(r"查询码 <b class=\"num\">\d{4} \d{4} \d{4}</b>", page)
    assert 'value="安平"' not in page
    assert clerk.get("/desk/register/done").status_code == 200  # the receipt is still there to be printed
    assert Matter.objects.get().number not in words(clerk.get("/desk/register"))


def test_a_letter_is_registered_and_goes_straight_to_its_transfer(clerk: Client) -> None:
    answer = clerk.post("/desk/register", filled(then="transfer"))
    number = Matter.objects.get().number
    assert answer.headers["Location"] == f"/desk/matters/{number}/transfer"
    page = words(clerk.get(answer.headers["Location"]))
    assert f"已登记，编号 {number}" in page
    assert 'href="/desk/register/done"' in page
    assert '<select name="to"' in page


def test_the_way_the_last_visitor_came_stays_chosen(as_: SignedIn, files_dir: Any) -> None:
    client = as_("hexiaowen")
    first = words(client.get("/desk/register"))
    assert '<option value="visit" selected>' not in first
    client.post("/desk/register", filled(channel="visit"))
    assert '<option value="visit" selected>' in words(client.get("/desk/register"))
    assert words(client.get("/desk/register")).count("petitioners-0-name") == first.count("petitioners-0-name") > 0

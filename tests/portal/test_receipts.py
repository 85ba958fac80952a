"""The receipt in the hand of whoever handed in: shown once, followed by its QR code, checked by anybody."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.portal.conftest import Visitor, words
from xinqiao.documents.qr import page_qr
from xinqiao.portal.info import shown_keys
from xinqiao.record.receipts import make_receipt, parse_submission


def file_of(visitor: Visitor) -> dict[str, Any]:
    """What the petitioner downloads."""
    visitor.hand_in()
    file: dict[str, Any] = json.loads(visitor.get("/submit/receipt/file").content)
    return file


def checked(visitor: Visitor, content: bytes | dict[str, Any]) -> Any:
    sent = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return visitor.post("/info/receipts", {"receipt": SimpleUploadedFile("HC-receipt.json", sent)})


def test_the_square_leads_to_the_number_and_never_holds_the_code(visitor: Visitor) -> None:
    visitor.hand_in()
    page = visitor.get("/submit/receipt")
    address = f"http://testserver/track?number={page.context['number']}"
    assert page.context["qr"] == page_qr(address, label="查询页的二维码，里面没有查询码")
    assert (
        visitor.get("/track", number=page.context["number"]).context["form"]["number"].value()
        == (page.context["number"])
    )


def test_how_to_ask_by_telephone_and_in_person_stands_on_the_receipt(visitor: Visitor) -> None:
    visitor.hand_in()
    page = words(visitor.get("/submit/receipt"))
    for told in ('href="tel:000061234567"', "报编号", "禾川县文昌路18号", "8:30–12:00"):
        assert told in page


def test_a_receipt_holds_and_says_when_it_was_received(visitor: Visitor) -> None:
    file = file_of(visitor)
    answer = checked(visitor, file)
    found = answer.context["found"]
    assert (answer.status_code, found.kind) == (200, "good")
    assert file["receipt"]["number"] in found.sentences[0]
    assert "一字不差" in found.sentences[1]


def test_only_whoever_follows_the_matter_is_told_of_its_record(
    visitor: Visitor, another: Callable[[], Visitor]
) -> None:
    file = file_of(visitor)  # who hands in follows at once
    assert "没有改动，也没有缺少" in checked(visitor, file).context["found"].sentences[2]
    found = checked(another(), file).context["found"]
    assert found.kind == "good"
    assert "请先查办理进度" in found.sentences[2]


@pytest.mark.parametrize(
    ("part", "field", "value", "why"),
    [
        ("submission", "text", "三号楼北墙渗水两年。", "内容和签发时不一样"),
        ("submission", "files", [], "内容和签发时不一样"),
        ("receipt", "received_at", "2026-01-01T00:00:00Z", "签发以后被改动过"),
        ("receipt", "number", "HC2026-99999", "签发以后被改动过"),
    ],
)
def test_a_single_change_shows(visitor: Visitor, part: str, field: str, value: Any, why: str) -> None:
    file = file_of(visitor)
    if file[part].get(field) == value:
        file[part][field] = [{"name": "外墙.png", "sha256": "0" * 64}]
    else:
        file[part][field] = value
    answer = checked(visitor, file)
    assert answer.status_code == 422
    assert answer.context["found"].kind == "bad"
    assert why in answer.context["found"].sentences[0]


def test_a_receipt_of_another_office_is_told_apart(visitor: Visitor) -> None:
    file = file_of(visitor)
    foreign = make_receipt(
        office="别处",
        number=file["receipt"]["number"],
        received_at=visitor.get("/submit/receipt").context["received_at"],
        submission=parse_submission(file["submission"]),
        head=file["receipt"]["head"],
        signer=Ed25519PrivateKey.generate(),
    )
    found = checked(visitor, {"receipt": foreign}).context["found"]
    assert (found.kind, found.sentences) == ("bad", ("不是用本单位的密钥签发的。",))


@pytest.mark.parametrize(
    "content", [b"\x89PNG", b"{}", b"[]", b'{"receipt": {"v": 1}}', b'{"receipt": 1, "submission": 2}']
)
def test_what_is_no_receipt_is_said_so(visitor: Visitor, content: bytes) -> None:
    answer = checked(visitor, content)
    assert (answer.status_code, answer.context["found"].kind) == (422, "warn")


def test_a_file_is_asked_for_where_none_came(visitor: Visitor) -> None:
    assert "请选好回执文件" in words(visitor.post("/info/receipts"))


@pytest.mark.parametrize("size", [100, 2_000_000])
def test_a_pdf_is_sent_to_the_page_that_checks_papers(visitor: Visitor, size: int) -> None:
    answer = checked(visitor.speaking("en"), b"%PDF-1.7\n" + bytes(size))
    assert (answer.status_code, answer.context["found"].kind) == (422, "warn")
    assert "This is a PDF" in answer.context["found"].sentences[0]
    assert '<a href="/papers/verify">Check a document</a>' in words(answer).split("</main>")[0]


def test_command_line_and_keys_are_folded_away(visitor: Visitor) -> None:
    (folded,) = re.findall(r"<details.*?</details>", words(visitor.get("/info/receipts")), re.DOTALL)
    assert "xinqiao verify" in folded
    assert shown_keys()[0]["parts"][0] in folded
    assert 'type="file"' not in folded


def test_what_is_printed_comes_before_the_file_that_nobody_need_open(visitor: Visitor) -> None:
    visitor.speaking("en").hand_in()
    links = re.findall(r'<a class="btn ([^"]*)" href="([^"]+)"', words(visitor.get("/submit/receipt")))
    assert links[:2] == [("main", "/submit/receipt/paper"), ("", "/submit/receipt/file")]
    assert "no need to open it" in words(visitor.get("/submit/receipt"))

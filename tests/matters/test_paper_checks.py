"""A paper proves itself: its content is made again from record and row, and its code says yes to nothing else."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction

from tests.matters import cases
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.documents.paper_proofs import check_code, verify_paper
from xinqiao.matters.paper_checks import check_paper, check_papers, reproduced
from xinqiao.matters.paper_sheets import proving_of, receipt_sheet
from xinqiao.record.fields import ring
from xinqiao.record.receipts import DoesNotHold, Malformed


@pytest.fixture
def paper(office: Office, on: Any) -> Paper:
    cases.answered(office, on)
    return Paper.objects.select_related("organ", "template").get(kind="reply")


def scanned(paper: Paper) -> dict[str, str]:
    """What the code on a paper says."""
    proving = proving_of(paper, "https://xf.example")
    assert proving is not None
    return {name: values[0] for name, values in parse_qs(urlsplit(proving.url).query).items()}


def test_the_content_is_made_again_from_record_and_row(paper: Paper) -> None:
    number = paper.stream.matter.number
    assert reproduced(paper, number) == paper.content != ""
    paper.petitioners = [2]
    assert reproduced(paper, number) != paper.content


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"petitioners": [2]}, "row and record do not give the content that was issued"),
        ({"facts": {}}, "row and record do not give the content that was issued"),
        ({"signature": bytes(64)}, "no key of this office signed it"),
    ],
)
def test_the_doctor_finds_a_paper_that_would_not_come_out_as_issued(
    paper: Paper, changed: dict[str, Any], why: str
) -> None:
    Paper.objects.filter(pk=paper.pk).update(**changed) if changed else None
    assert list(check_papers()) == ([(paper.number, why)] if why else [])


def test_the_code_names_organ_and_day(paper: Paper) -> None:
    said = scanned(paper)
    found = check_paper(said["n"], said["h"], day=said["d"], signature=said["s"])
    assert found is not None
    assert (found.organ.code, found.number, found.issued_on) == ("HCZJ", "禾建信〔2026〕1号", date(2026, 4, 13))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("禾建信〔2026〕1号", "as it stands"),
        ("禾建信[2026]1号", "the brackets that keyboards have"),
        (" 禾建信 （2026） 1号 ", "and blanks"),
    ],
)
def test_number_and_printed_code_can_be_typed(paper: Paper, typed: str, reason: str) -> None:
    assert check_paper(typed, check_code(paper.content)), reason
    assert check_paper(typed, check_code(paper.content).lower().replace(" ", "")), reason


def test_whatever_is_changed_in_the_code_it_says_no(paper: Paper) -> None:
    said = scanned(paper)
    signature = ("B" if said["s"][0] == "A" else "A") + said["s"][1:]
    for changed in (
        said | {"n": "禾建信〔2026〕2号"},
        said | {"d": "20260414"},
        said | {"h": "A" * 43},
        said | {"s": signature},
        said | {"s": "x"},
        said | {"h": "0000000000000000"},
        said | {"h": said["h"][:15]},  # too short to be a code
        said | {"n": ""},
    ):
        assert check_paper(changed["n"], changed["h"], day=changed["d"], signature=changed["s"]) is None, changed


def test_a_row_that_was_changed_later_is_no_proof(paper: Paper) -> None:
    said = scanned(paper)
    for changed in ({"issued_on": date(2026, 4, 12)}, {"facts": {"organ": {}}}, {"event_seq": 2}, {"kind": "review"}):
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(**changed)
            assert check_paper(said["n"], said["h"]) is None, changed
            transaction.set_rollback(True)
    assert check_paper(said["n"], said["h"])


def test_the_code_tells_nothing_of_a_person(paper: Paper) -> None:
    assert set(scanned(paper)) == {"n", "d", "h", "s"}


def test_the_statement_is_checked_without_the_office(paper: Paper) -> None:
    found = check_paper(paper.number or "", check_code(paper.content))
    assert found is not None
    assert found.statement is not None
    keys = [key.public for key in ring().published()]
    assert verify_paper(found.statement, trusted=keys)["paper"] == paper.number
    with pytest.raises(DoesNotHold):
        verify_paper(found.statement | {"issued_on": "2026-04-14"}, trusted=keys)
    with pytest.raises(DoesNotHold):
        verify_paper(found.statement, trusted=[bytes(32)])
    for wrong in ({**found.statement, "more": 1}, {**found.statement, "v": 2}, {**found.statement, "content": "x"}, []):
        with pytest.raises(Malformed):
            verify_paper(wrong)


def test_a_receipt_goes_by_the_number_of_its_matter(office: Office) -> None:
    done = office.register()
    sheet = receipt_sheet(done.matter, "zh-hans", query_code="1234 5678 9012", base_url="https://xf.example")
    assert sheet.proving is not None
    said = {name: values[0] for name, values in parse_qs(urlsplit(sheet.proving.url).query).items()}
    assert check_paper(done.number, said["h"], day=said["d"], signature=said["s"])
    assert check_paper(done.number, sheet.proving.code)
    assert check_paper(done.number, "0" * 16) is None
    assert "123456789012" not in sheet.proving.url

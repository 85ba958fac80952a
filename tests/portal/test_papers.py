"""What the petitioner reads of papers: those that reached him, his receipt, whether a paper is one of the office."""

import io
import json
import re
from typing import Any

import pytest
from pypdf import PdfReader

from tests.matters import cases
from tests.portal.conftest import Visitor
from xinqiao.documents.models import Paper
from xinqiao.documents.paper_proofs import check_code, verify_paper
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.paper_sheets import proving_of
from xinqiao.record.fields import ring


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def url_of(number: str, kind: str) -> str:
    return f"/track/{number}/papers/{Paper.objects.get(stream__matter__number=number, kind=kind).pk}"


def test_a_paper_is_read_from_the_day_on_which_it_came(visitor: Visitor, on: Any) -> None:
    done = cases.handled(visitor.office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=visitor.office.jiangbo, outcome="supported", **cases.OPINION)
    visitor.follow(done.number, done.query_code)
    url = url_of(done.number, "reply")
    assert visitor.get(url).status_code == 404  # issued, but it has not reached him
    assert url not in visitor.get(f"/track/{done.number}").content.decode()
    with on("2026-04-15"):
        serve(number=done.number, actor=visitor.office.jiangbo, document="reply")
    assert url in visitor.get(f"/track/{done.number}").content.decode()
    assert cases.OPINION["facts"] in text_of(visitor.get(url).content)
    assert "處理意見書" in text_of(visitor.get(url, script="zh-hant").content)


def test_letters_between_organs_are_none_of_his(visitor: Visitor, on: Any) -> None:
    done = cases.sent(visitor.office, on)
    visitor.follow(done.number, done.query_code)
    assert visitor.get(url_of(done.number, "transfer")).status_code == 404


def test_whoever_follows_one_matter_reads_no_paper_of_another(visitor: Visitor, on: Any) -> None:
    own, other = cases.handled(visitor.office, on), cases.handled(visitor.office, on)
    visitor.follow(own.number, own.query_code)
    assert visitor.get(url_of(other.number, "acceptance")).status_code == 302  # asked for the code
    assert visitor.get(url_of(other.number, "acceptance").replace(other.number, own.number)).status_code == 404


def test_the_receipt_is_printed_with_number_and_code(visitor: Visitor) -> None:
    number, code = visitor.hand_in()
    text = text_of(visitor.get("/submit/receipt/paper").content)
    assert number in text
    assert code in re.sub(r"\s+", " ", text)
    assert "修好北墙" in text
    visitor.post("/submit/receipt/taken")
    assert visitor.get("/submit/receipt/paper").status_code == 410


@pytest.fixture
def paper(visitor: Visitor, on: Any) -> Paper:
    cases.handled(visitor.office, on)
    return Paper.objects.get(kind="acceptance")


def test_the_code_on_a_paper_says_who_issued_it_and_when(visitor: Visitor, paper: Paper) -> None:
    proving = proving_of(paper, "")
    assert proving is not None
    page = visitor.client.get(proving.url)
    said = page.content.decode()
    assert page.status_code == 200
    assert "禾川县住房和城乡建设局" in said
    assert "禾建信受〔2026〕1号" in said
    assert "安平" not in said
    assert "渗水" not in said


def test_what_is_printed_beside_the_code_can_be_typed(visitor: Visitor, paper: Paper) -> None:
    assert visitor.get("/papers/verify", n="禾建信受[2026]1号", h=check_code(paper.content)).status_code == 200
    assert visitor.get("/papers/verify", n="禾建信受[2026]1号").status_code == 422  # the code is missing
    assert visitor.get("/papers/verify", n="", h="").status_code == 422  # sent empty, both are missing
    assert visitor.get("/papers/verify").status_code == 200  # not sent yet
    wrong = visitor.get("/papers/verify", n="禾建信受[2026]2号", h=check_code(paper.content))
    assert 'value="禾建信受[2026]2号"' in wrong.content.decode(), "what was typed is held against the paper"
    assert wrong.status_code == 404
    assert "没有出具过这样的文书" in wrong.content.decode()


def test_the_proof_is_a_file_for_whoever_distrusts_the_office(visitor: Visitor, paper: Paper) -> None:
    file = visitor.get("/papers/verify", n=paper.number or "", h=check_code(paper.content), file="1")
    keys = [key.public for key in ring().published()]
    assert verify_paper(json.loads(file.content), trusted=keys)["paper"] == paper.number

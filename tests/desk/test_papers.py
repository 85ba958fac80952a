"""Papers on the desk: as PDF for whoever may see the matter, with names for whoever may know them, or not at all."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.desk.conftest import SignedIn
from tests.matters import cases
from tests.matters.cases import OPINION
from tests.office import PERSON, Office
from xinqiao.access.models import Look
from xinqiao.documents.models import Paper, PaperCounter
from xinqiao.documents.paper_proofs import check_code
from xinqiao.matters.actions.erase import erase
from xinqiao.matters.paper_checks import check_paper
from xinqiao.matters.submission import Person
from xinqiao.notices.models import Notice
from xinqiao.record.models import EventRow


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def url_of(number: str, kind: str) -> str:
    return f"/desk/matters/{number}/papers/{Paper.objects.get(stream__matter__number=number, kind=kind).pk}"


def test_the_whole_chain_is_printed(office: Office, as_: SignedIn, on: Any) -> None:
    claims = ("修好三号楼北墙。", "公开维修资金的使用情况。")
    number = cases.under_rereview(office, on, claims=claims).number
    client = as_("hexiaowen")
    found = {p.kind: text_of(client.get(url_of(number, p.kind)).content) for p in Paper.objects.all()}
    assert set(found) == {"transfer", "acceptance", "reply", "review"}
    assert "自收到之日起5个工作日内提出异议" in found["transfer"]
    assert "本机关应当在2026年5月8日前办结" in found["acceptance"]
    for words in (*claims, OPINION["facts"], OPINION["opinion"], OPINION["basis"], "关于请求2：支持。"):
        assert words in found["reply"], words
    assert "向禾川县人民政府或者云州市住房和城乡建设局申请复查" in found["reply"]
    assert "维持信访事项处理意见书（禾建信〔2026〕1号）" in found["review"]
    assert "向云州市人民政府申请复核" in found["review"]
    assert all("安平" in text for text in found.values())


def test_in_traditional_chinese_only_the_words_around_are_other(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.answered(office, on, claims=("修好三号楼北墙。",)).number
    text = text_of(as_("hexiaowen").get(url_of(number, "reply") + "?script=zh-hant").content)
    assert "禾川縣住房和城鄉建設局" in text
    assert "如不服本處理意見" in text
    assert "修好三号楼北墙。" in text  # the petitioner's own words
    assert OPINION["facts"] in text  # and the handler's


def test_a_post_that_may_not_know_who_petitions_reads_no_name(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.sent(office, on).number
    pdf = as_("dulan").get(url_of(number, "transfer"))
    assert pdf.status_code == 200
    assert "安平" not in text_of(pdf.content)


def test_a_look_at_a_paper_of_a_sealed_matter_is_on_record(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.sent(office, on, confidential=True).number
    as_("qinshuo").get(url_of(number, "transfer"))
    assert Look.objects.filter(what="paper").count() == 1


def test_the_paper_of_a_hidden_matter_is_not_there(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.sent(office, on).number
    assert as_("baiyun").get(url_of(number, "transfer")).status_code == 404


def test_a_paper_goes_by_its_own_matter(office: Office, as_: SignedIn, on: Any) -> None:
    one, other = cases.sent(office, on).number, cases.sent(office, on).number
    wrong = url_of(one, "transfer").replace(one, other)
    assert as_("hexiaowen").get(wrong).status_code == 404


def test_a_character_that_no_font_has_is_named(office: Office, as_: SignedIn, on: Any) -> None:
    unknown = Person(name="安\U0002ffff", address=PERSON.address)
    number = cases.sent(office, on, petitioners=(unknown,)).number
    page = as_("hexiaowen").get(url_of(number, "transfer"), follow=True)
    assert "U+2FFFF" in page.content.decode()


def test_after_lawful_erasure_nothing_is_printed_and_the_code_still_holds(
    office: Office, as_: SignedIn, on: Any
) -> None:
    number = cases.closed(office, on).number
    paper = Paper.objects.get(kind="reply")
    with on("2026-05-19"):
        erase(number=number, actor=office.qinshuo, ground="ordered", basis="人民法院裁定书（2026）0字第1号")
    page = as_("hexiaowen").get(url_of(number, "reply"), follow=True)
    assert page["Content-Type"].startswith("text/html")
    assert "依法销毁" in page.content.decode()
    assert check_paper(paper.number or "", check_code(paper.content))


def test_the_slip_says_how_it_was_served(office: Office, as_: SignedIn, on: Any) -> None:
    number = cases.handled(office, on).number
    pdf = as_("jiangbo").get(url_of(number, "acceptance") + "/slip").content
    reader = PdfReader(io.BytesIO(pdf))
    text = text_of(pdf)
    assert len(reader.pages) == 1  # one sheet, to be signed
    assert "■当面送达" in text
    assert "2026年3月10日" in text
    assert "禾建信受〔2026〕1号" in text


def test_a_preview_shows_the_paper_and_leaves_nothing(office: Office, as_: SignedIn, on: Any) -> None:
    with on("2026-03-09"):
        number = cases.sent(office, on).number
        before = (EventRow.objects.count(), Paper.objects.count(), PaperCounter.objects.count(), Notice.objects.count())
        page = as_("jiangbo").post(f"/desk/matters/{number}/accept/preview", {"path": "6", "seen": "2"})
    assert page["Content-Type"] == "application/pdf", page.content.decode()
    assert "本机关予以受理" in text_of(page.content)
    assert "待编号" in text_of(page.content)
    after = (EventRow.objects.count(), Paper.objects.count(), PaperCounter.objects.count(), Notice.objects.count())
    assert after == before


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("reply", {}),  # nothing written yet
        ("accept", {"path": "6", "seen": "1"}),  # somebody acted meanwhile
        ("annotate", {"note": "请研究。", "seen": "2"}),  # issues no paper
    ],
)
def test_what_stands_in_the_way_of_a_preview_is_said(
    office: Office, as_: SignedIn, on: Any, verb: str, sent: dict[str, str]
) -> None:
    number = cases.sent(office, on).number
    page = as_("tanyue").post(f"/desk/matters/{number}/{verb}/preview", sent)
    assert page.status_code == 422
    assert "<li>" in page.content.decode()

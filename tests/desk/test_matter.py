"""One matter: what each post may see of it, and that looks at what is kept apart are on record before they happen."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk.conftest import SignedIn, words
from tests.office import PERSON, Office
from xinqiao.access.models import Look
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import receiving
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.submission import Person

Hold = Callable[[str], Any]


def test_the_page_tells_what_is_asked_where_it_is_and_whose_turn_it_is(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-16"):
        number = office.register(claims=("修好北墙", "公开维修资金")).number
    with on("2026-11-20"):
        transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    with on("2026-11-23"):
        page = words(as_("jiangbo").get(f"/desk/matters/{number}"))
    assert "2 项，答复须逐项回应" in page
    assert "<b>禾川县住房和城乡建设局</b>，自" in page
    assert "第 4 日" in page
    assert "禾川县住房和城乡建设局：告知是否受理" in page
    assert "转送禾川县住房和城乡建设局" in page
    assert "12-07 周一前告知是否受理，剩 14 日" in page  # 15 days after the 20th are a Saturday


@pytest.mark.parametrize(
    ("username", "sees_name", "may_open"),
    [
        ("hexiaowen", True, True),
        ("jiangbo", True, True),
        ("guoting", False, False),  # a leader reads matters, not who petitions
        ("dulan", False, False),  # an inspector looks at duties
    ],
)
def test_names_are_for_those_who_need_them(
    office: Office, as_: SignedIn, username: str, sees_name: bool, may_open: bool
) -> None:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    client = as_(username)
    page = words(client.get(f"/desk/matters/{number}"))
    assert ("安平" in page) is sees_name
    assert "13800000000" not in page
    assert ("显示联系方式（留痕）" in page) is may_open
    response = client.post(f"/desk/matters/{number}/contact")
    assert response.status_code == (200 if may_open else 403)
    assert Look.objects.filter(what="contact").exists() is may_open


def test_contact_data_show_after_the_look_is_on_record(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    page = words(as_("hexiaowen").post(f"/desk/matters/{number}/contact"))
    assert "13800000000" in page
    assert PERSON.address in page
    look = Look.objects.get()
    assert (look.what, look.user) == ("contact", office.people["hexiaowen"])


def test_who_signed_stands_in_the_record_for_those_alone_who_may_know_it(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    serve(number=number, actor=office.hexiaowen, document="destination", evidence="安平本人签收")
    assert "安平本人签收" in words(as_("hexiaowen").get(f"/desk/matters/{number}"))
    assert "安平" not in words(as_("guoting").get(f"/desk/matters/{number}"))


def test_a_sealed_matter_opens_only_with_a_look_on_record_and_hides_the_name_until_asked(
    office: Office, as_: SignedIn
) -> None:
    number = office.register(kind="accusation", title="反映虚报补贴").number
    client = as_("hexiaowen")
    page = words(client.get(f"/desk/matters/{number}"))
    assert "反映虚报补贴" in page  # its own title shows after entering
    assert "安平" not in page
    assert Look.objects.get().what == "texts"
    assert "安平" in words(client.post(f"/desk/matters/{number}/contact"))


@pytest.mark.parametrize("path", ["", "/transfer", "/contact", "/files/1"], ids=["page", "act", "contact", "download"])
def test_what_is_not_there_and_what_is_not_yours_answer_the_same(office: Office, as_: SignedIn, path: str) -> None:
    hidden = office.register(kind="accusation", accused_organs=("YXZ",)).number
    client = as_("luowentao")
    call = client.post if path == "/contact" else client.get
    theirs = call(f"/desk/matters/{hidden}{path}")
    nobodys = call(f"/desk/matters/HC2026-99999{path}")
    assert theirs.status_code == nobodys.status_code == 404
    assert words(theirs).replace(hidden, "-") == words(nobodys).replace("HC2026-99999", "-")


def test_an_organ_that_gave_a_matter_back_no_longer_sees_it(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    object_(number=number, actor=office.jiangbo, reason="不属于本局职责。")
    assert as_("jiangbo").get(f"/desk/matters/{number}").status_code == 200
    clerk = as_("hexiaowen")
    assert "不属于本局职责" in words(clerk.get(f"/desk/matters/{number}/decide_objection")), "read while one decides"
    clerk.post(f"/desk/matters/{number}/decide_objection", {"seen": 3, "upheld": "yes", "reason": "属实，同意退回。"})
    for page in (f"/desk/matters/{number}", "/desk/", "/desk/matters"):
        assert "重新转送交办" in words(clerk.get(page)), "what is owed now, on every page"
    assert as_("jiangbo").get(f"/desk/matters/{number}").status_code == 404


def test_closed_doors_show_their_reason_and_article_and_open_ones_a_link(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    page = words(as_("jiangbo").get(f"/desk/matters/{number}"))
    assert f'class="btn main" href="/desk/matters/{number}/accept"' in page  # the act that is owed comes first
    closed = re.search(
        r'aria-describedby="(no-reply\d+)">[^<]+</span><p class="no" id="([^"]+)">([^<]+)<span class="law">([^<]+)<',
        page,
    )
    assert closed is not None
    assert closed[1] == closed[2]
    assert "尚未受理" in closed[3]
    assert "信访工作条例" in closed[4]
    assert "/acts/" not in page


def test_only_acts_of_the_own_post_are_offered(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    page = words(as_("guoting").get(f"/desk/matters/{number}"))
    assert f"/desk/matters/{number}/annotate" in page
    assert f"/desk/matters/{number}/transfer" not in page


def test_papers_say_how_far_their_service_is(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-16"):
        number = office.register().number
        transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    with on("2026-11-20"):
        accept(number=number, actor=office.jiangbo, path=6)
        client = as_("jiangbo")
        assert "待送达，2026-11-27 周五前" in words(client.get(f"/desk/matters/{number}"))
        serve(number=number, actor=office.jiangbo, document="acceptance")
        assert "2026-11-20 周五已送达" in words(client.get(f"/desk/matters/{number}"))


def test_clocks_say_whose_they_are_where_several_have_one(office: Office, as_: SignedIn) -> None:
    people = (Person(name="安平", telephone="1"), Person(name="柏舟", telephone="2"))
    number = office.register(petitioners=people).number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    transfer(number=number, actor=office.hexiaowen, to="HCRS")
    page = words(as_("hexiaowen").get(f"/desk/matters/{number}"))
    assert "书面告知（转送交办），县人社局" in page


def test_printing_opens_every_reason(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    client = as_("hexiaowen")
    assert '<details class="clock mini why">' in words(client.get(f"/desk/matters/{number}"))
    assert '<details class="clock mini why">' not in words(client.get(f"/desk/matters/{number}?print=1"))


def test_a_file_comes_as_a_download_and_of_a_sealed_matter_with_a_look(
    office: Office, as_: SignedIn, files_dir: Path
) -> None:
    with receiving([SimpleUploadedFile("证据.txt", "北墙照片说明".encode())]) as files:
        number = office.register(kind="accusation", files=tuple(files)).number
    file = Attachment.objects.get()
    response = as_("hexiaowen").get(f"/desk/matters/{number}/files/{file.pk}")
    assert b"".join(response.streaming_content).decode() == "北墙照片说明"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert Look.objects.filter(what="file").count() == 1


def test_a_file_of_another_matter_is_not_there(office: Office, as_: SignedIn, files_dir: Path) -> None:
    with receiving([SimpleUploadedFile("证据.txt", "北墙照片说明".encode())]) as files:
        office.register(files=tuple(files))
    other = office.register().number
    assert as_("hexiaowen").get(f"/desk/matters/{other}/files/{Attachment.objects.get().pk}").status_code == 404


def test_pages_about_people_do_not_stay_in_a_shared_browser(office: Office, as_: SignedIn) -> None:
    number = office.register().number
    assert "no-store" in as_("hexiaowen").get(f"/desk/matters/{number}").headers["Cache-Control"]

"""Drafts: nothing typed is lost, by nobody else read, and gone when it is done or old."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import SignedIn, words
from tests.desk.test_register import filled
from tests.office import Office
from xinqiao.desk.drafts.keeping import forget_old
from xinqiao.desk.models import Draft
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Matter

Hold = Callable[[str], Any]
OPINION = {"facts": "现场查看，北墙渗水属实。", "opinion": "由物业维修北墙。", "basis": "《民法典》"}


@pytest.fixture
def accepted(office: Office, on: Hold) -> Any:
    with on("2026-11-23"):
        number = office.register(claims=("修好北墙", "公开维修资金")).number
        transfer(number=number, actor=office.hexiaowen, to="HCZJ")
        accept(number=number, actor=office.jiangbo, path=6)
        serve(number=number, actor=office.jiangbo, document="acceptance")
        yield number


def handle(client: Client, url: str) -> str:
    """The handle that a page gives its form."""
    found = re.search(r'name="kept_as" value="([^"]+)"', words(client.get(url)))
    assert found is not None
    return found[1]


def sent(client: Client, url: str, **data: Any) -> Any:
    """Send a form as its page would."""
    seen = re.search(r'name="seen" value="(\d+)"', words(client.get(url)))
    return client.post(url, {"kept_as": handle(client, url), "seen": seen[1] if seen else ""} | data)


def test_an_opinion_half_written_is_there_again_in_another_browser(
    office: Office, as_: SignedIn, accepted: str
) -> None:
    url = f"/desk/matters/{accepted}/reply"
    saved = sent(as_("jiangbo"), url, save_draft="1", outcome="supported", claim_2="explained", facts=OPINION["facts"])
    assert saved.headers["Location"] == url
    page = words(as_("jiangbo").get(url))
    assert "草稿 09:00 已保存" in page
    assert OPINION["facts"] in page
    assert re.search(r'name="outcome" value="supported"[^>]*checked', page)
    assert re.search(r'<option value="explained" selected>', page)
    assert 'class="err"' not in page  # not judged yet
    assert Matter.objects.get().stage == "handling"


def test_the_timer_gets_one_line_and_keeps_one_draft_of_an_act(as_: SignedIn, accepted: str) -> None:
    client, url = as_("jiangbo"), f"/desk/matters/{accepted}/reply"
    for text in ("现场", "现场查看"):
        answer = sent(client, url, save_draft="timer", facts=text)
        assert answer.content.decode() == "草稿 09:00 已自动保存"
    assert Draft.objects.count() == 1
    assert "现场查看" in words(client.get(url))


def test_who_begins_a_registration_is_told_of_the_one_left_half_written(as_: SignedIn) -> None:
    clerk = as_("hexiaowen")
    assert "?draft=" not in words(clerk.get("/desk/register"))
    clerk.post("/desk/register", filled(save_draft="1"))
    link = f'href="?draft={Draft.objects.get().pk}"'
    assert link in words(clerk.get("/desk/register"))
    assert link not in words(clerk.get(f"/desk/register?draft={Draft.objects.get().pk}")), "this is it"


def test_what_was_typed_lies_sealed(as_: SignedIn, accepted: str) -> None:
    sent(as_("jiangbo"), f"/desk/matters/{accepted}/reply", save_draft="1", facts="北墙")
    clerk = as_("hexiaowen")
    clerk.post("/desk/register", filled(save_draft="1"))
    for draft in Draft.objects.all():
        assert "北墙".encode() not in bytes(draft.sealed)
        assert "安平".encode() not in bytes(draft.sealed)


def test_nobody_else_has_the_draft_not_even_in_the_same_organ(as_: SignedIn, accepted: str) -> None:
    url = f"/desk/matters/{accepted}/reply"
    sent(as_("jiangbo"), url, save_draft="1", facts=OPINION["facts"])
    draft = Draft.objects.get()
    head = as_("tanyue")
    assert OPINION["facts"] not in words(head.get(url))
    assert accepted not in words(head.get("/desk/drafts"))
    head.post(f"/desk/drafts/{draft.pk}/discard")
    assert Draft.objects.count() == 1
    as_("jiangbo").post(f"/desk/drafts/{draft.pk}/discard")
    assert not Draft.objects.exists()


def test_a_draft_is_listed_counted_and_gone_when_the_act_is_done(as_: SignedIn, accepted: str) -> None:
    client, url = as_("jiangbo"), f"/desk/matters/{accepted}/reply"
    sent(client, url, save_draft="1", facts=OPINION["facts"])
    assert re.search(r'我的草稿 <span class="n">1</span>', words(client.get("/desk/")))
    assert f'href="{url}"' in words(client.get("/desk/drafts"))
    done = sent(client, url, outcome="supported", **OPINION, confirmed="1")
    assert done.headers["Location"] == f"/desk/matters/{accepted}"
    assert "没有草稿" in words(client.get("/desk/drafts"))


def test_a_save_under_way_does_not_bring_back_what_is_done(as_: SignedIn, accepted: str) -> None:
    client, url = as_("jiangbo"), f"/desk/matters/{accepted}/supplement"
    own = handle(client, url)
    seen = str(Matter.objects.get().stream.length)
    assert client.post(url, {"kept_as": own, "seen": seen, "text": "补充照片。"}).status_code == 302
    assert client.post(url, {"kept_as": own, "seen": seen, "text": "补充", "save_draft": "timer"}).status_code == 204
    assert not Draft.objects.exists()


def test_what_happened_since_the_draft_is_said_before_one_goes_on(office: Office, as_: SignedIn, accepted: str) -> None:
    url = f"/desk/matters/{accepted}/reply"
    sent(as_("jiangbo"), url, save_draft="1", facts=OPINION["facts"])
    annotate(number=accepted, actor=office.tanyue, note="先请第三方鉴定。")
    page = words(as_("jiangbo").get(url))
    assert "刚才有人办理了这件事项" in page
    assert OPINION["facts"] in page


def test_a_form_sent_after_the_session_ended_waits_behind_the_sign_in(as_: SignedIn, accepted: str) -> None:
    client, url = as_("jiangbo"), f"/desk/matters/{accepted}/reply"
    data = {"kept_as": handle(client, url), "seen": "4", "outcome": "supported"} | OPINION
    late = Client(HTTP_ACCEPT_LANGUAGE="zh-hans").post(url, data)
    page = words(late)
    assert late.status_code == 403
    assert "登录已失效" in page
    assert OPINION["opinion"] not in page  # whoever sits there now is not known
    assert f"/sign-in?next=%2Fdesk%2Fmatters%2F{accepted}%2Freply" in page
    assert Matter.objects.get().stage == "handling"
    assert OPINION["opinion"] in words(as_("jiangbo").get(url))
    assert OPINION["opinion"] not in words(as_("tanyue").get(url))


def test_a_registration_sent_too_late_waits_too_with_its_persons(office: Office, as_: SignedIn) -> None:
    data = filled(kept_as=handle(as_("hexiaowen"), "/desk/register"))
    page = words(Client(HTTP_ACCEPT_LANGUAGE="zh-hans").post("/desk/register", data))
    back = re.search(r"next=%2Fdesk%2Fregister%3Fdraft%3D([0-9a-f-]+)", page)
    assert back is not None
    again = words(as_("hexiaowen").get(f"/desk/register?draft={back[1]}"))
    assert 'value="柏舟"' in again
    assert not Matter.objects.exists()
    assert 'value="柏舟"' not in words(as_("lushan").get(f"/desk/register?draft={back[1]}"))


def test_a_form_with_the_token_of_an_earlier_sign_in_is_kept_and_not_done(as_: SignedIn, accepted: str) -> None:
    url = f"/desk/matters/{accepted}/reply"
    own = handle(as_("jiangbo"), url)
    strict = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="zh-hans")
    answer = strict.post(url, {"kept_as": own, "seen": "4", "outcome": "supported"} | OPINION)
    assert answer.status_code == 403
    assert Draft.objects.count() == 1
    assert Matter.objects.get().stage == "handling"


@pytest.mark.parametrize("forged", ["", "x", "WzEsMSwxLCJyZXBseSIsbnVsbCwiYSJd:1:x"])
def test_a_handle_that_is_not_ours_keeps_nothing(accepted: str, forged: str) -> None:
    answer = Client().post(f"/desk/matters/{accepted}/reply", {"kept_as": forged} | OPINION)
    assert answer.headers["Location"].startswith("/sign-in")
    assert not Draft.objects.exists()


def test_who_is_recused_loses_the_draft_with_the_matter(office: Office, as_: SignedIn, accepted: str) -> None:
    client = as_("jiangbo")
    sent(client, f"/desk/matters/{accepted}/reply", save_draft="1", facts=OPINION["facts"])
    recuse(number=accepted, actor=office.tanyue, user="jiangbo", reason="亲属。")
    assert accepted not in words(client.get("/desk/drafts"))
    assert re.search(r'我的草稿 <span class="n">0</span>', words(client.get("/desk/")))


def test_two_letters_half_written_are_two_drafts_and_files_are_chosen_again(as_: SignedIn, files_dir: Any) -> None:
    client = as_("hexiaowen")
    for title in ("反映水费", "反映噪声"):
        photo = SimpleUploadedFile("照片.png", b"x")
        data = filled(kept_as=handle(client, "/desk/register"), save_draft="1", title=title, files=[photo])
        address = client.post("/desk/register", data).headers["Location"]
    page = words(client.get("/desk/drafts"))
    assert "反映水费" in page
    assert "反映噪声" in page
    form = words(client.get(address))
    assert 'value="反映噪声"' in form
    assert "照片.png" in form  # by name, to be chosen again
    data = filled(kept_as=handle(client, address), title="反映噪声")
    assert client.post("/desk/register", data).headers["Location"] == "/desk/register/done"
    assert "反映噪声" not in words(client.get("/desk/drafts"))
    assert Draft.objects.count() == 1


def test_a_form_that_comes_back_names_the_files_that_it_lost(as_: SignedIn, accepted: str) -> None:
    photo = SimpleUploadedFile("外墙.png", b"x")
    url = f"/desk/matters/{accepted}/supplement"
    page = words(sent(as_("jiangbo"), url, text="长" * 4001, files=[photo]))
    assert "浏览器不保留已选的文件，要重新选：外墙.png" in page


def test_the_same_registration_twice_is_one(as_: SignedIn, files_dir: Any) -> None:
    client = as_("hexiaowen")
    data = filled(kept_as=handle(client, "/desk/register"))
    answers = [client.post("/desk/register", data).headers["Location"] for _click in range(2)]
    assert answers == ["/desk/register/done"] * 2
    assert Matter.objects.count() == 1


def test_a_draft_is_forgotten_after_thirty_days(as_: SignedIn, on: Hold) -> None:
    with on("2026-11-01"):
        as_("hexiaowen").post("/desk/register", filled(save_draft="1"))
    with on("2026-11-30"):
        assert forget_old() == 0
    with on("2026-12-02"):
        client = as_("hexiaowen")
        assert "没有草稿" in words(client.get("/desk/drafts"))
        assert re.search(r'我的草稿 <span class="n">0</span>', words(client.get("/desk/")))
        assert forget_old() == 1


def test_more_than_any_form_takes_is_not_kept(as_: SignedIn, accepted: str) -> None:
    answer = sent(as_("jiangbo"), f"/desk/matters/{accepted}/reply", save_draft="timer", facts="长" * 400_000)
    assert answer.status_code == 422
    assert not Draft.objects.exists()

"""Handing in through the five steps: nothing lost between them, registered once, the receipt in hand."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from tests.live import LiveOffice
from tests.office import Office
from tests.portal.conftest import ACCOUNT, KIND, PERSON, Visitor, upload, words
from tests.portal.stories import on
from xinqiao.matters.models import Accused, Matter, Petition, Petitioner
from xinqiao.matters.selectors import petitioners_of
from xinqiao.record import decrypt_field, texts_of
from xinqiao.record.receipts import parse_submission, verify_receipt

LONG = "外墙漏水。" * 5000


def test_what_was_written_in_five_steps_is_registered(visitor: Visitor) -> None:
    number, code = visitor.hand_in()
    matter = Matter.objects.get(number=number)
    texts = texts_of(matter.stream_id)
    assert len(code.replace(" ", "")) == 12
    assert matter.petitions.get().channel == "web"
    assert matter.received_by.code == "HCXF"
    assert (texts[1, "text"], texts[1, "title"]) == (ACCOUNT["text"], ACCOUNT["title"])
    assert (texts[1, "claim_1"], texts[1, "claim_2"]) == ("修好北墙", "公开维修资金")
    person = Petitioner.objects.get(matter=matter)
    assert decrypt_field(matter.stream, bytes(person.name or b"")) == "安平"


def test_the_receipt_file_holds(visitor: Visitor) -> None:
    visitor.hand_in()
    answer = visitor.get("/submit/receipt/file")
    file = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert verify_receipt(file["receipt"], submission=parse_submission(file["submission"]))


@pytest.mark.parametrize(
    ("step", "data", "field", "sentence"),
    [
        ("", {"kind": ""}, "kind", "请选一项"),
        ("", {"kind": "complaint"}, "kind", "请选一项"),
        ("", {"who": "somebody"}, "who", "请选一项"),
        ("/account", {"text": ""}, "text", "请填写这一项"),
        ("/account", {"text": "  \n "}, "text", "请写"),
        ("/account", {"text": LONG}, "text", "最多 20000 个字"),
        ("/account", {"text": "漏水\x07"}, "text", "控制字符"),
        ("/account", {"title": "漏" * 61}, "title", "最多 60 个字"),
        ("/account", {"place": "楼" * 101}, "place", "最多 100 个字"),
        ("/account", {"claims": "\n".join(["修好"] * 21)}, "claims", "20"),
        ("/account", {"claims": "修" * 501}, "claims", "500"),
        ("/account", {"organ": "NOBODY"}, "organ", "请从列出的各项中选一项"),
        ("/person", {"name": ""}, "name", "请填写这一项"),
        ("/person", {"name": "安" * 61}, "name", "最多 60 个字"),
        ("/person", {"telephone": "", "address": ""}, "telephone", "请填"),
        ("/person", {"email": "ping"}, "email", "name@example.org"),
        ("/person", {"email": "ping@example"}, "email", "name@example.org"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_is_kept(
    visitor: Visitor, step: str, data: dict[str, str], field: str, sentence: str
) -> None:
    visitor.post("/submit", KIND)
    good = {"": KIND, "/account": ACCOUNT, "/person": PERSON}[step]
    answer = visitor.post(f"/submit{step}", good | data)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert words(answer).split("<title>")[1].startswith("有 ")
    for name, value in data.items():
        if name not in {"kind", "who", "organ"}:
            assert str(answer.context["form"][name].value()) == value
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    ("at", "typed", "before"),
    [
        ("account", {"text": "", "title": "漏" * 61}, "/submit"),  # wrong as it is
        ("account", {"text": "三号楼又漏了。"}, "/submit"),
        ("person", {"name": "安", "telephone": "123"}, "/submit/account"),
    ],
)
def test_back_keeps_what_was_typed_right_or_wrong(
    visitor: Visitor, at: str, typed: dict[str, str], before: str
) -> None:
    visitor.fill()
    assert 'name="back"' in words(visitor.get(f"/submit/{at}"))
    answer = visitor.post(f"/submit/{at}", typed, back="1")
    assert (answer.status_code, answer["Location"]) == (302, before)
    kept = visitor.get(f"/submit/{at}").context["form"]
    assert {name: kept[name].value() for name in typed} == typed


def test_no_field_cuts_what_is_pasted_into_it(visitor: Visitor) -> None:
    visitor.fill(who="several", person={"others": "顾明"})
    for path in ("/submit/account", "/submit/person", "/track", "/papers/verify"):
        assert "maxlength" not in words(visitor.get(path))


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("appeal", "on", "<dd>yes</dd>"),
        ("appeal", "", "not asked for (personal data are protected all the same)"),
        ("accusation", "", ""),  # it goes sealed in any case
    ],
)
def test_the_last_page_never_says_that_nothing_is_protected(visitor: Visitor, kind: str, asked: str, said: str) -> None:
    visitor.speaking("en").fill(kind=kind, person={"confidential": asked})
    page = words(visitor.get("/submit/check"))
    assert "<dd>no</dd>" not in page
    assert said in page


def test_what_was_kept_for_later_is_there_on_coming_back(visitor: Visitor) -> None:
    visitor.post("/submit", KIND, kind="proposal")
    answer = visitor.post("/submit/account", {"text": "还没写完"}, later="1")
    assert answer["Location"] == "/"
    home = words(visitor.get("/"))
    assert "您没填完的内容还在" in home
    assert "还没写完" in words(visitor.get("/submit/account"))


def test_a_draft_thrown_away_is_gone(visitor: Visitor) -> None:
    visitor.fill()
    visitor.post("/submit/discard")
    assert "您没填完的内容还在" not in words(visitor.get("/"))
    assert visitor.get("/submit/account")["Location"] == "/submit?gone=1"


@pytest.mark.parametrize(
    ("more", "day", "hour", "kept"),
    [
        ({}, "2026-11-23", 16, True),  # nine and seven hours: within the eight
        ({}, "2026-11-23", 18, False),  # nine hours later
        ({"later": "1"}, "2026-11-26", 8, True),  # kept for later: three days
        ({"later": "1"}, "2026-11-26", 10, False),
    ],
)
def test_a_draft_lasts_eight_hours_or_the_three_days_asked_for(
    visitor: Visitor, more: dict[str, str], day: str, hour: int, kept: bool
) -> None:
    with on("2026-11-23"):
        visitor.post("/submit", KIND)
        visitor.post("/submit/account", ACCOUNT | more)
    with on(day, hour=hour):
        assert ("锦和苑" in words(visitor.get("/submit/account"))) is kept
        assert ("2026年11月23日（星期一）09:00" in words(visitor.get("/"))) is kept


def test_a_draft_kept_for_three_days_keeps_nobody_signed_in_for_three_days(visitor: Visitor) -> None:
    visitor.post("/submit", KIND, later="1")
    assert visitor.client.session.get_expiry_age() > 2 * 24 * 3600
    visitor.client.force_login(visitor.office.people["hexiaowen"])
    assert visitor.client.session.get_expiry_age() <= 8 * 3600
    visitor.post("/submit", KIND, later="1")
    assert visitor.client.session.get_expiry_age() <= 8 * 3600


def test_going_on_leads_to_where_one_stopped(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    visitor.post("/submit/account", ACCOUNT, later="1")
    assert visitor.get("/").context["resume_url"] == "/submit/account"
    visitor.post("/submit/account", ACCOUNT)
    assert visitor.get("/").context["resume_url"] == "/submit/check"
    assert visitor.get("/submit/check")["Location"] == "/submit/person?check=1"
    assert visitor.get("/submit/person", check="1").context["form"].is_bound is False  # nothing there is wrong yet


def test_a_copy_of_the_database_does_not_tell_a_draft(visitor: Visitor) -> None:
    visitor.fill()
    assert Session.objects.count() == 1
    stored = Session.objects.get()
    assert "portal:draft" in stored.get_decoded()
    assert "漏" not in json.dumps(stored.get_decoded(), ensure_ascii=False)
    assert "安平" not in json.dumps(stored.get_decoded(), ensure_ascii=False)


def test_a_step_left_out_is_asked_for_before_handing_in(visitor: Visitor) -> None:
    visitor.post("/submit", KIND)
    assert visitor.get("/submit/check")["Location"] == "/submit/account?check=1"
    visitor.post("/submit/account", ACCOUNT)
    assert visitor.get("/submit/check")["Location"] == "/submit/person?check=1"
    answer = visitor.post("/submit/check", token="x")
    assert answer["Location"] == "/submit/person?check=1"
    assert Matter.objects.count() == 0


def test_the_last_page_shows_everything_before_it_is_sent(visitor: Visitor) -> None:
    visitor.fill(account={"organ": "HCZJ"})
    page = words(visitor.get("/submit/check"))
    for said in (
        "锦和苑3号楼外墙渗水",
        "问了三回都说等等看。",
        "公开维修资金",
        "禾川县住房和城乡建设局",
        "13800000000",
    ):
        assert said in page


def test_going_back_to_change_something_leads_to_the_last_page_again(visitor: Visitor) -> None:
    visitor.fill()
    answer = visitor.post("/submit/account", ACCOUNT | {"title": "北墙渗水"})
    assert answer["Location"] == "/submit/check"
    assert "北墙渗水" in words(visitor.get("/submit/check"))


def test_the_same_page_sent_twice_registers_once(visitor: Visitor) -> None:
    token = visitor.fill()
    first = visitor.post("/submit/check", token=token)
    second = visitor.post("/submit/check", token=token)
    assert first["Location"] == second["Location"] == "/submit/receipt"
    assert Matter.objects.count() == 1


def test_whoever_goes_back_after_handing_in_is_told_that_it_is_done(visitor: Visitor) -> None:
    """The pages behind the receipt are empty then: nobody shall think that his letter is lost and hand it in twice."""
    number, _code = visitor.hand_in()
    back = visitor.client.get("/submit/check", follow=True)
    assert f"编号是 {number}，不用再交一次" in words(back)
    assert "请从头再填" not in words(back)
    visitor.post("/submit/receipt/taken")
    assert "请从头再填" in words(visitor.client.get("/submit/check", follow=True))


@pytest.mark.parametrize(
    ("number", "is_taken"), [("123", False), ("电话就是", False), ("6123456", True), ("0000-6125 0112，找会计", True)]
)
def test_a_telephone_number_is_one_that_can_be_called(visitor: Visitor, number: str, is_taken: bool) -> None:
    visitor.post("/submit", kind="appeal", who="person")
    visitor.post("/submit/account", ACCOUNT)
    page = visitor.post("/submit/person", PERSON | {"telephone": number})
    assert (page.status_code == 302) is is_taken
    assert is_taken or "电话号码至少有 7 位数字" in words(page)


def test_two_clicks_at_once_register_once(live_office: LiveOffice) -> None:
    visitor = Visitor(Client(), live_office.office)
    token = visitor.fill()

    def press(_n: int) -> str:
        again = Client()
        again.cookies = visitor.client.cookies
        try:
            return str(again.post("/submit/check", {"token": token})["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, range(2))) == ["/submit/receipt"] * 2
    assert Petition.objects.count() == 1


def test_somebody_without_the_draft_registers_nothing(visitor: Visitor, another: Callable[[], Visitor]) -> None:
    token = visitor.fill()
    answer = another().post("/submit/check", token=token)
    assert answer["Location"] == "/submit?gone=1"
    assert Matter.objects.count() == 0


SEVERAL = {"speakers": "顾明 13800000002\n秋实，0000-6123 5566", "others": "\n".join(f"乡亲{n}" for n in range(9))}


def test_those_who_speak_are_told_apart_from_those_who_are_only_named(visitor: Visitor) -> None:
    number, _code = visitor.hand_in(who="several", person=SEVERAL)
    matter = Matter.objects.get(number=number)
    people = petitioners_of(matter, with_contact=True)
    assert matter.is_joint
    assert matter.petitions.get().persons == 12
    assert [(p.name, p.telephone) for p in people if p.is_speaker] == [
        ("安平", "13800000000"),
        ("顾明", "13800000002"),
        ("秋实", "0000-6123 5566"),
    ]
    assert all(not (p.telephone or p.address or p.email) for p in people if not p.is_speaker)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "others", "只有您一个人"),  # several, and nobody else is named
        ({"others": "顾明、安平"}, "others", "“安平”前面已经写过"),
        ({"others": "顾明、秋实、顾明"}, "others", "“顾明”前面已经写过"),  # twice in the same list
        ({"others": "顾明、顾 明"}, "others", "“顾 明”前面已经写过"),
        ({"speakers": "顾明 13800000002", "others": "秋实、顾明"}, "others", "“顾明”前面已经写过"),
        ({"speakers": "顾明 13800000002\n顾明"}, "speakers", "“顾明”前面已经写过"),
        ({"speakers": "安平 13800000002"}, "speakers", "“安平”前面已经写过"),  # the one who writes speaks already
        ({"speakers": "\n".join(f"乡亲{n}" for n in range(5))}, "speakers", "最多再写 4 位"),  # five speak at most
        ({"speakers": "13800000002"}, "speakers", "姓名"),
        ({"others": "\n".join(f"乡亲{n}" for n in range(500))}, "others", "500"),
    ],
)
def test_a_list_of_people_that_is_wrong_is_kept_with_what_to_do(
    visitor: Visitor, data: dict[str, str], field: str, sentence: str
) -> None:
    visitor.post("/submit", KIND, who="several")
    answer = visitor.post("/submit/person", PERSON | data)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    for name, value in data.items():
        assert str(answer.context["form"][name].value()) == value


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("person", ["name", "telephone", "address", "email", "confidential"]),
        ("several", ["name", "telephone", "address", "email", "speakers", "others", "confidential"]),
        ("organisation", ["name", "telephone", "address", "email", "confidential"]),
        ("anonymous", ["telephone", "address", "email", "confidential"]),
    ],
)
def test_only_what_concerns_this_petitioner_is_asked(visitor: Visitor, who: str, asked: list[str]) -> None:
    visitor.post("/submit", KIND, who=who)
    assert list(visitor.get("/submit/person").context["form"].fields) == asked


def test_the_last_page_counts_the_people(visitor: Visitor) -> None:
    visitor.fill(who="several", person=SEVERAL)
    page = words(visitor.get("/submit/check"))
    for said in ("12 人", "顾明 13800000002", "乡亲8", "其他代表（2）", "其他人（9）"):
        assert said in page


def test_an_organisation_is_registered_as_one(visitor: Visitor) -> None:
    number, _code = visitor.hand_in(who="organisation", person={"name": "云溪镇柳湾养蜂合作社"})
    assert Petitioner.objects.get(matter__number=number).is_organisation


def test_without_a_name_nobody_is_asked_for_one(visitor: Visitor) -> None:
    number, _code = visitor.hand_in(who="anonymous", person={"name": "", "telephone": "", "address": ""})
    assert Matter.objects.get(number=number).is_anonymous
    assert not Petitioner.objects.filter(matter__number=number).exists()


def test_confidential_is_kept_sealed(visitor: Visitor) -> None:
    number, _code = visitor.hand_in(person={"confidential": "on"})
    assert Matter.objects.get(number=number).is_sealed


def test_a_report_warns_and_goes_sealed_past_the_organ_reported(visitor: Visitor) -> None:
    visitor.post("/submit", KIND, kind="accusation")
    assert "密封" in words(visitor.get("/submit/account"))
    number, _code = visitor.hand_in(kind="accusation", account={"organ": "HC"})
    matter = Matter.objects.get(number=number)
    assert matter.is_sealed
    assert matter.title == ""
    assert matter.received_by.code == "YZXF"  # the petition office of the county stands below the county
    assert Accused.objects.get(matter=matter).organ == visitor.office.organs["HC"]


def test_a_report_about_the_very_top_is_told_where_to_go(visitor: Visitor) -> None:
    token = visitor.fill(kind="accusation", account={"organ": "YZ"})
    answer = visitor.post("/submit/check", token=token)
    assert answer.status_code == 422
    assert "上一级" in answer.context["wrongs"][0].text
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    ("minute", "status"),
    [
        (29, 200),
        (31, 410),  # half an hour, then nobody shows the code again
    ],
)
def test_the_receipt_page_goes_after_half_an_hour(visitor: Visitor, minute: int, status: int) -> None:
    with on("2026-11-23"):
        visitor.hand_in()
    with on("2026-11-23", minute=minute):
        assert visitor.get("/submit/receipt").status_code == status
        assert visitor.get("/submit/receipt/file").status_code == status


def test_the_receipt_page_can_be_made_to_forget(visitor: Visitor) -> None:
    visitor.hand_in()
    visitor.post("/submit/receipt/taken")
    assert visitor.get("/submit/receipt").status_code == 410


def test_the_query_code_never_stands_in_an_address(visitor: Visitor) -> None:
    token = visitor.fill()
    assert visitor.post("/submit/check", token=token)["Location"] == "/submit/receipt"
    page = visitor.get("/submit/receipt")
    code = page.context["code"].replace(" ", "")
    assert code not in words(page)  # only in groups of four, to be read out
    number = page.context["number"]
    assert visitor.follow(number, code)["Location"] == f"/track/{number}"


def test_files_go_along_and_nothing_of_the_draft_stays(visitor: Visitor, files_dir: Path) -> None:
    visitor.fill()
    visitor.post("/submit/files", {"photos": [upload()]})
    token = visitor.get("/submit/check").context["draft"].token
    visitor.post("/submit/check", token=token)
    file = json.loads(visitor.get("/submit/receipt/file").content)
    assert [f["name"] for f in file["submission"]["files"]] == ["外墙.png"]
    assert list((files_dir / "drafts").iterdir()) == []


def test_nothing_can_be_handed_in_where_there_is_no_office(db: None, client: Client) -> None:
    for path in ("/", "/submit", "/track", "/info/addresses"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "还没有开通" in answer.content.decode()


def test_pages_are_kept_by_nobody_on_the_way(visitor: Visitor, office: Office) -> None:
    for path in ("/", "/submit", "/submit/files", "/track"):
        assert "no-store" in visitor.get(path)["Cache-Control"]

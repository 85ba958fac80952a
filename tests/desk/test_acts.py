"""Every legal act from its page: done, refused with its article, overtaken, asked once more; nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import SignedIn, words
from tests.office import Office
from xinqiao.access.permissions import Permission
from xinqiao.api.acts import DOORS
from xinqiao.desk.acts.table import FORMS
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Claim, Matter
from xinqiao.organs.models import Organ
from xinqiao.reviews.actions.request_review import request_review

Hold = Callable[[str], Any]
OPINION = {"facts": "现场查看属实。", "opinion": "由物业维修北墙。", "basis": "《民法典》"}


def act(client: Client, number: str, verb: str, **data: Any) -> Any:
    """Do an act as its page would send it, having seen everything."""
    seen = Matter.objects.get(number=number).stream.length
    return client.post(f"/desk/matters/{number}/{verb}", {"seen": seen} | data)


@pytest.fixture
def number(office: Office) -> str:
    return office.register(claims=("修好北墙", "公开维修资金")).number


@pytest.fixture
def accepted(office: Office, number: str) -> str:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    accept(number=number, actor=office.jiangbo, path=6)
    serve(number=number, actor=office.jiangbo, document="acceptance")
    return number


def test_every_act_of_the_house_has_its_page_and_its_power() -> None:
    assert set(FORMS) == set(DOORS)
    assert {f"matter:{verb}" for verb in FORMS} <= set(Permission)


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_every_page_opens_for_a_post_that_has_the_power_and_for_no_other(
    office: Office, as_: SignedIn, number: str, verb: str
) -> None:
    power = Permission(f"matter:{verb}")
    posts = {"hexiaowen": office.hexiaowen, "qinshuo": office.qinshuo, "guoting": office.guoting}
    posts |= {"tanyue": office.tanyue, "jiangbo": office.jiangbo, "xuanni": office.xuanni}
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    answers = {name: as_(name).get(f"/desk/matters/{number}/{verb}").status_code for name in posts}
    assert answers == {name: 200 if actor.may(power) else 403 for name, actor in posts.items()}
    assert 200 in answers.values()


def test_a_text_of_several_lines_goes_on_the_paper_and_on_record(office: Office, as_: SignedIn, accepted: str) -> None:
    """A browser sends CR LF for each line that somebody begins; record and paper know LF."""
    client, facts = as_("jiangbo"), "第1项：北墙渗水属实。\r\n第2项：账目已公开。\r\n\t附明细。"
    said = {"facts": facts, "opinion": "1. 维修。\r\n2. 公开。", "basis": "《民法典》", "outcome": "supported"}
    said |= {"claim_1": "supported", "claim_2": "explained"}
    seen = Matter.objects.get(number=accepted).stream.length
    preview = client.post(f"/desk/matters/{accepted}/reply/preview", said | {"seen": seen})
    response = act(client, accepted, "reply", **said, confirmed="1")
    page = words(client.get(f"/desk/matters/{accepted}"))
    assert preview.status_code == 200
    assert response.status_code == 302
    assert "第1项：北墙渗水属实。<br>第2项：账目已公开。<br>" in page


def test_what_was_done_is_said_with_what_is_due_next(office: Office, as_: SignedIn, on: Hold) -> None:
    with on("2026-11-23"):
        client, number = as_("hexiaowen"), office.register().number
        response = act(client, number, "transfer", to="HCZJ", note="请依法办理。")
        page = words(client.get(response.headers["Location"]))
    assert "已转送禾川县住房和城乡建设局。下一步：禾川县住房和城乡建设局 2026-12-08 周二前告知是否受理。" in page
    assert Matter.objects.get().holder.code == "HCZJ"


def test_what_may_not_be_done_has_no_form_but_its_reason_and_article(as_: SignedIn, number: str) -> None:
    page = words(as_("qinshuo").get(f"/desk/matters/{number}/close"))
    assert "现在不能办" in page
    assert "信访工作条例" in page
    assert '<textarea name="note"' not in page


def test_a_refusal_after_the_click_says_the_same_and_keeps_what_was_typed(
    office: Office, as_: SignedIn, accepted: str
) -> None:
    client = as_("tanyue")
    response = act(client, accepted, "extend", days="31", reason="第三方鉴定未完成。", approved_on=_today())
    page = words(response)
    assert response.status_code == 409
    assert "延期不得超过 30 日" in page
    assert "信访工作条例 第三十四条" in page
    assert "第三方鉴定未完成。" in page


@pytest.mark.parametrize(
    ("verb", "data", "field"),
    [
        ("transfer", {"to": ""}, "to"),
        ("transfer", {"to": "NOSUCH"}, "to"),
        ("assign", {"to": "HCZJ", "report_due_on": "明天"}, "report_due_on"),
        ("assign", {"to": "HCZJ"}, "report_due_on"),
        ("report_up", {"reason": "  "}, "reason"),
        ("decline", {"reason": "不属于本机关。"}, "kind"),
        ("supplement", {}, "text"),
        ("withdraw", {"reason": "不想办了。"}, "signed_paper"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    as_: SignedIn, number: str, verb: str, data: dict[str, str], field: str
) -> None:
    response = act(as_("hexiaowen"), number, verb, **data)
    assert response.status_code == 422
    assert f'id="id_{field}-e"' in words(response)
    assert Matter.objects.get().stream.length == 1


def test_whoever_comes_second_is_told_what_happened_and_may_then_decide(
    office: Office, as_: SignedIn, number: str
) -> None:
    client = as_("hexiaowen")
    annotate(number=number, actor=office.qinshuo, note="请住建局牵头办理。")
    response = client.post(f"/desk/matters/{number}/transfer", {"seen": 1, "to": "HCZJ", "note": "请查处。"})
    page = words(response)
    assert response.status_code == 409
    assert "刚才有人办理了这件事项" in page
    assert "领导批示" in page
    assert "请查处。" in page
    assert 'name="seen" value="2"' in page
    again = client.post(f"/desk/matters/{number}/transfer", {"seen": 2, "to": "HCZJ", "note": "请查处。"})
    assert again.status_code == 302


def test_an_act_that_ends_a_matter_asks_once_more_and_can_be_changed_before(as_: SignedIn, number: str) -> None:
    client = as_("hexiaowen")
    data = {"kind": "not_accepted", "reason": "这件事法院正在审理。", "door": "禾川县人民法院"}
    page = words(act(client, number, "decline", **data))
    assert "不予受理：确定吗？" in page
    assert 'type="hidden" name="reason" value="这件事法院正在审理。"' in page
    assert Matter.objects.get().stage == "received"
    back = words(act(client, number, "decline", **data, edit="1"))
    assert '<textarea name="reason"' in back
    assert "这件事法院正在审理。" in back
    assert act(client, number, "decline", **data, confirmed="1").status_code == 302
    assert Matter.objects.get().stage == "declined"


def test_whoever_closes_too_early_is_told_which_paper_waits(office: Office, as_: SignedIn, accepted: str) -> None:
    reply(number=accepted, actor=office.jiangbo, outcome="supported", **OPINION)
    page = words(as_("tanyue").get(f"/desk/matters/{accepted}/close"))
    waiting = Paper.objects.get(kind="reply")
    assert f"{waiting.get_kind_display()} {waiting.number} · 禾川县住房和城乡建设局" in page


def test_nobody_is_asked_whether_he_is_sure_of_what_may_not_be_done(
    office: Office, as_: SignedIn, accepted: str
) -> None:
    reply(number=accepted, actor=office.jiangbo, outcome="supported", **OPINION)
    answer = act(as_("tanyue"), accepted, "close")
    assert answer.status_code == 409
    assert "现在不能办" in words(answer)
    assert "办结：确定吗" not in words(answer)


def test_a_matter_whose_remedy_was_given_up_is_closed_and_the_list_survives_the_question(
    office: Office, as_: SignedIn, accepted: str
) -> None:
    reply(number=accepted, actor=office.jiangbo, outcome="supported", **OPINION)
    serve(number=accepted, actor=office.jiangbo, document="reply")
    client = as_("tanyue")
    assert "期满前不能办结" in words(client.get(f"/desk/matters/{accepted}"))
    assert "书面放弃" in words(client.get(f"/desk/matters/{accepted}"))  # the door beside the closed one
    data = {"checks": ["settled", "lawful"], "waiver": "放弃复查声明（11-20）"}
    page = words(act(client, accepted, "close", **data))
    assert Matter.objects.get().stage != "closed"  # it was tried and taken back
    assert len(re.findall(r'type="hidden" name="checks"', page)) == 2
    assert act(client, accepted, "close", **data, confirmed="1").status_code == 302
    assert Matter.objects.get().stage == "closed"


def test_an_accused_organ_can_be_seen_and_not_chosen(office: Office, as_: SignedIn) -> None:
    number = office.register(kind="accusation", accused_organs=("YXZ",)).number
    client = as_("hexiaowen")
    page = words(client.get(f"/desk/matters/{number}/transfer"))
    for code in ("YXZ", "LWC"):  # the accused, and what stands below it
        assert re.search(rf'<option value="{code}"[^>]*disabled', page)
    assert not re.search(r'<option value="HCJW"[^>]*disabled', page)
    response = act(client, number, "transfer", to="YXZ")
    assert response.status_code == 409
    assert "不得转给被检举控告的单位" in words(response)


def test_only_organs_in_the_own_sphere_are_offered(office: Office, as_: SignedIn, number: str) -> None:
    offered = re.findall(r'<option value="(\w+)"', words(as_("hexiaowen").get(f"/desk/matters/{number}/transfer")))
    assert {"HC", "HCZJ", "YXZ", "LWC"} <= set(offered)
    assert not {"YZ", "YZZJ"} & set(offered)  # those above
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    assert "没有可以转的下级" in words(as_("jiangbo").get(f"/desk/matters/{number}/transfer"))


def test_a_handler_stays_away_himself_and_a_head_decides_about_others(
    office: Office, as_: SignedIn, number: str
) -> None:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    own = re.findall(r'<option value="(\w+)"', words(as_("jiangbo").get(f"/desk/matters/{number}/recuse")))
    others = re.findall(r'<option value="(\w+)"', words(as_("tanyue").get(f"/desk/matters/{number}/recuse")))
    assert own == ["jiangbo"]
    assert set(others) == {"jiangbo", "tanyue", "shenlu"}


def test_an_organ_that_has_ended_is_not_offered(office: Office, as_: SignedIn, number: str) -> None:
    Organ.objects.filter(code="HCRS").update(valid_until=date(2026, 1, 1))
    page = words(as_("hexiaowen").get(f"/desk/matters/{number}/transfer"))
    assert 'value="HCZJ"' in page
    assert 'value="HCRS"' not in page
    assert 'value="HCXF"' not in page  # nor the own one


def test_each_claim_gets_its_outcome_or_that_of_the_whole(office: Office, as_: SignedIn, accepted: str) -> None:
    client = as_("jiangbo")
    page = words(client.get(f"/desk/matters/{accepted}/reply"))
    assert "请求 1：修好北墙" in page
    assert (
        act(client, accepted, "reply", outcome="supported", claim_2="explained", **OPINION, confirmed="1").status_code
        == 302
    )
    assert list(Claim.objects.order_by("ordinal").values_list("outcome", flat=True)) == ["supported", "explained"]


def test_only_papers_that_wait_can_be_served(office: Office, as_: SignedIn, number: str) -> None:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    accept(number=number, actor=office.jiangbo, path=6)
    client = as_("jiangbo")
    page = words(client.get(f"/desk/matters/{number}/serve"))
    assert set(re.findall(r'<option value="(\w+)"', page)) == {"destination", "acceptance"}
    day = _today()
    response = act(client, number, "serve", document="acceptance", method="left", served_on=day)
    assert response.status_code == 422  # left at the home needs evidence
    assert 'id="id_evidence-e"' in words(response)
    done = act(client, number, "serve", document="acceptance", method="left", served_on=day, evidence="村委会见证")
    assert done.status_code == 302


def test_an_objection_is_decided_and_a_withdrawal_undone_from_the_pages(
    office: Office, as_: SignedIn, number: str
) -> None:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    object_(number=number, actor=office.jiangbo, reason="不属于本局职责。")
    client = as_("hexiaowen")
    assert act(client, number, "decide_objection", upheld="no", reason="属于你局职责。").status_code == 302
    signed = {"signed_paper": "撤回申请（11-20）"}
    assert act(client, number, "withdraw", **signed, confirmed="1").status_code == 302
    assert Matter.objects.get().stage == "withdrawn"
    assert act(client, number, "restore", **signed).status_code == 302
    assert Matter.objects.get().stage == "dispatched"


def test_a_review_is_asked_for_at_the_window_and_decided_by_the_superior_alone(
    office: Office, as_: SignedIn, accepted: str
) -> None:
    reply(number=accepted, actor=office.jiangbo, outcome="explained", **OPINION)
    serve(number=accepted, actor=office.jiangbo, document="reply")
    clerk = as_("hexiaowen")
    assert {"HC", "YZZJ"} <= set(
        re.findall(r'<option value="(\w+)"', words(clerk.get(f"/desk/matters/{accepted}/request_review")))
    )
    assert act(clerk, accepted, "request_review", to="HC", reason="没有说明资金去向。").status_code == 302
    assert as_("moran").get(f"/desk/matters/{accepted}/review").status_code == 200
    assert "现在不能办" in words(as_("moran").get(f"/desk/matters/{accepted}/review"))  # another organ was asked
    assert act(as_("xuanni"), accepted, "review", outcome="upheld", **OPINION, confirmed="1").status_code == 302
    assert Matter.objects.get().stage == "reviewed"


def test_hearings_extension_and_recusal_from_the_pages(office: Office, as_: SignedIn, accepted: str) -> None:
    handler, head = as_("jiangbo"), as_("tanyue")
    assert act(handler, accepted, "open_hearing", stage="handling", reason="分歧较大。").status_code == 302
    assert act(handler, accepted, "close_hearing", stage="handling", conclusion="双方同意鉴定。").status_code == 302
    assert act(head, accepted, "extend", days="30", reason="鉴定未完成。", approved_on=_today()).status_code == 302
    gone = act(handler, accepted, "recuse", user="jiangbo", reason="与信访人是亲属。")
    assert gone.headers["Location"] == "/desk/"  # he no longer sees it
    assert handler.get(f"/desk/matters/{accepted}").status_code == 404


def test_material_is_added_and_a_file_that_is_refused_is_said_at_its_field(
    as_: SignedIn, number: str, files_dir: Any
) -> None:
    client = as_("hexiaowen")
    wrong = SimpleUploadedFile("程序.exe", b"MZ\x90\x00\x03 program")
    response = act(client, number, "supplement", text="补充照片。", files=[wrong])
    assert response.status_code == 422
    assert "程序.exe" in words(response)
    assert "补充照片。" in words(response)
    right = SimpleUploadedFile("说明.txt", "照片说明".encode())
    assert act(client, number, "supplement", text="补充照片。", files=[right]).status_code == 302
    assert Matter.objects.get().stream.attachments.count() == 1


def test_a_late_request_for_an_act_that_is_none_is_not_there(as_: SignedIn, number: str) -> None:
    assert as_("hexiaowen").get(f"/desk/matters/{number}/abolish").status_code == 404


@pytest.mark.parametrize("seen", ["", "-1", "many"])
def test_a_page_that_does_not_say_what_it_showed_does_nothing(as_: SignedIn, number: str, seen: str) -> None:
    response = as_("hexiaowen").post(f"/desk/matters/{number}/transfer", {"seen": seen, "to": "HCZJ"})
    assert response.status_code == 422
    assert Matter.objects.get().stage == "received"


def test_a_petitioner_is_chosen_by_name_where_one_may_know_it(office: Office, as_: SignedIn) -> None:
    from xinqiao.matters.submission import Person

    people = (Person(name="安平", telephone="1"), Person(name="柏舟", telephone="2"))
    number = office.register(petitioners=people).number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    accept(number=number, actor=office.jiangbo, path=6)
    page = words(as_("jiangbo").get(f"/desk/matters/{number}/serve"))
    assert '<option value="2">2 柏舟</option>' in page


def test_requests_of_one_petitioner_are_decided_for_that_one(office: Office, as_: SignedIn) -> None:
    from xinqiao.matters.submission import Person

    people = (Person(name="安平", telephone="1"), Person(name="柏舟", telephone="2"))
    done = office.register(petitioners=people)
    number = done.number
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    accept(number=number, actor=office.jiangbo, path=6)
    serve(number=number, actor=office.jiangbo, document="acceptance")
    reply(number=number, actor=office.jiangbo, outcome="explained", **OPINION)
    serve(number=number, actor=office.jiangbo, document="reply")
    request_review(number=number, actor=office.citizen(done), reason="不同意。", petitioner="2")
    response = act(as_("xuanni"), number, "review", outcome="upheld", petitioner="2", **OPINION, confirmed="1")
    assert response.status_code == 302


def _today() -> str:
    from xinqiao.access.clock import today

    return today().isoformat()


def test_who_acts_is_told_first_what_the_own_organ_owes_and_whose_turn_it_is_names_every_paper(
    office: Office, as_: SignedIn, number: str
) -> None:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    client = as_("jiangbo")
    act(client, number, "accept", path="6")
    page = words(client.get(f"/desk/matters/{number}"))
    assert "下一步：禾川县住房和城乡建设局" in page, "and not the notice that the bureau has still to serve"
    for paper in ("转送（交办）去向告知书", "受理告知书"):
        assert re.search(rf"：2026-\d\d-\d\d 周.前送达{re.escape(paper)}", page), paper


def test_the_last_look_at_an_opinion_says_the_outcome_of_each_claim(as_: SignedIn, accepted: str) -> None:
    page = words(act(as_("jiangbo"), accepted, "reply", outcome="supported", claim_2="explained", **OPINION))
    assert re.search(r"<dt>请求 1：修好北墙</dt><dd>与总的结果相同", page)
    assert re.search(r"<dt>请求 2：公开维修资金</dt><dd>解释说明", page)


def test_everything_wrong_with_a_service_is_said_at_once(office: Office, as_: SignedIn, number: str) -> None:
    transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    accept(number=number, actor=office.jiangbo, path=6)
    page = words(act(as_("jiangbo"), number, "serve", document="acceptance", method="left", served_on="2020-01-01"))
    assert 'id="id_served_on-e"' in page
    assert 'id="id_evidence-e"' in page


def test_a_page_that_is_not_there_leads_back_to_the_desk(as_: SignedIn) -> None:
    answer = as_("jiangbo").get("/desk/matters/HC2026-99999")
    assert answer.status_code == 404
    assert "也可能是您的岗位看不到的事项" in words(answer)
    assert 'href="/desk/"' in words(answer)


def test_after_the_service_of_the_opinion_it_is_the_petitioners_turn(as_: SignedIn, accepted: str) -> None:
    client = as_("jiangbo")
    act(client, accepted, "reply", outcome="supported", **OPINION, confirmed="1")
    done = act(client, accepted, "serve", document="reply", method="in_person", served_on=_today())
    page = words(client.get(done.headers["Location"]))
    assert re.search(r"送达已记录。信访人：\d{4}-\d\d-\d\d 周.前可以申请复查", page)

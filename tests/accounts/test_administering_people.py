"""An administrator opens and shuts accounts, gives and takes posts; no duty is left with nobody."""

from datetime import date, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt

from tests.accounts.conftest import PASSWORD, SignedIn, enter, words
from tests.matters.cases import handled
from tests.office import Office
from xinqiao.access.actor import Forbidden, staff_actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import people as acts
from xinqiao.accounts.models import Change, OneTimePassword
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding, Post, User

WHY = "本人申请"


def refused(act: Any, **said: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        act(**said)
    return error.value.errors


def post_of(code: str, role: str) -> Post:
    return Post.objects.get(organ__code=code, role=role)


def test_an_account_is_opened_with_a_password_that_serves_once_and_a_post(office: Office) -> None:
    user, password = acts.open_account(actor=office.admin, username="liming", name="黎明")
    assert OneTimePassword.objects.filter(user=user).exists()
    assert password not in str(list(Change.objects.values())), "it is kept nowhere"
    client = enter("liming", password)
    assert client.get("/desk/").headers["Location"] == "/desk/account/password", "an own password first"
    assert client.get("/desk/account/password").status_code == 200, "even where there is no post yet"
    acts.appoint(
        actor=office.admin,
        username="liming",
        post=post_of("YXZ", "handler").pk,
        since=today(),
        until=None,
        basis="云政任〔2026〕3号",
    )
    assert client.get("/desk/").headers["Location"] == "/desk/account/password"
    assert staff_actor(user, today=today()).may(Permission.MATTER_REPLY)
    row = Change.objects.latest("id")
    assert (row.what, row.fields["post"][1], row.basis) == (
        "appointed",
        "云溪镇人民政府 云溪镇信访专干",
        "云政任〔2026〕3号",
    )


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        ("Hexiaowen", "何", "username"),
        ("hexiaowen", "何", "username"),
        ("何晓雯", "何", "username"),
        ("x2", "", "name"),
    ],
)
def test_a_wrong_account_is_refused_at_the_field(office: Office, username: str, name: str, field: str) -> None:
    assert list(refused(acts.open_account, actor=office.admin, username=username, name=name)) == [field]


def test_shutting_an_account_ends_its_sessions_and_opening_it_gives_all_back(office: Office) -> None:
    there = enter("shenlu")
    acts.close_account(actor=office.admin, username="shenlu", reason=WHY)
    assert there.get("/desk/").status_code == 302
    assert enter("shenlu").get("/desk/").status_code == 302
    acts.reopen_account(actor=office.admin, username="shenlu", reason=WHY)
    assert enter("shenlu").get("/desk/").status_code == 200
    assert [row.what for row in Change.objects.order_by("id")] == ["closed", "reopened"]


def test_whoever_is_alone_with_unfinished_matters_stays_until_somebody_else_can_do_them(
    office: Office, on: Any
) -> None:
    handled(office, on)
    for username in ("tanyue", "shenlu"):
        acts.close_account(actor=office.admin, username=username, reason=WHY)
    said = {"actor": office.admin, "username": "jiangbo", "reason": WHY}
    assert "1 件未办结" in refused(acts.close_account, **said)["reason"]
    holding = Holding.objects.get(user=office.people["jiangbo"])
    taken = {"actor": office.admin, "username": "jiangbo", "holding": holding.pk, "until": today(), "basis": WHY}
    assert "1 件未办结" in refused(acts.relieve, **taken)["until"]
    acts.appoint(
        actor=office.admin,
        username="baiyun",
        post=post_of("HCZJ", "handler").pk,
        since=today(),
        until=None,
        basis=WHY,
    )
    acts.relieve(**taken)
    acts.close_account(**said)
    assert not User.objects.get(username="jiangbo").is_active


@pytest.mark.parametrize(
    ("act", "said", "field", "why"),
    [
        (acts.close_account, {"reason": WHY}, "reason", "his own account"),
        (acts.appoint, {"since": today(), "until": None, "basis": WHY}, "post", "a post for himself"),
    ],
)
def test_nobody_does_it_to_himself(office: Office, act: Any, said: dict[str, Any], field: str, why: str) -> None:
    if act is acts.appoint:
        said = said | {"post": post_of("HCXF", "bureau_head").pk}
    assert field in refused(act, actor=office.admin, username="admin", **said), why


def test_the_last_administrator_stays(office: Office) -> None:
    acts.open_account(actor=office.admin, username="second", name="乙")
    spare = Post.objects.create(organ=office.organs["HCXF"], title="管理员", role="administrator", ceiling=2)
    held = acts.appoint(actor=office.admin, username="second", post=spare.pk, since=today(), until=None, basis=WHY)
    other = staff_actor(User.objects.get(username="second"), today=today())
    acts.close_account(actor=other, username="admin", reason=WHY)
    taken = {"username": "second", "holding": held.pk, "until": today() + timedelta(1), "basis": WHY}
    assert "最后一位管理员" in refused(acts.relieve, actor=other, **taken)["until"]


def test_a_post_is_held_from_a_day_until_the_day_before_another(office: Office) -> None:
    said = {"actor": office.admin, "username": "shenlu", "post": post_of("HCZJ", "handler").pk, "basis": WHY}
    assert "until" in refused(acts.appoint, **said, since=today(), until=today())
    acts.appoint(**said, since=today(), until=today() + timedelta(10))
    assert "post" in refused(acts.appoint, **said, since=today(), until=None), "held already"


def test_whoever_also_serves_elsewhere_is_the_business_of_the_administrator_above(office: Office) -> None:
    Holding.objects.create(
        post=Post.objects.filter(organ__code="YZXF").first(), user=office.people["shenlu"], since=date(2020, 1, 1)
    )
    errors = refused(acts.new_password, actor=office.admin, username="shenlu", reason=WHY)
    assert "云州市信访局" in errors[""]
    with pytest.raises(NotThere):
        acts.new_password(actor=office.admin, username="jinhe", reason=WHY)  # serves in the city only


def test_whoever_has_not_the_power_touches_no_account(office: Office) -> None:
    with pytest.raises(Forbidden):
        acts.new_password(actor=office.qinshuo, username="hexiaowen", reason=WHY)


def test_a_locked_account_is_unlocked(office: Office) -> None:
    for _try in range(5):
        enter("hexiaowen", "not the password")
    assert enter("hexiaowen").get("/desk/").status_code == 302
    acts.unlock(actor=office.admin, username="hexiaowen")
    assert not AccessAttempt.objects.filter(username="hexiaowen").exists()
    assert enter("hexiaowen", PASSWORD).get("/desk/").status_code == 200


def test_the_pages_of_people(office: Office, as_: SignedIn) -> None:
    client = as_("admin")
    page = words(client.get("/desk/administration/people?q=住房"))
    assert "江波" in page
    assert "白芸" not in page
    assert "金禾" not in words(client.get("/desk/administration/people")), "she serves in the city"
    shown = words(client.post("/desk/administration/people/add", {"username": "liming", "name": "黎明"}))
    assert "一次性密码，只显示这一次" in shown
    page = words(client.get("/desk/administration/people/liming"))
    assert "一次性密码，只显示" not in page
    assert "开通账号" in page
    for path, data in [
        ("describe", {"name": "黎明明", "email": ""}),
        ("appoint", {"post": post_of("YXZ", "handler").pk, "since": today().isoformat(), "basis": WHY}),
        ("factors", {"reason": WHY}),
        ("unlock", {}),
        ("shut", {"reason": WHY}),
        ("open", {"reason": WHY}),
    ]:
        answer = client.post(f"/desk/administration/people/liming/{path}", data)
        assert answer.status_code == 302, path
    pk = Holding.objects.get(user__username="liming").pk
    until = (today() + timedelta(5)).isoformat()
    ended = client.post(f"/desk/administration/people/liming/posts/{pk}/end", {"until": until, "basis": WHY})
    assert ended.status_code == 302
    assert "一次性密码" in words(client.post("/desk/administration/people/liming/password", {"reason": WHY}))
    page = words(client.get("/desk/administration/people/liming"))
    for said in ("改资料", "任职", "重置第二步验证", "解锁", "停用账号", "恢复账号", "免职", "发一次性密码"):
        assert said in page, said
    assert client.post("/desk/administration/people/admin/shut", {"reason": WHY}).status_code == 422
    assert as_("hexiaowen").get("/desk/administration/people").status_code == 403


def test_a_post_is_chosen_with_its_organ_and_none_by_default(office: Office, as_: SignedIn) -> None:
    page = words(as_("admin").get("/desk/administration/people/hexiaowen/appoint"))
    assert '<option value="" selected>选择岗位</option>' in page
    assert ">禾川县住房和城乡建设局 " in page.split("<optgroup", 1)[1]


def test_the_list_of_people_tells_account_name_and_state_apart(office: Office, as_: SignedIn) -> None:
    page = words(as_("admin").get("/desk/administration/people"))
    assert [page.count(f">{head}</th>") for head in ("账号", "账号状态")] == [1, 1]

"""Attempts to act or look without the right: recused, administering, beneath the ceiling, from outside (Article 28)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.matters.cases import OPINION, fresh, handled, last, sent
from tests.office import PERSON, Office
from xinqiao.access.actor import Actor, Forbidden, staff_actor
from xinqiao.access.clock import now
from xinqiao.access.models import AdminSession, Look
from xinqiao.access.permissions import Permission
from xinqiao.api.acts import DOORS
from xinqiao.api.callers import new_token
from xinqiao.matters.actions.decide_objection import decide_objection
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.lookup import NotThere, access_matter, citizen_for, matters_visible_to
from xinqiao.notices.models import Notice
from xinqiao.organs.models import Holding, Organ, Post
from xinqiao.procedure import Refused

READ = Permission.MATTER_READ


def post_for(office: Office, who: str, code: str, role: str, *, deputy_for: str | None = None) -> Actor:
    """A second post for somebody, and the actor in it."""
    post = Post.objects.create(organ=office.organs[code], title="岗", role=role, ceiling=2)
    holding = Holding.objects.create(
        post=post,
        user=office.people[who],
        since=date(2020, 1, 1),
        deputy_for=office.people[deputy_for] if deputy_for else None,
    )
    return staff_actor(office.people[who], today=date(2026, 3, 20), holding_id=holding.pk)


@pytest.mark.parametrize(
    ("code", "role", "deputy_for", "why"),
    [
        ("HCZJ", "organ_head", "tanyue", "as deputy of his head"),
        ("HCZJ", "handler", None, "in a second post of the same organ"),
        ("HC", "reviewer", None, "in a post of the superior"),
        ("YZ", "reviewer", None, "in a post that sees the whole office"),
    ],
)
def test_whoever_is_recused_is_so_in_every_post(
    office: Office, on: Callable[[str], Any], code: str, role: str, deputy_for: str | None, why: str
) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        recuse(number=done.number, actor=office.tanyue, user="jiangbo", reason="与信访人是亲属。")
        actor = post_for(office, "jiangbo", code, role, deputy_for=deputy_for)
        assert not matters_visible_to(actor).exists(), why
        with pytest.raises((NotThere, Forbidden)):
            reply(number=done.number, actor=actor, outcome="supported", **OPINION)
    assert last(done).type == "recused"


def test_an_administrator_may_look_for_a_while_and_never_act(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    until = datetime.fromisoformat("2026-03-20T10:00:00+08:00")
    with on("2026-03-20"):
        actor = staff_actor(office.people["admin"], today=date(2026, 3, 20), admin_until=until)
        assert access_matter(actor, done.number, to=READ)
        for verb in DOORS:
            with pytest.raises(Forbidden):
                access_matter(actor, done.number, to=Permission(f"matter:{verb}"), lock=True)
        with pytest.raises(Forbidden):
            access_matter(actor, done.number, to=Permission.MATTER_READ_IDENTITY)


def administering(office: Office) -> Client:
    client = Client()
    client.force_login(office.people["admin"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_without_a_session_an_administrator_sees_nothing(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    assert administering(office).get(reverse("desk:matter", args=[done.number])).status_code in {403, 404}


def test_every_look_in_a_session_is_on_record_and_the_session_ends(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    page, client = reverse("desk:matter", args=[done.number]), administering(office)
    client.post(reverse("desk:admin-session"), {"reason": "核对一份材料的登记"})
    assert client.get(page).status_code == 200
    look = Look.objects.get()
    assert (look.user, look.stream_id) == (office.people["admin"], fresh(done).stream_id)
    for verb in ("annotate", "close", "transfer"):
        assert client.post(reverse("desk:act", args=[done.number, verb]), {"note": "x"}).status_code in {403, 404}
    assert last(done).type == "served"
    AdminSession.objects.update(ends_at=now() - timedelta(seconds=1))
    assert client.get(page).status_code in {403, 404}, "half an hour later it is over"


def test_a_token_opens_no_session(office: Office, on: Callable[[str], Any]) -> None:
    """A session stands in the browser in which its reason was given; programs of the same person have none."""
    done = handled(office, on)
    administering(office).post(reverse("desk:admin-session"), {"reason": "核对一份材料的登记"})
    headers = {"Authorization": f"Bearer {new_token(office.people['admin'], name='t', days=1)}"}
    assert Client().get(f"/api/v1/matters/{done.number}", headers=headers).status_code in {403, 404}


@pytest.mark.parametrize(
    ("ceiling", "confidentiality", "is_there"),
    [(0, 0, True), (0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)],
)
def test_the_ceiling_of_a_post_includes_its_own_level(
    office: Office, ceiling: int, confidentiality: int, is_there: bool
) -> None:
    matter = office.register().matter
    type(matter).objects.filter(pk=matter.pk).update(confidentiality=confidentiality)
    Post.objects.filter(organ__code="HCXF", role="clerk").update(ceiling=ceiling)
    assert matters_visible_to(office.hexiaowen).exists() is is_there


def test_a_partner_system_registers_and_sees_nothing_not_even_that(office: Office) -> None:
    done = office.register(office.hotline, channel="telephone")
    assert done.number
    assert not matters_visible_to(office.hotline).exists()
    for permission in Permission:
        if permission != Permission.MATTER_REGISTER:
            with pytest.raises(Forbidden):
                access_matter(office.hotline, done.number, to=permission)


def test_a_partner_system_reads_nothing_over_http(office: Office) -> None:
    done = office.register(office.hotline, channel="telephone")
    headers = {"Authorization": f"Bearer {new_token(office.people['hotline'], name='t', days=1)}"}
    for path in ("/matters", f"/matters/{done.number}", f"/matters/{done.number}/documents"):
        assert Client().get(f"/api/v1{path}", headers=headers).status_code == 403


@pytest.mark.parametrize("verb", ["withdraw", "restore", "supplement", "request_review", "request_rereview"])
def test_the_codes_of_one_matter_open_no_other(office: Office, on: Callable[[str], Any], verb: str) -> None:
    done, other = handled(office, on), handled(office, on)
    thief = office.citizen(other)
    with on("2026-03-20"), pytest.raises(NotThere):
        access_matter(thief, done.number, to=Permission(f"matter:{verb}"), lock=True)
    assert citizen_for(done.number, other.query_code) is None
    answer = Client().post(
        f"/api/v1/matters/{done.number}/acts/{verb}",
        {"reason": "x", "text": "x"} if verb == "supplement" else {"reason": "x"},
        content_type="application/json",
        headers={"X-Query-Code": other.query_code},
    )
    assert answer.status_code in {401, 404, 422}
    assert last(done).type == "served"


def test_a_citizen_has_no_power_of_an_organ(office: Office, on: Callable[[str], Any]) -> None:
    done = handled(office, on)
    own = {"withdraw", "restore", "supplement", "request_review", "request_rereview"}
    for verb in sorted(set(DOORS) - own):
        with pytest.raises(Forbidden):
            access_matter(office.citizen(done), done.number, to=Permission(f"matter:{verb}"))


def test_what_was_given_back_exists_no_more_unless_an_answer_is_still_owed(
    office: Office, on: Callable[[str], Any]
) -> None:
    """Objecting too late does not rid an organ of its duty to answer: until it has, it can still do so."""
    in_time, too_late = sent(office, on), sent(office, on)
    for done, day in ((in_time, "2026-03-10"), (too_late, "2026-03-17")):
        with on(day):
            object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
            decide_objection(number=done.number, actor=office.hexiaowen, upheld=True, reason="同意退回。")
    with on("2026-03-18"):
        with pytest.raises(NotThere):
            decline(number=in_time.number, actor=office.jiangbo, kind="not_accepted", reason="不属于本局职权。")
        decline(number=too_late.number, actor=office.jiangbo, kind="not_accepted", reason="不属于本局职权。")
    assert fresh(too_late).clocks.get(clock="K04").state == "met"
    assert fresh(in_time).clocks.get(clock="K04").state == "void"


@pytest.mark.parametrize(
    ("who", "to", "why"),
    [
        ("hexiaowen", "YZZJ", "a county's bureau does not send to the city"),
        ("hexiaowen", "YZXF", "nor to the bureau above"),
        ("jiangbo", "HCRS", "a department does not send to the one beside it, it objects"),
        ("jiangbo", "HCXF", "nor back to the bureau: it objects"),
    ],
)
def test_nobody_sends_beyond_his_sphere(office: Office, on: Callable[[str], Any], who: str, to: str, why: str) -> None:
    with on("2026-03-10"):
        done = sent(office, on) if who == "jiangbo" else office.register()
    with on("2026-03-20"), pytest.raises(Refused) as refused:
        transfer(number=done.number, actor=getattr(office, who), to=to)
    assert (refused.value.refusal.code, refused.value.refusal.article) == (
        "out-of-sphere",
        "信访工作条例 第二十二条第二项",
    ), why


def test_a_congress_passes_on_to_the_organs_it_elects(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-03-02"):
        done = office.register(office.tonghua)
        transfer(number=done.number, actor=office.tonghua, to="HCZJ")
    assert Organ.objects.get(pk=fresh(done).holder_id).code == "HCZJ"


def test_the_petitioner_hears_of_a_withdrawal_made_in_his_name(office: Office, on: Callable[[str], Any]) -> None:
    """So that he can undo within seven days what a member of staff did with a paper he never signed."""
    done = handled(office, on, petitioners=(replace(PERSON, email="anping@example.org"),))
    with on("2026-04-01"):
        withdraw(number=done.number, actor=office.hexiaowen, signed_paper="撤回申请书")
    notice = Notice.objects.get(kind="withdrawn", channel="email")
    assert notice.facts["due_on"] == "2026-04-08"

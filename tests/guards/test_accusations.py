"""Attempts to get an accusation to the accused, each by another door (Article 30)."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.office import Office
from xinqiao.access.actor import Actor, staff_actor
from xinqiao.access.permissions import Permission
from xinqiao.api.acts import DOORS
from xinqiao.api.callers import new_token
from xinqiao.documents.services import attachments_of, receiving
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.report_up import report_up
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.lookup import NotThere, access_matter, matters_visible_to
from xinqiao.matters.submission import Invalid
from xinqiao.notices.models import Notice
from xinqiao.notices.selectors import notices_for
from xinqiao.organs.models import Holding, Organ, Post, User
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_review import request_review

OPINION = {"facts": "属实。", "opinion": "已处理。", "basis": "有关规定"}
THOSE_OF_THE_ACCUSED = ("tanyue", "jiangbo", "shenlu")


def accusation(office: Office, **against: Any) -> Any:
    return office.register(kind="accusation", title="反映收受礼金", text="反映某负责人收受礼金。", **against)


def let_in(office: Office, done: Any, *codes: str) -> None:
    """As if the accused organ had got hold of it by some mistake elsewhere."""
    for code in codes:
        done.matter.involved.get_or_create(
            organ=office.organs[code],
            defaults={"part": "holder", "since": done.matter.received_on, "root_organ_id": office.root_id},
        )


TARGETS = [
    ({"accused_organs": ("HCZJ",)}, "HCZJ", "the accused organ itself"),
    ({"accused_organs": ("YXZ",)}, "LWC", "an organ below the accused one"),
    ({"accused_organs": ("YZZJ",)}, "HCZJ", "an organ below the accused one by line"),
    ({"accused_users": ("tanyue",)}, "HCZJ", "an organ headed by the accused"),
    ({"accused_users": ("yanli",)}, "LWC", "an organ below one that the accused heads"),
]


@pytest.mark.parametrize("verb", ["transfer", "assign"])
@pytest.mark.parametrize(("against", "to", "why"), TARGETS, ids=[why for *_, why in TARGETS])
def test_it_is_not_sent_to_the_accused(office: Office, against: Any, to: str, why: str, verb: str) -> None:
    done = accusation(office, **against)
    more = {"report_due_on": date(2199, 1, 4)} if verb == "assign" else {}
    with pytest.raises(Refused) as refused:
        {"transfer": transfer, "assign": assign}[verb](number=done.number, actor=office.hexiaowen, to=to, **more)
    assert (refused.value.refusal.code, refused.value.refusal.article) == ("accused-organ", "信访工作条例 第三十条")
    assert done.matter.involved.count() == 1, why


def test_a_plain_complaint_goes_to_the_organ_complained_of(office: Office) -> None:
    done = office.register(accused_organs=("HCZJ",))
    assert transfer(number=done.number, actor=office.hexiaowen, to="HCZJ").matter.holder.code == "HCZJ"


def test_its_review_does_not_come_before_the_accused(office: Office, on: Callable[[str], Any]) -> None:
    """The discipline commission answered; meanwhile the accused became a leader of the county, which would review."""
    with on("2026-03-02"):
        done = accusation(office, accused_users=("jiangbo",))
        transfer(number=done.number, actor=office.hexiaowen, to="HCJW")
        accept(number=done.number, actor=office.weiran)
        reply(number=done.number, actor=office.weiran, outcome="explained", **OPINION)
        serve(number=done.number, actor=office.weiran, document="reply")
    post = Post.objects.create(organ=office.organs["HC"], title="副县长", role="leader", ceiling=2)
    Holding.objects.create(post=post, user=office.people["jiangbo"], since=date(2026, 3, 5))
    with on("2026-03-10"):
        for to in (None, "HC"):
            with pytest.raises(Invalid) as wrong:
                request_review(number=done.number, actor=office.citizen(done), reason="不服。", to=to)
            assert list(wrong.value.errors) == ["to"]
        assert not matters_visible_to(office.xuanni).filter(pk=done.matter.pk).exists()


@pytest.mark.parametrize("who", THOSE_OF_THE_ACCUSED)
def test_it_is_in_no_list_and_its_number_finds_nothing(office: Office, who: str) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    let_in(office, done, "HCZJ")
    somebody = staff_actor(office.people[who], today=done.matter.received_on)
    assert not matters_visible_to(somebody).filter(pk=done.matter.pk).exists()
    with pytest.raises(NotThere):
        access_matter(somebody, done.number, to=Permission.MATTER_READ)


def test_the_predicate_and_the_rule_told_in_python_say_the_same(office: Office) -> None:
    """Every accused organ or head, seen from a post in every organ, with the organ let in: both agree."""
    seen = {}
    for code in office.organs:
        user = User.objects.create(username=f"z-{code}", name="甲")
        post = Post.objects.create(organ=office.organs[code], title="岗", role="handler", ceiling=2)
        Holding.objects.create(post=post, user=user, since=date(2020, 1, 1))
        seen[code] = staff_actor(user, today=date(2026, 3, 2))
    accused = [{"accused_organs": (code,)} for code in ("HC", "HCZJ", "YZZJ", "YXZ", "HCJW", "LWC")]
    accused += [{"accused_users": (name,)} for name in ("tanyue", "yanli", "guoting", "qinshuo", "jiangbo")]
    for against in accused:
        done = accusation(office, **against)
        let_in(office, done, *office.organs)
        for code, actor in seen.items():
            sees = matters_visible_to(actor).filter(pk=done.matter.pk).exists()
            assert sees is not is_barred_from(office.organs[code], done.matter), (against, code)


def test_a_post_elsewhere_does_not_open_it_for_the_accused_himself(office: Office) -> None:
    done = accusation(office, accused_users=("jiangbo",))
    post = Post.objects.create(organ=office.organs["HCXF"], title="帮办", role="clerk", ceiling=2)
    Holding.objects.filter(user=office.people["jiangbo"]).delete()
    Holding.objects.create(post=post, user=office.people["jiangbo"], since=done.matter.received_on)
    with pytest.raises(NotThere):
        access_matter(office.jiangbo, done.number, to=Permission.MATTER_READ)


def test_whoever_stands_in_for_the_accused_does_not_get_it_either(office: Office) -> None:
    """A clerk of the petition office is accused; her deputy reads it in his own post, and not in hers."""
    done = accusation(office, accused_users=("hexiaowen",))
    hers = Post.objects.get(organ__code="HCXF", role="clerk")
    holding = Holding.objects.create(
        post=hers, user=office.people["qinshuo"], since=date(2020, 1, 1), deputy_for=office.people["hexiaowen"]
    )
    own = staff_actor(office.people["qinshuo"], today=done.matter.received_on)
    deputising = staff_actor(office.people["qinshuo"], today=done.matter.received_on, holding_id=holding.pk)
    assert access_matter(own, done.number, to=Permission.MATTER_READ)
    with pytest.raises(NotThere):
        access_matter(deputising, done.number, to=Permission.MATTER_READ)


def test_an_administrators_session_does_not_open_it_for_the_accused(office: Office) -> None:
    done = accusation(office, accused_users=("admin",))
    actor = staff_actor(office.people["admin"], today=done.matter.received_on, admin_until=done.matter.registered_at)
    assert not matters_visible_to(actor).filter(pk=done.matter.pk).exists()


@pytest.mark.parametrize("verb", sorted(DOORS))
@pytest.mark.parametrize("who", ["tanyue", "xuanni"])
def test_no_act_is_a_way_in(office: Office, who: str, verb: str) -> None:
    """Neither for the accused organ nor, where the county is accused, for the reviewer of the county."""
    against = "HCZJ" if who == "tanyue" else "HC"
    done = accusation(office, accused_organs=(against,))
    let_in(office, done, "HCZJ", "HC")
    actor = getattr(office, who)
    permission = Permission(f"matter:{verb}")
    if actor.may(permission):
        with pytest.raises(NotThere):
            access_matter(actor, done.number, to=permission, lock=True)
    else:
        with pytest.raises(Exception, match=str(permission)):
            access_matter(actor, done.number, to=permission, lock=True)


def program(office: Office, username: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {new_token(office.people[username], name='t', days=1)}"}


OF_A_MATTER = ["", "/record", "/clocks", "/documents", "/petitioners", "/attachments/{file}"]


@pytest.mark.parametrize("path", OF_A_MATTER)
def test_over_http_it_looks_like_a_number_that_was_never_given(office: Office, files_dir: Path, path: str) -> None:
    with receiving([SimpleUploadedFile("礼金明细.txt", "明细".encode())]) as files:
        done = accusation(office, accused_organs=("HCZJ",), files=tuple(files))
    let_in(office, done, "HCZJ")
    (file,) = attachments_of(done.matter.stream)
    where = path.replace("{file}", str(file.pk))
    for who in THOSE_OF_THE_ACCUSED:
        hidden = Client().get(f"/api/v1/matters/{done.number}{where}", headers=program(office, who))
        missing = Client().get(f"/api/v1/matters/HC2026-99999{where}", headers=program(office, who))
        assert hidden.status_code == missing.status_code
        assert hidden.status_code in {403, 404}
        assert hidden.json() == missing.json()
    seen = Client().get(f"/api/v1/matters/{done.number}{where}", headers=program(office, "hexiaowen"))
    assert seen.status_code == 200, "the petition office reads it"


def test_over_http_it_is_in_no_list_of_the_accused(office: Office) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    let_in(office, done, "HCZJ")
    for who, count in (("hexiaowen", 1), *((who, 0) for who in THOSE_OF_THE_ACCUSED)):
        for query in ("", "?kind=accusation", "?holder=HCXF", "?stage=received"):
            found = Client().get(f"/api/v1/matters{query}", headers=program(office, who)).json()
            assert len(found["items"]) == count, (who, query)


def signed_in(office: Office, username: str) -> Client:
    client = Client()
    client.force_login(office.people[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_desk_shows_the_accused_nothing_under_any_address(office: Office, files_dir: Path) -> None:
    with receiving([SimpleUploadedFile("礼金明细.txt", "明细".encode())]) as files:
        done = accusation(office, accused_organs=("HCZJ",), files=tuple(files))
    let_in(office, done, "HCZJ")
    (file,) = attachments_of(done.matter.stream)
    addresses = [
        reverse("desk:matter", args=[done.number]),
        reverse("desk:download", args=[done.number, file.pk]),
        reverse("desk:act", args=[done.number, "accept"]),
    ]
    accused, clerk = signed_in(office, "tanyue"), signed_in(office, "hexiaowen")
    assert [accused.get(address).status_code for address in addresses] == [404, 404, 404]
    assert [clerk.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.parametrize("query", ["q={number}", "q={last}", "kind=accusation", "due=overdue", ""])
def test_the_desks_search_and_filters_find_it_not(office: Office, query: str) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    let_in(office, done, "HCZJ")
    asked = query.format(number=done.number, last=done.number[-5:].lstrip("0"))
    page = signed_in(office, "tanyue").get(f"{reverse('desk:matters')}?{asked}")
    assert page.status_code == 200, "a number that is found would lead to its page"
    shown = page.content.decode()
    assert reverse("desk:matter", args=[done.number]) not in shown
    assert "收受礼金" not in shown


def test_a_file_of_one_matter_is_not_reached_through_another(office: Office, files_dir: Path) -> None:
    with receiving([SimpleUploadedFile("礼金明细.txt", "明细".encode())]) as files:
        done = accusation(office, accused_organs=("HCZJ",), files=tuple(files))
    (file,) = attachments_of(done.matter.stream)
    own = office.register()
    transfer(number=own.number, actor=office.hexiaowen, to="HCZJ")
    assert signed_in(office, "tanyue").get(reverse("desk:download", args=[own.number, file.pk])).status_code == 404
    answer = Client().get(f"/api/v1/matters/{own.number}/attachments/{file.pk}", headers=program(office, "tanyue"))
    assert answer.status_code == 404


def test_what_is_written_of_it_lies_sealed_and_notices_tell_nothing(office: Office) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    transfer(number=done.number, actor=office.hexiaowen, to="HCJW", note="请依规依纪处理。")
    supplement(number=done.number, actor=office.citizen(done), text="补充转账记录。")
    matter = done.matter
    assert matter.title == ""
    assert all(body.clear is None for body in matter.stream.bodies.all())
    notices = list(Notice.objects.filter(stream=matter.stream))
    assert len(notices) == 2
    for notice in notices:
        assert (notice.neutral, notice.facts) == (True, {})
        assert done.number not in notice.subject + notice.body
        assert "检举" not in notice.subject + notice.body


def test_a_notice_that_reached_the_wrong_desk_is_not_shown_there(office: Office) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    report_up(number=done.number, actor=office.hexiaowen, reason="建议由县纪委办理。")
    Notice.objects.filter(stream=done.matter.stream).update(organ=office.organs["HCZJ"])

    def unread(actor: Actor) -> int:
        streams = matters_visible_to(actor).values("stream_id")
        return notices_for(user_id=actor.user_id or 0, organ_id=office.organs["HCZJ"].pk, streams=streams).count()

    assert [unread(getattr(office, who)) for who in THOSE_OF_THE_ACCUSED] == [0, 0, 0]
    assert unread(office.hexiaowen) == 1


def test_an_accusation_may_go_up_and_to_discipline(office: Office) -> None:
    """Where it may not stay, sending upward is lawful, unlike with other matters."""
    done = accusation(office, accused_organs=("HCRS",))
    assert transfer(number=done.number, actor=office.hexiaowen, to="HCJW").matter.holder.code == "HCJW"
    other = accusation(office, accused_organs=("HCRS",))
    assert transfer(number=other.number, actor=office.hexiaowen, to="YZXF").matter.holder.code == "YZXF"


def test_every_pair_of_accused_and_target_is_judged_alike_by_the_act(office: Office) -> None:
    """No target that the rule bars is ever let in by the act, whatever the pair."""
    codes = ["HC", "HCZJ", "HCRS", "HCJW", "YXZ", "LWC"]
    for accused, to in itertools.product(codes, codes):
        done = accusation(office, accused_organs=(accused,))
        sender = office.hexiaowen if done.matter.received_by.code == "HCXF" else office.jinhe
        organ = Organ.objects.get(code=to)
        if office.organs[accused].pk in organ.ancestors:
            with pytest.raises(Refused):
                transfer(number=done.number, actor=sender, to=to)
        else:
            assert transfer(number=done.number, actor=sender, to=to).matter.holder.code == to

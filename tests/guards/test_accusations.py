"""Attempts to get an accusation to the accused, each by another door (Article 30)."""

from typing import Any

import pytest

from tests.office import Office
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.lookup import NotThere, access_matter, matters_visible_to
from xinqiao.notices.models import Notice
from xinqiao.organs.models import Holding, Post
from xinqiao.procedure import Refused


def accusation(office: Office, **against: Any) -> Any:
    return office.register(kind="accusation", title="反映收受礼金", text="反映某负责人收受礼金。", **against)


@pytest.mark.parametrize(
    ("against", "to", "why"),
    [
        ({"accused_organs": ("HCZJ",)}, "HCZJ", "the accused organ itself"),
        ({"accused_organs": ("YXZ",)}, "LWC", "an organ below the accused one"),
        ({"accused_users": ("tanyue",)}, "HCZJ", "an organ headed by the accused"),
        ({"accused_users": ("yanli",)}, "LWC", "an organ below one that the accused heads"),
    ],
)
def test_it_is_not_transferred_to_the_accused(office: Office, against: Any, to: str, why: str) -> None:
    done = accusation(office, **against)
    with pytest.raises(Refused) as refused:
        transfer(number=done.number, actor=office.hexiaowen, to=to)
    assert (refused.value.refusal.code, refused.value.refusal.article) == ("accused-organ", "信访工作条例 第三十条"), (
        why
    )


def test_a_plain_complaint_goes_to_the_organ_complained_of(office: Office) -> None:
    done = office.register(accused_organs=("HCZJ",))
    assert transfer(number=done.number, actor=office.hexiaowen, to="HCZJ").matter.holder.code == "HCZJ"


def test_it_is_in_no_list_of_the_accused_and_its_number_finds_nothing(office: Office) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    done.matter.involved.create(
        organ=office.organs["HCZJ"], part="holder", since=done.matter.received_on, root_organ_id=office.root_id
    )
    for somebody in (office.tanyue, office.jiangbo, office.shenlu):
        assert not matters_visible_to(somebody).filter(pk=done.matter.pk).exists()
        with pytest.raises(NotThere):
            access_matter(somebody, done.number, to=Permission.MATTER_READ)


def test_a_deputy_post_elsewhere_does_not_open_it_for_the_accused_himself(office: Office) -> None:
    done = accusation(office, accused_users=("jiangbo",))
    post = Post.objects.create(organ=office.organs["HCXF"], title="帮办", role="clerk", ceiling=2)
    Holding.objects.filter(user=office.people["jiangbo"]).delete()
    Holding.objects.create(post=post, user=office.people["jiangbo"], since=done.matter.received_on)
    with pytest.raises(NotThere):
        access_matter(office.jiangbo, done.number, to=Permission.MATTER_READ)


def test_what_is_written_of_it_lies_sealed_and_notices_tell_nothing(office: Office) -> None:
    done = accusation(office, accused_organs=("HCZJ",))
    transfer(number=done.number, actor=office.hexiaowen, to="HCJW")
    matter = done.matter
    assert matter.title == ""
    assert all(body.clear is None for body in matter.stream.bodies.all())
    for notice in Notice.objects.filter(stream=matter.stream):
        assert notice.neutral
        assert notice.facts == {}

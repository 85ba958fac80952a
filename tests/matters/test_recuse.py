"""Recuse 回避: a direct interest keeps somebody away; about others than oneself the head decides (Article 28)."""

from typing import Any

import pytest

from tests.matters.cases import handled, last
from tests.office import Office
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.lookup import NotThere, access_matter, matters_visible_to
from xinqiao.matters.models import Recusal
from xinqiao.matters.submission import Invalid

BECAUSE = "与信访人是亲属。"


def test_whoever_is_recused_neither_sees_nor_acts(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        recuse(number=done.number, actor=office.tanyue, user="jiangbo", reason=BECAUSE)
        assert not matters_visible_to(office.jiangbo).exists()
        with pytest.raises(NotThere):
            reply(number=done.number, actor=office.jiangbo, outcome="supported", facts="x", opinion="x", basis="x")
        assert access_matter(office.tanyue, done.number, to=Permission.MATTER_READ)
    row = Recusal.objects.get()
    assert (row.user, row.decided_by, row.decided_on.isoformat()) == (
        office.people["jiangbo"],
        office.people["tanyue"],
        "2026-03-20",
    )


def test_the_event_names_nobody(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        recuse(number=done.number, actor=office.tanyue, user="jiangbo", reason=BECAUSE)
    assert last(done).data == {"user": office.people["jiangbo"].pk}


def test_oneself_anybody_recuses(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        recuse(number=done.number, actor=office.jiangbo, user="jiangbo", reason=BECAUSE)
        assert not matters_visible_to(office.jiangbo).exists()


@pytest.mark.parametrize(
    ("who", "user", "why"),
    [
        ("jiangbo", "tanyue", "a handler does not send his head away"),
        ("hexiaowen", "jiangbo", "a clerk decides about nobody"),
        ("tanyue", "hexiaowen", "a head decides in the own organ, not about the petition office"),
        ("tanyue", "xuanni", "nor about who will review"),
        ("tanyue", "nobody", "there is no such account"),
    ],
)
def test_about_others_a_head_decides_in_his_own_house(office: Office, on: Any, who: str, user: str, why: str) -> None:
    done = handled(office, on)
    with on("2026-03-20"), pytest.raises(Invalid) as wrong:
        recuse(number=done.number, actor=getattr(office, who), user=user, reason=BECAUSE)
    assert (list(wrong.value.errors), last(done).type, Recusal.objects.count()) == (["user"], "served", 0), why


def test_nobody_is_recused_twice(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        recuse(number=done.number, actor=office.tanyue, user="jiangbo", reason=BECAUSE)
        with pytest.raises(Invalid):
            recuse(number=done.number, actor=office.tanyue, user="jiangbo", reason=BECAUSE)
    assert last(done).seq == 5

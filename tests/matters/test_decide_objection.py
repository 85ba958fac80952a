"""Decide an objection 异议审核: the sender takes the matter back, or it stays (Article 23)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, last, sent
from tests.office import Office
from xinqiao.access.permissions import Permission
from xinqiao.matters.actions.decide_objection import decide_objection
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.lookup import NotThere, access_matter
from xinqiao.procedure import Refused


def test_what_is_taken_back_exists_no_more_for_the_objector(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-06"):
        object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
        decide_objection(number=done.number, actor=office.hexiaowen, upheld=True, reason="同意退回。")
        assert (fresh(done).stage, fresh(done).holder.code, clock(done, "K04").state) == ("received", "HCXF", "void")
        with pytest.raises(NotThere):
            access_matter(office.jiangbo, done.number, to=Permission.MATTER_READ)


def test_a_refused_objection_leaves_the_matter_where_it_is(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-06"):
        object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
        decide_objection(number=done.number, actor=office.hexiaowen, upheld=False, reason="属于本局职权。")
    assert (fresh(done).holder.code, clock(done, "K06").state, clock(done, "K04").state) == ("HCZJ", "met", "running")


def test_only_the_sender_decides(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-06"):
        object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
        with pytest.raises(Refused) as refused:
            decide_objection(number=done.number, actor=office.tanyue, upheld=True, reason="同意。")
    assert (refused.value.refusal.code, last(done).type) == ("not-the-sender", "objected")

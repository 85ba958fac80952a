"""Reopen 重开: new facts or an error put right; notice and rights begin anew (Article 36)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, clock, closed, fresh, handled
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.reopen import reopen
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.models import ClockRow
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.request_review import request_review


def test_the_fifteen_days_and_the_right_of_review_begin_anew(office: Office, on: Any) -> None:
    done = closed(office, on)
    with on("2026-06-01"):
        reopen(number=done.number, actor=office.tanyue, reason="发现新的事实。")
    anew = ClockRow.objects.filter(matter=done.matter, clock="K04").latest("started_on")
    assert (anew.started_on.isoformat(), anew.legal_due.isoformat(), anew.state) == (
        "2026-06-01",
        "2026-06-16",
        "running",
    )
    with on("2026-06-08"):
        accept(number=done.number, actor=office.jiangbo, path=6)
        serve(number=done.number, actor=office.jiangbo, document="acceptance")
    with on("2026-06-20"):
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply")
    with on("2026-07-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="不服新的意见。")
    assert fresh(done).stage == "review"


def test_the_petition_office_reopens_at_itself(office: Office, on: Any) -> None:
    done = closed(office, on)
    with on("2026-06-01"):
        reopen(number=done.number, actor=office.qinshuo, reason="处理结果没有落实。")
    assert (fresh(done).stage, fresh(done).holder.code) == ("received", "HCXF")


@pytest.mark.parametrize("who", ["jiangbo", "hexiaowen", "guoting"])
def test_only_a_head_reopens(office: Office, on: Any, who: str) -> None:
    done = closed(office, on)
    with on("2026-06-01"), pytest.raises(Forbidden):
        reopen(number=done.number, actor=getattr(office, who), reason="发现新的事实。")


def test_what_goes_on_is_not_reopened(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-06-01"), pytest.raises(Refused) as refused:
        reopen(number=done.number, actor=office.tanyue, reason="发现新的事实。")
    assert (refused.value.refusal.code, clock(done, "K08").state) == ("not-ended", "running")

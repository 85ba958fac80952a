"""Report up 报告党委政府: the grave and urgent, with a proposal (Articles 22 and 25)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, registered, sent
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.matters.actions.report_up import report_up
from xinqiao.matters.actions.transfer import transfer
from xinqiao.procedure import Refused


def test_the_bureau_did_its_part_and_keeps_the_matter(office: Office, on: Any) -> None:
    done = registered(office, on)
    with on("2026-03-04"):
        report_up(number=done.number, actor=office.qinshuo, reason="建议由县政府牵头。")
    assert (clock(done, "K02").state, fresh(done).holder.code) == ("met", "HCXF")
    with on("2026-03-10"):
        transfer(number=done.number, actor=office.hexiaowen, to="YXZ")
    assert fresh(done).stage == "dispatched", "the leadership has said where it goes"


def test_an_organ_that_is_no_bureau_reports_otherwise(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-05"):
        with pytest.raises(Refused) as refused:
            report_up(number=done.number, actor=office.shenlu, reason="涉及面广。")
        with pytest.raises(Forbidden):
            report_up(number=done.number, actor=office.jiangbo, reason="涉及面广。")
    assert (refused.value.refusal.code, refused.value.refusal.article) == (
        "not-a-bureau",
        "信访工作条例 第二十二条第一项",
    )

"""Report 办结报告: the organ tells whoever assigned the matter what was done (Article 22, item 3)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, assigned, clock, fresh, registered
from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.report import report
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.lookup import NotThere
from xinqiao.procedure import Refused


@pytest.mark.parametrize(("day", "state"), [("2026-05-20", "met"), ("2026-05-21", "late")])
def test_the_report_is_in_time_until_the_day_that_was_set(office: Office, on: Any, day: str, state: str) -> None:
    done = assigned(office, on)
    with on(day):
        report(number=done.number, actor=office.jiangbo, report="已经办结。")
    assert clock(done, "K10").state == state


def test_nothing_closes_while_the_report_is_outstanding(office: Office, on: Any) -> None:
    done = assigned(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
        serve(number=done.number, actor=office.jiangbo, document="acceptance")
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply")
    with on("2026-06-01"):
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "report-outstanding"
        report(number=done.number, actor=office.jiangbo, report="已经办结。")
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


def test_an_organ_that_never_had_the_matter_reports_nothing(office: Office, on: Any) -> None:
    done = registered(office, on)
    with on("2026-03-20"), pytest.raises(NotThere):
        report(number=done.number, actor=office.jiangbo, report="已经办结。")

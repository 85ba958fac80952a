"""The whole lawful way of one petition, act by act, through the actions alone."""

from collections.abc import Callable
from typing import Any

from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.report import report
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.rereview import rereview
from xinqiao.reviews.actions.review import review

OPINION = {"facts": "现场查看属实。", "opinion": "由物业维修北墙。", "basis": "《住宅专项维修资金管理办法》"}


def test_a_letter_goes_the_whole_lawful_way(office: Office, on: Callable[[str], Any]) -> None:
    with on("2026-03-02"):
        done = office.register()
    number = done.number
    with on("2026-03-05"):
        assign(number=number, actor=office.hexiaowen, to="HCZJ", report_due_on=_day("2026-05-20"), notified=True)
    with on("2026-03-10"):
        accept(number=number, actor=office.jiangbo, path=6)
        serve(number=number, actor=office.jiangbo, document="acceptance")
        serve(number=number, actor=office.hexiaowen, document="destination", method="post")
    with on("2026-05-06"):
        extend(number=number, actor=office.tanyue, days=30, reason="第三方鉴定未完成。")
        serve(number=number, actor=office.jiangbo, document="extension")
    with on("2026-05-18"):
        reply(number=number, actor=office.jiangbo, outcome="supported", **OPINION)
        report(number=number, actor=office.jiangbo, report="已答复，正在维修。")
    with on("2026-05-20"):
        serve(number=number, actor=office.jiangbo, document="reply", method="post")
    with on("2026-06-01"):
        request_review(number=number, actor=office.citizen(done), reason="没有说明资金去向。")
    with on("2026-06-20"):
        review(number=number, actor=office.xuanni, outcome="upheld", **OPINION)
        serve(number=number, actor=office.xuanni, document="review")
    with on("2026-07-01"):
        request_rereview(number=number, actor=office.citizen(done), reason="仍然没有说明。")
    with on("2026-07-20"):
        rereview(number=number, actor=office.moran, outcome="upheld", **OPINION)
        serve(number=number, actor=office.moran, document="rereview")
    with on("2026-07-27"):
        act = close(number=number, actor=office.tanyue, checks=["settled", "explained"])

    matter = Matter.objects.get(number=number)
    assert (matter.stage, act.case.stage) == ("closed", "closed")
    assert matter.stream.length == 17
    states = dict(ClockRow.objects.filter(matter=matter).values_list("clock", "state"))
    assert states == {
        "K02": "met",
        "K04": "met",
        "K05": "void",
        "K08": "met",
        "K10": "met",
        "K11": "met",
        "K12": "met",
        "K13": "met",
        "K14": "met",
    }


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)

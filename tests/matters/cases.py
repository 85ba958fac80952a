"""Matters brought to a stage by the acts themselves, for tests of the next act."""

from datetime import date
from typing import Any

from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Matter
from xinqiao.record import events_of
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.review import review

OPINION = {"facts": "现场查看属实。", "opinion": "由物业维修。", "basis": "《物业管理条例》"}


def sent(office: Office, on: Any, **changes: Any) -> Registered:
    """Registered on 2 March 2026 and transferred to the housing bureau on the 4th."""
    with on("2026-03-02"):
        done = office.register(**changes)
    with on("2026-03-04"):
        transfer(number=done.number, actor=office.hexiaowen, to="HCZJ")
    return done


def assigned(office: Office, on: Any) -> Registered:
    """The same as an assignment to be reported on by 20 May."""
    with on("2026-03-02"):
        done = office.register()
    with on("2026-03-04"):
        assign(number=done.number, actor=office.hexiaowen, to="HCZJ", report_due_on=date(2026, 5, 20))
    return done


def handled(office: Office, on: Any, **changes: Any) -> Registered:
    """Accepted on 9 March on the petition path and told on the 10th; due on 8 May."""
    done = sent(office, on, **changes)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    with on("2026-03-10"):
        serve(number=done.number, actor=office.jiangbo, document="acceptance")
    return done


def answered(office: Office, on: Any) -> Registered:
    """Replied on 13 April, served on the 15th; review may be asked for until 15 May."""
    done = handled(office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
    with on("2026-04-15"):
        serve(number=done.number, actor=office.jiangbo, document="reply")
    return done


def under_review(office: Office, on: Any) -> Registered:
    """Review asked for on 6 May; the county government decides by 5 June."""
    done = answered(office, on)
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="没有说明资金去向。")
    return done


def reviewed(office: Office, on: Any) -> Registered:
    """Upheld on 20 May, served on the 21st."""
    done = under_review(office, on)
    with on("2026-05-20"):
        review(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
    with on("2026-05-21"):
        serve(number=done.number, actor=office.xuanni, document="review")
    return done


def fresh(done: Registered) -> Matter:
    return Matter.objects.select_related("holder", "stream").get(pk=done.matter.pk)


def last(done: Registered) -> Any:
    """The newest event on record."""
    return events_of(done.matter.stream_id)[-1]


def clock(done: Registered, name: str) -> Any:
    return fresh(done).clocks.get(clock=name)

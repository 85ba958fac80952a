"""Matters brought to a stage by the acts themselves, for tests of the next act."""

from datetime import date
from typing import Any

from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import Matter
from xinqiao.record import events_of
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
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


def assigned(office: Office, on: Any, **changes: Any) -> Registered:
    """The same as an assignment to be reported on by 20 May."""
    with on("2026-03-02"):
        done = office.register(**changes)
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


def objected(office: Office, on: Any, **changes: Any) -> Registered:
    """Transferred on 4 March; the housing bureau objects on the 6th."""
    done = sent(office, on, **changes)
    with on("2026-03-06"):
        object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
    return done


def simplified(office: Office, on: Any, **changes: Any) -> Registered:
    """Accepted on 5 March for simplified handling, told the same day; due on 19 March."""
    done = sent(office, on, **changes)
    with on("2026-03-05"):
        accept(number=done.number, actor=office.jiangbo, path=6, simplified=True)
        serve(number=done.number, actor=office.jiangbo, document="acceptance")
    return done


def withdrawn(office: Office, on: Any, **changes: Any) -> Registered:
    """In handling, and withdrawn by the petitioner on 1 April."""
    done = handled(office, on, **changes)
    with on("2026-04-01"):
        withdraw(number=done.number, actor=office.citizen(done))
    return done


def answered(office: Office, on: Any, **changes: Any) -> Registered:
    """Replied on 13 April, served on the 15th; review may be asked for until 15 May."""
    done = handled(office, on, **changes)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
    with on("2026-04-15"):
        serve(number=done.number, actor=office.jiangbo, document="reply")
    return done


def closed(office: Office, on: Any, **changes: Any) -> Registered:
    """Answered, the right of review lapsed, closed on 18 May."""
    done = answered(office, on, **changes)
    with on("2026-05-18"):
        close(number=done.number, actor=office.tanyue, checks=["settled"])
    return done


def under_review(office: Office, on: Any, **changes: Any) -> Registered:
    """Review asked for on 6 May; the county government decides by 5 June."""
    done = answered(office, on, **changes)
    with on("2026-05-06"):
        request_review(number=done.number, actor=office.citizen(done), reason="没有说明资金去向。")
    return done


def reviewed(office: Office, on: Any, **changes: Any) -> Registered:
    """Upheld on 20 May, served on the 21st."""
    done = under_review(office, on, **changes)
    with on("2026-05-20"):
        review(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
    with on("2026-05-21"):
        serve(number=done.number, actor=office.xuanni, document="review")
    return done


def under_rereview(office: Office, on: Any, **changes: Any) -> Registered:
    """Re-review asked for on 1 June; the city government decides by 1 July."""
    done = reviewed(office, on, **changes)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    return done


def in_rereview_hearing(office: Office, on: Any, **changes: Any) -> Registered:
    """A hearing of the re-review was opened on 10 June."""
    done = under_rereview(office, on, **changes)
    with on("2026-06-10"):
        open_hearing(number=done.number, actor=office.moran, stage="rereview")
    return done


def registered(office: Office, on: Any, **changes: Any) -> Registered:
    """Registered at the petition office on 2 March."""
    with on("2026-03-02"):
        return office.register(**changes)


def fresh(done: Registered) -> Matter:
    return Matter.objects.select_related("holder", "stream").get(pk=done.matter.pk)


def last(done: Registered) -> Any:
    """The newest event on record."""
    return events_of(done.matter.stream_id)[-1]


def clock(done: Registered, name: str) -> Any:
    return fresh(done).clocks.get(clock=name)

"""One matter on its whole way, stopped wherever a test wants it; the days are those of 2026."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from typing import Any

from tests.office import PERSON, TEXT, Office
from xinqiao.access.clock import SHANGHAI, held_at
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.rereview import rereview
from xinqiao.reviews.actions.review import review

OPINION: dict[str, Any] = {
    "facts": "现场查看，三号楼北墙渗水属实。2024 年维修资金用于更换电梯，共三笔。",
    "opinion": "由物业公司在 12 月 5 日前进场维修北墙；维修资金明细张贴在小区公示栏。",
    "basis": "《住宅专项维修资金管理办法》",
}
CLAIMS = ("修好3号楼北墙", "说明2024年维修资金用途")

# name of the step, its day, what happens
STEPS: tuple[tuple[str, str, Callable[[Office, Registered], Any]], ...] = (
    (
        "assigned",
        "2026-08-27",
        lambda o, d: assign(
            number=d.number, actor=o.hexiaowen, to="HCZJ", report_due_on=date(2026, 11, 20), notified=True
        ),
    ),
    ("accepted", "2026-09-10", lambda o, d: accept(number=d.number, actor=o.jiangbo, path=6)),
    ("acceptance_served", "2026-09-11", lambda o, d: serve(number=d.number, actor=o.jiangbo, document="acceptance")),
    (
        "replied",
        "2026-11-06",
        lambda o, d: reply(
            number=d.number,
            actor=o.jiangbo,
            outcome="supported",
            claims={1: "supported", 2: "explained"},
            **OPINION,
        ),
    ),
    ("reply_served", "2026-11-10", lambda o, d: serve(number=d.number, actor=o.jiangbo, document="reply")),
    (
        "review_requested",
        "2026-11-20",
        lambda o, d: request_review(number=d.number, actor=o.citizen(d), reason="没有说明资金去向。"),
    ),
    ("reviewed", "2026-12-10", lambda o, d: review(number=d.number, actor=o.xuanni, outcome="upheld", **OPINION)),
    ("review_served", "2026-12-11", lambda o, d: serve(number=d.number, actor=o.xuanni, document="review")),
    (
        "rereview_requested",
        "2026-12-21",
        lambda o, d: request_rereview(number=d.number, actor=o.citizen(d), reason="仍然没有说明。"),
    ),
    ("rereviewed", "2027-01-12", lambda o, d: rereview(number=d.number, actor=o.moran, outcome="upheld", **OPINION)),
    ("rereview_served", "2027-01-13", lambda o, d: serve(number=d.number, actor=o.moran, document="rereview")),
)


def on(day: str, *, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    """That day in China, nine in the morning where nothing else is said."""
    return held_at(datetime.combine(date.fromisoformat(day), time(hour, minute), SHANGHAI))


def received(office: Office, **changes: Any) -> Registered:
    """Handed in on the web on 24 August 2026."""
    said: dict[str, Any] = {"channel": "web", "text": TEXT, "claims": CLAIMS, "petitioners": (PERSON,)}
    with on("2026-08-24"):
        return office.register(office.citizen(), organ="HCXF", **said | changes)


def walked(office: Office, until: str, **changes: Any) -> Registered:
    """The same, walked on to the step of that name."""
    done = received(office, **changes)
    for name, day, act in STEPS:
        with on(day):
            act(office, done)
        if name == until:
            return done
    raise ValueError(f"there is no step {until}")

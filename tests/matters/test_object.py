"""Object 提出异议: within five working days, with reasons (Article 23)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, last, sent
from tests.office import Office
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.submission import Invalid


def test_the_sender_must_decide_within_three_working_days(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-06"):
        object_(number=done.number, actor=office.jiangbo, reason="不属于本局职权。")
    assert (last(done).type, clock(done, "K05").state, clock(done, "K06").legal_due.isoformat()) == (
        "objected",
        "met",
        "2026-03-11",
    )
    assert clock(done, "K04").state == "running", "the own fifteen days run on"


def test_without_reasons_nothing_is_recorded(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-06"), pytest.raises(Invalid):
        object_(number=done.number, actor=office.jiangbo, reason=" ")
    assert last(done).type == "transferred"
    assert fresh(done).stream.length == 2

"""Assign 交办: with a day by which the organ reports (Article 22, item 3)."""

from typing import Any

import pytest

from tests.matters.cases import assigned, clock, last
from tests.office import Office
from xinqiao.matters.actions.assign import assign
from xinqiao.procedure import Refused


def test_the_report_is_due_on_the_day_that_was_set(office: Office, on: Any) -> None:
    done = assigned(office, on)
    assert last(done).data["report_due_on"] == "2026-05-20"
    assert clock(done, "K10").legal_due.isoformat() == "2026-05-20"


def test_a_day_that_is_over_is_refused(office: Office, on: Any) -> None:
    from datetime import date

    with on("2026-03-02"):
        done = office.register()
        with pytest.raises(Refused) as refused:
            assign(number=done.number, actor=office.hexiaowen, to="HCZJ", report_due_on=date(2026, 3, 1))
    assert (refused.value.refusal.code, last(done).type) == ("report-due-past", "received")

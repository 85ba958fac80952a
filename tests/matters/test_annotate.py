"""Annotate 批示: a leader reads and directs; the clocks of the law stay what they are (Article 18)."""

from datetime import date
from typing import Any

import pytest

from tests.matters.cases import clock, closed, fresh, handled, last
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.models import ClockRow
from xinqiao.notices.models import Notice


def test_no_clock_and_no_stage_moves(office: Office, on: Any) -> None:
    done = handled(office, on)
    before = list(ClockRow.objects.order_by("id").values_list("clock", "legal_due", "state"))
    with on("2026-03-20"):
        annotate(number=done.number, actor=office.guoting, note="请主要负责人办理。", due_on=date(2026, 4, 10))
    assert list(ClockRow.objects.order_by("id").values_list("clock", "legal_due", "state")) == before
    assert (fresh(done).stage, clock(done, "K08").legal_due) == ("handling", date(2026, 5, 8))


def test_the_organ_that_holds_the_matter_hears_of_the_day(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        annotate(number=done.number, actor=office.guoting, note="请主要负责人办理。", due_on=date(2026, 4, 10))
    notice = Notice.objects.get(kind="annotated")
    assert (notice.organ.code, notice.facts["due_on"]) == ("HCZJ", "2026-04-10")
    assert "主要负责人" not in str(notice.facts)


def test_a_leader_directs_also_after_the_end(office: Office, on: Any) -> None:
    done = closed(office, on)
    with on("2026-06-20"):
        annotate(number=done.number, actor=office.guoting, note="请回访。")
    assert (last(done).type, fresh(done).stage) == ("annotated", "closed")


def test_only_a_leader_or_a_head_directs_and_only_what_he_sees(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        with pytest.raises(Forbidden):
            annotate(number=done.number, actor=office.jiangbo, note="请办理。")
        with pytest.raises(NotThere):
            annotate(number=done.number, actor=office.yanli, note="请办理。")

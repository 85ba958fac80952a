"""Re-review 复核: the last word; a hearing stops its clock, and only its clock (Article 36)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, clock, fresh, reviewed
from tests.office import Office
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.close_hearing import close_hearing
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.rereview import rereview


def test_hearing_days_are_added_before_the_end_is_moved(office: Office, on: Any) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    with on("2026-06-10"):
        open_hearing(number=done.number, actor=office.moran, stage="rereview")
        assert clock(done, "K14").state == "paused"
    with on("2026-06-17"):
        close_hearing(number=done.number, actor=office.moran, stage="rereview", conclusion="双方陈述完毕。")
    assert (clock(done, "K14").paused_days, clock(done, "K14").legal_due.isoformat()) == (8, "2026-07-09")


def test_after_the_final_opinion_nothing_more_is_asked(office: Office, on: Any) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    with on("2026-06-20"):
        rereview(number=done.number, actor=office.moran, outcome="upheld", **OPINION)
        assert fresh(done).stage == "final"
        with pytest.raises(Refused):
            request_rereview(number=done.number, actor=office.citizen(done), reason="还要复核。")


def test_the_reviewing_organ_does_not_rereview(office: Office, on: Any) -> None:
    done = reviewed(office, on)
    with on("2026-06-01"):
        request_rereview(number=done.number, actor=office.citizen(done), reason="仍不服。")
    with on("2026-06-20"), pytest.raises(Refused) as refused:
        rereview(number=done.number, actor=office.xuanni, outcome="upheld", **OPINION)
    assert refused.value.refusal.code in {"same-organ", "not-superior"}

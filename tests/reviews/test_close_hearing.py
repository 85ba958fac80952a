"""Close a hearing 听证结束: first and last day included, its days are added where the level says so (Article 36)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, clock, handled, in_rereview_hearing, last
from tests.office import Office
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.close_hearing import close_hearing
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.rereview import rereview


@pytest.mark.parametrize(
    ("day", "days", "due", "why"),
    [
        ("2026-06-10", 1, "2026-07-02", "opened and closed on one day: one day"),
        ("2026-06-12", 3, "2026-07-06", "three days; 4 July is a Saturday"),
    ],
)
def test_its_days_are_added_before_the_end_is_moved(
    office: Office, on: Any, day: str, days: int, due: str, why: str
) -> None:
    done = in_rereview_hearing(office, on)
    with on(day):
        close_hearing(number=done.number, actor=office.moran, stage="rereview", conclusion="陈述完毕。")
    row = clock(done, "K14")
    assert (row.state, row.paused_days, row.legal_due.isoformat()) == ("running", days, due), why


def test_while_a_hearing_is_open_nobody_decides(office: Office, on: Any) -> None:
    done = in_rereview_hearing(office, on)
    with on("2026-06-20"), pytest.raises(Refused) as refused:
        rereview(number=done.number, actor=office.moran, outcome="upheld", **OPINION)
    assert refused.value.refusal.code == "hearing-open"
    other = handled(office, on)
    with on("2026-06-20"):
        open_hearing(number=other.number, actor=office.jiangbo)
        with pytest.raises(Refused) as refused:
            reply(number=other.number, actor=office.jiangbo, outcome="supported", **OPINION)
    assert refused.value.refusal.code == "hearing-open"


@pytest.mark.parametrize(("stage", "code"), [("handling", "hearing-not-open"), ("trial", "bad-value")])
def test_what_was_not_opened_is_not_closed(office: Office, on: Any, stage: str, code: str) -> None:
    done = in_rereview_hearing(office, on)
    with on("2026-06-12"), pytest.raises(Refused) as refused:
        close_hearing(number=done.number, actor=office.moran, stage=stage, conclusion="陈述完毕。")
    assert refused.value.refusal.code == code


def test_without_a_conclusion_it_stays_open(office: Office, on: Any) -> None:
    done = in_rereview_hearing(office, on)
    with on("2026-06-12"), pytest.raises(Invalid) as wrong:
        close_hearing(number=done.number, actor=office.moran, stage="rereview", conclusion="")
    assert (list(wrong.value.errors), last(done).type) == (["conclusion"], "hearing_opened")

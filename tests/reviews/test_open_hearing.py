"""Open a hearing 举行听证: at any of the three levels; only in re-review does it stop the time (Articles 31, 36)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, handled, sent, under_rereview, under_review
from tests.office import Office
from xinqiao.matters.actions.accept import accept
from xinqiao.procedure import Refused
from xinqiao.reviews.actions.open_hearing import open_hearing


@pytest.mark.parametrize(
    ("begun", "day", "who", "stage", "name", "state", "why"),
    [
        (handled, "2026-03-20", "jiangbo", "handling", "K08", "running", "the sixty days run on"),
        (under_review, "2026-05-10", "xuanni", "review", "K12", "running", "so do the thirty of the review"),
        (under_rereview, "2026-06-10", "moran", "rereview", "K14", "paused", "those of the re-review stand still"),
    ],
)
def test_a_hearing_at_each_level(
    office: Office, on: Any, begun: Any, day: str, who: str, stage: str, name: str, state: str, why: str
) -> None:
    done = begun(office, on)
    with on(day):
        open_hearing(number=done.number, actor=getattr(office, who), stage=stage, reason="重大疑难。")
    assert clock(done, name).state == state, why


def test_a_hearing_opened_after_the_due_day_revives_nothing(office: Office, on: Any) -> None:
    done = under_rereview(office, on)
    with on("2026-07-02"):
        open_hearing(number=done.number, actor=office.moran, stage="rereview")
    assert (clock(done, "K14").state, clock(done, "K14").legal_due.isoformat()) == ("missed", "2026-07-01")


@pytest.mark.parametrize(
    ("begun", "day", "who", "stage", "code", "why"),
    [
        (sent, "2026-03-20", "jiangbo", "handling", "not-accepted", "nobody handles it yet"),
        (handled, "2026-03-20", "jiangbo", "rereview", "no-review-pending", "nobody asked for a re-review"),
        (handled, "2026-03-20", "jiangbo", "trial", "bad-value", "there is no such level"),
    ],
)
def test_a_hearing_is_refused(
    office: Office, on: Any, begun: Any, day: str, who: str, stage: str, code: str, why: str
) -> None:
    done = begun(office, on)
    with on(day), pytest.raises(Refused) as refused:
        open_hearing(number=done.number, actor=getattr(office, who), stage=stage)
    assert refused.value.refusal.code == code, why


def test_one_hearing_at_a_time(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        open_hearing(number=done.number, actor=office.jiangbo)
        with pytest.raises(Refused) as refused:
            open_hearing(number=done.number, actor=office.jiangbo)
    assert refused.value.refusal.code == "hearing-open"


def test_another_lawful_path_knows_no_hearing_of_ours(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=2, basis="依法申请仲裁。")
        with pytest.raises(Refused) as refused:
            open_hearing(number=done.number, actor=office.jiangbo)
    assert (refused.value.refusal.code, fresh(done).stage) == ("hearing-not-here", "handling")

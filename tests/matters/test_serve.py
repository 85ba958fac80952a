"""Serve 送达: from the day of receipt the petitioner's own time runs (Articles 35, 36)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, answered, clock, handled, last
from tests.office import Office
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused


def test_the_right_to_review_runs_from_the_day_of_service(office: Office, on: Any) -> None:
    done = answered(office, on)
    assert (clock(done, "K11").started_on.isoformat(), clock(done, "K11").legal_due.isoformat()) == (
        "2026-04-15",
        "2026-05-15",
    )


@pytest.mark.parametrize(("day", "why"), [("2026-04-12", "before the paper was made"), ("2026-04-30", "a day to come")])
def test_an_impossible_day_is_refused(office: Office, on: Any, day: str, why: str) -> None:
    from datetime import date

    done = handled(office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        with pytest.raises(Invalid):
            serve(number=done.number, actor=office.jiangbo, document="reply", served_on=date.fromisoformat(day))
    assert last(done).type == "replied", why


def test_what_was_served_is_not_served_again(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-04-20"), pytest.raises(Refused) as refused:
        serve(number=done.number, actor=office.jiangbo, document="reply")
    assert refused.value.refusal.code == "already-served"


def test_a_paper_left_at_the_home_needs_a_witness(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        with pytest.raises(Invalid):
            serve(number=done.number, actor=office.jiangbo, document="reply", method="left", refused=True)
        serve(
            number=done.number, actor=office.jiangbo, document="reply", method="left", refused=True, evidence="社区见证"
        )
    assert clock(done, "K11").state == "running"

"""Close 办结: served, and no right of the petitioner open; an organ's lateness closes nothing."""

from typing import Any

import pytest

from tests.matters.cases import answered, fresh, handled
from tests.office import Office
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.reopen import reopen
from xinqiao.procedure import Refused


@pytest.mark.parametrize(
    ("day", "code", "why"),
    [("2026-05-15", "remedy-open", "he may ask for review until this day"), ("2026-05-18", "", "his time is over")],
)
def test_a_matter_closes_when_the_right_has_lapsed(office: Office, on: Any, day: str, code: str, why: str) -> None:
    done = answered(office, on)
    with on(day):
        if code:
            with pytest.raises(Refused) as refused:
                close(number=done.number, actor=office.tanyue)
            assert refused.value.refusal.code == code, why
        else:
            close(number=done.number, actor=office.tanyue, checks=["settled"])
            assert fresh(done).stage == "closed", why


def test_a_year_of_lateness_closes_nothing(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2027-03-10"), pytest.raises(Refused) as refused:
        close(number=done.number, actor=office.tanyue)
    assert (refused.value.refusal.code, fresh(done).stage) == ("not-replied", "handling")


def test_a_closed_matter_is_opened_again_with_reasons(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-05-18"):
        close(number=done.number, actor=office.tanyue)
    with on("2026-06-01"):
        reopen(number=done.number, actor=office.tanyue, reason="发现新的事实。")
    assert fresh(done).stage in {"received", "dispatched"}

"""Convert 转普通程序: what was taken up as simple proves not to be; the sixty days count from the acceptance."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, assigned, clock, fresh, handled, sent, simplified
from tests.office import PERSON, Office
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.convert import convert
from xinqiao.matters.actions.reply import reply
from xinqiao.procedure import Refused


def test_ten_working_days_become_sixty_days_from_the_same_day(office: Office, on: Any) -> None:
    done = simplified(office, on)
    assert (clock(done, "K15").state, clock(done, "K16").legal_due.isoformat()) == ("met", "2026-03-19")
    with on("2026-03-16"):
        convert(number=done.number, actor=office.jiangbo, reason="需要鉴定。")
    assert (clock(done, "K16").state, clock(done, "K08").started_on.isoformat()) == ("void", "2026-03-05")


def test_what_is_answered_in_time_need_not_be_converted(office: Office, on: Any) -> None:
    done = simplified(office, on)
    with on("2026-03-19"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
    assert clock(done, "K16").state == "met"


def test_the_ordinary_procedure_is_not_converted(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"), pytest.raises(Refused) as refused:
        convert(number=done.number, actor=office.jiangbo, reason="需要鉴定。")
    assert refused.value.refusal.code == "not-simplified"


@pytest.mark.parametrize(
    ("begun", "changes", "why"),
    [
        (assigned, {}, "a superior wants a report"),
        (sent, {"channel": "visit", "persons": 6, "petitioners": (PERSON,)}, "a group came"),
    ],
)
def test_what_is_assigned_or_joint_is_never_simple(
    office: Office, on: Any, begun: Any, changes: dict[str, Any], why: str
) -> None:
    done = begun(office, on, **changes)
    with on("2026-03-05"), pytest.raises(Refused) as refused:
        accept(number=done.number, actor=office.jiangbo, path=6, simplified=True)
    assert (refused.value.refusal.code, fresh(done).stage) == ("simplified-not-allowed", "dispatched"), why

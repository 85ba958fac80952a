"""Withdraw and restore 撤回: only the petitioner; seven days to think again."""

from typing import Any

import pytest

from tests.matters.cases import fresh, handled, last
from tests.office import Office
from xinqiao.matters.actions.restore import restore
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import Claim
from xinqiao.procedure import Refused


def test_the_petitioner_withdraws_with_his_code_and_it_is_not_settled(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        withdraw(number=done.number, actor=office.citizen(done))
    assert (fresh(done).stage, set(fresh(done).clocks.filter(clock="K08").values_list("state", flat=True))) == (
        "withdrawn",
        {"void"},
    )
    assert Claim.objects.get(matter=done.matter).outcome == "open"


def test_staff_cannot_withdraw_for_him_without_his_signature(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        with pytest.raises(Refused):
            withdraw(number=done.number, actor=office.hexiaowen)
        withdraw(number=done.number, actor=office.hexiaowen, signed_paper="撤回申请书，4月1日签名")
    assert last(done).data["by_code"] is False


@pytest.mark.parametrize(("day", "stage"), [("2026-04-08", "handling"), ("2026-04-09", "withdrawn")])
def test_seven_days_to_think_again(office: Office, on: Any, day: str, stage: str) -> None:
    done = handled(office, on)
    with on("2026-04-01"):
        withdraw(number=done.number, actor=office.citizen(done))
    with on(day):
        if stage == "withdrawn":
            with pytest.raises(Refused) as refused:
                restore(number=done.number, actor=office.citizen(done))
            assert refused.value.refusal.code == "restore-too-late"
        else:
            restore(number=done.number, actor=office.citizen(done))
    assert fresh(done).stage == stage

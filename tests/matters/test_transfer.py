"""Transfer 转送: the competent organ gets the matter (Articles 22, 23)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, last, sent
from tests.office import Office
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.submission import Invalid
from xinqiao.organs.tree import dissolve
from xinqiao.procedure import Refused


def test_the_organ_holds_the_matter_and_the_bureau_is_in_time(office: Office, on: Any) -> None:
    done = sent(office, on)
    assert (fresh(done).stage, fresh(done).holder.code) == ("dispatched", "HCZJ")
    assert (last(done).type, last(done).data["to"], last(done).organ.code) == ("transferred", "HCZJ", "HCXF")
    assert (clock(done, "K02").state, clock(done, "K04").legal_due.isoformat()) == ("met", "2026-03-19")


def test_only_a_living_organ_of_this_office_is_a_target(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register()
        with pytest.raises(Invalid, match="NOWHERE"):
            transfer(number=done.number, actor=office.hexiaowen, to="NOWHERE")
    assert last(done).type == "received"


def test_an_organ_that_ended_names_its_successor(office: Office, on: Any) -> None:
    from datetime import date

    dissolve(
        office.organs["HCRS"], kind="merged", successors=[office.organs["HCZJ"]], on=date(2026, 1, 1), basis="机构改革"
    )
    with on("2026-03-02"), pytest.raises(Invalid, match="HCZJ"):
        transfer(number=office.register().number, actor=office.hexiaowen, to="HCRS")


def test_nobody_transfers_to_himself(office: Office, on: Any) -> None:
    with on("2026-03-02"), pytest.raises(Refused) as refused:
        transfer(number=office.register().number, actor=office.hexiaowen, to="HCXF")
    assert refused.value.refusal.code == "same-destination"

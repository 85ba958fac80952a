"""Restore 反悔撤回: within seven days everything runs on as if nobody had withdrawn."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, handled, last, withdrawn
from tests.office import Office
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.restore import restore
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.models import ClockRow
from xinqiao.procedure import Refused


def test_the_clocks_run_as_if_nothing_had_been(office: Office, on: Any) -> None:
    done = withdrawn(office, on)
    assert clock(done, "K08").state == "void"
    with on("2026-04-08"):
        restore(number=done.number, actor=office.citizen(done))
    assert (clock(done, "K08").state, clock(done, "K08").legal_due.isoformat()) == ("running", "2026-05-08")
    assert (fresh(done).stage, fresh(done).next_clock) == ("handling", "K08")
    assert not ClockRow.objects.filter(matter=done.matter, state="void").exclude(clock="K05").exists()


def test_an_aside_in_between_does_not_stand_in_the_way(office: Office, on: Any) -> None:
    done = withdrawn(office, on)
    with on("2026-04-03"):
        annotate(number=done.number, actor=office.guoting, note="请了解撤回原因。")
    with on("2026-04-08"):
        restore(number=done.number, actor=office.citizen(done))
    assert fresh(done).stage == "handling"


@pytest.mark.parametrize(
    ("day", "who", "given", "code", "why"),
    [
        ("2026-04-09", "citizen", {}, "restore-too-late", "the eighth day"),
        ("2026-04-08", "hexiaowen", {}, "not-by-petitioner", "staff without his signature"),
    ],
)
def test_a_restoration_is_refused(
    office: Office, on: Any, day: str, who: str, given: dict[str, str], code: str, why: str
) -> None:
    done = withdrawn(office, on)
    actor = office.citizen(done) if who == "citizen" else getattr(office, who)
    with on(day), pytest.raises(Refused) as refused:
        restore(number=done.number, actor=actor, **given)
    assert (refused.value.refusal.code, last(done).type) == (code, "withdrawn"), why


def test_staff_restores_with_a_signed_paper(office: Office, on: Any) -> None:
    done = withdrawn(office, on)
    with on("2026-04-08"):
        restore(number=done.number, actor=office.hexiaowen, signed_paper="继续办理申请，4月8日签名")
    assert last(done).data == {"by_code": False}


def test_what_was_not_withdrawn_is_not_restored(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-04-08"), pytest.raises(Refused) as refused:
        restore(number=done.number, actor=office.citizen(done))
    assert refused.value.refusal.code == "not-withdrawn"


def test_a_stranger_restores_nothing(office: Office, on: Any) -> None:
    done, other = withdrawn(office, on), handled(office, on)
    with on("2026-04-08"), pytest.raises(NotThere):
        restore(number=done.number, actor=office.citizen(other))

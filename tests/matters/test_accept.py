"""Accept 受理告知: in writing, with the path and the time limit (Articles 23, 31, 34)."""

from typing import Any

import pytest

from tests.matters.cases import clock, fresh, sent
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused


def test_the_sixty_days_run_and_the_notice_is_owed(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    assert (fresh(done).stage, clock(done, "K04").state, clock(done, "K08").legal_due.isoformat()) == (
        "handling",
        "met",
        "2026-05-08",
    )
    paper = Paper.objects.get(stream=fresh(done).stream, kind="acceptance")
    assert (paper.must_be_served, paper.service_due_on.isoformat()) == (True, "2026-03-16")


def test_another_lawful_path_needs_its_basis_and_starts_no_sixty_days(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        with pytest.raises(Invalid):
            accept(number=done.number, actor=office.jiangbo, path=2)
        accept(number=done.number, actor=office.jiangbo, path=2, basis="依法申请劳动争议仲裁。")
    assert not fresh(done).clocks.filter(clock="K08").exists()


def test_an_organ_accepts_once(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=6)
        with pytest.raises(Refused) as refused:
            accept(number=done.number, actor=office.jiangbo, path=6)
    assert refused.value.refusal.code == "already-accepted"


def test_whoever_accepts_late_gains_no_time(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-04-01"):
        accept(number=done.number, actor=office.jiangbo, path=6)
    assert (clock(done, "K04").state, clock(done, "K08").started_on.isoformat()) == ("late", "2026-03-19")

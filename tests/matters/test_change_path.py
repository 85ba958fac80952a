"""Change the path 改变途径: what was accepted on one of the six paths belongs on another (Article 31)."""

from typing import Any

import pytest

from tests.matters.cases import answered, clock, fresh, handled, sent
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.change_path import change_path
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.serve import serve
from xinqiao.procedure import Refused


def test_the_sixty_days_end_without_being_owed(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-03-20"):
        change_path(number=done.number, actor=office.jiangbo, path=4, reason="属于行政复议范围。")
    assert clock(done, "K08").state == "void"


def test_back_on_the_petition_path_the_sixty_days_count_from_the_acceptance(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        accept(number=done.number, actor=office.jiangbo, path=2, basis="依法申请劳动争议仲裁。")
    with on("2026-04-20"):
        change_path(number=done.number, actor=office.jiangbo, path=6, reason="不属于仲裁范围。")
    assert (clock(done, "K08").started_on.isoformat(), clock(done, "K08").legal_due.isoformat()) == (
        "2026-03-09",
        "2026-05-08",
    )


def test_the_new_notice_is_served_although_the_acceptance_was_served_before(office: Office, on: Any) -> None:
    """Otherwise it could never be served, and the matter never closed."""
    done = handled(office, on)
    with on("2026-03-20"):
        change_path(number=done.number, actor=office.jiangbo, path=4, reason="属于行政复议范围。")
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        act = serve(number=done.number, actor=office.jiangbo, document="acceptance")
        assert act.event is not None
        assert act.event.type == "delivered", "the law counts the first service; this one is on record"
        assert Paper.objects.get(kind="procedural").state == "served"
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


def test_what_was_answered_stays_on_its_path(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-04-20"), pytest.raises(Refused) as refused:
        change_path(number=done.number, actor=office.jiangbo, path=4, reason="属于行政复议范围。")
    assert refused.value.refusal.code == "already-replied"

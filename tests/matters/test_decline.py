"""Decline 不予受理: in writing, with the reason and the right door (Articles 19, 23, 36)."""

from typing import Any

import pytest

from tests.matters.cases import fresh, last, sent
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.submission import Invalid
from xinqiao.record import texts_of


def test_the_reason_stands_beside_the_record_and_the_paper_is_owed(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        decline(
            number=done.number, actor=office.jiangbo, kind="not_accepted", reason="法院正在审理。", door="县人民法院"
        )
    event = last(done)
    assert (fresh(done).stage, event.data["kind"], event.data["redirected"]) == ("declined", "not_accepted", True)
    assert "法院" not in str(event.data)
    assert texts_of(event.stream)[event.seq, "reason"] == "法院正在审理。"
    assert Paper.objects.get(stream_id=event.stream, kind="not_accepted").must_be_served


def test_without_a_reason_it_is_refused(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"), pytest.raises(Invalid):
        decline(number=done.number, actor=office.jiangbo, kind="not_accepted", reason="")
    assert last(done).type == "transferred"

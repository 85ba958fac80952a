"""Extend 延期: once, before the time is over, at most thirty days, by the head (Article 34)."""

from typing import Any

import pytest

from tests.matters.cases import clock, handled, last
from tests.office import Office
from xinqiao.access.actor import Forbidden
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.lookup import NotThere
from xinqiao.procedure import Refused


def test_thirty_days_more_count_from_the_start(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-05-06"):
        extend(number=done.number, actor=office.tanyue, days=30, reason="鉴定未完成。")
    assert (clock(done, "K08").legal_due.isoformat(), clock(done, "K08").extended_by) == ("2026-06-08", 30)


@pytest.mark.parametrize(
    ("day", "days", "code", "why"),
    [
        ("2026-05-09", 30, "extension-too-late", "the time was over on 8 May"),
        ("2026-05-06", 31, "extension-too-long", "thirty days at most"),
    ],
)
def test_an_extension_is_refused(office: Office, on: Any, day: str, days: int, code: str, why: str) -> None:
    done = handled(office, on)
    with on(day), pytest.raises(Refused) as refused:
        extend(number=done.number, actor=office.tanyue, days=days, reason="鉴定未完成。")
    assert refused.value.refusal.code == code, why
    assert refused.value.refusal.article == "信访工作条例 第三十四条"
    assert last(done).type == "served"


def test_it_is_given_once(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-05-06"):
        extend(number=done.number, actor=office.tanyue, days=10, reason="鉴定未完成。")
        with pytest.raises(Refused) as refused:
            extend(number=done.number, actor=office.tanyue, days=10, reason="还差一点。")
    assert refused.value.refusal.code == "extended-before"


def test_only_the_head_of_the_own_organ_extends(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-05-06"):
        with pytest.raises(Forbidden):
            extend(number=done.number, actor=office.jiangbo, days=10, reason="鉴定未完成。")
        with pytest.raises(NotThere):
            extend(number=done.number, actor=office.yanli, days=10, reason="鉴定未完成。")


def test_a_back_dated_approval_does_not_help(office: Office, on: Any) -> None:
    from datetime import date

    done = handled(office, on)
    with on("2026-05-06"), pytest.raises(Refused):
        extend(number=done.number, actor=office.tanyue, days=10, reason="鉴定。", approved_on=date(2026, 5, 30))

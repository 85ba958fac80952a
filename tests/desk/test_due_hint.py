"""Under the day of receipt stands what follows from it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.conftest import SignedIn, words


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ({"received_on": "2026-11-23"}, "周一，据此 12-08 周二前转送交办"),  # 15 days, Article 22
        ({"received_on": "2026-11-06"}, "周五，据此 11-23 周一前转送交办"),  # the 15th day is a Saturday
        ({"received_on": "2026-12-01"}, "例如 2026-11-23，不晚于今天"),  # after today
        ({"received_on": "昨天"}, "例如 2026-11-23，不晚于今天"),
        ({}, "例如 2026-11-23，不晚于今天"),
    ],
)
def test_the_day_of_receipt_says_until_when_it_is_to_be_passed_on(
    as_: SignedIn, on: Callable[[str], Any], said: dict[str, str], hint: str
) -> None:
    with on("2026-11-23"):
        client = as_("hexiaowen")
        assert client.get("/desk/register/due", said).content.decode() == hint
        assert "周一，据此 12-08 周二前转送交办" in words(client.get("/desk/register"))


def test_where_an_organ_registers_for_itself_its_own_duty_follows(as_: SignedIn, on: Callable[[str], Any]) -> None:
    with on("2026-11-23"):
        answer = as_("shenlu").get("/desk/register/due", {"received_on": "2026-11-23"})
    assert answer.content.decode() == "周一，据此 12-08 周二前告知是否受理"

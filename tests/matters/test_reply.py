"""Reply 处理意见书: facts, opinion and legal basis, claim by claim (Article 32)."""

from typing import Any

import pytest

from tests.matters.cases import OPINION, clock, fresh, handled, last, sent
from tests.office import Office
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused


def test_every_claim_gets_its_outcome_and_the_sixty_days_stop(office: Office, on: Any) -> None:
    done = handled(office, on, claims=("修好北墙", "公开维修资金"))
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", claims={2: "explained"}, **OPINION)
    assert list(fresh(done).claims.values_list("outcome", flat=True)) == ["supported", "explained"]
    assert (fresh(done).stage, clock(done, "K08").state) == ("replied", "met")


@pytest.mark.parametrize("missing", ["facts", "opinion", "basis"])
def test_an_opinion_that_lacks_a_part_is_none(office: Office, on: Any, missing: str) -> None:
    done = handled(office, on)
    with on("2026-04-13"), pytest.raises(Invalid) as wrong:
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **{**OPINION, missing: ""})
    assert list(wrong.value.errors) == [missing]
    assert last(done).type == "served"


def test_nobody_replies_before_accepting(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"), pytest.raises(Refused) as refused:
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
    assert refused.value.refusal.code == "not-accepted"


def test_a_late_reply_is_recorded_as_late(office: Office, on: Any) -> None:
    done = handled(office, on)
    with on("2026-08-03"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
    assert clock(done, "K08").state == "late"

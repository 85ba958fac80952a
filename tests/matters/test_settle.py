"""Settle 调解、和解: both sides agree in writing; it concludes the handling as an opinion does (Article 33)."""

from typing import Any

import pytest

from tests.matters.cases import answered, clock, fresh, handled, sent, simplified
from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.settle import settle
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused

TERMS = "物业于四月底前修好北墙，双方签字。"


def test_the_agreement_stops_the_sixty_days_and_is_served(office: Office, on: Any) -> None:
    done = handled(office, on, claims=("修好北墙", "公开维修资金"))
    with on("2026-03-20"):
        settle(number=done.number, actor=office.jiangbo, agreement=TERMS, claims={1: "supported"})
        assert (fresh(done).stage, clock(done, "K08").state) == ("replied", "met")
        assert list(fresh(done).claims.values_list("outcome", flat=True)) == ["supported", "open"]
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        serve(number=done.number, actor=office.jiangbo, document="settlement")
        close(number=done.number, actor=office.tanyue)
    assert Paper.objects.get(kind="settlement").state == "served"


@pytest.mark.parametrize(
    ("begun", "code", "why"),
    [
        (sent, "not-accepted", "nobody has accepted it"),
        (simplified, "convert-first", "simplified handling knows no mediation"),
        (answered, "already-replied", "the opinion was given"),
    ],
)
def test_a_settlement_is_refused(office: Office, on: Any, begun: Any, code: str, why: str) -> None:
    done = begun(office, on)
    with on("2026-04-20"), pytest.raises(Refused) as refused:
        settle(number=done.number, actor=office.jiangbo, agreement=TERMS)
    assert refused.value.refusal.code == code, why


@pytest.mark.parametrize(
    ("claims", "why"),
    [({3: "supported"}, "no such claim"), ({1: "open"}, "no outcome"), ({1: "praised" * 9}, "a word of nobody's")],
)
def test_claims_are_those_that_were_made(office: Office, on: Any, claims: dict[int, str], why: str) -> None:
    done = handled(office, on)
    with on("2026-03-20"), pytest.raises(Invalid) as wrong:
        settle(number=done.number, actor=office.jiangbo, agreement=TERMS, claims=claims)
    assert list(wrong.value.errors) == ["claims"], why
    assert fresh(done).stage == "handling"

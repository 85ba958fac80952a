"""Attempts to end a matter without its answer, its service or the petitioner's right; what is late ends nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.matters.cases import (
    OPINION,
    answered,
    clock,
    fresh,
    handled,
    last,
    registered,
    reviewed,
    sent,
    under_rereview,
    under_review,
    withdrawn,
)
from tests.office import PERSON, Office
from xinqiao.documents.models import Delivery, Paper
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.models import Claim, ClockRow
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.record import events_of


def replied(office: Office, on: Any) -> Any:
    """Answered in writing on 13 April, and not served; the days of service end on the 20th."""
    done = handled(office, on)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="not_supported", **OPINION)
    return done


@pytest.mark.parametrize(
    ("begun", "day", "who", "code", "why"),
    [
        (registered, "2027-03-10", "qinshuo", "not-accepted", "a year in the petition office"),
        (sent, "2027-03-10", "tanyue", "not-accepted", "a year of not accepting"),
        (handled, "2027-03-10", "tanyue", "not-replied", "a year of not answering"),
        (replied, "2027-03-10", "tanyue", "not-served", "a year of not serving"),
        (answered, "2026-05-15", "tanyue", "remedy-open", "he may still ask for review today"),
        (under_review, "2027-03-10", "tanyue", "review-pending", "a year of not reviewing"),
        (reviewed, "2026-06-22", "tanyue", "remedy-open", "he may still ask for re-review"),
        (under_rereview, "2027-03-10", "tanyue", "review-pending", "a year of not re-reviewing"),
        (withdrawn, "2026-05-18", "tanyue", "after-end", "it ended by withdrawal and is not settled by closing"),
    ],
)
def test_nothing_closes_too_early_and_lateness_closes_nothing(
    office: Office, on: Any, begun: Any, day: str, who: str, code: str, why: str
) -> None:
    done = begun(office, on)
    before = fresh(done).stage
    with on(day), pytest.raises(Refused) as refused:
        close(number=done.number, actor=getattr(office, who), checks=["settled"])
    assert (refused.value.refusal.code, fresh(done).stage) == (code, before), why
    assert refused.value.refusal.article


@pytest.mark.parametrize(
    ("day", "code", "why"),
    [
        ("2026-04-13", "not-served", "the day of the opinion: nobody has tried to serve it"),
        ("2026-04-20", "not-served", "the last day of service"),
        ("2026-04-21", "", "the days of service are over, and the file says why it failed"),
    ],
)
def test_that_service_failed_is_heard_only_after_its_days(
    office: Office, on: Any, day: str, code: str, why: str
) -> None:
    done = replied(office, on)
    with on(day):
        if code:
            with pytest.raises(Refused) as refused:
                close(number=done.number, actor=office.tanyue, service_failed="查无此人。")
            assert (refused.value.refusal.code, last(done).type) == (code, "replied"), why
        else:
            close(number=done.number, actor=office.tanyue, service_failed="查无此人。")
            assert fresh(done).stage == "closed", why


def test_what_could_not_be_handed_over_is_served_by_other_means_and_stops_nothing_for_good(
    office: Office, on: Any
) -> None:
    done = replied(office, on)
    with on("2026-04-22"):
        for method, evidence in (("left", ""), ("public_notice", "")):
            with pytest.raises(Invalid):
                serve(number=done.number, actor=office.jiangbo, document="reply", method=method, evidence=evidence)
        assert not ClockRow.objects.filter(matter=done.matter, clock="K11").exists(), "his time has not begun"
        serve(
            number=done.number,
            actor=office.jiangbo,
            document="reply",
            method="public_notice",
            evidence="邮寄两次退回，四月二十二日公告。",
        )
    assert clock(done, "K11").legal_due == date(2026, 5, 22)
    with on("2026-05-25"):
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


@pytest.mark.parametrize("extra", ["extension", "destination"])
def test_every_paper_is_served_before_the_end_not_only_the_opinion(office: Office, on: Any, extra: str) -> None:
    done = handled(office, on)
    with on("2026-05-06"):
        extend(number=done.number, actor=office.tanyue, days=10, reason="鉴定未完成。")
    with on("2026-05-12"):
        reply(number=done.number, actor=office.jiangbo, outcome="supported", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply")
    if extra == "destination":
        Paper.objects.filter(kind="extension").update(kind="destination", organ=office.organs["HCXF"])
    with on("2026-07-01"):
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        serve(number=done.number, actor=office.jiangbo, document=extra)
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


@pytest.mark.parametrize(
    ("served_on", "why"),
    [("2026-04-12", "the day before the opinion was written"), ("2026-04-23", "a day to come")],
)
def test_service_is_dated_between_the_paper_and_today(office: Office, on: Any, served_on: str, why: str) -> None:
    done = replied(office, on)
    with on("2026-04-22"), pytest.raises(Invalid) as wrong:
        serve(number=done.number, actor=office.jiangbo, document="reply", served_on=date.fromisoformat(served_on))
    assert (list(wrong.value.errors), Delivery.objects.filter(paper__kind="reply").count()) == (["served_on"], 0), why


def test_the_opinion_is_served_once_and_the_first_day_counts(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-05-14"):
        with pytest.raises(Refused) as refused:
            serve(number=done.number, actor=office.jiangbo, document="reply")
        assert (refused.value.refusal.code, clock(done, "K11").legal_due) == ("already-served", date(2026, 5, 15))


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"document": "love_letter"}, "document", "there is no such paper"),
        ({"document": "review"}, "", "nobody reviewed"),
        ({"document": "extension"}, "document", "nothing was extended"),
        ({"document": "reply", "method": "pigeon"}, "method", "there is no such way"),
        ({"document": "reply", "petitioner": "7"}, "petitioner", "there is no such petitioner"),
        ({"document": "reply", "petitioner": "x"}, "petitioner", "that is no petitioner"),
        ({"document": "reply", "refused": True}, "method", "what was refused is left, with a witness"),
        ({"document": "reply", "method": "left", "evidence": "见" * 301}, "evidence", "evidence beyond its limit"),
    ],
)
def test_a_service_that_cannot_be_is_refused(
    office: Office, on: Any, given: dict[str, Any], field: str, why: str
) -> None:
    done = replied(office, on)
    with on("2026-04-14"), pytest.raises((Invalid, Refused)) as error:
        serve(number=done.number, actor=office.jiangbo, **given)
    found = next(iter(error.value.errors)) if isinstance(error.value, Invalid) else ""
    assert (found, last(done).type) == (field, "replied"), why


def test_where_two_organs_answer_each_serves_its_own_paper(office: Office, on: Any) -> None:
    """Neither organ's service counts for the other's paper, and neither blocks the other."""
    done = sent(office, on)
    with on("2026-03-04"):
        transfer(number=done.number, actor=office.hexiaowen, to="HCRS")
    with on("2026-03-09"):
        for who in (office.jiangbo, office.baiyun):
            accept(number=done.number, actor=who, path=6)
        serve(number=done.number, actor=office.jiangbo, document="acceptance")
        assert [p.organ.code for p in Paper.objects.filter(kind="acceptance", state="issued")] == ["HCRS"]
        act = serve(number=done.number, actor=office.baiyun, document="acceptance")
    assert (act.event and act.event.type, Paper.objects.filter(state="issued", must_be_served=True).count()) == (
        "delivered",
        0,
    )


def test_an_anonymous_letter_is_answered_by_public_notice_and_closes(office: Office, on: Any) -> None:
    with on("2026-03-02"):
        done = office.register(office.shenlu, anonymous=True, petitioners=())
    with on("2026-03-05"):
        accept(number=done.number, actor=office.jiangbo, path=6)
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        serve(number=done.number, actor=office.jiangbo, document="reply", method="public_notice", evidence="门户公示")
    with on("2026-04-10"):
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


def test_what_was_declined_closes_when_the_notice_is_served(office: Office, on: Any) -> None:
    done = sent(office, on)
    with on("2026-03-09"):
        decline(number=done.number, actor=office.jiangbo, kind="not_accepted", reason="法院正在审理。")
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        serve(number=done.number, actor=office.jiangbo, document="not_accepted")
        close(number=done.number, actor=office.tanyue)
    assert fresh(done).stage == "closed"


@pytest.mark.parametrize("paper", ["", "   "])
def test_staff_withdraws_nothing_without_a_paper(office: Office, on: Any, paper: str) -> None:
    done = handled(office, on)
    with on("2026-04-01"), pytest.raises(Refused) as refused:
        withdraw(number=done.number, actor=office.hexiaowen, signed_paper=paper)
    assert (refused.value.refusal.code, fresh(done).stage) == ("not-by-petitioner", "handling")


def test_a_withdrawal_is_never_counted_as_settled(office: Office, on: Any) -> None:
    done = withdrawn(office, on)
    matter = fresh(done)
    assert matter.stage == "withdrawn"
    assert set(Claim.objects.filter(matter=matter).values_list("outcome", flat=True)) == {"open"}
    states = dict(ClockRow.objects.filter(matter=matter).values_list("clock", "state"))
    assert states["K08"] == "void", "it counts neither as in time nor as late"
    assert not Paper.objects.filter(kind__in=["reply", "settlement"]).exists()
    assert "closed" not in {event.type for event in events_of(done.matter.stream_id)}


def test_a_right_is_given_up_in_writing_only(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-04-20"):
        for waiver in ("", "  "):
            with pytest.raises(Refused) as refused:
                close(number=done.number, actor=office.tanyue, waiver=waiver)
            assert refused.value.refusal.code == "remedy-open"
        close(number=done.number, actor=office.tanyue, waiver="放弃复查声明书，4月20日签名")
    assert "waiver" in last(done).texts, "the paper is named beside the record"


def test_a_check_that_is_none_is_refused(office: Office, on: Any) -> None:
    done = answered(office, on)
    with on("2026-05-18"), pytest.raises(Refused) as refused:
        close(number=done.number, actor=office.tanyue, checks=["settled", "pacified"])
    assert (refused.value.refusal.code, fresh(done).stage) == ("bad-value", "replied")


def test_of_two_petitioners_the_slower_one_keeps_his_right(office: Office, on: Any) -> None:
    two = (replace(PERSON, is_speaker=True), replace(PERSON, name="陆川", is_speaker=True))
    done = handled(office, on, petitioners=two)
    with on("2026-04-13"):
        reply(number=done.number, actor=office.jiangbo, outcome="explained", **OPINION)
        serve(number=done.number, actor=office.jiangbo, document="reply", petitioner="1")
    with on("2026-05-14"):
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "not-served"
        serve(number=done.number, actor=office.jiangbo, document="reply", petitioner="2")
        with pytest.raises(Refused) as refused:
            close(number=done.number, actor=office.tanyue)
        assert refused.value.refusal.code == "remedy-open"
    assert {row.petitioner: row.state for row in fresh(done).clocks.filter(clock="K11")} == {
        "1": "lapsed",
        "2": "running",
    }

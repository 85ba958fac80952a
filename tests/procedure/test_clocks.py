"""The clocks of the interface, row by row: what starts each, what stops it, what else becomes of it."""

import pytest

from tests.procedure.records import (
    ACCEPTED,
    ASKED,
    ASKED_AGAIN,
    AT_BUREAU,
    REPLIED,
    REVIEW_SERVED,
    SENT,
    SERVED,
    Row,
    case_of,
    clock_of,
    clocks_of,
    day,
    told,
)

DIRECT: tuple[Row, ...] = (("2026-09-07", "received", {"by": "organ", "organ": "housing"}),)
BY_UPPER_BUREAU: tuple[Row, ...] = (
    *AT_BUREAU,
    ("2026-09-10", "transferred", {"to": "county-bureau", "to_kind": "bureau", "received_on": "2026-09-14"}),
)


# K02


@pytest.mark.parametrize(
    ("act", "on", "state"),
    [
        (("transferred", {"to": "housing"}), "2026-09-22", "met"),  # the fifteenth day
        (("transferred", {"to": "housing"}), "2026-09-23", "late"),
        (("assigned", {"to": "housing", "report_due_on": "2026-11-30"}), "2026-09-22", "met"),
        (("reported_up", {}), "2026-09-22", "met"),
        (("declined", {"kind": "not_accepted"}), "2026-09-22", "met"),
        (("accepted", {"path": 6}), "2026-09-22", "met"),
    ],
)
def test_k02_the_bureau_sends_reports_declines_or_accepts(
    act: tuple[str, dict[str, object]], on: str, state: str
) -> None:
    clock = clock_of(case_of(*AT_BUREAU, (on, *act)), "K02")
    assert told(clock) == ("2026-09-07", "2026-09-22", "2026-09-22", state, on)


def test_k02_is_missed_when_nothing_is_done() -> None:
    case = case_of(*AT_BUREAU, today="2026-09-23")
    assert told(clock_of(case, "K02")) == ("2026-09-07", "2026-09-22", "2026-09-22", "missed", None)
    assert clock_of(case, "K02").days_left == -1


def test_k02_still_runs_on_the_last_day() -> None:
    clock = clock_of(case_of(*AT_BUREAU, today="2026-09-22"), "K02")
    assert (clock.state, clock.days_left) == ("running", 0)


def test_k02_of_a_lower_bureau_starts_on_the_day_it_received() -> None:
    case = case_of(*BY_UPPER_BUREAU, ("2026-09-20", "transferred", {"to": "housing"}))
    first, second = clocks_of(case, "K02")
    assert told(first) == ("2026-09-07", "2026-09-22", "2026-09-22", "met", "2026-09-10")
    assert told(second) == ("2026-09-14", "2026-09-29", "2026-09-29", "met", "2026-09-20")
    assert (first.organ, second.organ) == (None, "county-bureau")
    assert clocks_of(case, "K05")[0].organ == "housing"  # a bureau has no K04 and no K05


def test_k02_stays_stopped_when_an_objection_comes_back() -> None:
    case = case_of(*SENT, ("2026-09-16", "objected"), ("2026-09-17", "objection_decided", {"upheld": True}))
    assert clock_of(case, "K02").state == "met"
    assert case.stage == "received"


# K03


@pytest.mark.parametrize(
    ("act", "state", "stop"),
    [
        (("accepted", {"path": 6}), "met", "2026-09-15"),
        (("declined", {"redirected": True}), "met", "2026-09-15"),
        (("transferred", {"to": "housing-estate", "notified": True}), "met", "2026-09-15"),
        (("assigned", {"to": "housing-estate", "notified": True}), "met", "2026-09-15"),
        (("transferred", {"to": "housing-estate"}), "running", None),  # the petitioner was not told where it went
    ],
)
def test_k03_an_organ_that_receives_directly_tells_the_petitioner(
    act: tuple[str, dict[str, object]], state: str, stop: str | None
) -> None:
    clock = clock_of(case_of(*DIRECT, ("2026-09-15", *act), today="2026-09-20"), "K03")
    assert told(clock) == ("2026-09-07", "2026-09-22", "2026-09-22", state, stop)


def test_k03_is_waived_where_nobody_can_be_reached() -> None:
    case = case_of(("2026-09-07", "received", {"by": "organ", "organ": "housing", "address_unclear": True}))
    assert clock_of(case, "K03").state == "waived"
    assert clock_of(case, "K03").days_left is None


def test_k03_waived_does_not_shift_the_sixty_days() -> None:
    unreachable = ("2026-09-07", "received", {"by": "organ", "organ": "housing", "address_unclear": True})
    case = case_of(unreachable, ("2026-10-12", "accepted", {"path": 6}))
    assert clock_of(case, "K08").started_on == day("2026-10-12")


# K04


@pytest.mark.parametrize(
    ("act", "on", "state"),
    [
        (("accepted", {"path": 6}), "2026-09-28", "met"),  # 09-26 is a Saturday in the Mid-Autumn days
        (("accepted", {"path": 6}), "2026-09-29", "late"),
        (("declined", {}), "2026-09-28", "met"),
    ],
)
def test_k04_runs_from_the_day_of_receipt_and_ends_with_the_written_answer(
    act: tuple[str, dict[str, object]], on: str, state: str
) -> None:
    clock = clock_of(case_of(*SENT, (on, *act)), "K04")
    assert told(clock) == ("2026-09-11", "2026-09-28", "2026-09-26", state, on)


def test_k04_starts_on_the_day_of_sending_where_no_receipt_is_given() -> None:
    case = case_of(*AT_BUREAU, ("2026-09-10", "transferred", {"to": "housing"}))
    assert clock_of(case, "K04").started_on == day("2026-09-10")


def test_k04_runs_at_each_organ_and_each_answers_for_itself() -> None:
    case = case_of(
        *SENT,
        ("2026-09-10", "transferred", {"to": "land"}),
        ("2026-09-15", "accepted", {"organ": "land", "path": 6}),
        today="2026-09-20",
    )
    assert [(c.organ, c.state) for c in clocks_of(case, "K04")] == [("land", "met"), ("housing", "running")]


def test_an_unnamed_acceptance_speaks_of_all_organs_that_hold_the_matter() -> None:
    case = case_of(*SENT, ("2026-09-10", "transferred", {"to": "land"}), ("2026-09-15", "accepted", {"path": 6}))
    assert [c.state for c in clocks_of(case, "K04")] == ["met", "met"]
    assert [c.organ for c in clocks_of(case, "K08")] == ["housing", "land"]


@pytest.mark.parametrize(
    ("objected_on", "upheld", "state"),
    [
        ("2026-09-18", True, "void"),  # the fifth working day
        ("2026-09-21", True, "running"),  # the made-up Sunday 09-20 was the sixth, this is the seventh
        ("2026-09-18", False, "running"),
    ],
)
def test_k04_is_void_only_where_a_timely_objection_is_upheld(objected_on: str, upheld: bool, state: str) -> None:
    case = case_of(
        *SENT,
        (objected_on, "objected", {"organ": "housing", "reason": "not-competent"}),
        ("2026-09-22", "objection_decided", {"organ": "housing", "upheld": upheld}),
        today="2026-09-24",
    )
    assert clock_of(case, "K04").state == state


def test_k04_is_not_stopped_by_an_undecided_objection() -> None:
    case = case_of(*SENT, ("2026-09-16", "objected"), today="2026-10-09")
    assert clock_of(case, "K04").state == "missed"


def test_k04_is_void_even_after_its_day_where_the_timely_objection_is_upheld_late() -> None:
    case = case_of(*SENT, ("2026-09-16", "objected"), ("2026-10-09", "objection_decided", {"upheld": True}))
    assert clock_of(case, "K04").state == "void"


def test_k04_starts_anew_at_the_next_organ() -> None:
    case = case_of(
        *SENT,
        ("2026-09-16", "objected"),
        ("2026-09-17", "objection_decided", {"upheld": True}),
        ("2026-09-18", "transferred", {"to": "land"}),
        today="2026-09-20",
    )
    assert [(c.organ, c.state) for c in clocks_of(case, "K04")] == [("housing", "void"), ("land", "running")]
    assert case.stage == "dispatched"


# K05


@pytest.mark.parametrize(
    ("act", "on", "state", "stop"),
    [
        ("objected", "2026-09-18", "met", "2026-09-18"),
        ("objected", "2026-09-21", "lapsed", None),  # on record, and needs the sender's consent
        ("accepted", "2026-09-18", "void", "2026-09-18"),
        ("declined", "2026-09-18", "void", "2026-09-18"),
        ("accepted", "2026-09-21", "lapsed", None),
    ],
)
def test_k05_five_working_days_to_object(act: str, on: str, state: str, stop: str | None) -> None:
    says = {"path": 6} if act == "accepted" else {}
    clock = clock_of(case_of(*SENT, (on, act, says), today="2026-10-09"), "K05")
    assert told(clock) == ("2026-09-11", "2026-09-18", None, state, stop)


def test_k05_counts_working_days_across_the_holidays() -> None:
    case = case_of(*AT_BUREAU, ("2026-09-28", "transferred", {"to": "housing"}), today="2026-10-10")
    assert told(clock_of(case, "K05")) == ("2026-09-28", "2026-10-10", None, "running", None)


def test_k05_is_unknown_in_the_edition_of_2005() -> None:
    assert clocks_of(case_of(*SENT, pack="CN-2005"), "K05") == []


# K06


def test_k06_three_working_days_of_the_sender() -> None:
    case = case_of(*SENT, ("2026-09-16", "objected"), ("2026-09-18", "objection_decided", {"upheld": False}))
    clock = clock_of(case, "K06")
    assert told(clock) == ("2026-09-16", "2026-09-20", None, "met", "2026-09-18")  # the made-up Sunday
    assert clock.duty_of == "bureau"


def test_k06_of_an_objection_upheld_waits_for_the_next_dispatch() -> None:
    upheld = (*SENT, ("2026-09-16", "objected"), ("2026-09-17", "objection_decided", {"upheld": True}))
    assert clock_of(case_of(*upheld, today="2026-09-19"), "K06").state == "running"
    sent_on = case_of(*upheld, ("2026-09-19", "assigned", {"to": "land"}))
    assert told(clock_of(sent_on, "K06")) == ("2026-09-16", "2026-09-20", None, "met", "2026-09-19")


# K08


@pytest.mark.parametrize("path", [1, 2, 3, 4, 5])
def test_k08_runs_on_path_six_only(path: int) -> None:
    assert clocks_of(case_of(*SENT, ("2026-09-21", "accepted", {"path": path})), "K08") == []


@pytest.mark.parametrize("kind", ["proposal", "accusation"])
def test_k08_does_not_run_for_proposals_and_accusations(kind: str) -> None:
    assert clocks_of(case_of(*SENT, ("2026-09-21", "accepted", {"kind": kind})), "K08") == []


@pytest.mark.parametrize("says", [{}, {"path": 2}, {"kind": "proposal"}])
def test_k08_runs_for_every_acceptance_in_2005(says: dict[str, object]) -> None:
    case = case_of(*SENT, ("2026-09-21", "accepted", says), pack="CN-2005")
    assert clock_of(case, "K08").article == "信访条例 第三十三条"


@pytest.mark.parametrize(
    ("accepted_on", "start"),
    [
        ("2026-09-21", "2026-09-21"),
        ("2026-09-28", "2026-09-28"),  # the last day of K04
        ("2026-09-29", "2026-09-28"),  # a day late: it gains no time
        ("2026-11-02", "2026-09-28"),
    ],
)
def test_k08_starts_with_the_acceptance_and_never_later_than_the_notice_was_due(accepted_on: str, start: str) -> None:
    clock = clock_of(case_of(*SENT, (accepted_on, "accepted", {"path": 6})), "K08")
    assert clock.started_on == day(start)


@pytest.mark.parametrize("act", ["replied", "settled"])
@pytest.mark.parametrize(("on", "state"), [("2026-11-20", "met"), ("2026-11-21", "late")])
def test_k08_is_stopped_by_reply_or_settlement(act: str, on: str, state: str) -> None:
    clock = clock_of(case_of(*ACCEPTED, (on, act)), "K08")
    assert told(clock) == ("2026-09-21", "2026-11-20", "2026-11-20", state, on)


def test_k08_extended_counts_from_the_start_and_moves_once() -> None:
    case = case_of(
        ("2026-08-03", "received", {"by": "organ", "organ": "housing"}),
        ("2026-08-03", "accepted", {"path": 6}),
        ("2026-10-08", "extended", {"days": 30}),  # the legal due day itself
    )
    clock = clock_of(case, "K08")
    assert told(clock) == ("2026-08-03", "2026-11-02", "2026-11-01", "missed", None)
    assert clock.extended_by == 30


def test_k08_an_extension_approved_in_time_counts_though_recorded_later() -> None:
    case = case_of(*ACCEPTED, ("2026-11-23", "extended", {"days": 10, "approved_on": "2026-11-20"}))
    assert clock_of(case, "K08").legal_due == day("2026-11-30")


def test_k08_a_hearing_in_handling_stops_nothing() -> None:
    case = case_of(*ACCEPTED, ("2026-10-09", "hearing_opened", {"stage": "handling"}), today="2026-10-20")
    clock = clock_of(case, "K08")
    assert (clock.state, clock.paused_days, clock.legal_due) == ("running", 0, day("2026-11-20"))


@pytest.mark.parametrize("outcome", ["remade", "revoked"])
@pytest.mark.parametrize(
    ("says", "due"),
    [
        ({}, "2027-01-01"),  # 60 days from the decision
        ({"remake_due_on": "2026-11-15"}, "2026-11-15"),  # the day that was set, though a Sunday
    ],
)
def test_k08_runs_again_where_the_reply_falls(outcome: str, says: dict[str, object], due: str) -> None:
    case = case_of(*ASKED, ("2026-11-02", "reviewed", {"outcome": outcome, **says}), today="2026-11-03")
    first, again = clocks_of(case, "K08")
    assert first.state == "met"
    assert (again.started_on, again.stat_due, again.organ) == (day("2026-11-02"), day(due), "housing")
    assert case.stage == "handling"
    assert "reply" in case.next


@pytest.mark.parametrize("outcome", ["upheld", "changed"])
def test_k08_does_not_run_again_where_the_reply_stands(outcome: str) -> None:
    case = case_of(*ASKED, ("2026-11-02", "reviewed", {"outcome": outcome}))
    assert len(clocks_of(case, "K08")) == 1
    assert case.stage == "reviewed"


def test_a_remade_reply_is_served_and_starts_the_right_of_review_anew() -> None:
    case = case_of(
        *ASKED,
        ("2026-11-02", "reviewed", {"outcome": "remade"}),
        ("2026-11-16", "replied"),
        ("2026-11-18", "served", {"document": "reply"}),
        ("2026-11-30", "review_requested"),
        today="2026-12-01",
    )
    assert [(c.started_on, c.state) for c in clocks_of(case, "K11")] == [
        (day("2026-10-14"), "met"),
        (day("2026-11-18"), "met"),
    ]
    assert [c.state for c in clocks_of(case, "K08")] == ["met", "met"]
    assert [c.state for c in clocks_of(case, "K12")] == ["met", "running"]


# K10


@pytest.mark.parametrize(("on", "state"), [("2026-11-28", "met"), ("2026-11-29", "late")])
def test_k10_is_due_on_the_very_day_that_was_set(on: str, state: str) -> None:
    case = case_of(
        *AT_BUREAU,
        ("2026-09-10", "assigned", {"to": "housing", "report_due_on": "2026-11-28"}),  # a Saturday
        (on, "reported"),
    )
    assert told(clock_of(case, "K10")) == ("2026-09-10", "2026-11-28", "2026-11-28", state, on)


def test_k10_needs_a_day_that_was_set() -> None:
    assert clocks_of(case_of(*AT_BUREAU, ("2026-09-10", "assigned", {"to": "housing"})), "K10") == []


# K11, K13


@pytest.mark.parametrize(
    ("asked_on", "posted_on", "state", "stop"),
    [
        ("2026-11-13", None, "met", "2026-11-13"),  # thirty days from 10-14
        ("2026-11-16", None, "lapsed", None),  # too late; it stays on record
        ("2026-11-18", "2026-11-13", "met", "2026-11-13"),  # posted in time
        ("2026-11-18", "2026-11-14", "lapsed", None),
    ],
)
def test_k11_thirty_days_from_service(asked_on: str, posted_on: str | None, state: str, stop: str | None) -> None:
    case = case_of(*SERVED, (asked_on, "review_requested", {"posted_on": posted_on} if posted_on else {}))
    assert told(clock_of(case, "K11")) == ("2026-10-14", "2026-11-13", "2026-11-13", state, stop)
    assert clock_of(case, "K12").started_on == day(asked_on)


def test_k11_does_not_run_before_the_reply_is_served() -> None:
    assert clocks_of(case_of(*REPLIED), "K11") == []


def test_k11_runs_for_each_petitioner_from_his_own_service() -> None:
    case = case_of(
        *REPLIED,
        ("2026-10-14", "served", {"document": "reply", "petitioner": "p1"}),
        ("2026-10-19", "served", {"document": "reply", "petitioner": "p2"}),
        ("2026-10-20", "review_requested", {"petitioner": "p2"}),
        today="2026-11-01",
    )
    assert [(c.petitioner, c.started_on, c.state) for c in clocks_of(case, "K11")] == [
        ("p1", day("2026-10-14"), "running"),
        ("p2", day("2026-10-19"), "met"),
    ]
    assert clock_of(case, "K12").petitioner == "p2"


def test_k11_unnamed_service_speaks_of_all_petitioners_the_record_knows() -> None:
    case = case_of(
        *SERVED, ("2026-10-20", "review_requested", {"petitioner": "p1"}),
        ("2026-10-21", "review_requested", {"petitioner": "p2"}),
    )  # fmt: skip
    assert [(c.petitioner, c.state) for c in clocks_of(case, "K11")] == [("p1", "met"), ("p2", "met")]
    assert [c.petitioner for c in clocks_of(case, "K12")] == ["p1", "p2"]


def test_k11_of_a_second_service_of_the_same_reply_does_not_start_again() -> None:
    case = case_of(*SERVED, ("2026-10-19", "served", {"document": "reply"}))
    assert clock_of(case, "K11").started_on == day("2026-10-14")


def test_k11_of_the_others_is_void_where_the_reply_falls() -> None:
    case = case_of(
        *REPLIED,
        ("2026-10-14", "served", {"document": "reply", "petitioner": "p1"}),
        ("2026-10-19", "served", {"document": "reply", "petitioner": "p2"}),
        ("2026-10-20", "review_requested", {"petitioner": "p1"}),
        ("2026-11-02", "reviewed", {"outcome": "revoked"}),
        today="2026-11-03",
    )
    assert [c.state for c in clocks_of(case, "K11")] == ["met", "void"]


@pytest.mark.parametrize(("on", "state"), [("2026-12-04", "met"), ("2026-12-07", "lapsed")])
def test_k13_thirty_days_from_the_service_of_the_review(on: str, state: str) -> None:
    case = case_of(*REVIEW_SERVED, (on, "rereview_requested"))
    clock = clock_of(case, "K13")
    assert (clock.started_on, clock.legal_due, clock.state) == (day("2026-11-04"), day("2026-12-04"), state)


# K12, K14


@pytest.mark.parametrize(("on", "state"), [("2026-11-19", "met"), ("2026-11-20", "late")])
def test_k12_thirty_days_from_the_request(on: str, state: str) -> None:
    clock = clock_of(case_of(*ASKED, (on, "reviewed", {"outcome": "upheld"})), "K12")
    assert told(clock) == ("2026-10-20", "2026-11-19", "2026-11-19", state, on)


def test_k12_starts_with_the_receipt_and_never_with_the_posting() -> None:
    case = case_of(*SERVED, ("2026-10-20", "review_requested", {"posted_on": "2026-10-16"}))
    assert clock_of(case, "K12").started_on == day("2026-10-20")


def test_k12_a_hearing_in_review_stops_nothing() -> None:
    case = case_of(*ASKED, ("2026-10-21", "hearing_opened", {"stage": "review"}), today="2026-10-30")
    assert clock_of(case, "K12").state == "running"


def hearing(opened: str, closed: str | None) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = ((opened, "hearing_opened", {"stage": "rereview"}),)
    return rows if closed is None else (*rows, (closed, "hearing_closed", {"stage": "rereview"}))


@pytest.mark.parametrize(
    ("hearings", "paused", "due"),
    [
        ((), 0, "2026-12-09"),  # 30 days from 11-09
        (hearing("2026-11-16", "2026-11-18"), 3, "2026-12-14"),  # 12-12 is a Saturday
        ((*hearing("2026-11-16", "2026-11-16"), *hearing("2026-11-16", "2026-11-17")), 2, "2026-12-11"),
        ((*hearing("2026-11-16", "2026-11-17"), *hearing("2026-11-24", "2026-11-25")), 4, "2026-12-14"),
        (hearing("2026-12-09", "2026-12-10"), 2, "2026-12-11"),  # opened on the due day
        (hearing("2026-12-10", "2026-12-11"), 0, "2026-12-09"),  # a day too late: it revives nothing
    ],
)
def test_k14_the_days_of_hearings_are_added(hearings: tuple[Row, ...], paused: int, due: str) -> None:
    clock = clock_of(case_of(*ASKED_AGAIN, *hearings), "K14")
    assert (clock.paused_days, clock.legal_due) == (paused, day(due))


def test_k14_overlapping_hearings_count_each_day_once() -> None:
    case = case_of(
        *ASKED_AGAIN,
        ("2026-11-16", "hearing_opened", {"stage": "rereview"}),
        ("2026-11-18", "hearing_opened", {"stage": "rereview"}),
        ("2026-11-20", "hearing_closed", {"stage": "rereview"}),
        ("2026-11-23", "hearing_closed", {"stage": "rereview"}),
    )
    assert clock_of(case, "K14").paused_days == 8


def test_k14_is_paused_while_a_hearing_is_open_as_if_it_ended_today() -> None:
    clock = clock_of(case_of(*ASKED_AGAIN, *hearing("2026-12-01", None), today="2026-12-20"), "K14")
    assert (clock.state, clock.paused_days) == ("paused", 20)
    assert (clock.stat_due, clock.legal_due, clock.days_left) == (day("2026-12-29"), day("2026-12-29"), 9)


def test_k14_decided_while_the_hearing_is_open_counts_its_days_until_then() -> None:
    case = case_of(*ASKED_AGAIN, *hearing("2026-12-01", None), ("2026-12-20", "rereviewed", {"outcome": "upheld"}))
    clock = clock_of(case, "K14")
    assert (clock.state, clock.paused_days) == ("met", 20)
    assert case.stage == "final"


# K15, K16


def test_k15_shows_only_where_the_matter_was_accepted_simplified() -> None:
    case = case_of(*SENT, ("2026-09-16", "accepted", {"path": 6, "simplified": True}))
    assert told(clock_of(case, "K15")) == ("2026-09-11", "2026-09-16", None, "met", "2026-09-16")
    assert clock_of(case, "K04").state == "met"
    assert clocks_of(case, "K08") == []


def test_k15_late() -> None:
    case = case_of(*SENT, ("2026-09-17", "accepted", {"path": 6, "simplified": True}))
    assert clock_of(case, "K15").state == "late"


SIMPLIFIED: tuple[Row, ...] = (*SENT, ("2026-09-14", "accepted", {"path": 6, "simplified": True}))


@pytest.mark.parametrize(("on", "state"), [("2026-09-28", "met"), ("2026-09-29", "late")])
def test_k16_ten_working_days_from_the_acceptance(on: str, state: str) -> None:
    clock = clock_of(case_of(*SIMPLIFIED, (on, "replied")), "K16")
    assert told(clock) == ("2026-09-14", "2026-09-28", None, state, on)  # with the made-up Sunday 09-20


def test_k16_is_void_by_conversion_and_the_sixty_days_run_from_the_acceptance() -> None:
    case = case_of(*SIMPLIFIED, ("2026-09-18", "converted", {}), today="2026-09-20")
    assert clock_of(case, "K16").state == "void"
    assert clock_of(case, "K08").started_on == day("2026-09-14")


# Path, end, reopening


def test_a_change_to_another_path_ends_the_sixty_days_without_counting() -> None:
    case = case_of(*ACCEPTED, ("2026-10-09", "path_changed", {"path": 4}))
    assert told(clock_of(case, "K08")) == ("2026-09-21", "2026-11-20", "2026-11-20", "void", "2026-10-09")


def test_a_change_to_path_six_counts_from_the_acceptance() -> None:
    case = case_of(*SENT, ("2026-09-21", "accepted", {"path": 4}), ("2026-10-09", "path_changed", {"path": 6}))
    assert clock_of(case, "K08").started_on == day("2026-09-21")


@pytest.mark.parametrize(("end", "stage"), [("withdrawn", "withdrawn"), ("closed", "closed")])
def test_the_end_makes_running_clocks_void_and_leaves_the_others(end: str, stage: str) -> None:
    case = case_of(*SENT, ("2026-09-28", end))
    assert case.stage == stage
    assert {c.id: c.state for c in case.clocks} == {"K02": "met", "K04": "void", "K05": "lapsed"}


def test_a_duty_missed_before_the_end_stays_missed() -> None:
    case = case_of(*SENT, ("2026-09-29", "withdrawn"))
    assert clock_of(case, "K04").state == "missed"


def test_a_paused_clock_is_void_at_the_end_too() -> None:
    case = case_of(*ASKED_AGAIN, *hearing("2026-12-01", None), ("2026-12-20", "withdrawn"))
    assert clock_of(case, "K14").state == "void"


def test_reopening_starts_the_notice_anew_at_its_organ() -> None:
    case = case_of(*SERVED, ("2026-11-20", "closed"), ("2026-12-01", "reopened"), today="2026-12-02")
    first, again = clocks_of(case, "K04")
    assert (again.organ, again.started_on, again.state) == ("housing", day("2026-12-01"), "running")
    assert first.state == "met"
    assert len(clocks_of(case, "K05")) == 1  # nothing was transferred: no new right to object
    assert case.stage == "dispatched"


def test_reopening_at_an_organ_that_received_directly() -> None:
    case = case_of(*DIRECT, ("2026-09-10", "withdrawn"), ("2026-09-14", "reopened"), today="2026-09-15")
    assert [(c.state, c.started_on) for c in clocks_of(case, "K03")] == [
        ("void", day("2026-09-07")),
        ("running", day("2026-09-14")),
    ]
    assert case.stage == "received"


def test_a_reopened_matter_goes_its_whole_way_again() -> None:
    case = case_of(
        *SERVED,
        ("2026-11-20", "closed"),
        ("2026-12-01", "reopened"),
        ("2026-12-02", "accepted", {"path": 6}),
        ("2026-12-03", "replied"),
        ("2026-12-04", "served", {"document": "reply"}),
        ("2026-12-07", "review_requested"),
        today="2026-12-08",
    )
    assert case.stage == "review"
    assert [c.state for c in clocks_of(case, "K11")] == ["lapsed", "met"]


def test_a_withdrawal_taken_back_within_seven_days_never_was() -> None:
    case = case_of(*SENT, ("2026-09-14", "withdrawn"), ("2026-09-21", "restored"), today="2026-09-22")
    assert {c.id: c.state for c in case.clocks} == {"K02": "met", "K04": "running", "K05": "lapsed"}
    assert case.stage == "dispatched"


# Editions


@pytest.mark.parametrize(
    ("pack", "clock", "due"),
    [
        ("CN-2005", "K02", "2026-09-22"),
        ("CN-2005-HA", "K02", "2026-09-14"),  # 5 days, a Saturday
        ("CN-2005", "K04", "2026-09-28"),
        ("CN-2005-ZJ", "K04", "2026-09-18"),  # 5 working days
        ("CN-2005-BJ", "K05", "2026-09-18"),
        ("CN-2005", "K08", "2026-11-20"),
        ("CN-2005-ZJ", "K08", "2026-10-19"),  # 30 days from 09-18, when the notice was due; 10-18 is a Sunday
        ("CN-2005-HA", "K08", "2026-10-21"),
        ("CN-2022-ENTERPRISE", "K08", "2026-11-20"),
        ("CN-2022-CONGRESS", "K02", "2026-09-22"),
    ],
)
def test_each_edition_has_its_own_lengths(pack: str, clock: str, due: str) -> None:
    case = case_of(*SENT, ("2026-09-21", "accepted", {"organ": "housing", "path": 6}), pack=pack)
    assert clock_of(case, clock).legal_due == day(due)


def test_henan_knows_no_re_review() -> None:
    case = case_of(*REVIEW_SERVED, pack="CN-2005-HA")
    assert clocks_of(case, "K13") == []


def test_beijing_extends_a_review() -> None:
    case = case_of(*ASKED, ("2026-11-02", "extended", {"clock": "K12", "days": 30}), pack="CN-2005-BJ")
    assert clock_of(case, "K12").extended_by == 30


# The office's own


def test_an_unserved_paper_is_a_late_duty_after_five_working_days() -> None:
    case = case_of(*REPLIED, today="2026-10-20", internal=True)
    waiting = [c for c in clocks_of(case, "K29") if c.about == "reply"]
    assert [(c.legal_due, c.state) for c in waiting] == [(day("2026-10-19"), "missed")]
    served = case_of(*REPLIED, ("2026-10-19", "served", {"document": "reply"}), internal=True)
    assert [c.state for c in clocks_of(served, "K29") if c.about == "reply"] == ["met"]


def test_the_offices_own_clocks_are_not_printed_unless_asked_for() -> None:
    own = {"K01", "K02a", "K07", "K17", "K19", "K21", "K22", "K24", "K26", "K29"}
    assert not {c.id for c in case_of(*ASKED_AGAIN).clocks} & own


@pytest.mark.parametrize(
    ("rows", "clock", "due"),
    [
        ((("2026-09-07", "received", {"by": "bureau", "level": "county"}),), "K02a", "2026-09-11"),
        ((("2026-09-07", "received", {"by": "bureau", "urgent": True}),), "K22", "2026-09-07"),
        ((*SENT, ("2026-09-21", "accepted", {"kind": "proposal"})), "K19", "2026-11-20"),
        (SERVED, "K24", "2026-11-13"),
        ((*ACCEPTED, ("2026-10-12", "settled", {"by": "people_mediation"})), "K26", "2026-11-11"),
        ((*SENT, ("2026-09-14", "accepted", {"path": 6, "simplified": True})), "K17", "2026-09-08"),
    ],
)
def test_the_other_rows_that_have_a_length(rows: tuple[Row, ...], clock: str, due: str) -> None:
    assert clock_of(case_of(*rows, internal=True), clock).legal_due == day(due)


@pytest.mark.parametrize(("on", "state"), [("2026-11-13", "met"), ("2026-11-16", "lapsed")])
def test_a_rating_uses_the_right_to_rate(on: str, state: str) -> None:
    assert clock_of(case_of(*SERVED, (on, "rated"), internal=True), "K24").state == state


def test_registration_is_the_receipt_unless_it_came_later() -> None:
    at_once = case_of(*AT_BUREAU, internal=True)
    late = case_of(("2026-09-07", "received", {"by": "bureau", "registered_on": "2026-09-09"}), internal=True)
    assert [clock_of(case, "K01").state for case in (at_once, late)] == ["met", "late"]


def test_an_acceptance_settles_the_organs_own_objection() -> None:
    case = case_of(*SENT, ("2026-09-16", "objected"), ("2026-09-17", "accepted", {"path": 6}))
    assert {c.id: c.state for c in case.clocks if c.id in ("K04", "K05", "K06")} == {
        "K04": "met",
        "K05": "met",
        "K06": "void",
    }


def test_two_organs_that_both_refuse_start_a_dispute_of_competence() -> None:
    case = case_of(
        *SENT,
        ("2026-09-14", "objected"),
        ("2026-09-15", "objection_decided", {"upheld": True}),
        ("2026-09-15", "transferred", {"to": "land"}),
        ("2026-09-17", "objected"),
        today="2026-09-18",
        internal=True,
    )
    assert clock_of(case, "K07").started_on == day("2026-09-17")

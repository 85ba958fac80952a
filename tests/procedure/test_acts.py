"""Who may do what and when: the guards that grey the button and that the action asks, each row with its reason."""

from datetime import date
from typing import Any

import pytest

from tests.procedure.records import (
    ACCEPTED,
    ASKED,
    ASKED_AGAIN,
    AT_BUREAU,
    FINAL,
    REPLIED,
    REVIEW_SERVED,
    REVIEWED,
    SENT,
    SERVED,
    Row,
    case_of,
    day,
)
from xinqiao.procedure import EVENT_OF, EVENT_TYPES, MAY, VERB_OF, load_pack, may_register
from xinqiao.procedure.fields import FIELDS

CLOSED: tuple[Row, ...] = (*SERVED, ("2026-11-20", "closed"))
WITHDRAWN: tuple[Row, ...] = (*SENT, ("2026-09-14", "withdrawn"))
DECLINED: tuple[Row, ...] = (*SENT, ("2026-09-15", "declined"))
OBJECTED: tuple[Row, ...] = (*SENT, ("2026-09-15", "objected"))
SIMPLIFIED: tuple[Row, ...] = (*SENT, ("2026-09-14", "accepted", {"path": 6, "simplified": True}))
ASSIGNED: tuple[Row, ...] = (
    *AT_BUREAU,
    ("2026-09-10", "assigned", {"to": "housing", "report_due_on": "2026-11-30"}),
)
HEARD: tuple[Row, ...] = (*ACCEPTED, ("2026-10-09", "hearing_opened", {"stage": "handling"}))
SETTLED: tuple[Row, ...] = (*ACCEPTED, ("2026-10-12", "settled"))
NAMED: tuple[Row, ...] = (
    ("2026-09-07", "received", {"by": "bureau", "organ": "bureau"}),
    ("2026-09-10", "transferred", {"organ": "bureau", "to": "housing"}),
)
TAKEN: tuple[Row, ...] = (*NAMED, ("2026-09-21", "accepted", {"organ": "housing", "path": 6}))
ANSWERED: tuple[Row, ...] = (*TAKEN, ("2026-10-20", "replied", {"organ": "housing", "outcome": "supported"}))
ON_PATH_4: tuple[Row, ...] = (*SENT, ("2026-09-21", "accepted", {"path": 4}))


def answer(rows: tuple[Row, ...], verb: str, today: str, pack: str = "CN-2022", **params: Any) -> str | None:
    case = case_of(*rows, today=today, pack=pack)
    refusal = MAY[verb](case, today=day(today), **params)
    return refusal.code if refusal else None


# verb, record, today, what is said, the answer
GUARDS: list[tuple[str, tuple[Row, ...], str, dict[str, Any], str | None]] = [
    # transfer, assign
    ("transfer", AT_BUREAU, "2026-09-08", {}, None),
    ("transfer", AT_BUREAU, "2026-09-08", {"to": "housing", "in_sphere": True, "barred": False}, None),
    ("transfer", AT_BUREAU, "2026-09-08", {"to": "housing", "barred": True}, "accused-organ"),
    ("transfer", AT_BUREAU, "2026-09-08", {"to": "housing", "in_sphere": False}, "out-of-sphere"),
    ("transfer", AT_BUREAU, "2026-09-08", {"to": "housing", "recused": True}, "recused"),
    ("transfer", SENT, "2026-09-15", {"organ": "housing", "to": "housing"}, "same-destination"),
    ("transfer", CLOSED, "2026-11-23", {}, "after-end"),
    ("transfer", NAMED, "2026-09-15", {"organ": "bureau", "to": "housing"}, "there-already"),
    ("transfer", NAMED, "2026-09-15", {"organ": "bureau", "to": "land"}, None),  # it may concern several organs
    ("transfer", TAKEN, "2026-09-22", {"organ": "bureau"}, "accepted-elsewhere"),
    ("transfer", TAKEN, "2026-09-22", {"organ": "bureau", "to": "land"}, "accepted-elsewhere"),
    ("transfer", TAKEN, "2026-09-22", {"organ": "housing", "to": "village"}, None),
    ("transfer", ANSWERED, "2026-10-21", {"organ": "housing", "to": "village"}, "already-replied"),
    ("assign", NAMED, "2026-09-15", {"organ": "bureau", "to": "housing"}, None),  # with a day for the report
    ("assign", TAKEN, "2026-09-22", {"organ": "bureau"}, None),
    ("assign", TAKEN, "2026-09-22", {"organ": "bureau", "to": "housing"}, None),
    ("assign", TAKEN, "2026-09-22", {"organ": "bureau", "to": "land"}, "accepted-elsewhere"),
    ("assign", ANSWERED, "2026-10-21", {"organ": "bureau"}, "accepted-elsewhere"),
    ("assign", ANSWERED, "2026-10-21", {"organ": "bureau", "to": "housing"}, "already-replied"),
    ("assign", AT_BUREAU, "2026-09-08", {"to": "housing", "report_due_on": date(2026, 9, 8)}, None),
    ("assign", AT_BUREAU, "2026-09-08", {"to": "housing", "report_due_on": date(2026, 9, 7)}, "report-due-past"),
    ("assign", AT_BUREAU, "2026-09-08", {"to": "housing", "barred": True}, "accused-organ"),
    # report_up
    ("report_up", AT_BUREAU, "2026-09-08", {}, None),
    ("report_up", (("2026-09-07", "received", {"by": "organ"}),), "2026-09-08", {}, "not-a-bureau"),
    # object, decide_objection
    ("object", SENT, "2026-09-18", {"organ": "housing", "reason": "not competent"}, None),
    ("object", SENT, "2026-09-18", {"organ": "housing", "reason": " "}, "reason-missing"),
    ("object", SENT, "2026-09-21", {"organ": "housing", "consent": False}, "objection-needs-consent"),
    ("object", SENT, "2026-09-21", {"organ": "housing", "consent": True}, None),
    ("object", SENT, "2026-09-18", {"organ": "land"}, "not-dispatched-to"),
    ("object", OBJECTED, "2026-09-16", {"organ": "housing"}, "objection-pending"),
    ("object", ACCEPTED, "2026-09-22", {"organ": "housing"}, "already-accepted"),
    ("object", NAMED[:1], "2026-09-08", {"organ": "bureau"}, "not-sent"),  # it came from the petitioner himself
    ("decide_objection", OBJECTED, "2026-09-16", {}, None),
    ("decide_objection", SENT, "2026-09-16", {}, "no-objection-pending"),
    # accept, decline
    ("accept", SENT, "2026-09-15", {"organ": "housing", "path": 6}, None),
    ("accept", SENT, "2026-11-15", {"organ": "housing", "path": 6}, None),  # late acts are taken, and stay late
    ("accept", SENT, "2026-09-15", {"organ": "land"}, "not-dispatched-to"),
    ("accept", ACCEPTED, "2026-09-22", {}, "already-accepted"),
    ("accept", SENT, "2026-09-15", {"recused": True}, "recused"),
    ("accept", SENT, "2026-09-15", {"path": 6, "simplified": True}, None),
    ("accept", SENT, "2026-09-15", {"path": 4, "simplified": True}, "simplified-not-allowed"),
    ("accept", SENT, "2026-09-15", {"kind": "accusation", "simplified": True}, "simplified-not-allowed"),
    ("accept", SENT, "2026-09-15", {"path": 6, "simplified": True, "is_repeat": True}, "simplified-not-allowed"),
    ("accept", ASSIGNED, "2026-09-15", {"path": 6, "simplified": True}, "simplified-not-allowed"),
    ("decline", SENT, "2026-09-15", {"organ": "housing", "reason": "court"}, None),
    ("decline", SENT, "2026-09-15", {"organ": "housing", "reason": ""}, "reason-missing"),
    ("decline", SENT, "2026-09-15", {"kind": "not_again", "is_exhausted": False}, "not-exhausted"),
    ("decline", SENT, "2026-09-15", {"kind": "not_again", "is_exhausted": True}, None),
    # handling
    ("change_path", ACCEPTED, "2026-10-09", {"path": 4, "reason": "licensing"}, None),
    ("change_path", ACCEPTED, "2026-10-09", {"path": 4, "reason": ""}, "reason-missing"),
    ("change_path", REPLIED, "2026-10-13", {"path": 4}, "already-replied"),
    ("change_path", SENT, "2026-09-15", {}, "not-accepted"),
    ("convert", SIMPLIFIED, "2026-09-16", {}, None),
    ("convert", ACCEPTED, "2026-09-22", {}, "not-simplified"),
    ("annotate", CLOSED, "2026-11-23", {"text": "learn from it"}, None),
    ("annotate", SENT, "2026-09-15", {"text": " "}, "reason-missing"),
    ("annotate", SENT, "2026-09-15", {"recused": True}, "recused"),
    ("extend", ANSWERED, "2026-10-21", {"organ": "housing"}, "already-replied"),  # nothing runs any more
    ("open_hearing", ANSWERED, "2026-10-21", {"organ": "housing"}, "already-replied"),
    ("extend", ACCEPTED, "2026-11-20", {"days": 30, "approved_by_head": True}, None),
    ("extend", ACCEPTED, "2026-11-20", {"days": 30, "approved_by_head": False}, "approval-missing"),
    ("extend", ACCEPTED, "2026-11-20", {"days": 30, "reason": ""}, "reason-missing"),
    ("extend", ACCEPTED, "2026-11-21", {}, "extension-too-late"),
    ("extend", ACCEPTED, "2026-11-20", {"days": 31}, "extension-too-long"),
    ("extend", (*ACCEPTED, ("2026-10-12", "extended", {"days": 5})), "2026-10-13", {}, "extended-before"),
    ("extend", ACCEPTED, "2026-10-13", {"organ": "land"}, "not-dispatched-to"),
    ("extend", ON_PATH_4, "2026-10-13", {}, "not-accepted"),
    ("open_hearing", ACCEPTED, "2026-10-09", {}, None),
    ("open_hearing", ACCEPTED, "2026-10-09", {"chair_investigated": True}, "recused"),
    ("open_hearing", HEARD, "2026-10-10", {}, "hearing-open"),
    ("open_hearing", ON_PATH_4, "2026-10-09", {}, "hearing-not-here"),
    ("open_hearing", SERVED, "2026-10-20", {"stage": "review"}, "no-review-pending"),
    ("open_hearing", ASKED, "2026-10-21", {}, None),
    ("close_hearing", HEARD, "2026-10-10", {}, None),
    ("close_hearing", ACCEPTED, "2026-10-10", {}, "hearing-not-open"),
    ("settle", ACCEPTED, "2026-10-10", {"agreed": True}, None),
    ("settle", ACCEPTED, "2026-10-10", {"agreed": False}, "not-agreed"),
    ("settle", SIMPLIFIED, "2026-09-16", {}, "convert-first"),
    ("settle", REPLIED, "2026-10-13", {}, "already-replied"),
    ("reply", ACCEPTED, "2026-10-10", {"outcome": "supported"}, None),
    ("reply", ACCEPTED, "2026-12-10", {"outcome": "supported"}, None),  # late, and recorded as late
    ("reply", ACCEPTED, "2026-10-10", {"missing": ["facts", "basis"]}, "reply-incomplete"),
    ("reply", ACCEPTED, "2026-10-10", {"recused": True}, "recused"),
    ("reply", REPLIED, "2026-10-13", {}, "already-replied"),
    ("reply", HEARD, "2026-10-10", {}, "hearing-open"),
    ("serve", REPLIED, "2026-10-13", {"document": "reply"}, None),
    ("serve", REPLIED, "2026-10-13", {}, None),
    ("serve", ACCEPTED, "2026-10-13", {"document": "reply"}, "not-replied"),
    ("serve", SERVED, "2026-10-15", {"document": "reply"}, "already-served"),
    ("serve", SENT, "2026-09-15", {}, "not-replied"),
    ("report", ASSIGNED, "2026-10-10", {"organ": "housing"}, None),
    ("report", ASSIGNED, "2026-10-10", {"organ": "land"}, "not-dispatched-to"),
    # remedies
    ("request_review", SERVED, "2026-10-20", {"petitioner": "p1"}, None),
    ("request_review", SERVED, "2026-12-20", {}, None),  # late: on record, the organ decides on it
    ("request_review", REPLIED, "2026-10-20", {}, "not-served"),
    ("request_review", ASKED, "2026-10-21", {}, "remedy-exhausted"),
    ("review", ASKED, "2026-10-21", {"organ": "city-housing", "is_superior": True, "same_person": False}, None),
    ("review", ASKED, "2026-10-21", {"organ": "housing"}, "same-organ"),
    ("review", ASKED, "2026-10-21", {"organ": "city-land", "is_superior": False}, "not-superior"),
    ("review", ASKED, "2026-10-21", {"organ": "city-housing", "same_person": True}, "same-person"),
    ("review", ASKED, "2026-10-21", {"organ": "city-housing", "recused": True}, "recused"),
    ("review", SERVED, "2026-10-21", {}, "no-review-pending"),
    ("request_rereview", REVIEW_SERVED, "2026-11-09", {}, None),
    ("request_rereview", REVIEWED, "2026-11-09", {}, "not-served"),
    ("rereview", ASKED_AGAIN, "2026-11-10", {"organ": "province", "is_superior": True}, None),
    ("rereview", ASKED_AGAIN, "2026-11-10", {"organ": "housing"}, "same-organ"),
    ("rereview", ASKED_AGAIN, "2026-11-10", {"organ": "city", "is_superior": False}, "not-superior"),
    ("rereview", ASKED_AGAIN, "2026-11-10", {"organ": "province", "same_person": True}, "same-person"),
    # withdrawal and back
    ("withdraw", SENT, "2026-09-15", {"by_petitioner": True}, None),
    ("withdraw", SENT, "2026-09-15", {"by_petitioner": False}, "not-by-petitioner"),
    ("withdraw", CLOSED, "2026-11-23", {"by_petitioner": True}, "after-end"),
    ("restore", WITHDRAWN, "2026-09-21", {"by_petitioner": True}, None),
    ("restore", WITHDRAWN, "2026-09-22", {"by_petitioner": True}, "restore-too-late"),
    ("restore", WITHDRAWN, "2026-09-21", {"by_petitioner": False}, "not-by-petitioner"),
    ("restore", SENT, "2026-09-21", {}, "not-withdrawn"),
    # closing
    ("close", SERVED, "2026-11-14", {}, None),  # the right of review is over since 11-13
    ("close", SERVED, "2026-11-13", {}, "remedy-open"),
    ("close", SERVED, "2026-11-13", {"right_waived": True}, None),
    ("close", REPLIED, "2026-12-20", {}, "not-served"),
    ("close", REPLIED, "2026-12-20", {"service_failed_reason": "address given up, notice posted"}, None),
    ("close", ACCEPTED, "2026-12-20", {}, "not-replied"),  # the organ's lateness closes nothing
    ("close", SENT, "2026-12-20", {}, "not-accepted"),
    ("close", AT_BUREAU, "2026-12-20", {}, "not-accepted"),
    ("close", ASKED, "2026-12-20", {}, "review-pending"),
    ("close", REVIEWED, "2026-11-03", {}, "not-served"),
    ("close", REVIEW_SERVED, "2026-12-04", {}, "remedy-open"),
    ("close", REVIEW_SERVED, "2026-12-05", {}, None),
    ("close", FINAL, "2026-11-23", {}, "not-served"),
    ("close", (*FINAL, ("2026-11-23", "served", {"document": "rereview"})), "2026-11-24", {}, None),
    ("close", DECLINED, "2026-09-16", {}, None),
    ("close", SETTLED, "2026-10-13", {}, None),
    ("close", ON_PATH_4, "2026-10-13", {}, "not-served"),  # the notice of the path is the paper
    ("close", (*ON_PATH_4, ("2026-09-22", "served", {"document": "acceptance"})), "2026-10-13", {}, None),
    (
        "close",
        (*ASSIGNED, ("2026-09-15", "accepted", {"path": 6}), ("2026-10-12", "settled")),
        "2026-10-13",
        {},
        "report-outstanding",
    ),
    # reopening
    ("reopen", CLOSED, "2026-12-01", {"reason": "a new deed was found"}, None),
    ("reopen", CLOSED, "2026-12-01", {"has_new_facts": False}, "new-facts-missing"),
    ("reopen", SENT, "2026-12-01", {}, "not-ended"),
    ("reopen", CLOSED, "2026-12-01", {"organ": "land"}, "not-dispatched-to"),
    ("reopen", DECLINED, "2026-12-01", {}, None),
]


@pytest.mark.parametrize(("verb", "rows", "today", "params", "code"), GUARDS)
def test_guards(verb: str, rows: tuple[Row, ...], today: str, params: dict[str, Any], code: str | None) -> None:
    assert answer(rows, verb, today, **params) == code


def test_every_act_is_guarded_here_in_both_directions() -> None:
    assert {row[0] for row in GUARDS if row[4]} == set(MAY)
    assert {row[0] for row in GUARDS if row[4] is None} == set(MAY)


def test_an_edition_with_one_remedy_has_no_second() -> None:
    assert answer(REVIEW_SERVED, "request_rereview", "2026-11-09", pack="CN-2005-HA") == "remedy-exhausted"


def test_an_edition_that_lets_the_handling_organ_review_does_so() -> None:
    assert answer(ASKED, "review", "2026-10-21", pack="CN-2005-HA", organ="housing") is None
    assert answer(ASKED, "review", "2026-10-21", pack="CN-2005", organ="housing") == "same-organ"


def test_only_the_sender_decides_on_an_objection() -> None:
    rows = (("2026-09-07", "received", {"by": "bureau", "organ": "bureau"}), *OBJECTED[1:])
    assert answer(rows, "decide_objection", "2026-09-16", organ="bureau") is None
    assert answer(rows, "decide_objection", "2026-09-16", organ="housing") == "not-the-sender"


@pytest.mark.parametrize(
    ("pack", "persons", "speakers", "code"),
    [
        ("CN-2022", 40, 5, None),
        ("CN-2022", 40, 6, "too-many-speakers"),
        ("CN-2005-ZJ", 10, 3, None),
        ("CN-2005-ZJ", 10, 4, "too-many-speakers"),
        ("CN-2005-ZJ", 11, 5, None),
        ("CN-2005-ZJ", 11, 6, "too-many-speakers"),
    ],
)
def test_only_the_speakers_at_a_visit_are_limited(pack: str, persons: int, speakers: int, code: str | None) -> None:
    refusal = may_register(load_pack(pack), at_visit=True, persons=persons, speakers=speakers)
    assert (refusal.code if refusal else None) == code
    assert may_register(load_pack(pack), at_visit=False, persons=persons, speakers=speakers) is None


def test_verbs_and_events_are_one_to_one() -> None:
    assert set(EVENT_OF) == set(MAY)
    assert {VERB_OF[event] for event in EVENT_OF.values()} == set(MAY)
    assert set(EVENT_OF.values()) | {"received", "supplemented", "rated"} == EVENT_TYPES == set(FIELDS)


RECORDS = {
    "at the bureau": (AT_BUREAU, "2026-09-08"),
    "sent": (SENT, "2026-09-15"),
    "objected": (OBJECTED, "2026-09-16"),
    "declined": (DECLINED, "2026-09-16"),
    "accepted": (ACCEPTED, "2026-09-22"),
    "simplified": (SIMPLIFIED, "2026-09-16"),
    "heard": (HEARD, "2026-10-10"),
    "settled": (SETTLED, "2026-10-13"),
    "replied": (REPLIED, "2026-10-13"),
    "served": (SERVED, "2026-10-15"),
    "asked": (ASKED, "2026-10-21"),
    "reviewed": (REVIEWED, "2026-11-03"),
    "review served": (REVIEW_SERVED, "2026-11-09"),
    "asked again": (ASKED_AGAIN, "2026-11-10"),
    "final": (FINAL, "2026-11-23"),
    "withdrawn": (WITHDRAWN, "2026-09-15"),
    "closed": (CLOSED, "2026-11-23"),
}
SAYS: dict[str, dict[str, Any]] = {
    "transferred": {"to": "land"},
    "assigned": {"to": "land"},
    "objection_decided": {"upheld": True},
    "accepted": {"path": 6},
    "path_changed": {"path": 4},
    "extended": {"days": 10},
    "reviewed": {"outcome": "upheld"},
    "rereviewed": {"outcome": "upheld"},
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("verb", sorted(MAY))
def test_what_a_guard_lets_through_the_record_takes(name: str, verb: str) -> None:
    rows, today = RECORDS[name]
    case = case_of(*rows, today=today)
    if MAY[verb](case, today=day(today)) is not None:
        return
    says = dict(SAYS.get(EVENT_OF[verb], {}))
    if "hearing" in verb:
        says["stage"] = case.stage
    if verb == "serve":
        says["document"] = next(d for d in ("reply", "review", "rereview", "acceptance") if _waits(case, d))
    case_of(*rows, (today, EVENT_OF[verb], says), today=today)


def _waits(case: Any, document: str) -> bool:
    return MAY["serve"](case, today=case.today, document=document) is None


NEXT = {
    "at the bureau": ("accept", "assign", "decline", "report_up", "transfer", "withdraw"),
    "sent": ("accept", "decline", "object", "withdraw"),
    "objected": ("accept", "decide_objection", "decline", "withdraw"),
    "declined": ("assign", "close", "reopen", "transfer"),
    "accepted": ("extend", "open_hearing", "reply", "settle", "withdraw"),
    "simplified": ("convert", "open_hearing", "reply", "withdraw"),
    "heard": ("close_hearing", "extend", "settle", "withdraw"),
    "settled": ("close", "withdraw"),
    "replied": ("serve", "withdraw"),
    "served": ("request_review", "withdraw"),
    "asked": ("open_hearing", "review", "withdraw"),
    "reviewed": ("serve", "withdraw"),
    "review served": ("request_rereview", "withdraw"),
    "asked again": ("open_hearing", "rereview", "withdraw"),
    "final": ("serve",),
    "withdrawn": ("reopen",),
    "closed": ("reopen",),
}


@pytest.mark.parametrize("name", RECORDS)
def test_next_names_the_acts_that_carry_the_matter_on(name: str) -> None:
    rows, today = RECORDS[name]
    assert case_of(*rows, today=today).next == NEXT[name]

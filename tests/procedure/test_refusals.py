"""What a record may not say: each refusal beside its accepted twin, which differs in the one point."""

from contextlib import suppress

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
    refusal_of,
)
from xinqiao.procedure import LANGUAGES, Refusal, Refused, load_pack, pack_ids
from xinqiao.procedure.refusal_texts import SENTENCES

EXTENDED: tuple[Row, ...] = (*ACCEPTED, ("2026-10-12", "extended", {"days": 10}))
CLOSED: tuple[Row, ...] = (*SERVED, ("2026-11-20", "closed"))

# code, the lawful record before, the refused event, its lawful twin
TABLE: list[tuple[str, tuple[Row, ...], Row, Row]] = [
    ("unknown-type", AT_BUREAU, ("2026-09-10", "lost"), ("2026-09-10", "annotated")),
    ("not-received-first", (), ("2026-09-07", "accepted", {"path": 6}), ("2026-09-07", "received", {"by": "organ"})),
    ("after-today", AT_BUREAU, ("2027-01-01", "withdrawn"), ("2026-12-31", "withdrawn")),
    (
        "after-today",  # a receipt in the future
        AT_BUREAU,
        ("2026-12-30", "transferred", {"to": "housing", "received_on": "2027-01-01"}),
        ("2026-12-30", "transferred", {"to": "housing", "received_on": "2026-12-31"}),
    ),
    (
        "not-dispatched-to",
        SENT,
        ("2026-09-15", "accepted", {"organ": "land", "path": 6}),
        ("2026-09-15", "accepted", {"organ": "housing", "path": 6}),
    ),
    (
        "not-dispatched-to",  # the bureau received it; nobody sent it to housing
        AT_BUREAU,
        ("2026-09-15", "accepted", {"organ": "housing", "path": 6}),
        ("2026-09-15", "accepted", {"path": 6}),
    ),
    ("not-dispatched-to", AT_BUREAU, ("2026-09-10", "objected", {"organ": "housing"}), ("2026-09-10", "reported_up")),
    (
        "not-dispatched-to",  # who gave the matter back does not hold it
        (*SENT, ("2026-09-14", "objected"), ("2026-09-15", "objection_decided", {"upheld": True})),
        ("2026-09-16", "accepted", {"organ": "housing", "path": 6}),
        ("2026-09-16", "transferred", {"to": "housing"}),
    ),
    ("not-dispatched-to", ACCEPTED, ("2026-10-12", "replied", {"organ": "land"}), ("2026-10-12", "replied")),
    ("not-dispatched-to", SENT, ("2026-10-12", "reported", {"organ": "land"}), ("2026-10-12", "reported")),
    (
        "already-accepted",
        ACCEPTED,
        ("2026-09-22", "accepted", {"path": 6}),
        ("2026-09-22", "path_changed", {"path": 4}),
    ),
    ("already-accepted", ACCEPTED, ("2026-09-22", "declined"), ("2026-09-22", "replied")),
    ("already-accepted", ACCEPTED, ("2026-09-22", "objected"), ("2026-09-22", "reported")),
    ("not-accepted", SENT, ("2026-10-12", "replied"), ("2026-10-12", "accepted", {"path": 6})),
    ("not-accepted", SENT, ("2026-09-15", "extended", {"days": 10}), ("2026-09-15", "objected")),
    ("not-accepted", SENT, ("2026-09-15", "hearing_opened", {"stage": "handling"}), ("2026-09-15", "declined")),
    ("not-accepted", SENT, ("2026-09-15", "settled"), ("2026-09-15", "declined")),
    ("not-accepted", SENT, ("2026-09-15", "served", {"document": "acceptance"}), ("2026-09-15", "declined")),
    (
        "extension-too-late",  # the due day is 11-20
        ACCEPTED,
        ("2026-11-21", "extended", {"days": 10}),
        ("2026-11-20", "extended", {"days": 10}),
    ),
    (
        "extension-too-late",
        ACCEPTED,
        ("2026-11-25", "extended", {"days": 10, "approved_on": "2026-11-21"}),
        ("2026-11-25", "extended", {"days": 10, "approved_on": "2026-11-20"}),
    ),
    ("extension-too-late", REPLIED, ("2026-10-13", "extended", {"days": 10}), ("2026-10-13", "reported")),
    ("extended-before", EXTENDED, ("2026-10-13", "extended", {"days": 5}), ("2026-10-13", "replied")),
    (
        "extension-too-long",
        ACCEPTED,
        ("2026-10-12", "extended", {"days": 31}),
        ("2026-10-12", "extended", {"days": 30}),
    ),
    (
        "extension-too-long",  # a review cannot be extended by national law
        ASKED,
        ("2026-10-21", "extended", {"clock": "K12", "days": 1}),
        ("2026-10-21", "reviewed", {"outcome": "upheld"}),
    ),
    (
        "hearing-not-open",
        ACCEPTED,
        ("2026-10-12", "hearing_closed", {"stage": "handling"}),
        ("2026-10-12", "hearing_opened", {"stage": "handling"}),
    ),
    (
        "hearing-not-open",  # the open one is of another stage
        (*ASKED, ("2026-10-21", "hearing_opened", {"stage": "review"})),
        ("2026-10-22", "hearing_closed", {"stage": "rereview"}),
        ("2026-10-22", "hearing_closed", {"stage": "review"}),
    ),
    ("not-replied", ACCEPTED, ("2026-10-12", "review_requested"), ("2026-10-12", "replied")),
    ("not-replied", ACCEPTED, ("2026-10-12", "served", {"document": "reply"}), ("2026-10-12", "replied")),
    (
        "not-replied",  # the reply fell with the review
        (*ASKED, ("2026-11-02", "reviewed", {"outcome": "revoked"})),
        ("2026-11-03", "review_requested"),
        ("2026-11-03", "replied"),
    ),
    ("not-served", REPLIED, ("2026-10-20", "review_requested"), ("2026-10-20", "served", {"document": "reply"})),
    (
        "not-served",  # served on the other petitioner only
        (*REPLIED, ("2026-10-14", "served", {"document": "reply", "petitioner": "p1"})),
        ("2026-10-20", "review_requested", {"petitioner": "p2"}),
        ("2026-10-20", "review_requested", {"petitioner": "p1"}),
    ),
    ("not-served", REVIEWED, ("2026-11-09", "rereview_requested"), ("2026-11-09", "served", {"document": "review"})),
    ("no-review-pending", SERVED, ("2026-10-20", "reviewed"), ("2026-10-20", "review_requested")),
    ("no-review-pending", REVIEWED, ("2026-11-03", "reviewed"), ("2026-11-03", "served", {"document": "review"})),
    ("no-review-pending", REVIEW_SERVED, ("2026-11-09", "rereviewed"), ("2026-11-09", "rereview_requested")),
    ("no-review-pending", SERVED, ("2026-10-20", "served", {"document": "review"}), ("2026-10-20", "closed")),
    (
        "no-review-pending",
        ASKED,
        ("2026-10-21", "hearing_opened", {"stage": "rereview"}),
        ("2026-10-21", "hearing_opened", {"stage": "review"}),
    ),
    ("remedy-exhausted", ASKED, ("2026-10-21", "review_requested"), ("2026-10-21", "reviewed")),
    ("remedy-exhausted", REVIEW_SERVED, ("2026-11-09", "review_requested"), ("2026-11-09", "rereview_requested")),
    ("remedy-exhausted", ASKED_AGAIN, ("2026-11-10", "rereview_requested"), ("2026-11-10", "rereviewed")),
    ("remedy-exhausted", FINAL, ("2026-11-23", "rereview_requested"), ("2026-11-23", "closed")),
    ("after-end", CLOSED, ("2026-11-23", "replied"), ("2026-11-23", "reopened")),
    ("after-end", (*SENT, ("2026-09-14", "withdrawn")), ("2026-09-15", "closed"), ("2026-09-15", "reopened")),
    ("after-end", CLOSED, ("2026-11-20", "served", {"document": "reply"}), ("2026-11-20", "annotated")),
    # Beyond the interface's list: events that would mean nothing
    ("no-objection-pending", SENT, ("2026-09-15", "objection_decided", {"upheld": True}), ("2026-09-15", "objected")),
    ("not-simplified", ACCEPTED, ("2026-09-22", "converted"), ("2026-09-22", "path_changed", {"path": 6})),
    ("not-ended", ACCEPTED, ("2026-09-22", "reopened"), ("2026-09-22", "closed")),
    (
        "restore-too-late",
        (*SENT, ("2026-09-14", "withdrawn")),
        ("2026-09-22", "restored"),
        ("2026-09-21", "restored"),
    ),
    ("not-withdrawn", SENT, ("2026-09-22", "restored"), ("2026-09-22", "withdrawn")),
]


@pytest.mark.parametrize(("code", "before", "refused", "twin"), TABLE)
def test_each_refusal_and_its_lawful_twin(code: str, before: tuple[Row, ...], refused: Row, twin: Row) -> None:
    case_of(*before, twin)
    refusal = refusal_of(*before, refused)
    assert (refusal.code, refusal.index) == (code, len(before))


@pytest.mark.parametrize("code", sorted({row[0] for row in TABLE} - {"unknown-type"}))
def test_each_refusal_cites_an_article_of_the_edition(code: str) -> None:
    before, event = next((row[1], row[2]) for row in TABLE if row[0] == code)
    assert refusal_of(*before, event).article.startswith(("信访工作条例", "信访事项简易办理办法", "本单位规定"))
    if code != "not-simplified":
        assert refusal_of(*before, event, pack="CN-2005").article.startswith(("信访条例", "本单位规定"))


def test_the_index_is_the_place_in_the_file_not_in_time() -> None:
    late_first = (("2026-09-15", "replied"), *SENT)
    assert (refusal_of(*late_first).code, refusal_of(*late_first).index) == ("not-accepted", 0)


def test_events_of_one_day_keep_the_order_of_the_file() -> None:
    received, sent = ("2026-09-07", "received", {"by": "bureau"}), ("2026-09-07", "transferred", {"to": "housing"})
    assert case_of(received, sent).stage == "dispatched"
    assert refusal_of(sent, received).code == "not-received-first"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_there_in_three_languages(code: str) -> None:
    params = dict.fromkeys(("field", "value", "allowed", "on", "today", "due", "days", "max", "missing"), "X")
    said = [Refusal(code=code, params=params).sentence(lang) for lang in LANGUAGES]
    assert all(said)
    assert said[0].endswith("。")
    assert said[1].endswith("。")
    assert said[2].endswith(".")
    assert not any("{" in sentence for sentence in said)
    assert len(set(said)) >= 2


def test_a_sentence_without_its_parameters_still_reads() -> None:
    assert Refusal(code="extension-too-long").sentence("en") == "An extension may not be longer than — days."


def test_an_article_is_cited_in_three_languages() -> None:
    refusal = Refusal(code="extension-too-long", article=load_pack("CN-2022").article("extend"), params={"max": 30})
    assert refusal.article == "信访工作条例 第三十四条"
    assert refusal.article_text("zh-Hant") == "信訪工作條例 第三十四條"
    assert refusal.article_text("en") == "Regulations on Letters and Visits Work (2022), Article 34"
    assert refusal.sentence() == "延期不得超过 30 日。"
    assert refusal.sentence("zh-Hant") == "延期不得超過 30 日。"


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_edition_cites_an_article_for_every_refusal(pack_id: str) -> None:
    for _, before, event, _ in TABLE:
        with suppress(Refused):  # lawful or refused: only a missing article would raise something else
            case_of(*before, event, pack=pack_id)

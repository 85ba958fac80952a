"""Every legal act by one table: what it leaves on the record, in the rows, among papers and notices; and what it leaves
where it is refused: nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.matters import cases
from tests.matters.cases import OPINION, fresh, last
from tests.office import Office
from xinqiao.access.actor import Actor
from xinqiao.api.acts import DOORS
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.replaying import check_matters
from xinqiao.matters.submission import Invalid, Person
from xinqiao.notices.models import Notice
from xinqiao.procedure import EVENT_OF, EVENT_TYPES, Refused
from xinqiao.record import events_of, texts_of
from xinqiao.record.models import Body, EventRow

MAIL = {"petitioners": (Person(name="安平", email="anping@example.org", address="禾川县锦和苑3号楼101"),)}
R22 = "信访工作条例 第{}条"
OWN = "本单位规定"


@dataclass(frozen=True)
class Row:
    """One act: from which state, on which day, by whom, with what; and everything that it must leave."""

    begun: Callable[..., Registered]
    day: str
    by: str
    given: Mapping[str, Any]
    event: str
    data: Mapping[str, Any]
    article: str
    stage: str
    paper: str = ""
    told: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    duty: str = ""
    refused: tuple[str, Mapping[str, Any], str] = ("", {}, "")
    more: Mapping[str, Any] = field(default_factory=dict)


C = "citizen"
# told: codes of organs whose desk hears of it, and "mail" for the petitioner. refused: another day, other words, code.
ROWS = {
    "transfer": Row(
        cases.registered, "2026-03-04", "hexiaowen", {"to": "HCZJ", "notified": True, "note": "请依法办理。"},
        "transferred", {"to": "HCZJ", "organ": "HCXF", "notified": True, "received_on": "2026-03-04"},
        R22.format("二十二"), "dispatched", "transfer", ("HCZJ", "mail"), ("note",), "K04",
        ("2026-03-04", {"to": "HCXF"}, "same-destination"),
    ),
    "assign": Row(
        cases.registered, "2026-03-04", "hexiaowen", {"to": "HCZJ", "report_due_on": date(2026, 5, 20)},
        "assigned", {"to": "HCZJ", "report_due_on": "2026-05-20"}, R22.format("二十二") + "第三项",
        "dispatched", "assignment", ("HCZJ", "mail"), (), "K04",
        ("2026-03-04", {"report_due_on": date(2026, 3, 3)}, "report-due-past"),
    ),
    "report_up": Row(
        cases.registered, "2026-03-04", "hexiaowen", {"reason": "涉及面广，建议由县政府牵头研究。"},
        "reported_up", {}, R22.format("二十二") + "第一项", "received", "", ("HC",), ("reason",), "",
        ("2026-03-04", {"reason": " "}, "reason"),
    ),
    "object": Row(
        cases.sent, "2026-03-06", "jiangbo", {"reason": "不属于本局职权。"},
        "objected", {"organ": "HCZJ"}, R22.format("二十三"), "dispatched", "", ("HCXF",), ("reason",), "K06",
        ("2026-03-06", {"reason": "长" * 4001}, "reason"),
    ),
    "decide_objection": Row(
        cases.objected, "2026-03-09", "hexiaowen", {"upheld": True, "reason": "同意退回。"},
        "objection_decided", {"organ": "HCZJ", "upheld": True}, R22.format("二十三"), "received", "", ("HCZJ",),
        ("reason",), "K06", ("2026-03-09", {"objector": "HCRS"}, "no-objection-pending"),
    ),
    "accept": Row(
        cases.sent, "2026-03-09", "jiangbo", {"path": 6},
        "accepted", {"organ": "HCZJ", "path": 6}, R22.format("二十三"), "handling", "acceptance", ("mail",), (), "K08",
        ("2026-03-09", {"path": 7}, "bad-value"),
    ),
    "decline": Row(
        cases.sent, "2026-03-09", "jiangbo",
        {"kind": "not_accepted", "reason": "法院正在审理。", "door": "禾川县人民法院"},
        "declined", {"organ": "HCZJ", "kind": "not_accepted", "redirected": True}, R22.format("二十三"), "declined",
        "not_accepted", ("mail",), ("reason", "door"), "",
        ("2026-03-09", {"kind": "never"}, "bad-value"),
    ),
    "change_path": Row(
        cases.handled, "2026-03-20", "jiangbo", {"path": 4, "reason": "属于行政复议范围。"},
        "path_changed", {"organ": "HCZJ", "path": 4}, R22.format("三十一"), "handling", "procedural", ("mail",),
        ("reason",), "", ("2026-03-20", {"path": 0}, "bad-value"),
    ),
    "convert": Row(
        cases.simplified, "2026-03-10", "jiangbo", {"reason": "需要鉴定。"},
        "converted", {"organ": "HCZJ"}, "信访事项简易办理办法", "handling", "", ("mail",), ("reason",), "K08",
        ("2026-03-10", {"reason": ""}, "reason"),
    ),
    "annotate": Row(
        cases.handled, "2026-03-20", "guoting", {"note": "请住建局主要负责人包案办理。", "due_on": date(2026, 4, 10)},
        "annotated", {"due_on": "2026-04-10"}, R22.format("十八"), "handling", "", ("HCZJ",), ("note",), "K08",
        ("2026-03-20", {"due_on": date(2026, 3, 19)}, "due_on"),
    ),
    "extend": Row(
        cases.handled, "2026-05-06", "tanyue", {"days": 30, "reason": "鉴定未完成。"},
        "extended", {"organ": "HCZJ", "clock": "K08", "days": 30, "approved_on": "2026-05-06", "notified": True},
        R22.format("三十四"), "handling", "extension", ("mail",), ("reason",), "K08",
        ("2026-05-09", {}, "extension-too-late"),
    ),
    "open_hearing": Row(
        cases.handled, "2026-03-20", "jiangbo", {"reason": "双方争议较大。"},
        "hearing_opened", {"organ": "HCZJ", "stage": "handling"}, R22.format("三十一") + "第六项", "handling", "",
        ("mail",), ("reason",), "K08", ("2026-03-20", {"stage": "review"}, "no-review-pending"),
    ),
    "close_hearing": Row(
        cases.in_rereview_hearing, "2026-06-12", "moran", {"stage": "rereview", "conclusion": "双方陈述完毕。"},
        "hearing_closed", {"organ": "YZ", "stage": "rereview"}, R22.format("三十一") + "第六项", "rereview", "",
        ("mail",), ("conclusion",), "K14", ("2026-06-12", {"stage": "handling"}, "hearing-not-open"),
    ),
    "settle": Row(
        cases.handled, "2026-03-20", "jiangbo", {"agreement": "物业于四月底前修好北墙。", "claims": {1: "supported"}},
        "settled", {"organ": "HCZJ", "claims": {"c1": "supported"}}, R22.format("三十三"), "replied", "settlement",
        ("mail",), ("agreement",), "", ("2026-03-20", {"claims": {2: "supported"}}, "claims"),
    ),
    "reply": Row(
        cases.handled, "2026-04-13", "jiangbo", {"outcome": "supported", **OPINION},
        "replied", {"organ": "HCZJ", "outcome": "supported", "claims": {"c1": "supported"}}, R22.format("三十二"),
        "replied", "reply", ("mail",), ("facts", "opinion", "basis"), "",
        ("2026-04-13", {"outcome": "praised"}, "bad-value"),
    ),
    "serve": Row(
        cases.sent, "2026-03-12", "jiangbo", {"document": "acceptance", "method": "left", "evidence": "社区人员见证。"},
        "served", {"document": "acceptance", "method": "left", "organ": "HCZJ"}, R22.format("二十三"), "handling", "",
        ("mail",), ("evidence",), "K08", ("2026-03-12", {"method": "pigeon"}, "method"), {"accepted": "2026-03-09"},
    ),
    "report": Row(
        cases.assigned, "2026-03-20", "jiangbo", {"report": "已经受理，正在办理。"},
        "reported", {"organ": "HCZJ"}, R22.format("二十二") + "第三项", "dispatched", "report", ("HCXF",), ("report",),
        "K04", ("2026-03-20", {"report": "\x07"}, "report"),
    ),
    "supplement": Row(
        cases.handled, "2026-03-20", C, {"text": "补充：上周又渗水了。"},
        "supplemented", {}, R22.format("十九"), "handling", "", ("HCZJ",), ("text",), "K08",
        ("2026-03-20", {"text": " "}, "text"),
    ),
    "request_review": Row(
        cases.answered, "2026-05-06", C, {"reason": "没有说明资金去向。"},
        "review_requested", {"organ": "HC"}, R22.format("三十五"), "review", "", ("HC", "mail"), ("reason",), "K12",
        ("2026-05-06", {"to": "HCZJ"}, "to"),
    ),
    "review": Row(
        cases.under_review, "2026-05-20", "xuanni", {"outcome": "upheld", **OPINION},
        "reviewed", {"organ": "HC", "outcome": "upheld"}, R22.format("三十五"), "reviewed", "review", ("HCZJ", "mail"),
        ("facts", "opinion", "basis"), "", ("2026-05-20", {"outcome": "supported"}, "bad-value"),
    ),
    "request_rereview": Row(
        cases.reviewed, "2026-06-01", C, {"reason": "仍不服。"},
        "rereview_requested", {"organ": "YZ"}, R22.format("三十六"), "rereview", "", ("YZ", "mail"), ("reason",), "K14",
        ("2026-06-01", {"petitioner": "9"}, "petitioner"),
    ),
    "rereview": Row(
        cases.under_rereview, "2026-06-20", "moran", {"outcome": "upheld", **OPINION},
        "rereviewed", {"organ": "YZ", "outcome": "upheld"}, R22.format("三十六"), "final", "rereview", ("HCZJ", "mail"),
        ("facts", "opinion", "basis"), "", ("2026-06-20", {"basis": ""}, "basis"),
    ),
    "withdraw": Row(
        cases.handled, "2026-04-01", C, {"reason": "已经解决。"},
        "withdrawn", {"by_code": True}, OWN, "withdrawn", "", ("HCZJ", "mail"), ("reason",), "",
        ("2026-04-01", {"reason": "长" * 4001}, "reason"),
    ),
    "restore": Row(
        cases.withdrawn, "2026-04-08", C, {},
        "restored", {"by_code": True}, OWN, "handling", "", ("HCZJ", "mail"), (), "K08",
        ("2026-04-09", {}, "restore-too-late"),
    ),
    "close": Row(
        cases.answered, "2026-05-18", "tanyue", {"checks": ["explained", "settled"], "note": "已回访。"},
        "closed", {"organ": "HCZJ", "checks": ["settled", "explained"]}, R22.format("三十四"), "closed", "", ("mail",),
        ("note",), "", ("2026-05-15", {}, "remedy-open"),
    ),
    "reopen": Row(
        cases.closed, "2026-06-01", "tanyue", {"reason": "发现新的事实。"},
        "reopened", {"organ": "HCZJ"}, R22.format("三十六"), "dispatched", "", ("HCZJ", "mail"), ("reason",), "K04",
        ("2026-06-01", {"reason": ""}, "reason"),
    ),
    "recuse": Row(
        cases.handled, "2026-03-20", "tanyue", {"user": "jiangbo", "reason": "与信访人是亲属。"},
        "recused", {}, R22.format("二十八"), "handling", "", (), ("reason",), "K08",
        ("2026-03-20", {"user": "nobody"}, "user"),
    ),
}  # fmt: skip


def begun(office: Office, on: Any, row: Row) -> Registered:
    done = row.begun(office, on, **MAIL)
    if accepted := row.more.get("accepted"):
        with on(accepted):
            DOORS["accept"].action(number=done.number, actor=office.jiangbo, path=6)
    return done


def who(office: Office, row: Row, done: Registered) -> Actor:
    return office.citizen(done) if row.by == C else getattr(office, row.by)


def test_every_act_of_the_interface_has_a_row() -> None:
    assert set(ROWS) == set(DOORS)
    assert {row.event for row in ROWS.values()} >= set(EVENT_OF.values())


@pytest.mark.parametrize("verb", ROWS)
def test_the_record_says_who_did_what_for_whom_by_which_article(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = begun(office, on, row)
    before = events_of(done.matter.stream_id)
    with on(row.day):
        actor = who(office, row, done)
        act = DOORS[verb].action(number=done.number, actor=actor, **row.given)
    event = last(done)
    assert event == act.event
    assert (event.type, event.on.isoformat(), event.article) == (row.event, row.day, row.article)
    assert {name: event.data.get(name) for name in row.data} == row.data
    assert (event.actor.kind, event.actor.id, event.actor.role) == (actor.kind, actor.user_id, actor.role)
    assert (event.organ.code if event.organ else "") == actor.organ_code
    assert (event.seq, event.prev) == (len(before) + 1, before[-1].hash), "one event more, bound to the one before"


@pytest.mark.parametrize("verb", ROWS)
def test_the_rows_follow_and_the_self_check_is_quiet(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = begun(office, on, row)
    with on(row.day):
        DOORS[verb].action(number=done.number, actor=who(office, row, done), **row.given)
        assert list(check_matters()) == []
    matter = fresh(done)
    assert (matter.stage, matter.next_clock) == (row.stage, row.duty)
    assert (matter.stream.length, matter.calendar_version) == (last(done).seq, last(done).calendar)


@pytest.mark.parametrize("verb", [verb for verb, row in ROWS.items() if row.texts])
def test_words_stand_beside_the_event_and_not_in_it(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = begun(office, on, row)
    with on(row.day):
        DOORS[verb].action(number=done.number, actor=who(office, row, done), **row.given)
    event = last(done)
    assert tuple(sorted(event.texts)) == tuple(sorted(row.texts)), "a commitment for each"
    body = EventRow.objects.get(stream_id=event.stream, seq=event.seq).body
    for name in row.texts:
        assert row.given[name] not in body
        assert texts_of(event.stream)[event.seq, name] == row.given[name]


@pytest.mark.parametrize("verb", ROWS)
def test_papers_are_owed_and_those_concerned_are_told(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = begun(office, on, row)
    papers = set(Paper.objects.values_list("pk", flat=True))
    notices = set(Notice.objects.values_list("pk", flat=True))
    with on(row.day):
        DOORS[verb].action(number=done.number, actor=who(office, row, done), **row.given)
    issued = Paper.objects.exclude(pk__in=papers).exclude(kind="destination")
    assert [(paper.kind, paper.event_seq) for paper in issued] == ([(row.paper, last(done).seq)] if row.paper else [])
    new = Notice.objects.exclude(pk__in=notices)
    assert {notice.organ.code if notice.organ else "mail" for notice in new} == set(row.told)
    assert all("安平" not in str(notice.facts) and not notice.neutral for notice in new)


@pytest.mark.parametrize("verb", ROWS)
def test_a_refused_act_leaves_nothing(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = begun(office, on, row)
    before = counted()
    day, changes, code = row.refused
    with on(day), pytest.raises((Refused, Invalid)) as error:
        DOORS[verb].action(number=done.number, actor=who(office, row, done), **{**row.given, **changes})
    refused = error.value
    found = [refused.refusal.code] if isinstance(refused, Refused) else list(refused.errors)
    assert found == [code]
    if isinstance(refused, Refused) and code != "bad-value":
        assert refused.refusal.article, "what the law refuses it refuses by an article"
    assert counted() == before


def counted() -> dict[str, Any]:
    """Every table that an act writes, as the hash of all its rows."""
    tables = [*(f"matters_{name}" for name in ("matter", "petition", "petitioner", "claim", "involvement", "accused",
              "recusal", "clockrow")), "record_stream", "record_eventrow", "record_body", "documents_paper",
              "documents_delivery", "documents_attachment", "notices_notice", "reviews_review"]  # fmt: skip
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("verb", sorted(set(ROWS) - {"supplement", "annotate", "recuse", "restore", "reopen"}))
def test_after_the_end_an_act_is_refused_by_what_reopens(office: Office, on: Any, verb: str) -> None:
    row = ROWS[verb]
    done = cases.closed(office, on, **MAIL)
    with on("2026-06-20"):
        actor = who(office, row, done)
        for organ in {actor.organ_id} - {None}:
            done.matter.involved.get_or_create(
                organ_id=organ, defaults={"part": "holder", "since": date(2026, 3, 1), "root_organ_id": office.root_id}
            )
        changes = {"report_due_on": date(2026, 9, 1)} if verb == "assign" else {}
        with pytest.raises(Refused) as refused:
            DOORS[verb].action(number=done.number, actor=actor, **{**row.given, **changes})
    assert refused.value.refusal.code == "after-end"
    assert Body.objects.filter(stream=done.matter.stream, seq__gt=last(done).seq).count() == 0


def test_what_is_no_event_of_the_law_moves_no_clock() -> None:
    assert {row.event for row in ROWS.values()} - EVENT_TYPES == {"recused"}

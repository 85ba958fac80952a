"""What holds for every lawful record, whatever happened in it."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.procedure.records import ACCEPTED, case_of, clock_of, events
from tests.procedure.walks import LAST, case_on, walks
from xinqiao.procedure import (
    ASIDES,
    VERB_OF,
    Case,
    Event,
    History,
    Pack,
    default_calendar,
    due_days,
    load_pack,
    pack_ids,
    timezone_of,
)
from xinqiao.procedure.inputs import parse_event
from xinqiao.procedure.stages import TABLE

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
RULES = [rule for pack_id in pack_ids() for rule in load_pack(pack_id).clocks.values() if rule.days]
SHANGHAI = timezone_of("Asia/Shanghai")


def printed(case: Case) -> list[dict[str, Any]]:
    return [clock.as_dict() for clock in case.clocks if not clock.rule.is_internal]


EDGES = {(edge.stage, edge.verb, edge.to) for edge in TABLE}


@given(st.sampled_from(RULES), DAYS, st.integers(0, 60))
def test_a_legal_due_day_is_a_working_day_and_never_before_the_plain_one(rule, started_on, more) -> None:  # type: ignore[no-untyped-def]
    due = due_days(rule, started_on=started_on, calendar=default_calendar(), more=more)
    assert default_calendar().is_working_day(due.legal)
    assert due.stat is None or due.stat <= due.legal


@given(st.sampled_from(RULES), DAYS, st.integers(1, 60))
def test_an_extension_never_shortens(rule, started_on, days) -> None:  # type: ignore[no-untyped-def]
    plain = due_days(rule, started_on=started_on, calendar=default_calendar())
    longer = due_days(rule, started_on=started_on, calendar=default_calendar(), more=days)
    assert longer.legal >= plain.legal


@given(st.integers(1, 30))
def test_an_extension_on_record_never_shortens(days: int) -> None:
    plain = clock_of(case_of(*ACCEPTED), "K08")
    extended = clock_of(case_of(*ACCEPTED, ("2026-10-12", "extended", {"days": days})), "K08")
    assert extended.legal_due >= plain.legal_due
    assert extended.stat_due is not None
    assert plain.stat_due is not None
    assert (extended.stat_due - plain.stat_due).days == days


@settings(max_examples=60, deadline=None)
@given(walks())
def test_a_stopped_clock_never_changes_again(walk: tuple[Pack, list[Event]]) -> None:
    """What one more event does to a clock that had stopped: nothing."""
    pack, record = walk
    whole = case_on(pack, record, LAST).started
    for length in range(1, len(record)):
        for before, after in zip(case_on(pack, record[:length], LAST).started, whole, strict=False):
            assert before.id == after.id
            if before.stopped_on is not None:
                assert (before.state, before.stopped_on) == (after.state, after.stopped_on)
                assert (before.stat_due, before.legal_due) == (after.stat_due, after.legal_due)


@settings(max_examples=60, deadline=None)
@given(walks())
def test_every_move_is_an_edge_of_the_table(walk: tuple[Pack, list[Event]]) -> None:
    pack, record = walk
    stage = "received"
    for length in range(1, len(record)):
        case = case_on(pack, record[: length + 1], LAST)
        if case.stage != stage:
            assert (stage, VERB_OF[record[length].type], case.stage) in EDGES
        stage = case.stage


@settings(max_examples=60, deadline=None)
@given(walks(), st.integers(0, 400))
def test_a_clock_says_the_same_in_all_its_fields(walk: tuple[Pack, list[Event]], later: int) -> None:
    pack, record = walk
    case = case_on(pack, record, record[-1].on + timedelta(days=later))
    for clock in case.clocks:
        stopped = clock.stopped_on is not None
        assert stopped is (clock.days_left is None)
        assert stopped is (clock.state in ("met", "late", "void", "waived"))
        assert (clock.state == "late") is (stopped and not clock.ending and clock.stopped_on > clock.legal_due)  # type: ignore[operator]
        assert [bool(clock.why(lang)) for lang in ("zh-Hans", "zh-Hant", "en")] == [True] * 3
        assert len({len(clock.why(lang)) for lang in ("zh-Hans", "zh-Hant", "en")}) == 1


@settings(max_examples=40, deadline=None)
@given(walks(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_counts_within_a_day_only(walk: tuple[Pack, list[Event]], random) -> None:  # type: ignore[no-untyped-def]
    pack, record = walk
    keys = sorted({event.on for event in record})
    random.shuffle(keys)
    shuffled = [event for on in keys for event in record if event.on == on]
    one, other = case_on(pack, record, LAST), case_on(pack, shuffled, LAST)
    assert [clock.as_dict() for clock in one.clocks] == [clock.as_dict() for clock in other.clocks]
    assert (one.stage, one.next) == (other.stage, other.next)


@settings(max_examples=40, deadline=None)
@given(walks())
def test_clocks_stand_by_start_then_id_and_else_as_they_were_started(walk: tuple[Pack, list[Event]]) -> None:
    pack, record = walk
    case = case_on(pack, record, LAST)
    keys = [(clock.started_on, clock.id) for clock in case.clocks]
    assert keys == sorted(keys)
    for one, other in zip(case.clocks, case.clocks[1:], strict=False):
        if (one.started_on, one.id) == (other.started_on, other.id):
            assert case.started.index(one) < case.started.index(other)


@settings(max_examples=40, deadline=None)
@given(walks(), st.sampled_from(sorted(ASIDES)))
def test_asides_change_no_printed_clock(walk: tuple[Pack, list[Event]], aside: str) -> None:
    pack, record = walk
    noted = [each for event in record for each in (event, Event(aside, event.on))]
    plain, with_notes = case_on(pack, record, LAST), case_on(pack, noted, LAST)
    assert printed(plain) == printed(with_notes)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 — read as local time below
    st.integers(-12 * 60, 14 * 60),
)
def test_whatever_the_offset_of_an_instant_its_day_is_the_local_one(local: datetime, offset: int) -> None:
    at = local.replace(tzinfo=SHANGHAI)
    elsewhere = at.astimezone(timezone(timedelta(minutes=offset))).isoformat()
    for written in (at.isoformat(), at.astimezone(UTC).isoformat(), elsewhere):
        event = parse_event({"type": "received", "by": "bureau", "at": written}, 0, SHANGHAI)
        assert event.on == local.date()


def test_sorting_is_stable() -> None:
    rows = events(("2026-09-08", "annotated"), ("2026-09-07", "received"), ("2026-09-08", "supplemented"))
    assert [index for index, _ in History.of(rows).ordered()] == [1, 0, 2]

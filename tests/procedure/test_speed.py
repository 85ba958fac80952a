"""How fast a record is read: the self-check replays a million of them."""

from timeit import repeat

from tests.procedure.records import SERVED, events
from xinqiao.procedure import default_calendar, load_pack, read_case

RECORD = events(*SERVED, ("2026-10-20", "review_requested"))
AT_MOST = 0.0005


def test_a_record_of_six_events_is_read_in_half_a_millisecond() -> None:
    pack, calendar, today = load_pack("CN-2022"), default_calendar(), RECORD[-1].on
    runs = repeat(lambda: read_case(RECORD, pack=pack, calendar=calendar, today=today).clocks, number=200, repeat=7)
    assert min(runs) / 200 < AT_MOST

"""Words of dates, figures, states and outcomes: desk and portal, three languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from xinqiao.components import dates
from xinqiao.components.icons import icon_svg
from xinqiao.components.states import (
    OUTCOME_ICONS,
    STATE_ICONS,
    outcome_badge_html,
    shown_state,
    state_badge_html,
    state_words,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "surface", "short", "words"),
    [
        ("zh-hans", "desk", False, "2026-11-23 周一"),
        ("zh-hant", "desk", False, "2026-11-23 週一"),
        ("en", "desk", False, "2026-11-23 Mon"),
        ("zh-hans", "desk", True, "11-23 周一"),
        ("zh-hans", "portal", False, "2026年11月23日（星期一）"),
        ("zh-hant", "portal", False, "2026年11月23日（星期一）"),
        ("en", "portal", False, "Monday, 23 November 2026"),
        ("zh-hans", "portal", True, "11月23日"),
        ("en", "portal", True, "23 November"),
    ],
)
def test_a_day_is_written_with_its_weekday(language: str, surface: str, short: bool, words: str) -> None:
    assert dates.day_words(MONDAY, language=language, surface=surface, short=short) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 12, 1), "11-23 周一"),  # the same year goes without saying
        (date(2027, 1, 1), "2026-11-23 周一"),  # another year is said
    ],
)
def test_on_the_desk_the_year_is_left_out_within_it(today: date, words: str) -> None:
    assert dates.day_words(MONDAY, language="zh-hans", surface="desk", today=today) == words


@pytest.mark.parametrize(
    ("instant", "day", "time"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), date(2026, 11, 22), "23:59"),  # still the 22nd in the office
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), MONDAY, "00:00"),  # midnight there
    ],
)
def test_an_instant_is_a_day_of_the_offices_time_zone(instant: datetime, day: date, time: str) -> None:
    assert (dates.day_of(instant), dates.time_words(instant)) == (day, time)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        dates.day_of(datetime(2026, 11, 23, 9, 20))  # noqa: DTZ001


@pytest.mark.parametrize(("value", "words"), [(None, "——"), (0, "0"), (86400, "86,400"), (1204000, "1,204,000")])
def test_figures(value: int | None, words: str) -> None:
    assert dates.figure(value) == words


@pytest.mark.parametrize(("size", "words"), [(640, "640 B"), (12_288, "12 KB"), (8_598_323, "8.2 MB")])
def test_sizes(size: int, words: str) -> None:
    assert dates.file_size(size) == words


@pytest.mark.parametrize(
    ("state", "days_left", "shown"),
    [
        ("running", 28, "running"),
        ("running", 4, "running"),  # more than three days
        ("running", 3, "soon"),
        ("running", 0, "soon"),  # the last day
        ("paused", 2, "paused"),  # while time stands still nothing is near
        ("missed", -1, "missed"),
        ("met", None, "met"),
    ],
)
def test_three_days_or_less_are_soon(state: str, days_left: int | None, shown: str) -> None:
    assert shown_state(state, days_left) == shown


@pytest.mark.parametrize(
    ("state", "days_left", "days_late", "desk", "portal"),
    [
        ("running", 28, None, "剩 28 日", "还有 28 日"),
        ("running", 2, None, "剩 2 日", "只剩 2 日"),
        ("running", 0, None, "今天", "今天是最后一天"),
        ("paused", 11, None, "暂停计时", "暂停（正在听证）"),
        ("met", None, None, "按期完成", "按期"),
        ("late", None, 3, "逾期 3 日完成", "晚了 3 日才办"),
        ("missed", -3, None, "逾期 3 日", "已过期限 3 日，还没有办"),
        ("lapsed", -5, None, "期满未行使", "期限已过，没有申请"),
        ("waived", None, None, "依法免除", "不需要"),
        ("void", None, None, "不再计时", "不再需要"),
    ],
)
def test_words_of_a_clock(state: str, days_left: int | None, days_late: int | None, desk: str, portal: str) -> None:
    found = [
        state_words(state, surface=surface, days_left=days_left, days_late=days_late, reason="正在听证")
        for surface in ("desk", "portal")
    ]
    assert found == [desk, portal]


@pytest.mark.parametrize(
    ("days_left", "words"), [(1, "only 1 day left"), (2, "only 2 days left"), (0, "today is the last day")]
)
def test_english_counts_one_day_apart(days_left: int, words: str) -> None:
    with translation.override("en"):
        assert state_words("running", surface="portal", days_left=days_left) == words


@pytest.mark.parametrize("state", [state for state in STATE_ICONS if state != "soon"])
@pytest.mark.parametrize("surface", ["desk", "portal"])
def test_every_state_has_word_and_shape_without_numbers_too(state: str, surface: str) -> None:
    badge = state_badge_html(state, surface=surface)
    assert f'data-state="{state}"' in badge
    assert badge.count("<svg") == 1
    assert "<b></b>" not in badge


def test_each_state_has_a_shape_of_its_own_save_soon() -> None:
    shapes = [icon for state, icon in STATE_ICONS.items() if state != "soon"]
    assert len(set(shapes)) == len(shapes)
    assert STATE_ICONS["soon"] == STATE_ICONS["running"]


def test_outcomes_are_words_in_ink() -> None:
    badges = {outcome: outcome_badge_html(outcome) for outcome in OUTCOME_ICONS}
    assert "支持" in badges["supported"]
    assert all("data-state" not in badge for badge in badges.values())


@pytest.mark.parametrize("draw", [lambda: state_badge_html("good", surface="desk"), lambda: outcome_badge_html("won")])
def test_an_unknown_code_is_an_error_and_no_empty_badge(draw: object) -> None:
    with pytest.raises(KeyError):
        draw()  # type: ignore[operator]


def test_icons_are_silent_inline_and_known() -> None:
    svg = icon_svg("clock")
    assert 'aria-hidden="true"' in svg
    assert "xmlns" not in svg
    with pytest.raises(Exception, match="does not exist"):
        icon_svg("countdown")


def test_a_badge_escapes_what_it_is_given() -> None:
    assert "<i>" not in state_badge_html("met", surface="desk", words="<i>")

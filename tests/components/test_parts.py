"""What the parts of the look draw: the markup that pages, screen readers and paper rely on."""

from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from xinqiao.components.cells import ReasonCell, StateCell, TitleCell, cell_html, prose_html
from xinqiao.components.parts import Act, Claim, Clock, Column, Entry, FileRow, RowGroup, Step, SumRow, Table
from xinqiao.components.ruler import ruler_of
from xinqiao.components.tables import table_html

DAY = date(2026, 11, 23)
ROWS = [
    SumRow(left=date(2026, 11, 10), text="送达，当日不计", law="35"),
    SumRow(left="＋30 日", text="12-10 周四，工作日", law="35", kind="plus"),
    SumRow(left=date(2026, 12, 10), text="法定截止", kind="total"),
]
CLOCK = Clock(
    title="办结",
    state="running",
    legal_due=date(2026, 12, 21),
    stat_due=date(2026, 12, 19),
    days_left=28,
    started_on=date(2026, 9, 20),
    original_due=date(2026, 11, 19),
    today=DAY,
    why=ROWS,
)


def draw(markup: str, **values: object) -> str:
    """A template of one line, drawn as a page draws it."""
    return Template("{% load look %}" + markup).render(Context(values))


def test_a_running_clock_shows_day_ruler_and_open_reason() -> None:
    html = draw("{% clock_card clock %}", clock=CLOCK)
    assert '<time datetime="2026-12-21">2026-12-21 周一</time>' in html
    assert "剩 28 日" in html
    assert "统计截止 12-19 周六" in html
    assert '<details class="why" open>' in html
    assert '<svg class="ruler"' in html
    assert 'role="img" aria-label="自2026年9月20日（星期日）起第 64 日，原期限至2026年11月19日（星期四）' in html


@pytest.mark.parametrize(
    ("today", "is_tagged"),
    [
        (date(2026, 12, 19), False),  # the statistical day itself is in time
        (date(2026, 12, 20), True),
    ],
)
def test_the_statistical_day_is_tagged_once_it_is_past(today: date, is_tagged: bool) -> None:
    clock = asdict(CLOCK) | {"today": today, "days_left": (date(2026, 12, 21) - today).days}
    assert ("统计已过" in draw("{% clock_card clock %}", clock=clock)) is is_tagged


def test_on_the_portal_a_clock_speaks_in_full_and_draws_no_ruler() -> None:
    html = draw("{% clock_card clock %}", clock=CLOCK, surface="portal")
    assert "最后一天" in html
    assert "2026年12月21日（星期一）" in html
    assert "统计" not in html
    assert "ruler" not in html


def test_a_dict_serves_as_well_as_the_dataclass() -> None:
    plain = asdict(CLOCK) | {"why": [asdict(row) for row in ROWS]}
    assert draw("{% clock_card clock %}", clock=plain) == draw("{% clock_card clock %}", clock=CLOCK)


def test_a_reason_is_set_like_an_account() -> None:
    html = draw("{% why rows title=title %}", rows=ROWS, title="为什么是这一天")
    assert '<tr class="plus"><td>＋30 日</td>' in html
    assert '<tr class="total"><td><time datetime="2026-12-10">12-10 周四</time></td>' in html
    assert '<details class="why">' in html


def test_a_reason_of_plain_lines_keeps_every_line() -> None:
    html = draw("{% why rows %}", rows=["2026-09-07 收到，当日不计", "+15 日 → 2026-09-22"])
    assert html.count('<td class="line-why">') == 2


def test_print_opens_closed_reasons() -> None:
    request = RequestFactory().get("/?print=1")
    assert '<details class="why" open>' in draw("{% why rows %}", rows=ROWS, request=request)


@pytest.mark.parametrize(
    ("started_on", "due", "is_drawn"),
    [
        (date(2026, 9, 20), date(2026, 12, 21), True),
        (DAY, DAY, False),  # no length
    ],
)
def test_a_clock_without_length_has_no_ruler(started_on: date, due: date, is_drawn: bool) -> None:
    assert (ruler_of(started_on=started_on, due=due, today=DAY) is not None) is is_drawn


def test_the_ruler_never_leaves_its_drawing() -> None:
    late = ruler_of(started_on=date(2026, 9, 1), due=date(2026, 9, 16), today=DAY)
    assert late is not None
    assert late.now == 316


def test_an_open_act_is_a_link_and_a_closed_one_keeps_its_reason() -> None:
    acts = [
        Act(label="受理", url="/accept", verb="accept", key="A", main=True),
        Act(label="延长办理期限", verb="extend", reason="已延长过一次。", article="第三十四条"),
    ]
    html = draw("{% acts acts %}", acts=acts)
    assert '<a class="btn main" href="/accept" data-key="a" aria-keyshortcuts="A">' in html
    assert 'role="button" aria-disabled="true" tabindex="0" aria-describedby="no-extend2"' in html
    assert 'id="no-extend2">已延长过一次。 <span class="law">第三十四条</span>' in html


def test_one_reason_for_several_closed_acts_is_told_once() -> None:
    answered = {"reason": "处理意见书已经作出。", "article": "第三十二条"}
    acts = [
        Act(label="转送", verb="transfer", **answered),
        Act(label="报办结报告", url="/report", verb="report"),
        Act(label="办结", verb="close", reason="期满前不能办结。", article="第三十五条"),
        Act(label="受理", verb="accept", **answered),
    ]
    html = draw("{% acts acts %}", acts=acts)
    assert html.count("处理意见书已经作出。") == 1
    assert html.count('aria-describedby="no-transfer1"') == 2
    assert [html.index(f">{act.label}</") for act in (acts[0], acts[3], acts[1], acts[2])] == sorted(
        html.index(f">{act.label}</") for act in acts
    )


def test_the_timeline_tells_what_is_owed_from_what_happened() -> None:
    at = datetime(2026, 11, 16, 1, 20, tzinfo=UTC)
    entries = [Entry(title="应答复", when=date(2026, 12, 21), kind="next"), Entry(title="延期", when=at, kind="now")]
    html = draw("{% timeline entries %}", entries=entries)
    assert "不晚于 <time" in html
    assert '2026-11-16 周一</time> <span class="num">09:20</span>' in html


def test_own_words_stand_apart_and_are_escaped() -> None:
    claim = Claim(title="请求", outcome="open", own_words="<script>问了三回</script>")
    html = draw("{% claims claims %}", claims=[claim])
    assert "<blockquote>&lt;script&gt;问了三回&lt;/script&gt;</blockquote>" in html


def test_the_step_of_today_is_said_to_screen_readers() -> None:
    html = draw("{% steps steps %}", steps=[Step(title="收到", state="done"), Step(title="受理", state="now")])
    assert html.count('aria-current="step"') == 1


def test_a_file_without_url_is_no_link() -> None:
    html = draw("{% files files %}", files=[FileRow(title="来信", meta=["4 页", "已查毒"])])
    assert "<a " not in html
    assert "4 页 · 已查毒" in html


def test_a_notice_says_its_kind_by_shape_and_keeps_the_law_apart() -> None:
    html = draw('{% notice "bad" heading="没有转送成功。" law="第三十条" %}不能接收。{% endnotice %}')
    assert html.startswith('<div class="notice bad"><svg')
    assert '<span class="law">第三十条</span>' in html


def test_a_notice_of_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw('{% notice "great" %}x{% endnotice %}')


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, "——"),
        ("", "——"),
        (0, '<span class="num">0</span>'),
        (1204000, '<span class="num">1,204,000</span>'),
        (date(2026, 11, 20), '<time datetime="2026-11-20">11-20 周五</time>'),
        ("<b>", "&lt;b&gt;"),
        ("2026-12-14 前", '<span class="nowrap">2026-12-14</span> 前'),
        ("HC2026-00110", "HC2026-00110"),
        (
            TitleCell(text="停水", url="/m/1", tags=["重"]),
            '<div class="line"><a class="t" href="/m/1">停水</a><span class="tag">重</span></div>',
        ),
        (
            ReasonCell(text="11-06 收到＋15 日", article="22"),
            '11-06 收到＋15 日<span class="muted nowrap">〔22〕</span>',
        ),
    ],
)
def test_cells(value: object, html: str) -> None:
    assert cell_html(value, surface="desk", today=DAY) == html


def test_a_table_names_itself_and_counts_its_groups() -> None:
    columns = [Column(label="还剩"), Column(label="事项", cut=True), Column(label="元", number=True)]
    row = [StateCell(state="missed", days_left=-3), TitleCell(text="停水", url="#"), 5]
    table = Table(caption="职责列表", columns=columns, groups=[RowGroup(title="逾期未办　1 件", rows=[row], red=True)])
    html = draw("{% table table %}", table=table)
    assert 'role="region" aria-label="职责列表"' in html
    assert 'colspan="3" class="group red">逾期未办　1 件' in html
    assert '<td role="cell" class="r"><span class="num">5</span></td>' in html


def test_only_a_day_that_is_read_is_kept_whole_and_no_tag_is_touched() -> None:
    said = mark_safe('<a href="/on/2026-11-20">2026-11-20</a> 出具')
    assert prose_html(said) == '<a href="/on/2026-11-20"><span class="nowrap">2026-11-20</span></a> 出具'
    assert prose_html("<2026-11-20>") == '&lt;<span class="nowrap">2026-11-20</span>&gt;'


def rows(columns: list[Column], row: list[object]) -> str:
    return table_html(Table(caption="x", columns=columns, groups=[RowGroup(rows=[row])]), surface="desk")


def test_a_row_with_a_missing_cell_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 cells"):
        rows([Column(label="a"), Column(label="b")], ["x"])


def test_an_empty_cell_is_marked_so_that_a_stacked_row_leaves_it_out() -> None:
    html = rows([Column(label="依据", wide=True), Column(label="截止日"), Column(label="件数")], ["", None, 0])
    assert (
        '<td role="cell" class="wide none">——</td><td role="cell" class="none">——</td>'
        '<td role="cell" class=""><span class="num">0</span></td>'
    ) in html


def test_a_second_pager_on_a_page_has_a_name_and_ids_of_its_own() -> None:
    html = draw('{% pager "1–25" next_url="?c=1" label="变更记录翻页" id="history" %}')
    assert '<nav class="pager" aria-label="变更记录翻页">' in html
    assert 'id="history-on"' in html


def test_the_last_page_of_a_list_has_no_next() -> None:
    html = draw('{% pager "第 51–61 件，共 61 件" previous_url="?c=1" %}')
    assert '<a class="btn" id="page-back" href="?c=1" rel="prev">上一页</a>' in html
    assert '<span class="btn" aria-disabled="true" role="link">下一页</span>' in html


@pytest.mark.parametrize(("language", "words"), [("zh-hant", "為什麼是這一天"), ("en", "Why this day")])
def test_parts_speak_the_language_of_the_page(language: str, words: str) -> None:
    with translation.override(language):
        assert words in draw("{% why rows %}", rows=ROWS)

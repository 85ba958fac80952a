"""Why a clock stands as it does: every sentence once, in three languages, side by side."""

import pytest

from tests.procedure.records import ACCEPTED, ASKED_AGAIN, AT_BUREAU, SENT, Row, case_of, clocks_of, day
from xinqiao.procedure import LANGUAGES, WorkCalendar

AUTUMN: tuple[Row, ...] = (("2026-09-16", "received", {"by": "bureau"}),)
LATE: tuple[Row, ...] = (*SENT, ("2026-10-09", "accepted", {"path": 6}))
ASSIGNED: tuple[Row, ...] = (*AT_BUREAU, ("2026-09-10", "assigned", {"to": "housing", "report_due_on": "2026-11-28"}))
UNREACHABLE: tuple[Row, ...] = (("2026-09-07", "received", {"by": "organ", "address_unclear": True}),)

# record, today, clock, its lines in zh-Hans, zh-Hant and English
CASES: list[tuple[tuple[Row, ...], str, str, tuple[list[str], list[str], list[str]]]] = [
    (  # met, no move
        (*AT_BUREAU, ("2026-09-10", "reported_up")),
        "2026-10-09",
        "K02",
        (
            [
                "2026-09-07 收到, 当日不计",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不顺延",
                "2026-09-10 报告党委政府, 未超过 2026-09-22, 按期",
                "依据 信访工作条例 第二十二条",
            ],
            [
                "2026-09-07 收到, 當日不計",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不順延",
                "2026-09-10 報告黨委政府, 未超過 2026-09-22, 按期",
                "依據 信訪工作條例 第二十二條",
            ],
            [
                "2026-09-07 received, the day itself does not count",
                "+15 days → 2026-09-22 Tuesday",
                "2026-09-22 Tuesday is a working day, not moved",
                "2026-09-10 reported up, not after 2026-09-22: in time",
                "basis: Regulations on Letters and Visits Work (2022), Article 22",
            ],
        ),
    ),
    (  # missed, moved over a holiday
        AUTUMN,
        "2026-10-10",
        "K02",
        (
            [
                "2026-09-16 收到, 当日不计",
                "+15 日 → 2026-10-01 星期四",
                "2026-10-01 星期四是国庆节假期, 顺延 → 2026-10-08 星期四（参照民法典 第二百零三条）",
                "今日 2026-10-10, 已过 2026-10-08, 尚未履行, 超期 2 日",
                "依据 信访工作条例 第二十二条",
            ],
            [
                "2026-09-16 收到, 當日不計",
                "+15 日 → 2026-10-01 星期四",
                "2026-10-01 星期四是國慶節假期, 順延 → 2026-10-08 星期四（參照民法典 第二百零三條）",
                "今日 2026-10-10, 已過 2026-10-08, 尚未履行, 超期 2 日",
                "依據 信訪工作條例 第二十二條",
            ],
            [
                "2026-09-16 received, the day itself does not count",
                "+15 days → 2026-10-01 Thursday",
                "2026-10-01 Thursday is a day off (National Day), moved → 2026-10-08 Thursday"
                " (by analogy with Civil Code, Article 203)",
                "today 2026-10-10, past 2026-10-08 and not done: 2 days over",
                "basis: Regulations on Letters and Visits Work (2022), Article 22",
            ],
        ),
    ),
    (  # late start, extension, running
        (*LATE, ("2026-10-12", "extended", {"days": 20})),
        "2026-10-13",
        "K08",
        (
            [
                "2026-09-28 书面告知期满（受理告知晚于此日）, 当日不计",
                "经批准延期 20 日, 自起算日连续计算（信访工作条例 第三十四条）",
                "+60 日 +20 日, 共 80 日 → 2026-12-17 星期四",
                "2026-12-17 星期四是工作日, 不顺延",
                "今日 2026-10-13, 期限至 2026-12-17, 还有 65 日",
                "依据 信访工作条例 第三十四条",
            ],
            [
                "2026-09-28 書面告知期滿（受理告知晚於此日）, 當日不計",
                "經批准延期 20 日, 自起算日連續計算（信訪工作條例 第三十四條）",
                "+60 日 +20 日, 共 80 日 → 2026-12-17 星期四",
                "2026-12-17 星期四是工作日, 不順延",
                "今日 2026-10-13, 期限至 2026-12-17, 還有 65 日",
                "依據 信訪工作條例 第三十四條",
            ],
            [
                "2026-09-28 the notice was due (the matter was accepted later), the day itself does not count",
                "extended by 20 days on approval, counted on from the start"
                " (Regulations on Letters and Visits Work (2022), Article 34)",
                "+60 days +20 days, 80 in all → 2026-12-17 Thursday",
                "2026-12-17 Thursday is a working day, not moved",
                "today 2026-10-13, due 2026-12-17, 65 days left",
                "basis: Regulations on Letters and Visits Work (2022), Article 34",
            ],
        ),
    ),
    (  # working days, a right that lapsed
        SENT,
        "2026-09-24",
        "K05",
        (
            [
                "2026-09-11 收到转送, 当日不计",
                "+5 个工作日 → 2026-09-18 星期五",
                "今日 2026-09-24, 已过 2026-09-18, 期内未行使该权利",
                "依据 信访工作条例 第二十三条",
            ],
            [
                "2026-09-11 收到轉送, 當日不計",
                "+5 個工作日 → 2026-09-18 星期五",
                "今日 2026-09-24, 已過 2026-09-18, 期內未行使該權利",
                "依據 信訪工作條例 第二十三條",
            ],
            [
                "2026-09-11 received by transfer, the day itself does not count",
                "+5 working days → 2026-09-18 Friday",
                "today 2026-09-24, past 2026-09-18: the right was not used in time",
                "basis: Regulations on Letters and Visits Work (2022), Article 23",
            ],
        ),
    ),
    (  # the office's own number of days
        (*SENT, ("2026-09-16", "objected")),
        "2026-09-17",
        "K06",
        (
            [
                "2026-09-16 提出异议, 当日不计",
                "+3 个工作日 → 2026-09-20 星期日",
                "今日 2026-09-17, 期限至 2026-09-20, 还有 3 日",
                "依据 信访工作条例 第二十三条, 该条未定日数, 日数为本单位自定",
            ],
            [
                "2026-09-16 提出異議, 當日不計",
                "+3 個工作日 → 2026-09-20 星期日",
                "今日 2026-09-17, 期限至 2026-09-20, 還有 3 日",
                "依據 信訪工作條例 第二十三條, 該條未定日數, 日數為本單位自定",
            ],
            [
                "2026-09-16 objected, the day itself does not count",
                "+3 working days → 2026-09-20 Sunday",
                "today 2026-09-17, due 2026-09-20, 3 days left",
                "basis: Regulations on Letters and Visits Work (2022), Article 23,"
                " which sets no number of days; the number is the office's own",
            ],
        ),
    ),
    (  # a day that was set, reported late
        (*ASSIGNED, ("2026-11-30", "reported")),
        "2026-12-01",
        "K10",
        (
            [
                "2026-09-10 交办",
                "指定期限 → 2026-11-28 星期六",
                "2026-11-30 提交办结报告, 超过 2026-11-28, 逾期 2 日",
                "依据 信访工作条例 第二十二条第三项",
            ],
            [
                "2026-09-10 交辦",
                "指定期限 → 2026-11-28 星期六",
                "2026-11-30 提交辦結報告, 超過 2026-11-28, 逾期 2 日",
                "依據 信訪工作條例 第二十二條第三項",
            ],
            [
                "2026-09-10 assigned",
                "the day that was set → 2026-11-28 Saturday",
                "2026-11-30 reported, after 2026-11-28: 2 days late",
                "basis: Regulations on Letters and Visits Work (2022), Article 22(3)",
            ],
        ),
    ),
    (  # an open hearing
        (*ASKED_AGAIN, ("2026-12-01", "hearing_opened", {"stage": "rereview"})),
        "2026-12-07",
        "K14",
        (
            [
                "2026-11-09 申请复核, 当日不计",
                "听证正在进行, 至今 7 日不计入期限（信访工作条例 第三十六条）",
                "+30 日 +7 日, 共 37 日 → 2026-12-16 星期三",
                "2026-12-16 星期三是工作日, 不顺延",
                "今日 2026-12-07, 听证期间暂停, 如今日结束则期限至 2026-12-16",
                "依据 信访工作条例 第三十六条",
            ],
            [
                "2026-11-09 申請複核, 當日不計",
                "聽證正在進行, 至今 7 日不計入期限（信訪工作條例 第三十六條）",
                "+30 日 +7 日, 共 37 日 → 2026-12-16 星期三",
                "2026-12-16 星期三是工作日, 不順延",
                "今日 2026-12-07, 聽證期間暫停, 如今日結束則期限至 2026-12-16",
                "依據 信訪工作條例 第三十六條",
            ],
            [
                "2026-11-09 re-review requested, the day itself does not count",
                "a hearing is open, its 7 days so far do not count"
                " (Regulations on Letters and Visits Work (2022), Article 36)",
                "+30 days +7 days, 37 in all → 2026-12-16 Wednesday",
                "2026-12-16 Wednesday is a working day, not moved",
                "today 2026-12-07, paused by the hearing; due 2026-12-16 if it ended today",
                "basis: Regulations on Letters and Visits Work (2022), Article 36",
            ],
        ),
    ),
    (  # a hearing that is over, and a decision after the day
        (
            *ASKED_AGAIN,
            ("2026-12-01", "hearing_opened", {"stage": "rereview"}),
            ("2026-12-02", "hearing_closed", {"stage": "rereview"}),
            ("2026-12-14", "rereviewed", {"outcome": "upheld"}),
        ),
        "2026-12-15",
        "K14",
        (
            [
                "2026-11-09 申请复核, 当日不计",
                "听证 2 日不计入期限（信访工作条例 第三十六条）",
                "+30 日 +2 日, 共 32 日 → 2026-12-11 星期五",
                "2026-12-11 星期五是工作日, 不顺延",
                "2026-12-14 作出复核意见, 超过 2026-12-11, 逾期 3 日",
                "依据 信访工作条例 第三十六条",
            ],
            [
                "2026-11-09 申請複核, 當日不計",
                "聽證 2 日不計入期限（信訪工作條例 第三十六條）",
                "+30 日 +2 日, 共 32 日 → 2026-12-11 星期五",
                "2026-12-11 星期五是工作日, 不順延",
                "2026-12-14 作出複核意見, 超過 2026-12-11, 逾期 3 日",
                "依據 信訪工作條例 第三十六條",
            ],
            [
                "2026-11-09 re-review requested, the day itself does not count",
                "2 days of hearing do not count (Regulations on Letters and Visits Work (2022), Article 36)",
                "+30 days +2 days, 32 in all → 2026-12-11 Friday",
                "2026-12-11 Friday is a working day, not moved",
                "2026-12-14 re-reviewed, after 2026-12-11: 3 days late",
                "basis: Regulations on Letters and Visits Work (2022), Article 36",
            ],
        ),
    ),
    (  # waived
        UNREACHABLE,
        "2026-09-08",
        "K03",
        (
            [
                "2026-09-07 收到, 当日不计",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不顺延",
                "2026-09-07 收到, 姓名（名称）、住址不清且无法联系, 免予书面告知",
                "依据 信访工作条例 第二十三条",
            ],
            [
                "2026-09-07 收到, 當日不計",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不順延",
                "2026-09-07 收到, 姓名（名稱）、住址不清且無法聯繫, 免予書面告知",
                "依據 信訪工作條例 第二十三條",
            ],
            [
                "2026-09-07 received, the day itself does not count",
                "+15 days → 2026-09-22 Tuesday",
                "2026-09-22 Tuesday is a working day, not moved",
                "2026-09-07 received, name or address unclear and no other way to reach the petitioner:"
                " no written notice is owed",
                "basis: Regulations on Letters and Visits Work (2022), Article 23",
            ],
        ),
    ),
    (  # void
        (*AT_BUREAU, ("2026-09-08", "withdrawn")),
        "2026-09-09",
        "K02",
        (
            [
                "2026-09-07 收到, 当日不计",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不顺延",
                "2026-09-08 信访人撤回, 期限终止, 不计为按期",
                "依据 信访工作条例 第二十二条",
            ],
            [
                "2026-09-07 收到, 當日不計",
                "+15 日 → 2026-09-22 星期二",
                "2026-09-22 星期二是工作日, 不順延",
                "2026-09-08 信訪人撤回, 期限終止, 不計為按期",
                "依據 信訪工作條例 第二十二條",
            ],
            [
                "2026-09-07 received, the day itself does not count",
                "+15 days → 2026-09-22 Tuesday",
                "2026-09-22 Tuesday is a working day, not moved",
                "2026-09-08 withdrawn, ended without being owed, not counted as in time",
                "basis: Regulations on Letters and Visits Work (2022), Article 22",
            ],
        ),
    ),
    (  # a number that was not verified
        (*SENT, ("2026-09-14", "accepted", {"path": 6, "simplified": True})),
        "2026-09-15",
        "K16",
        (
            [
                "2026-09-14 受理告知, 当日不计",
                "+10 个工作日 → 2026-09-28 星期一",
                "今日 2026-09-15, 期限至 2026-09-28, 还有 13 日",
                "参考 信访事项简易办理办法, 日数未经核实, 按本单位设置执行, 不作为法定期限",
            ],
            [
                "2026-09-14 受理告知, 當日不計",
                "+10 個工作日 → 2026-09-28 星期一",
                "今日 2026-09-15, 期限至 2026-09-28, 還有 13 日",
                "參考 信訪事項簡易辦理辦法, 日數未經核實, 按本單位設置執行, 不作為法定期限",
            ],
            [
                "2026-09-14 accepted, the day itself does not count",
                "+10 working days → 2026-09-28 Monday",
                "today 2026-09-15, due 2026-09-28, 13 days left",
                "after Measures for Simplified Handling (2022), number of days unverified:"
                " a setting of the office, not a statutory time",
            ],
        ),
    ),
]


@pytest.mark.parametrize(("rows", "today", "clock", "lines"), CASES)
def test_sentence_by_sentence(
    rows: tuple[Row, ...], today: str, clock: str, lines: tuple[list[str], list[str], list[str]]
) -> None:
    found = clocks_of(case_of(*rows, today=today), clock)[-1]
    for lang, expected in zip(LANGUAGES, lines, strict=True):
        assert found.why(lang) == expected


def test_a_week_end_in_a_given_calendar_has_no_name() -> None:
    given = WorkCalendar(off=frozenset(), work=frozenset())
    clock = clocks_of(case_of(*SENT, today="2026-09-20", calendar=given), "K04")[0]
    assert clock.why()[2] == "2026-09-26 星期六不是工作日, 顺延 → 2026-09-28 星期一（参照民法典 第二百零三条）"
    assert clock.why("en")[2].startswith("2026-09-26 Saturday is no working day, moved → 2026-09-28 Monday")


def test_a_year_without_a_notice_is_said_to_be_provisional() -> None:
    case = case_of(*ACCEPTED, ("2026-11-10", "extended", {"days": 30}), today="2026-11-20")
    assert not any("尚未公布" in line for line in case.clocks[-1].why())
    late = case_of(("2026-12-20", "received", {"by": "bureau"}))
    assert late.clocks[0].legal_due == day("2027-01-04")
    assert "2027 年放假安排尚未公布, 暂按周一至周五计算" in late.clocks[0].why()
    assert "no notice of days off for 2027 yet, counted Monday to Friday for the time being" in late.clocks[0].why("en")


def test_an_unknown_language_speaks_simplified_chinese() -> None:
    assert case_of(*AT_BUREAU).clocks[0].why("fr") == case_of(*AT_BUREAU).clocks[0].why("zh-Hans")

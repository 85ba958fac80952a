"""The sentences of explanations in zh-Hans, zh-Hant and English: a table, no rules."""

from __future__ import annotations

from typing import Final

from .articles import Names

WEEKDAYS: Final = (
    Names("星期一", "星期一", "Monday"),
    Names("星期二", "星期二", "Tuesday"),
    Names("星期三", "星期三", "Wednesday"),
    Names("星期四", "星期四", "Thursday"),
    Names("星期五", "星期五", "Friday"),
    Names("星期六", "星期六", "Saturday"),
    Names("星期日", "星期日", "Sunday"),
)

EVENTS: Final[dict[str, Names]] = {
    "received": Names("收到", "收到", "received"),
    "registered": Names("登记", "登記", "registered"),
    "transferred": Names("转送", "轉送", "transferred"),
    "assigned": Names("交办", "交辦", "assigned"),
    "transferred_in": Names("收到转送", "收到轉送", "received by transfer"),
    "assigned_in": Names("收到交办", "收到交辦", "received by assignment"),
    "notice_due": Names(
        "书面告知期满（受理告知晚于此日）",
        "書面告知期滿（受理告知晚於此日）",
        "the notice was due (the matter was accepted later)",
    ),
    "reported_up": Names("报告党委政府", "報告黨委政府", "reported up"),
    "objected": Names("提出异议", "提出異議", "objected"),
    "objection_decided": Names("异议核实", "異議核實", "objection decided"),
    "accepted": Names("受理告知", "受理告知", "accepted"),
    "declined": Names("不予受理告知", "不予受理告知", "declined"),
    "path_changed": Names("改变途径", "改變途徑", "path changed"),
    "converted": Names("转为普通程序", "轉為普通程序", "converted"),
    "extended": Names("延期", "延期", "extended"),
    "settled": Names("达成调解、和解协议", "達成調解、和解協議", "settled"),
    "replied": Names("作出处理意见", "作出處理意見", "replied"),
    "served": Names("送达", "送達", "served"),
    "review_requested": Names("申请复查", "申請複查", "review requested"),
    "reviewed": Names("作出复查意见", "作出複查意見", "reviewed"),
    "rereview_requested": Names("申请复核", "申請複核", "re-review requested"),
    "rereviewed": Names("作出复核意见", "作出複核意見", "re-reviewed"),
    "rated": Names("评价", "評價", "rated"),
    "reported": Names("提交办结报告", "提交辦結報告", "reported"),
    "withdrawn": Names("信访人撤回", "信訪人撤回", "withdrawn"),
    "closed": Names("办结归档", "辦結歸檔", "closed"),
    "reopened": Names("重开", "重開", "reopened"),
}

SAY: Final[dict[str, Names]] = {
    # Start
    "started_uncounted": Names(
        "{day} {event}, 当日不计", "{day} {event}, 當日不計", "{day} {event}, the day itself does not count"
    ),
    "started": Names("{day} {event}", "{day} {event}", "{day} {event}"),
    # Length
    "plus": Names("+{days} 日 → {day} {weekday}", "+{days} 日 → {day} {weekday}", "+{days} days → {day} {weekday}"),
    "plus_more": Names(
        "+{days} 日 +{more} 日, 共 {total} 日 → {day} {weekday}",
        "+{days} 日 +{more} 日, 共 {total} 日 → {day} {weekday}",
        "+{days} days +{more} days, {total} in all → {day} {weekday}",
    ),
    "plus_working": Names(
        "+{days} 个工作日 → {day} {weekday}",
        "+{days} 個工作日 → {day} {weekday}",
        "+{days} working days → {day} {weekday}",
    ),
    "given": Names(
        "指定期限 → {day} {weekday}", "指定期限 → {day} {weekday}", "the day that was set → {day} {weekday}"
    ),
    "extension": Names(
        "经批准延期 {days} 日, 自起算日连续计算（{article}）",
        "經批准延期 {days} 日, 自起算日連續計算（{article}）",
        "extended by {days} days on approval, counted on from the start ({article})",
    ),
    "hearing": Names(
        "听证 {days} 日不计入期限（{article}）",
        "聽證 {days} 日不計入期限（{article}）",
        "{days} days of hearing do not count ({article})",
    ),
    "hearing_open": Names(
        "听证正在进行, 至今 {days} 日不计入期限（{article}）",
        "聽證正在進行, 至今 {days} 日不計入期限（{article}）",
        "a hearing is open, its {days} days so far do not count ({article})",
    ),
    # Move to a working day
    "moved": Names(
        "{day} {weekday}不是工作日, 顺延 → {legal_day} {legal_weekday}（参照{article}）",
        "{day} {weekday}不是工作日, 順延 → {legal_day} {legal_weekday}（參照{article}）",
        "{day} {weekday} is no working day, moved → {legal_day} {legal_weekday} (by analogy with {article})",
    ),
    "moved_holiday": Names(
        "{day} {weekday}是{holiday}假期, 顺延 → {legal_day} {legal_weekday}（参照{article}）",
        "{day} {weekday}是{holiday}假期, 順延 → {legal_day} {legal_weekday}（參照{article}）",
        "{day} {weekday} is a day off ({holiday}), moved → {legal_day} {legal_weekday} (by analogy with {article})",
    ),
    "not_moved": Names(
        "{day} {weekday}是工作日, 不顺延",
        "{day} {weekday}是工作日, 不順延",
        "{day} {weekday} is a working day, not moved",
    ),
    "provisional": Names(
        "{year} 年放假安排尚未公布, 暂按周一至周五计算",
        "{year} 年放假安排尚未公布, 暫按週一至週五計算",
        "no notice of days off for {year} yet, counted Monday to Friday for the time being",
    ),
    # State
    "state_running": Names(
        "今日 {today}, 期限至 {legal}, 还有 {days} 日",
        "今日 {today}, 期限至 {legal}, 還有 {days} 日",
        "today {today}, due {legal}, {days} days left",
    ),
    "state_paused": Names(
        "今日 {today}, 听证期间暂停, 如今日结束则期限至 {legal}",
        "今日 {today}, 聽證期間暫停, 如今日結束則期限至 {legal}",
        "today {today}, paused by the hearing; due {legal} if it ended today",
    ),
    "state_met": Names(
        "{stop} {event}, 未超过 {legal}, 按期",
        "{stop} {event}, 未超過 {legal}, 按期",
        "{stop} {event}, not after {legal}: in time",
    ),
    "state_late": Names(
        "{stop} {event}, 超过 {legal}, 逾期 {days} 日",
        "{stop} {event}, 超過 {legal}, 逾期 {days} 日",
        "{stop} {event}, after {legal}: {days} days late",
    ),
    "state_missed": Names(
        "今日 {today}, 已过 {legal}, 尚未履行, 超期 {days} 日",
        "今日 {today}, 已過 {legal}, 尚未履行, 超期 {days} 日",
        "today {today}, past {legal} and not done: {days} days over",
    ),
    "state_lapsed": Names(
        "今日 {today}, 已过 {legal}, 期内未行使该权利",
        "今日 {today}, 已過 {legal}, 期內未行使該權利",
        "today {today}, past {legal}: the right was not used in time",
    ),
    "state_waived": Names(
        "{stop} {event}, 姓名（名称）、住址不清且无法联系, 免予书面告知",
        "{stop} {event}, 姓名（名稱）、住址不清且無法聯繫, 免予書面告知",
        "{stop} {event}, name or address unclear and no other way to reach the petitioner: no written notice is owed",
    ),
    "state_void": Names(
        "{stop} {event}, 期限终止, 不计为按期",
        "{stop} {event}, 期限終止, 不計為按期",
        "{stop} {event}, ended without being owed, not counted as in time",
    ),
    # Basis
    "basis": Names("依据 {article}", "依據 {article}", "basis: {article}"),
    "own_rule": Names(
        "依据 {article}, 该条未定日数, 日数为本单位自定",
        "依據 {article}, 該條未定日數, 日數為本單位自定",
        "basis: {article}, which sets no number of days; the number is the office's own",
    ),
    "unverified": Names(
        "参考 {article}, 日数未经核实, 按本单位设置执行, 不作为法定期限",
        "參考 {article}, 日數未經核實, 按本單位設置執行, 不作為法定期限",
        "after {article}, number of days unverified: a setting of the office, not a statutory time",
    ),
}

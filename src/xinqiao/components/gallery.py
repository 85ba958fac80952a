"""Every component on one page, for the eye and for the tests. Not part of an office: shown only with DEBUG.

Names of places, people and organs are invented.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language

from xinqiao.components.cells import OutcomeCell, ReasonCell, StateCell, TitleCell
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import (
    Act,
    Chip,
    Claim,
    Clock,
    Column,
    Entry,
    FileRow,
    NavGroup,
    NavItem,
    RowGroup,
    Step,
    SumRow,
    Table,
)
from xinqiao.components.states import OUTCOME_ICONS
from xinqiao.components.widgets import DayPartsField, day_input

TODAY = date(2026, 11, 23)
_OFFICE_TIME = timezone(timedelta(hours=8))


class GalleryForm(PlainForm):
    """One field of each kind; the page shows it filled in wrongly."""

    title = forms.CharField(label="事由", max_length=30, help_text="一句话，30 字内，不写姓名")
    received_on = forms.DateField(label="收到日", widget=day_input())
    since = DayPartsField(
        label="事情从哪一天开始", partial=True, help_text="记不清日子，只填年和月也可以，例如 2026 年 8 月"
    )
    place = forms.ChoiceField(label="发生在哪里", choices=[("", "请选择"), ("nandu", "南渡街道"), ("yunxi", "云溪镇")])
    text = forms.CharField(label="经过", min_length=10, max_length=5000, widget=forms.Textarea(attrs={"rows": "4"}))
    court = forms.ChoiceField(
        label="这件事是否已在法院、仲裁或行政复议中",
        choices=[("no", "没有"), ("yes", "有"), ("unsure", "不清楚")],
        widget=forms.RadioSelect,
    )
    telephone = forms.CharField(label="电话", required=False, help_text="电话只用来把查询码发给您")
    photographs = forms.FileField(label="照片", required=False)
    confidential = forms.BooleanField(label="不让对方单位知道是我提的", required=False)


def gallery(request: HttpRequest, surface: str) -> HttpResponse:
    """The page of all components, drawn for the `desk` or for the `portal`."""
    values = _chrome() | _matter() | _lists() | {"form": _wrong_form(), "today": TODAY, "outcomes": list(OUTCOME_ICONS)}
    return render(request, f"components/gallery_{surface}.html", values)


urlpatterns = [
    path("gallery/", gallery, {"surface": "desk"}, name="gallery"),
    path("gallery/portal/", gallery, {"surface": "portal"}, name="gallery-portal"),
]


def _wrong_form() -> GalleryForm:
    data = {"title": "反映路灯不亮", "received_on": "2026-11-31", "since_1": "8", "text": "外墙漏水。", "court": "no"}
    return GalleryForm(data)


def _chrome() -> dict[str, Any]:
    first = [
        NavItem(label="我的工作", url="#", icon="inbox", count=61, current=True),
        NavItem(label="登记", url="#", icon="pencil-square"),
        NavItem(label="全部事项", url="#", icon="document-text"),
    ]
    second = [NavItem(label="复查复核", url="#", icon="scale", count=7)]
    office = {
        "name": "禾川县信访局",
        "address": "禾川县文昌路 18 号",
        "telephone": "0000-6123 4567",
        "hours": "工作日 8:30–12:00，14:00–17:30",
    }
    return {
        "desk_nav": [NavGroup(items=first), NavGroup(items=second, heading="办理")],
        "actor_label": "云溪镇政府 · 罗文涛",
        "search_url": "/search",
        "register_url": "/register",
        "sign_out_url": "/sign-out",
        "office": office,
        "portal_links": [{"label": "法律法规", "url": "#"}, {"label": "隐私怎样保护", "url": "#"}],
    }


def _account() -> list[SumRow]:
    return [
        SumRow(left=date(2026, 9, 20), text="受理告知（调休上班日），当日不计", law="34"),
        SumRow(left="＋60 日", text="11-19 周四　原期限", law="34", kind="plus"),
        SumRow(left=date(2026, 11, 16), text="期满前批准延期，仅一次，已告知", law="34"),
        SumRow(left="＋30 日", text="12-19 周六　统计截止", law="34", kind="plus"),
        SumRow(left="顺延", text="12-19、12-20 不是工作日", law="计日", kind="plus"),
        SumRow(left=date(2026, 12, 21), text="法定截止", kind="total"),
    ]


def _clocks() -> list[Clock]:
    main = Clock(
        title="办结",
        state="running",
        legal_due=date(2026, 12, 21),
        stat_due=date(2026, 12, 19),
        days_left=28,
        started_on=date(2026, 9, 20),
        start_words="受理",
        original_due=date(2026, 11, 19),
        today=TODAY,
        why=_account(),
        note="右列为《信访工作条例》（2022）条号；“计日”参照民法典第二百零三条。按规则版本 CN-2022 计算。",
    )
    return [
        main,
        Clock(
            title="报办结报告",
            state="running",
            legal_due=date(2026, 11, 25),
            days_left=2,
            why=["交办函指定的日期。第二十二条"],
        ),
        Clock(title="复核意见", state="paused", legal_due=date(2026, 12, 4), days_left=11, paused_for="正在听证"),
        Clock(
            title="决定异议",
            state="missed",
            legal_due=date(2026, 11, 20),
            days_left=-3,
            why=["11-17 收到异议，加 3 个工作日"],
        ),
        Clock(
            title="受理告知",
            state="met",
            legal_due=date(2026, 9, 28),
            stopped_on=date(2026, 9, 20),
            why=["09-11 收到，加 15 日"],
        ),
        Clock(title="转送交办", state="late", legal_due=date(2026, 9, 7), stopped_on=date(2026, 9, 10), days_late=3),
        Clock(title="提出异议", state="lapsed", legal_due=date(2026, 9, 18)),
        Clock(title="书面告知", state="waived", legal_due=date(2026, 9, 22)),
        Clock(title="简易答复", state="void", legal_due=date(2026, 10, 12)),
    ]


def _acts() -> list[Act]:
    return [
        Act(label="出具处理意见书", url="#reply", verb="reply", icon="document-text", key="A", main=True),
        Act(label="举行听证", url="#hearing", verb="open_hearing", icon="user-group", key="H"),
        Act(label="撤回", url="#withdraw", verb="withdraw", danger=True),
        Act(label="延长办理期限", verb="extend", reason="已于 11-16 延长过一次，不能再延。", article="第三十四条"),
        Act(label="提出异议退回", verb="object", reason="收到后 5 个工作日内可提，09-18 已过。", article="第二十三条"),
    ]


def _matter() -> dict[str, Any]:
    at = datetime(2026, 11, 16, 9, 20, tzinfo=_OFFICE_TIME)
    return {
        "clocks": _clocks(),
        "acts_list": _acts(),
        "entries": [
            Entry(title="应出具处理意见书", when=date(2026, 12, 21), kind="next", meta=["云溪镇人民政府"]),
            Entry(
                title="延长办理期限 30 日",
                when=at,
                kind="now",
                meta=["镇长 严立批准"],
                law="条例第三十四条",
                text="合作社账目由第三方复核。",
            ),
            Entry(
                title="受理",
                when=date(2026, 9, 20),
                meta=["罗文涛"],
                why_title="为什么期限是 9 月 28 日",
                why=_account()[:1],
            ),
            Entry(title="来信", when=date(2026, 9, 7), own_words="问了三回都说等等看。"),
        ],
        "steps_list": [
            Step(title="收到", note="8月24日", state="done"),
            Step(title="转送", note="8月27日", state="done"),
            Step(title="受理", note="9月10日", state="done"),
            Step(title="答复", note="期限 11月9日", state="now"),
            Step(title="复查"),
        ],
        "claims_list": [
            Claim(
                title="兑付两年土地流转租金 86,400 元",
                outcome="open",
                own_words="两年没给一分，问了村里三回都说等等看。",
            ),
            Claim(title="公开合作社近三年账目", outcome="supported", answer="10-28 已督促合作社在村务公开栏张贴。"),
        ],
        "files_list": [
            FileRow(
                title="受理告知书　云信受〔2026〕18号",
                url="#",
                meta=["09-20", "PDF 2 页", "已送达"],
                icon="document-check",
            ),
            FileRow(title="外墙照片 1", url="#", meta=["2.1 MB", "已查毒"], icon="photo"),
        ],
        "pairs": [("承办", "云溪镇人民政府"), ("自", date(2026, 9, 11)), ("涉及金额（元）", 86400), ("邮戳", None)],
    }


def _lists() -> dict[str, Any]:
    columns = [
        Column(label="还剩", width="w8"),
        Column(label="截止日", width="w8", sort="ascending"),
        Column(label="要办的事", width="w8", end_s=True),
        Column(label="事项", cut=True, wide=True),
        Column(label="请求的结果", width="w8", hide_s=True),
        Column(label="涉及金额（元）", width="w8", number=True, hide_s=True),
        Column(label="为什么是这一天〔条例〕", width="w16", small=True, wide=True),
    ]
    late = [
        StateCell(state="missed", days_left=-3),
        date(2026, 11, 20),
        "决定异议",
        TitleCell(text="杏树岭村人饮工程停水四个月", url="#", tags=["重"]),
        OutcomeCell(outcome="open"),
        1204000,
        ReasonCell(text="11-17 收到异议＋3 工作日", article="局规"),
    ]
    due = [
        StateCell(state="running", days_left=0),
        TODAY,
        "转送交办",
        TitleCell(text="锦和苑小区外墙渗水，物业与开发商互推", url="#", tags=["联名", "交办"]),
        None,
        41260,
        ReasonCell(text="11-06 收到＋15 日，周六顺延", article="22", tag="统计已过"),
    ]
    groups = [
        RowGroup(title="逾期未办　1 件", rows=[late], red=True),
        RowGroup(title="今天　11-23 周一　1 件", rows=[due]),
    ]
    return {
        "table": Table(caption=f"职责列表 {get_language()}", columns=columns, groups=groups),
        "chips": [
            Chip(label="全部", url="#", count=61, current=True),
            Chip(label="逾期未办", url="#", count=1, red=True, icon="exclamation-triangle"),
            Chip(label="今天", url="#", count=4),
        ],
    }

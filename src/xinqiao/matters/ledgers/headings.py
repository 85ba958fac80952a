"""What the columns of a ledger are called, and which line of a sheet says so.

The first three names of a column are the ones that an export writes (Simplified, Traditional, English); the others are
what ledgers elsewhere are found to call it. Both scripts and every width of letter are the same heading.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xinqiao.matters.ledgers.errors import NotALedger
from xinqiao.matters.ledgers.workbook import Merged, Row, Sheet, Value

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "信访件编号",
        "信訪件編號",
        "Petition number",
        "信访编号",
        "信访件id",
        "信件编号",
        "来信编号",
        "受理编号",
        "留言编号",
        "编号",
    ),
    "received_on": (
        "信访日期",
        "信訪日期",
        "Date of petition",
        "信访时间",
        "来信日期",
        "来访日期",
        "来电日期",
        "收信日期",
        "收到日期",
        "接收日期",
        "接访日期",
        "反映日期",
        "反映时间",
        "留言时间",
        "留言日期",
    ),
    "registered_on": ("登记时间", "登記時間", "Registered", "登记日期", "录入时间", "录入日期"),
    "posted_on": ("邮戳日期", "郵戳日期", "Postmark", "寄信日期", "投递日期"),
    "title": ("标题", "標題", "Subject", "信访标题", "留言主题", "主题", "事由", "信访事由", "题目"),
    "text": (
        "概况",
        "概況",
        "Text",
        "概况信息",
        "信访概况",
        "信访内容",
        "反映内容",
        "反映问题",
        "主要内容",
        "投诉内容",
        "来信内容",
        "留言详情",
        "留言内容",
        "内容摘要",
        "内容",
        "详情",
    ),
    "claims": ("诉求", "訴求", "Claims", "信访诉求", "主要诉求", "具体诉求", "请求事项", "诉求内容"),
    "channel": ("信访形式", "信訪形式", "Channel", "信访方式", "信访渠道", "信访来源", "来源渠道", "受理渠道", "渠道"),
    "name": (
        "姓名",
        "姓名",
        "Name",
        "信访人姓名",
        "信访人",
        "来信人",
        "来访人",
        "来电人",
        "反映人",
        "投诉人",
        "诉求人",
        "当事人",
        "留言用户",
        "留言人",
    ),
    "telephone": ("电话", "電話", "Telephone", "联系电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
    "email": ("邮箱", "郵箱", "E-mail", "电子邮箱", "电子邮件", "email"),
    "address": (
        "住址",
        "住址",
        "Address",
        "地址",
        "联系地址",
        "通讯地址",
        "家庭住址",
        "常住地址",
        "现住址",
        "居住地址",
    ),
    "id_number": ("证件号码", "證件號碼", "Identity number", "身份证号码", "身份证号", "身份证", "证件号"),
    "persons": ("信访人数", "信訪人數", "Persons", "人数", "来访人数", "实际来访人数", "参与人数"),
    "involved": ("涉及人数", "涉及人數", "Persons concerned"),
    "place": ("问题属地", "問題屬地", "Place", "属地", "问题发生地", "事发地", "发生地点", "所属区域"),
    "class_code": ("内容分类", "內容分類", "Content class", "问题分类", "问题类别", "内容类别", "一级标签", "一级分类"),
    "purpose": ("信访目的", "信訪目的", "Purpose", "目的"),
    "kind": ("信访类别", "信訪類別", "Kind", "事项类别", "诉求类别", "信访事项类别"),
    "accused": (
        "被反映人或单位",
        "被反映人或單位",
        "Complained of",
        "被反映人",
        "被反映单位",
        "被反映对象",
        "被投诉单位",
        "被投诉人",
        "被举报人",
        "被控告人",
    ),
    "anonymous": ("匿名", "匿名", "Anonymous", "是否匿名"),
    "confidential": ("保密", "保密", "Confidential", "是否保密"),
    "noted": ("台账备注", "台賬備註", "Ledger notes"),
    "votes_for": ("点赞数", "點讚數", "Votes for", "支持数"),
    "votes_against": ("反对数", "反對數", "Votes against"),
}
"""Columns that are read; any other is named and left out."""

SEARCHED_LINES = 30
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_NOISE = re.compile(r"[\s*:：、_·.。/\\-]+")
# Characters of such headings in both scripts, Traditional before Simplified.
_PAIRS = (
    "編编號号訪访時时間间題题內内況况訴诉機机電电話话郵邮證证碼码數数屬属類类別别實实際际來来單单對对錄录點点讚赞贊赞標标發发區区詳详請请聯联繫系係系當当現现寫写應应"
    "產产級级訊讯門门戶户據据舉举報报範范圍围與与參参問问備备註注賬账帳账領领導导網网傳传轉转辦办議议見见決决諮咨詢询檢检歸归處处覆复復复書书記记體体務务熱热線线櫃柜"
    "歲岁貼贴無无關关於于遞递"
)
_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


@dataclass(frozen=True)
class Headings:
    """Which columns of a sheet mean what. ``titles`` are the file's own words by column, from 0."""

    line: int
    titles: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    ignored: tuple[str, ...]

    def title_of(self, field: str) -> str:
        """What the file calls a field; the product's own word where the file has no such column."""
        found = self.columns.get(field)
        return self.titles[found[0]] if found else HEADINGS[field][0] if field in HEADINGS else field


def plain(title: object) -> str:
    """A heading as it is compared: one script, one width, without remarks in brackets, stars and blanks."""
    text = unicodedata.normalize("NFKC", str(title)).lower().translate(_SIMPLIFIED)
    return _NOISE.sub("", _BRACKETS.sub("", text))


_FIELD_OF = {plain(name): field for field, names in HEADINGS.items() for name in names}


def find_headings(sheet: Sheet) -> Headings | None:
    """The line of headings among the first thirty, below whatever title stands merged above it; None without one."""
    merged = [m for m in sheet.merged if m.first_line <= SEARCHED_LINES]
    lines = [Row(row.line, _spread(row, merged)) for row in _first(sheet.rows())]
    lines = _with_above(lines, merged)
    best = max(lines, key=lambda row: len(_fields(row.values)), default=None)
    if best is None or len(_fields(best.values)) < 2:
        return None
    return _headings(best)


def require(headings: Headings, *, has_channel: bool) -> None:
    """Raise NotALedger naming every column that a ledger cannot do without."""
    present = set(headings.columns)
    missing = [] if present & {"text", "claims"} else ["text"]
    missing += [] if present & {"received_on", "registered_on"} else ["received_on"]
    missing += [] if "channel" in present or has_channel or is_mailbox(headings) else ["channel"]
    if missing:
        names = ", ".join(f"{HEADINGS[field][0]} ({HEADINGS[field][2]})" for field in missing)
        raise NotALedger(f"the headings in line {headings.line} lack {names}: name the columns so")


def is_mailbox(headings: Headings) -> bool:
    """Whether this is a list of messages to a leader's mailbox, which names no channel because it has only one."""
    return any(plain(title).startswith("留言") for title in headings.titles)


def _first(rows: Iterable[Row]) -> list[Row]:
    found = []
    for row in rows:
        if row.line > SEARCHED_LINES:
            break
        found.append(row)
    return found


def _spread(row: Row, merged: Sequence[Merged]) -> tuple[Value, ...]:
    """A merged heading speaks for every column it covers."""
    values = list(row.values)
    for one in merged:
        if one.first_line == row.line and one.first_column < len(values):
            values += [None] * (one.last_column + 1 - len(values))
            values[one.first_column : one.last_column + 1] = [values[one.first_column]] * (
                one.last_column + 1 - one.first_column
            )
    return tuple(values)


def _with_above(rows: list[Row], merged: Sequence[Merged]) -> list[Row]:
    """A heading merged over two lines stands in both of them."""
    by_line = {row.line: list(row.values) for row in rows}
    for one in merged:
        source = by_line.get(one.first_line, [])
        for line in range(one.first_line + 1, min(one.last_line, SEARCHED_LINES) + 1):
            target = by_line.setdefault(line, [])
            target += [None] * (one.last_column + 1 - len(target))
            for column in range(one.first_column, min(one.last_column + 1, len(source))):
                target[column] = source[column]
    return [Row(line, tuple(values)) for line, values in sorted(by_line.items())]


def _fields(values: Iterable[object]) -> set[str]:
    """The fields named in a line; a sentence that happens to hold a heading is none."""
    return {_FIELD_OF[plain(value)] for value in values if isinstance(value, str) and plain(value) in _FIELD_OF}


def _headings(row: Row) -> Headings:
    titles = tuple(str(value).strip() if value is not None else "" for value in row.values)
    columns: dict[str, tuple[int, ...]] = {}
    ignored = []
    for column, title in enumerate(titles):
        if field := _FIELD_OF.get(plain(title)):
            columns[field] = (*columns.get(field, ()), column)
        elif title:
            ignored.append(title)
    return Headings(row.line, titles, columns, tuple(ignored))

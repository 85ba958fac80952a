"""What the texts of a paper may ask for: ``{收到日期}`` and the others, a closed list.

A placeholder stands in the texts by its Chinese name, in Traditional texts by the Traditional one. A line whose
placeholder has nothing to say is left out of the paper; a ``block`` brings paragraphs of its own and stands alone in
its line.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HANS, HANT = "zh-hans", "zh-hant"
SCRIPTS = (HANS, HANT)
_FOUND = re.compile(r"\{([^{}\n]*)\}")


class UnknownPlaceholder(ValueError):
    """A text asks for what the paper does not know, or has a brace without its partner; ``name`` stands there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """Its name in both scripts, and whether paragraphs come in its place."""

    hans: str
    hant: str
    block: bool = False

    def name(self, script: str) -> str:
        """The name between the braces."""
        return self.hant if script == HANT else self.hans


def _p(hans: str, hant: str, *, block: bool = False) -> Placeholder:
    return Placeholder(hans=hans, hant=hant, block=block)


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "petitioner": _p("信访人", "信訪人"),
    "subject": _p("事项标题", "事項標題"),
    "matter_number": _p("信访编号", "信訪編號"),
    "received_on": _p("收到日期", "收到日期"),
    "channel": _p("信访形式", "信訪形式"),
    "organ": _p("本机关", "本機關"),
    "telephone": _p("联系电话", "聯繫電話"),
    "address": _p("办公地址", "辦公地址"),
    "hours": _p("接待时间", "接待時間"),
    "issued_on": _p("出具日期", "出具日期"),
    "article": _p("依据条款", "依據條款"),
    "path": _p("办理途径", "辦理途徑"),
    "accepted_on": _p("受理日期", "受理日期"),
    "due_on": _p("办结期限", "辦結期限"),
    "original_due_on": _p("原定期限", "原定期限"),
    "extended_days": _p("延长日数", "延長日數"),
    "to": _p("主送机关", "主送機關"),
    "from_organ": _p("转来机关", "轉來機關"),
    "dispatched_on": _p("转来日期", "轉來日期"),
    "notice_days": _p("告知期限日数", "告知期限日數"),
    "objection_days": _p("异议期限日数", "異議期限日數"),
    "report_due_on": _p("报告期限", "報告期限"),
    "door": _p("应向机关", "應向機關"),
    "reason": _p("理由", "理由", block=True),
    "basis": _p("法律依据", "法律依據", block=True),
    "note": _p("交办要求", "交辦要求", block=True),
    "claims": _p("信访请求", "信訪請求", block=True),
    "facts": _p("事实和理由", "事實和理由", block=True),
    "outcomes": _p("逐项结论", "逐項結論", block=True),
    "opinion": _p("处理意见", "處理意見", block=True),
    "agreement": _p("协议内容", "協議內容", block=True),
    "decided_by": _p("原办理机关", "原辦理機關"),
    "earlier": _p("前文书编号", "前文書編號"),
    "earlier_on": _p("前文书日期", "前文書日期"),
    "requested_on": _p("申请日期", "申請日期"),
    "result": _p("审查结论", "審查結論"),
    "remake_due_on": _p("重作期限", "重作期限"),
    "remedy_organs": _p("上级机关", "上級機關"),
    "remedy_days": _p("申请期限日数", "申請期限日數"),
    "query_code": _p("查询码", "查詢碼"),
    "files": _p("所附材料", "所附材料", block=True),
}


def names(keys: Iterable[str], script: str) -> dict[str, str]:
    """The names that a text in a script may use, each with its key."""
    return {PLACEHOLDERS[key].name(script): key for key in keys}


def check_text(text: str, keys: Iterable[str], script: str) -> None:
    """Raise UnknownPlaceholder for the first name that is none of ``keys``, and for a brace that stands alone."""
    known = names(keys, script)
    for name in _FOUND.findall(text):
        if name not in known:
            raise UnknownPlaceholder(name)
    if stray := re.search(r"[{}]", _FOUND.sub("", text)):
        raise UnknownPlaceholder(stray[0])


def used(text: str, script: str) -> list[str]:
    """The keys that a text asks for, in their order; raises UnknownPlaceholder."""
    known = names(PLACEHOLDERS, script)
    found = []
    for name in _FOUND.findall(text):
        if name not in known:
            raise UnknownPlaceholder(name)
        found.append(known[name])
    return found


def fill_line(line: str, values: Mapping[str, str], script: str) -> str | None:
    """The line with its values; None where one of them is empty. What comes in is never looked at for placeholders."""
    keys = used(line, script)
    if any(not values.get(key) for key in keys):
        return None
    known = names(PLACEHOLDERS, script)
    return _FOUND.sub(lambda match: values[known[match[1]]], line)

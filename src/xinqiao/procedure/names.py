"""What each clock is called and whose it is; lengths and articles are the pack's."""

from __future__ import annotations

from typing import Final, NamedTuple

from .articles import Names


class ClockName(NamedTuple):
    """The name of a clock, whose duty it is, and whether it is a right instead of a duty."""

    name: Names
    duty_of: str
    is_right: bool = False
    is_internal: bool = False


CLOCKS: Final[dict[str, ClockName]] = {
    "K01": ClockName(Names("登记", "登記", "register"), "organ", is_internal=True),
    "K02": ClockName(Names("转送交办", "轉送交辦", "transfer or assign"), "bureau"),
    "K02a": ClockName(Names("逐级转送", "逐級轉送", "pass on, level by level"), "bureau", is_internal=True),
    "K03": ClockName(
        Names("书面告知（直接收到）", "書面告知（直接收到）", "written notice, received directly"), "organ"
    ),
    "K04": ClockName(
        Names("书面告知（转送交办）", "書面告知（轉送交辦）", "written notice, received by transfer"), "organ"
    ),
    "K05": ClockName(Names("提出异议", "提出異議", "object to the transfer"), "organ", is_right=True),
    "K06": ClockName(Names("核实异议", "核實異議", "decide on the objection"), "bureau"),
    "K07": ClockName(Names("管辖争议处理", "管轄爭議處理", "settle who is competent"), "bureau", is_internal=True),
    "K08": ClockName(Names("办结", "辦結", "conclude the matter"), "organ"),
    "K10": ClockName(Names("办结报告", "辦結報告", "report on the assignment"), "organ"),
    "K11": ClockName(Names("申请复查", "申請複查", "request a review"), "petitioner", is_right=True),
    "K12": ClockName(Names("复查", "複查", "review"), "organ"),
    "K13": ClockName(Names("申请复核", "申請複核", "request a re-review"), "petitioner", is_right=True),
    "K14": ClockName(Names("复核", "複核", "re-review"), "organ"),
    "K15": ClockName(Names("简易受理", "簡易受理", "accept, simplified"), "organ"),
    "K16": ClockName(Names("简易办理", "簡易辦理", "conclude, simplified"), "organ"),
    "K17": ClockName(Names("简易转送", "簡易轉送", "pass on, simplified"), "bureau", is_internal=True),
    "K19": ClockName(Names("答复建议意见", "答覆建議意見", "answer a proposal"), "organ", is_internal=True),
    "K21": ClockName(Names("反馈采纳情况", "反饋採納情況", "answer a recommendation"), "organ", is_internal=True),
    "K22": ClockName(Names("紧急报告", "緊急報告", "report an urgent matter"), "organ", is_internal=True),
    "K24": ClockName(Names("满意度评价", "滿意度評價", "rate the handling"), "petitioner", True, True),
    "K26": ClockName(Names("申请司法确认", "申請司法確認", "ask the court to confirm"), "petitioner", True, True),
    "K29": ClockName(Names("送达文书", "送達文書", "serve the paper"), "organ", is_internal=True),
}

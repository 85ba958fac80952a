"""The prefix of a paper's number (发文代字): 禾建信 in 禾建信〔2026〕41号. Pure: names in, a prefix out.

An office has its own list of prefixes; what is made here is only the start, and an administrator changes it.
"""

import re
from collections.abc import Callable

from xinqiao.documents.labels import PaperKind

MAX_PREFIX = 12
#: What stands behind 信 for each kind: the opinion itself has the plain prefix of the organ.
MARKS = {
    PaperKind.RECEIPT: "收",
    PaperKind.ACCEPTANCE: "受",
    PaperKind.NOT_ACCEPTED: "不受",
    PaperKind.NOT_AGAIN: "不再",
    PaperKind.TRANSFER: "转",
    PaperKind.ASSIGNMENT: "交",
    PaperKind.DESTINATION: "去",
    PaperKind.PROCEDURAL: "程",
    PaperKind.EXTENSION: "延",
    PaperKind.REPLY: "",
    PaperKind.SETTLEMENT: "调",
    PaperKind.REPORT: "报",
    PaperKind.REVIEW: "查",
    PaperKind.REREVIEW: "核",
    PaperKind.RETURN_SLIP: "证",
    PaperKind.OBJECTION: "异",
    PaperKind.OBJECTION_DECISION: "异决",
    PaperKind.HEARING: "听",
    PaperKind.WITHDRAWAL: "撤",
    PaperKind.CLOSURE: "结",
}
#: Lines of business as they are usually shortened in a prefix.
_CUSTOMARY = {
    "信访": "",
    "住建": "建",
    "政府": "政",
    "教育": "教",
    "公安": "公",
    "民政": "民",
    "司法": "司",
    "财政": "财",
    "自然资源": "自然资",
    "生态环境": "环",
    "交通": "交",
    "交通运输": "交",
    "农业农村": "农",
    "城管": "城管",
    "纪委": "纪",
    "检察院": "检",
    "法院": "法",
}
_PARTY = re.compile(r"^(中国共产党|中共)")
_LARGE = re.compile(r"^([\u4e00-\u9fff]{1,8}?)(省|自治区|自治州|市|区|县|旗)")
# 城乡建设 and 农业农村 are lines of business, no places: what follows tells.
_SMALL = re.compile(
    r"^([\u4e00-\u9fff]{1,5}?)(镇|乡|街道|村|社区)"
    r"(?=人民政府|政府|办事处|党委|村民|居民|委员会|$|[\u4e00-\u9fff]{1,4}(?:村|社区)(?:村民|居民|委员会|$))"
)
_LEADING = re.compile(r"^[省市州区县旗](?=.)")
_TRAILING = re.compile(r"(信访)?[局委办室处站所]$")


def default_prefix(kind: str, *, name: str, short_name: str, is_taken: Callable[[str], bool] = lambda p: False) -> str:
    """A prefix for the papers of a kind: place, line of business, 信 and a mark of the kind.

    ``is_taken`` says whether another organ of the office has it: then more of the place is written out, and in the end
    a character counts (甲, 乙, 丙).
    """
    place = _place(name)
    business = _business(short_name or name, name).removeprefix(place)
    tail = f"{business}信{MARKS[PaperKind(kind)]}"
    shortest = 2 if _is_small(name) else 1
    tries = [place[:length] + tail for length in range(shortest, len(place) + 1)] or [tail]
    tries += [f"{tries[-1][: MAX_PREFIX - 1]}{sign}" for sign in "甲乙丙丁戊己庚辛壬癸"]
    return next((one[:MAX_PREFIX] for one in tries if not is_taken(one[:MAX_PREFIX])), tries[-1])


def is_prefix(text: str) -> bool:
    """Whether the record can hold it: one to twelve Chinese characters."""
    return re.fullmatch(rf"[\u4e00-\u9fff]{{1,{MAX_PREFIX}}}", text) is not None


def _parts(name: str) -> list[tuple[str, str]]:
    """The places at the head of a name with what they are: 云溪, 镇; 柳湾, 村."""
    rest, found = _PARTY.sub("", name), []
    while match := _LARGE.match(rest) or _SMALL.match(rest):
        found.append((match[1], match[2]))
        rest = rest[match.end() :]
    return found


def _place(name: str) -> str:
    parts = _parts(name)
    return parts[-1][0] if parts else _han(_PARTY.sub("", name))[:2]


def _is_small(name: str) -> bool:
    parts = _parts(name)
    return bool(parts) and parts[-1][1] in ("镇", "乡", "街道", "村", "社区")


def _business(short_name: str, name: str) -> str:
    parts = _parts(name)
    if parts and parts[-1][1] in ("村", "社区"):
        return parts[-1][1][0]
    if _is_small(name):
        return "政"
    short = _LEADING.sub("", _han(short_name))
    if short in _CUSTOMARY:
        return _CUSTOMARY[short]
    plain = _TRAILING.sub("", short)
    return _CUSTOMARY.get(plain, plain)[:4]


def _han(text: str) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fff]", text))

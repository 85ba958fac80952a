"""An invented case, in which an administrator sees how the texts of a paper look. Nothing of it is anybody's."""

from collections.abc import Mapping
from datetime import date

from xinqiao.documents.labels import PaperKind
from xinqiao.documents.placeholders import HANS, HANT
from xinqiao.documents.sheets import Sheet, said

ISSUED = date(2026, 9, 20)
_VALUES: Mapping[str, Mapping[str, str]] = {
    HANS: {
        "petitioner": "安平",
        "subject": "锦和苑3号楼外墙渗水",
        "matter_number": "HC2026-00128",
        "received_on": "2026年9月7日",
        "channel": "来信",
        "organ": "禾川县住房和城乡建设局",
        "telephone": "0000-6123 8890",
        "address": "禾川县建设路6号",
        "hours": "工作日8:30至12:00，14:00至17:30",
        "issued_on": "2026年9月20日",
        "path": "信访程序",
        "accepted_on": "2026年9月20日",
        "due_on": "2026年12月21日",
        "original_due_on": "2026年11月19日",
        "extended_days": "30",
        "to": "禾川县住房和城乡建设局",
        "from_organ": "禾川县信访局",
        "dispatched_on": "2026年9月10日",
        "notice_days": "15",
        "objection_days": "5",
        "report_due_on": "2026年11月10日",
        "door": "禾川县人民法院",
        "decided_by": "禾川县住房和城乡建设局",
        "earlier": "信访事项处理意见书（禾建信〔2026〕41号）",
        "earlier_on": "2026年11月10日",
        "requested_on": "2026年12月1日",
        "result": "责令限期重新作出处理意见",
        "remake_due_on": "2027年2月1日",
        "remedy_organs": "禾川县人民政府或者云州市住房和城乡建设局",
        "remedy_days": "30",
        "query_code": "1234 5678 9012",
    },
    HANT: {
        "petitioner": "安平",
        "subject": "锦和苑3号楼外墙渗水",
        "matter_number": "HC2026-00128",
        "received_on": "2026年9月7日",
        "channel": "來信",
        "organ": "禾川縣住房和城鄉建設局",
        "telephone": "0000-6123 8890",
        "address": "禾川县建设路6号",
        "hours": "工作日8:30至12:00，14:00至17:30",
        "issued_on": "2026年9月20日",
        "path": "信訪程序",
        "accepted_on": "2026年9月20日",
        "due_on": "2026年12月21日",
        "original_due_on": "2026年11月19日",
        "extended_days": "30",
        "to": "禾川縣住房和城鄉建設局",
        "from_organ": "禾川縣信訪局",
        "dispatched_on": "2026年9月10日",
        "notice_days": "15",
        "objection_days": "5",
        "report_due_on": "2026年11月10日",
        "door": "禾川县人民法院",
        "decided_by": "禾川縣住房和城鄉建設局",
        "earlier": "信訪事項處理意見書（禾建信〔2026〕41号）",
        "earlier_on": "2026年11月10日",
        "requested_on": "2026年12月1日",
        "result": "責令限期重新作出處理意見",
        "remake_due_on": "2027年2月1日",
        "remedy_organs": "禾川縣人民政府或者雲州市住房和城鄉建設局",
        "remedy_days": "30",
        "query_code": "1234 5678 9012",
    },
}
#: The articles of the regulation by which a paper is given; of the others it is the twenty-third.
_ARTICLES = {
    PaperKind.TRANSFER: "二十二",
    PaperKind.ASSIGNMENT: "二十二",
    PaperKind.DESTINATION: "二十二",
    PaperKind.EXTENSION: "三十四",
    PaperKind.SETTLEMENT: "三十三",
    PaperKind.REPLY: "三十二",
    PaperKind.REVIEW: "三十五",
    PaperKind.REREVIEW: "三十六",
}
_WORDS = {
    "claims": ("1. 修好3号楼北墙，费用由开发商承担。\n2. 公开维修资金的使用情况。", "own"),
    "facts": (
        "锦和苑3号楼于2019年6月竣工验收备案，外墙防水保修期为五年。经现场查看，北墙一至六层共有渗水点十四处，其中七处在"
        "保修期内已经报修，开发商未予维修。\n经检测，渗水原因为外墙防水层施工质量缺陷，与住户装修无关。维修资金账户2024年"
        "以来未公示使用情况。",
        "p",
    ),
    "outcomes": ("关于请求1：支持。\n关于请求2：支持。", "p"),
    "opinion": (
        "由开发商在三十日内制定维修方案并组织施工，费用由其承担；物业服务企业在十五日内公示维修资金收支明细。",
        "p",
    ),
    "basis": ("《建设工程质量管理条例》第四十条、第四十一条；《住宅专项维修资金管理办法》第三十条。", "p"),
    "reason": ("检测尚未完成，需要进一步核实施工资料。", "p"),
    "note": ("重点核实保修期内的报修情况。", "p"),
    "agreement": ("1. 开发商在2026年10月31日前修好北墙。\n2. 物业服务企业协助住户登记损失，由开发商据实赔偿。", "p"),
    "files": ("1. 渗水照片.jpg", "own"),
}
_SIGNERS = {
    HANS: ("信访人（签名）：", "对方（签名或者盖章）：", "主持机关（盖章）：", "2026年9月20日"),
    HANT: ("信訪人（簽名）：", "對方（簽名或者蓋章）：", "主持機關（蓋章）：", "2026年9月20日"),
}


def specimen(kind: str, script: str, texts: Mapping[str, str]) -> Sheet:
    """A sheet of a kind with these texts in the invented case."""
    article = _ARTICLES.get(kind, "二十三")
    law = f"《信访工作条例》第{article}条" if script == HANS else f"《信訪工作條例》第{article}條"
    values = {**_VALUES[script], "article": law}
    return Sheet(
        kind=kind,
        script=script,
        texts=texts,
        organ=values["organ"],
        number="",
        issued_on=ISSUED,
        values=values,
        blocks={key: said(text, style) for key, (text, style) in _WORDS.items()},
        copies=[values["from_organ"]],
        signers=_SIGNERS[script] if kind == PaperKind.SETTLEMENT else (),
        rows=[("——", True, 1, 12), ("", False, 3, 12)] if kind == PaperKind.RETURN_SLIP else (),
    )

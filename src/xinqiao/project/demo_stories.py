"""What happened in the demonstration office: invented matters, each with its people, its days and its acts.

``after`` counts days from the registration; a step whose day lies in the future has not happened yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.annotate import annotate
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.close import close
from xinqiao.matters.actions.decide_objection import decide_objection
from xinqiao.matters.actions.decline import decline
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.object import object as object_
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.report import report
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.settle import settle
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.submission import Person, Submission
from xinqiao.reviews.actions.close_hearing import close_hearing
from xinqiao.reviews.actions.open_hearing import open_hearing
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.actions.rereview import rereview
from xinqiao.reviews.actions.review import review


@dataclass(frozen=True)
class Step:
    """One act: how many days after the registration, by whom, with what. ``until`` is a number of days made a date."""

    after: int
    by: str
    act: Callable[..., Any]
    with_: Mapping[str, Any] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)

    def given(self, day: date) -> dict[str, Any]:
        return {**self.with_, **{name: day + timedelta(days=days) for name, days in self.until.items()}}


@dataclass(frozen=True)
class Story:
    key: str
    days_ago: int
    submission: Submission
    steps: tuple[Step, ...] = ()
    by: str = "hexiaowen"
    organ: str = ""


def letter(title: str, text: str, *people: Person, **more: Any) -> Submission:
    """A letter; more says what is otherwise."""
    return Submission(**{"channel": "letter", "title": title, "text": text, "petitioners": people, **more})


def person(name: str, address: str = "", telephone: str = "", **more: Any) -> Person:
    return Person(name=name, address=address, telephone=telephone, **more)


ZJ = {"to": "HCZJ", "notified": True}
YX = {"to": "YXZ", "notified": True}
RS = {"to": "HCRS", "notified": True}
PETITION_PATH = {"path": 6}
SERVED_NOTICE = {"document": "acceptance", "method": "in_person"}
SERVED_REPLY = {"document": "reply", "method": "in_person"}
DESTINATION = {"document": "destination", "method": "post"}
UPHELD = {
    "outcome": "upheld",
    "facts": "调取原案卷并向当事人核实，原处理意见认定的事实清楚。",
    "opinion": "维持原处理意见。",
    "basis": "《信访工作条例》第三十五条",
}


def to_housing(days: int = 3) -> tuple[Step, ...]:
    """From the petition office to the housing bureau, accepted and told."""
    return (
        Step(days, "hexiaowen", transfer, ZJ),
        Step(days + 1, "hexiaowen", serve, DESTINATION),
        Step(days + 6, "jiangbo", accept, PETITION_PATH),
        Step(days + 7, "jiangbo", serve, SERVED_NOTICE),
    )


def to_township(days: int = 3) -> tuple[Step, ...]:
    return (
        Step(days, "hexiaowen", assign, YX, {"report_due_on": 60}),
        Step(days + 1, "hexiaowen", serve, DESTINATION),
        Step(days + 8, "luowentao", accept, PETITION_PATH),
        Step(days + 9, "luowentao", serve, SERVED_NOTICE),
    )


def answer(facts: str, opinion: str, basis: str, outcome: str = "supported") -> dict[str, str]:
    return {"outcome": outcome, "facts": facts, "opinion": opinion, "basis": basis}


WALL = answer(
    "11月3日会同物业、开发企业现场查看，北墙3至6层保温层开裂，雨后渗水属实。",
    "由物业服务企业使用应急维修资金，列入本月维修计划，两个月内完工；维修资金使用明细在小区公示栏张贴。",
    "《住宅专项维修资金管理办法》第二十四条",
)
RENT = answer(
    "经查，合作社未付2024、2025年两年土地流转租金，账目已由第三方复核。",
    "督促合作社于年底前兑付；自今年起每年公布一次流转收支。",
    "《农村土地经营权流转管理办法》第九条",
)
WAGES = answer(
    "用人单位承认拖欠三个月工资，双方对数额无争议。",
    "责令用人单位十五日内支付；逾期不付的，依法申请强制执行。",
    "《劳动法》第五十条",
)

STORIES: tuple[Story, ...] = (
    Story(
        "demo:1",
        0,
        letter(
            "反映城东小学门口早晚高峰拥堵",
            "城东小学门口早晚接送时车辆乱停，孩子过马路危险，希望增设临时停车区并安排人员疏导。",
            person("安宁", "禾川县城东路12号", "13800000001"),
            place="城东小学",
        ),
    ),
    Story(
        "demo:2",
        1,
        Submission(
            channel="web",
            title="建议公交7路延长到双柏村",
            text="双柏村到县城没有公交，老人看病要走四里路到路口。建议7路延长两站，每天早晚各两班。",
            kind="proposal",
            petitioners=(person("苗青", "云溪镇双柏村", "13800000002"),),
            purpose="opinion",
            place="云溪镇双柏村",
        ),
        by="citizen",
    ),
    Story(
        "demo:3",
        4,
        letter(
            "请求核实2019年退耕还林补助发放面积",
            "我家退耕还林面积是6亩，补助只发了4亩，问了两次没有结果。",
            person("石松", "云溪镇柳湾村2组", "13800000003"),
            claims=("核实退耕还林面积", "补发少发的补助"),
        ),
    ),
    Story(
        "demo:4",
        13,
        letter(
            "反映白桦路路灯整段不亮",
            "白桦路从十字街到桥头路灯整段不亮两个多月，学生晚自习回家看不清路。",
            person("林溪", "禾川县白桦路31号", "13800000004"),
        ),
    ),
    Story(
        "demo:5",
        9,
        Submission(
            channel="telephone",
            title="河西路夜间施工噪声扰民",
            text="河西路工地连续一周夜里十二点以后还在打桩，家里有老人和孩子，睡不了觉。",
            petitioners=(person("万和", "禾川县河西路5号", "13800000005"),),
        ),
        (Step(2, "hexiaowen", transfer, ZJ),),
    ),
    Story(
        "demo:6",
        8,
        letter(
            "反映农贸市场摊位调整不公",
            "市场改造后摊位重新抽签，老摊主排到了最后，要求说明规则。",
            person("田禾", "禾川县南门街8号", "13800000006"),
        ),
        (
            Step(1, "hexiaowen", transfer, RS),
            Step(3, "baiyun", object_, {"reason": "市场摊位管理不属于本局职权范围，建议转交市场主管部门。"}),
        ),
    ),
    Story(
        "demo:7",
        20,
        letter(
            "请求解决梧桐里危旧房鉴定",
            "梧桐里4号院房屋墙体开裂，请求尽快安排鉴定并说明安置办法。",
            person("高原", "禾川县梧桐里4号", "13800000007"),
            claims=("尽快安排危房鉴定", "说明安置办法"),
        ),
        to_housing(),
    ),
    Story(
        "demo:8",
        74,
        Submission(
            channel="letter",
            title="要求兑付柳湾村土地流转租金并公开账目",
            text="合作社签的是每亩每年六百元，两年没给一分，问了村里三回都说等等看。要求兑付两年租金，公开近三年账目，今后每年公布一次收支。",
            claims=("兑付2024、2025两年土地流转租金86,400元", "公开合作社近三年账目", "今后每年公布一次流转收支"),
            petitioners=(
                person("周桂兰", "云溪镇柳湾村3组", "13800000008", is_speaker=True),
                person("陶然", "云溪镇柳湾村3组", is_speaker=True),
                person("黎明", "云溪镇柳湾村1组"),
            ),
            persons=12,
            place="云溪镇柳湾村",
        ),
        (
            *to_township(),
            Step(60, "yanli", extend, {"days": 30, "reason": "合作社账目由第三方复核，尚未完成。"}),
            Step(61, "luowentao", serve, {"document": "extension"}),
        ),
    ),
    Story(
        "demo:9",
        95,
        letter(
            "要求发还被扣的装修保证金",
            "交房时交了5000元装修保证金，装修完一年了物业不退。",
            person("云舒", "禾川县锦和苑7号楼", "13800000009"),
        ),
        to_housing(),
    ),
    Story(
        "demo:10",
        40,
        letter(
            "反映兴禾纺织厂拖欠6月至9月工资",
            "兴禾纺织厂拖欠我们车间6月至9月工资，找厂里说没钱。",
            person("原野", "禾川县工业路9号", "13800000010", is_speaker=True),
            person("桑榆", "禾川县工业路9号"),
            persons=23,
        ),
        (
            Step(2, "hexiaowen", assign, RS, {"report_due_on": 45}),
            Step(3, "hexiaowen", serve, DESTINATION),
            Step(6, "baiyun", accept, PETITION_PATH),
            Step(8, "baiyun", serve, SERVED_NOTICE),
            Step(30, "guoting", annotate, {"note": "请人社局核实欠薪人数和数额，提出支付计划并报我。"}, {"due_on": 14}),
            Step(36, "baiyun", reply, WAGES),
        ),
    ),
    Story(
        "demo:11",
        82,
        letter(
            "锦和苑3号楼外墙渗水，请求维修并公开维修资金",
            "三号楼北墙渗水两年，物业和开发商互相推。请求修好北墙，并公开2024年维修资金用途。",
            person("安平", "禾川县锦和苑3号楼101", "13800000011"),
            claims=("修好3号楼北墙", "说明2024年维修资金用途"),
        ),
        (*to_housing(), Step(66, "jiangbo", reply, WALL), Step(68, "jiangbo", serve, SERVED_REPLY)),
    ),
    Story(
        "demo:12",
        120,
        letter(
            "不服住建局关于加装电梯的处理意见",
            "一楼住户不同意加装电梯，住建局答复说无法推动，请求说明依据。",
            person("季节", "禾川县文昌路40号", "13800000012"),
        ),
        (
            *to_housing(),
            Step(
                50,
                "jiangbo",
                reply,
                answer(
                    "加装电梯须依法由业主共同决定，该单元未达到法定比例。",
                    "请求事由合理，但目前缺乏法律依据，已向申请人解释并愿意组织协商。",
                    "《民法典》第二百七十八条",
                    "explained",
                ),
            ),
            Step(52, "jiangbo", serve, SERVED_REPLY),
            Step(70, "citizen", request_review, {"reason": "没有实际组织协商，请求复查。"}),
            Step(104, "xuanni", open_hearing, {"stage": "review", "reason": "双方对协商经过说法不一。"}),
        ),
    ),
    Story(
        "demo:13",
        170,
        letter(
            "不服镇政府关于宅基地界址的处理意见",
            "邻居建房占了我家宅基地界址约半米，镇里答复说没有占。",
            person("方圆", "云溪镇柳湾村5组", "13800000013"),
        ),
        (
            Step(3, "hexiaowen", transfer, YX),
            Step(4, "hexiaowen", serve, DESTINATION),
            Step(12, "luowentao", accept, PETITION_PATH),
            Step(13, "luowentao", serve, SERVED_NOTICE),
            Step(
                60,
                "luowentao",
                reply,
                answer(
                    "经实地丈量，双方界址与登记一致。",
                    "请求缺乏事实根据，不予支持。",
                    "《土地管理法》第十四条",
                    "not_supported",
                ),
            ),
            Step(62, "luowentao", serve, SERVED_REPLY),
            Step(80, "citizen", request_review, {"reason": "丈量时没有通知我到场。"}),
            Step(105, "xuanni", review, UPHELD),
            Step(107, "xuanni", serve, {"document": "review"}),
            Step(130, "citizen", request_rereview, {"reason": "要求重新丈量。"}),
            Step(145, "moran", open_hearing, {"stage": "rereview", "reason": "需听取双方和测绘单位意见。"}),
        ),
    ),
    Story(
        "demo:14",
        260,
        letter(
            "请求更正农村宅基地登记姓名",
            "宅基地登记证上名字写错一个字，办不了继承手续。",
            person("简一", "云溪镇柳湾村4组", "13800000014"),
        ),
        (
            *to_township(),
            Step(
                30,
                "luowentao",
                reply,
                answer("登记姓名与户籍不符，系录入差错。", "已协调登记机构更正。", "《不动产登记暂行条例》第二十二条"),
            ),
            Step(32, "luowentao", serve, SERVED_REPLY),
            Step(33, "luowentao", report, {"report": "已答复并完成更正，申请人无异议。"}),
            Step(80, "luowentao", close, {"checks": ["settled"]}),
        ),
    ),
    Story(
        "demo:15",
        210,
        letter(
            "小区车位被占，请求协调",
            "同单元邻居长期占用我家租用的车位，协商不成。",
            person("宋词", "禾川县锦和苑9号楼", "13800000015"),
        ),
        (
            *to_housing(),
            Step(40, "jiangbo", settle, {"agreement": "双方同意按登记车位停放，物业在一周内重新划线。"}),
            Step(42, "jiangbo", serve, {"document": "settlement"}),
            Step(90, "jiangbo", close, {"checks": ["settled"]}),
        ),
    ),
    Story(
        "demo:16",
        60,
        letter(
            "请求撤销法院判决", "对县法院的判决不服，请求县里撤销。", person("文静", "禾川县南门街19号", "13800000016")
        ),
        (
            Step(
                5,
                "hexiaowen",
                decline,
                {
                    "kind": "not_accepted",
                    "reason": "这件事法院已经判决，属于诉讼程序处理的事项，信访部门无权撤销判决。",
                    "door": "您可以依法向上一级人民法院申请再审，或者向人民检察院申请监督。",
                },
            ),
            Step(6, "hexiaowen", serve, {"document": "not_accepted", "method": "post"}),
        ),
    ),
    Story(
        "demo:17",
        30,
        letter("反映水费多收", "连续三个月水费比平时多一倍。", person("程诺", "禾川县河西路2号", "13800000017")),
        (Step(3, "hexiaowen", transfer, ZJ), Step(10, "citizen", withdraw, {"reason": "自来水公司已经退费。"})),
    ),
    Story(
        "demo:18",
        12,
        Submission(
            channel="letter",
            kind="accusation",
            title="反映某科室负责人收受礼金",
            text="反映县住建局某科室负责人在工程验收中收受礼金，请调查。",
            petitioners=(person("云集", "", "13800000018"),),
            accused_organs=("HCZJ",),
            purpose="exposure",
        ),
        (Step(2, "hexiaowen", transfer, {"to": "HCJW"}),),
    ),
    Story(
        "demo:19",
        6,
        Submission(
            channel="visit",
            title="东关片区征收补偿标准说明",
            text="东关片区住户到访，要求说明征收补偿标准和过渡安置办法。",
            petitioners=(
                person("郑重", "禾川县东关街3号", "13800000019", is_speaker=True),
                person("祝愿", "禾川县东关街5号", is_speaker=True),
            ),
            persons=9,
            claims=("说明补偿标准", "说明过渡安置办法"),
        ),
        (Step(1, "hexiaowen", transfer, ZJ), Step(4, "jiangbo", accept, PETITION_PATH)),
    ),
    Story(
        "demo:20",
        3,
        Submission(
            channel="letter",
            title="匿名反映河道倾倒建筑垃圾",
            text="有人夜里往云溪河道倒建筑垃圾，没有留名，请查看。",
            anonymous=True,
            place="云溪河",
        ),
    ),
    Story(
        "demo:21",
        25,
        letter(
            "咨询退役军人优待证办理",
            "材料交了三次都被退回，请一次说清要什么。",
            person("任远", "禾川县文昌路66号", "13800000021"),
        ),
        (
            Step(1, "hexiaowen", transfer, RS),
            Step(2, "baiyun", accept, {"path": 6, "simplified": True}),
            Step(5, "baiyun", serve, SERVED_NOTICE),
            Step(
                9,
                "baiyun",
                reply,
                answer(
                    "前两次缺少户口页，第三次照片不合格。",
                    "已一次告知所需材料并当场办结。",
                    "《退役军人、其他优抚对象优待证管理办法》",
                ),
            ),
            Step(10, "baiyun", serve, SERVED_REPLY),
        ),
    ),
    Story(
        "demo:22",
        150,
        letter(
            "不服人社局关于工龄认定的处理意见",
            "1994年至1997年在镇办企业上班的三年没有算进工龄。",
            person("岳麓", "云溪镇振兴街9号", "13800000022"),
        ),
        (
            Step(2, "hexiaowen", transfer, RS),
            Step(3, "hexiaowen", serve, DESTINATION),
            Step(8, "baiyun", accept, PETITION_PATH),
            Step(10, "baiyun", serve, SERVED_NOTICE),
            Step(
                50,
                "baiyun",
                reply,
                answer(
                    "档案中没有该三年的招工和缴费材料。",
                    "目前缺乏依据，补齐材料后可重新认定。",
                    "《社会保险法》第十六条",
                    "not_supported",
                ),
            ),
            Step(52, "baiyun", serve, SERVED_REPLY),
            Step(70, "citizen", request_review, {"reason": "找到了当年的工资表。"}),
            Step(
                95,
                "xuanni",
                review,
                {
                    "outcome": "remade",
                    "facts": "申请人补充的工资表属于新的证据，原处理意见未予审查。",
                    "opinion": "撤销原处理意见，责令三十日内重新作出。",
                    "basis": "《信访工作条例》第三十五条",
                },
                {"remake_due_on": 30},
            ),
            Step(97, "xuanni", serve, {"document": "review"}),
            Step(
                120,
                "baiyun",
                reply,
                answer("工资表经核对属实，三年工龄应予认定。", "予以支持，已补登工龄。", "《社会保险法》第十六条"),
            ),
            Step(121, "baiyun", serve, SERVED_REPLY),
        ),
    ),
    Story(
        "demo:23",
        18,
        letter(
            "请求公开村集体机动地承包情况",
            "村里机动地承包给谁、承包费多少，三年没有公布。",
            person("柏舟", "云溪镇柳湾村6组", "13800000023"),
        ),
        (
            Step(2, "hexiaowen", transfer, ZJ),
            Step(4, "jiangbo", object_, {"reason": "村务公开不属于本局职权范围，应由云溪镇人民政府处理。"}),
            Step(6, "hexiaowen", decide_objection, {"upheld": True, "reason": "经核实，同意退回。"}),
            Step(7, "hexiaowen", transfer, YX),
            Step(12, "luowentao", accept, PETITION_PATH),
        ),
    ),
    Story(
        "demo:24",
        200,
        letter(
            "反映噪声听证后仍未整改",
            "餐馆油烟和排风噪声影响休息，要求整改。",
            person("姜白", "禾川县南门街30号", "13800000024"),
        ),
        (
            *to_housing(),
            Step(30, "jiangbo", open_hearing, {"reason": "涉及多户意见不一。"}),
            Step(33, "jiangbo", close_hearing, {"conclusion": "餐馆同意加装隔音和净化设备。"}),
            Step(
                45,
                "jiangbo",
                reply,
                answer("噪声检测超标属实。", "责令限期整改，已加装设备并复测合格。", "《噪声污染防治法》第六十一条"),
            ),
            Step(46, "jiangbo", serve, SERVED_REPLY),
        ),
    ),
    Story(
        "demo:25",
        300,
        letter(
            "不服县政府关于道路占地补偿的处理意见",
            "修路占了两分地，补偿标准和邻村不一样。",
            person("顾盼", "云溪镇柳湾村1组", "13800000025"),
        ),
        (
            Step(3, "hexiaowen", transfer, YX),
            Step(4, "hexiaowen", serve, DESTINATION),
            Step(10, "luowentao", accept, PETITION_PATH),
            Step(12, "luowentao", serve, SERVED_NOTICE),
            Step(
                50,
                "luowentao",
                reply,
                answer(
                    "两村征收批次不同，适用的标准均为当年公布的标准。",
                    "请求缺乏依据，不予支持。",
                    "《土地管理法》第四十八条",
                    "not_supported",
                ),
            ),
            Step(52, "luowentao", serve, SERVED_REPLY),
            Step(70, "citizen", request_review, {"reason": "标准不公开。"}),
            Step(95, "xuanni", review, UPHELD),
            Step(97, "xuanni", serve, {"document": "review"}),
            Step(115, "citizen", request_rereview, {"reason": "请市里再看一次。"}),
            Step(140, "moran", rereview, {**UPHELD, "basis": "《信访工作条例》第三十六条"}),
            Step(142, "moran", serve, {"document": "rereview"}),
            Step(150, "luowentao", close, {"checks": ["explained"]}),
        ),
    ),
    Story(
        "demo:26",
        110,
        letter(
            "不服镇政府关于低保停发的处理意见",
            "低保复核后被停发，没有说明理由。",
            person("沈舟", "云溪镇振兴街21号", "13800000026"),
        ),
        (
            Step(2, "hexiaowen", transfer, YX),
            Step(3, "hexiaowen", serve, DESTINATION),
            Step(8, "luowentao", accept, PETITION_PATH),
            Step(9, "luowentao", serve, SERVED_NOTICE),
            Step(
                40,
                "luowentao",
                reply,
                answer(
                    "家庭人均收入超过标准。",
                    "请求不符合规定，不予支持，并已说明理由。",
                    "《社会救助暂行办法》第十三条",
                    "not_supported",
                ),
            ),
            Step(41, "luowentao", serve, SERVED_REPLY),
            Step(60, "citizen", request_review, {"reason": "收入核算有误。"}),
            Step(85, "xuanni", review, UPHELD),
            Step(95, "xuanni", serve, {"document": "review"}),
        ),
    ),
    Story(
        "demo:27",
        190,
        letter(
            "不服住建局关于物业费的处理意见",
            "物业服务不到位，要求减免物业费。",
            person("路遥知", "禾川县锦和苑1号楼", "13800000027"),
        ),
        (
            *to_housing(),
            Step(
                40,
                "jiangbo",
                reply,
                answer(
                    "物业服务合同对减免有明确约定。",
                    "属于民事合同约定，已解释说明。",
                    "《物业管理条例》第四十一条",
                    "explained",
                ),
            ),
            Step(41, "jiangbo", serve, SERVED_REPLY),
            Step(60, "citizen", request_review, {"reason": "请上级再看。"}),
            Step(85, "xuanni", review, UPHELD),
            Step(87, "xuanni", serve, {"document": "review"}),
            Step(110, "citizen", request_rereview, {"reason": "请市里再看。"}),
            Step(135, "moran", rereview, {**UPHELD, "basis": "《信访工作条例》第三十六条"}),
        ),
    ),
)

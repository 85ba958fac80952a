"""The sentence of every refusal in zh-Hans, zh-Hant and English: a table, no rules."""

from __future__ import annotations

from typing import Final

from .articles import Names

SENTENCES: Final[dict[str, Names]] = {
    # Input that cannot be read
    "bad-json": Names(
        "输入不是有效的 JSON，请检查文件内容。",
        "輸入不是有效的 JSON，請檢查檔案內容。",
        "The input is not valid JSON; check the file.",
    ),
    "no-file": Names(
        "无法读取文件 {value}，请检查路径。",
        "無法讀取檔案 {value}，請檢查路徑。",
        "Cannot read {value}; check the path.",
    ),
    "missing-field": Names("缺少 {field}，请补充。", "缺少 {field}，請補充。", "{field} is missing; give it."),
    "bad-value": Names(
        "{field} 的值 {value} 不在允许范围内，应为 {allowed}。",
        "{field} 的值 {value} 不在允許範圍內，應為 {allowed}。",
        "{field} cannot be {value}; it must be {allowed}.",
    ),
    "bad-date": Names(
        "{field} 的日期 {value} 无效，请填写真实、先后合理的日期（如 2026-09-07）。",
        "{field} 的日期 {value} 無效，請填寫真實、先後合理的日期（如 2026-09-07）。",
        "{field} {value} is no possible date here; give a real one in its order, such as 2026-09-07.",
    ),
    "no-offset": Names(
        "时间 {value} 没有时区偏移，请写明（如 +08:00）。",
        "時間 {value} 沒有時區偏移，請寫明（如 +08:00）。",
        "{value} has no offset from UTC; add one, such as +08:00.",
    ),
    "unknown-pack": Names(
        "没有程序包 {value}，可用：{allowed}。",
        "沒有程序包 {value}，可用：{allowed}。",
        "There is no pack {value}; there are {allowed}.",
    ),
    "unknown-timezone": Names(
        "没有时区 {value}，请填写如 Asia/Shanghai。",
        "沒有時區 {value}，請填寫如 Asia/Shanghai。",
        "There is no timezone {value}; give one such as Asia/Shanghai.",
    ),
    "unknown-type": Names(
        "没有 {value} 这类事件，请按接口说明填写。",
        "沒有 {value} 這類事件，請按介面說明填寫。",
        "There is no event of type {value}; use one of the interface.",
    ),
    # The order of the record
    "not-received-first": Names(
        "记录应当从收到信访事项开始。",
        "記錄應當從收到信訪事項開始。",
        "A record begins with the receipt of the petition.",
    ),
    "after-today": Names(
        "{on} 晚于当日 {today}，尚未发生的事不能记录。",
        "{on} 晚於當日 {today}，尚未發生的事不能記錄。",
        "{on} is after today, {today}; what has not happened cannot be recorded.",
    ),
    "after-end": Names(
        "事项已于 {on} 结束，如需继续，请先重开。",
        "事項已於 {on} 結束，如需繼續，請先重開。",
        "The matter ended on {on}; reopen it first if it must go on.",
    ),
    "not-ended": Names(
        "事项仍在办理，无需重开。",
        "事項仍在辦理，無需重開。",
        "The matter is still under way; there is nothing to reopen.",
    ),
    "not-withdrawn": Names(
        "事项没有撤回，无需恢复。",
        "事項沒有撤回，無需恢復。",
        "The matter was not withdrawn; there is nothing to restore.",
    ),
    "restore-too-late": Names(
        "撤回已超过 {max} 日，请改为重开。",
        "撤回已超過 {max} 日，請改為重開。",
        "More than {max} days have passed since the withdrawal; reopen the matter instead.",
    ),
    # Dispatch, objection, acceptance
    "not-dispatched-to": Names(
        "事项现在不在本机关、单位，转送、交办过来后才能办理。",
        "事項現在不在本機關、單位，轉送、交辦過來後才能辦理。",
        "This organ does not hold the matter; it can act once the matter is transferred or assigned to it.",
    ),
    "already-accepted": Names(
        "该机关、单位已经受理，不能重复或者改为不受理。",
        "該機關、單位已經受理，不能重複或者改為不受理。",
        "That organ has accepted the matter; it cannot accept, decline or object again.",
    ),
    "not-accepted": Names(
        "尚未受理，请先受理并告知信访人。",
        "尚未受理，請先受理並告知信訪人。",
        "The matter has not been accepted; accept it and tell the petitioner first.",
    ),
    "no-objection-pending": Names(
        "没有待核实的异议。", "沒有待核實的異議。", "No objection is waiting for a decision."
    ),
    "objection-pending": Names(
        "异议正在核实，请等待转送、交办机关决定。",
        "異議正在核實，請等待轉送、交辦機關決定。",
        "An objection is waiting; the sender must decide on it first.",
    ),
    "objection-needs-consent": Names(
        "提出异议的期限已于 {due} 届满，须经转送、交办机关同意。",
        "提出異議的期限已於 {due} 屆滿，須經轉送、交辦機關同意。",
        "The time for an objection ended on {due}; the sender must consent.",
    ),
    "not-the-sender": Names(
        "异议应当由转送、交办的机关核实。",
        "異議應當由轉送、交辦的機關核實。",
        "Only the organ that sent the matter decides on the objection.",
    ),
    "reason-missing": Names("请写明理由。", "請寫明理由。", "Give the reasons."),
    "report-due-past": Names(
        "办结报告的日期 {on} 不能早于交办之日。",
        "辦結報告的日期 {on} 不能早於交辦之日。",
        "The report cannot be due on {on}, before the assignment.",
    ),
    "same-destination": Names("不能转送给自己。", "不能轉送給自己。", "An organ cannot send a matter to itself."),
    "not-sent": Names(
        "事项是信访人直接提出的，不是转送、交办来的，没有异议可提。",
        "事項是信訪人直接提出的，不是轉送、交辦來的，沒有異議可提。",
        "The petitioner came here himself; the matter was not sent, so there is nothing to object to.",
    ),
    "there-already": Names(
        "事项已经在该机关、单位，不必再转。",
        "事項已經在該機關、單位，不必再轉。",
        "That organ has the matter already; it need not be sent there again.",
    ),
    "accepted-elsewhere": Names(
        "事项已有机关、单位受理，由其办理，不再转往他处；交办只能交给受理的机关、单位。",
        "事項已有機關、單位受理，由其辦理，不再轉往他處；交辦只能交給受理的機關、單位。",
        "An organ has accepted the matter and handles it; it is sent nowhere else, and assigned to that organ alone.",
    ),
    "accused-organ": Names(
        "检举控告不得转给被检举控告的单位、其下级或者由被检举控告人负责的单位，请改送有管理权限的上级。",
        "檢舉控告不得轉給被檢舉控告的單位、其下級或者由被檢舉控告人負責的單位，請改送有管理權限的上級。",
        "An accusation never goes to the accused organ, those under it or one headed by the accused; send it above.",
    ),
    "recused": Names(
        "经办人与事项或者信访人有直接利害关系，应当回避，请更换人员。",
        "經辦人與事項或者信訪人有直接利害關係，應當迴避，請更換人員。",
        "The person has a direct interest in the matter and must stand aside; let somebody else act.",
    ),
    "nowhere-below": Names(
        "本单位没有可以转的下级机关、单位。",
        "本單位沒有可以轉的下級機關、單位。",
        "There is no organ below this one to which it could go.",
    ),
    "out-of-sphere": Names(
        "该机关、单位不在转送、交办范围内，请按属地和主管关系选择。",
        "該機關、單位不在轉送、交辦範圍內，請按屬地和主管關係選擇。",
        "That organ is outside the sender's sphere; choose by territory and line of business.",
    ),
    "not-a-bureau": Names(
        "报告党委政府由信访部门提出。", "報告黨委政府由信訪部門提出。", "Only a petition bureau reports a matter up."
    ),
    "too-many-speakers": Names(
        "走访代表不得超过 {max} 人，请另行推选；其余各人照常登记。",
        "走訪代表不得超過 {max} 人，請另行推選；其餘各人照常登記。",
        "At most {max} may speak at a visit; choose among them, all others are registered as well.",
    ),
    "simplified-not-allowed": Names(
        "该事项不适用简易办理，请按普通程序受理。",
        "該事項不適用簡易辦理，請按普通程序受理。",
        "Simplified handling does not apply here; accept in the ordinary way.",
    ),
    "not-simplified": Names(
        "事项不在简易办理中，无需转换。",
        "事項不在簡易辦理中，無需轉換。",
        "The matter is not under simplified handling; there is nothing to convert.",
    ),
    "convert-first": Names(
        "简易办理的事项请先转为普通程序。",
        "簡易辦理的事項請先轉為普通程序。",
        "Convert the matter to the ordinary procedure first.",
    ),
    "not-exhausted": Names(
        "尚未经过复核，不能不再受理。",
        "尚未經過複核，不能不再受理。",
        "The remedies are not exhausted; the matter cannot be refused as heard before.",
    ),
    # Handling
    "extension-too-late": Names(
        "期限已于 {due} 届满，延期应当在届满前批准；请如实办理，超期照记。",
        "期限已於 {due} 屆滿，延期應當在屆滿前批准；請如實辦理，超期照記。",
        "The time ended on {due}; an extension must be approved before. Go on, and the delay stays on record.",
    ),
    "extended-before": Names(
        "只能延期一次，此前已延期 {days} 日。",
        "只能延期一次，此前已延期 {days} 日。",
        "A clock is extended once only; it has been extended by {days} days.",
    ),
    "extension-too-long": Names(
        "延期不得超过 {max} 日。", "延期不得超過 {max} 日。", "An extension may not be longer than {max} days."
    ),
    "approval-missing": Names(
        "延期应当经本单位负责人批准，请先报批。",
        "延期應當經本單位負責人批准，請先報批。",
        "The head of the organ must approve the extension first.",
    ),
    "hearing-not-open": Names("没有正在进行的听证。", "沒有正在進行的聽證。", "No hearing is open."),
    "hearing-open": Names(
        "听证尚未结束，请先结束听证。", "聽證尚未結束，請先結束聽證。", "A hearing is open; close it first."
    ),
    "hearing-not-here": Names(
        "该途径不由本条例的听证处理。",
        "該途徑不由本條例的聽證處理。",
        "No hearing of this regulation is held on that path.",
    ),
    "not-agreed": Names(
        "调解、和解须经双方同意并制作协议书。",
        "調解、和解須經雙方同意並製作協議書。",
        "A settlement needs the consent of both sides, in writing.",
    ),
    "already-replied": Names("处理意见书已经作出。", "處理意見書已經作出。", "The reply has been given."),
    "reply-incomplete": Names(
        "处理意见书缺少：{missing}。", "處理意見書缺少：{missing}。", "The reply lacks: {missing}."
    ),
    # Service and remedies
    "not-replied": Names("尚未作出处理意见。", "尚未作出處理意見。", "There is no reply yet."),
    "not-served": Names(
        "文书尚未送达，请先送达并记录。",
        "文書尚未送達，請先送達並記錄。",
        "The paper has not been served; serve it and record it first.",
    ),
    "already-served": Names(
        "文书已于 {on} 送达该信访人。",
        "文書已於 {on} 送達該信訪人。",
        "The paper was served on that petitioner on {on}.",
    ),
    "no-review-pending": Names(
        "没有待决定的复查、复核申请。",
        "沒有待決定的複查、複核申請。",
        "No request for review is waiting for a decision.",
    ),
    "not-reviewed": Names(
        "尚未作出复查意见，复核在复查之后。",
        "尚未作出複查意見，複核在複查之後。",
        "There is no review opinion yet; a re-review comes after it.",
    ),
    "review-pending": Names("复查、复核尚未作出决定。", "複查、複核尚未作出決定。", "A review is still pending."),
    "remedy-exhausted": Names(
        "该救济途径已经用尽，同一事实和理由不再复查、复核。",
        "該救濟途徑已經用盡，同一事實和理由不再複查、複核。",
        "That remedy is exhausted; the same facts and reasons are not reviewed again.",
    ),
    "same-organ": Names(
        "原办理机关、单位不能复查、复核自己的意见，请送其上一级。",
        "原辦理機關、單位不能複查、複核自己的意見，請送其上一級。",
        "An organ cannot review its own opinion; send it to the superior.",
    ),
    "not-superior": Names(
        "复查、复核由作出意见的机关、单位的上一级进行。",
        "複查、複核由作出意見的機關、單位的上一級進行。",
        "A review belongs to the superior of the organ that decided.",
    ),
    "same-person": Names(
        "参与过原意见的人不能参加复查、复核，请更换人员。",
        "參與過原意見的人不能參加複查、複核，請更換人員。",
        "Whoever took part in the opinion cannot review it; let somebody else act.",
    ),
    # Ending
    "not-by-petitioner": Names(
        "撤回须由信访人本人以查询码或者签名确认。",
        "撤回須由信訪人本人以查詢碼或者簽名確認。",
        "A withdrawal needs the petitioner's own code or signature.",
    ),
    "remedy-open": Names(
        "信访人申请复查、复核的期限至 {due}，期满前不能办结。",
        "信訪人申請複查、複核的期限至 {due}，期滿前不能辦結。",
        "The petitioner may ask for a review until {due}; the matter cannot be closed before.",
    ),
    "report-outstanding": Names(
        "交办事项尚未提交办结报告。", "交辦事項尚未提交辦結報告。", "The report on the assignment is outstanding."
    ),
    "still-open": Names(
        "事项尚未办结，须在办结或者撤回后才能删除。",
        "事項尚未辦結，須在辦結或者撤回後才能刪除。",
        "The matter is not closed; it can be erased only after it was closed or withdrawn.",
    ),
    "erased": Names(
        "事项的材料已经依法删除，不能再办理。如有新的事实，请重新登记。",
        "事項的材料已經依法刪除，不能再辦理。如有新的事實，請重新登記。",
        "What this matter held was erased by law; nothing more can be done on it. Register new facts anew.",
    ),
    "new-facts-missing": Names(
        "重开须有新的事实、理由或者纠错决定，请写明。",
        "重開須有新的事實、理由或者糾錯決定，請寫明。",
        "Reopening needs new facts, new reasons or a decision that corrects an error; name it.",
    ),
}

"""The words in a ledger's cells for our codes: first those of an export (Simplified, Traditional, English)."""

from collections.abc import Mapping

from xinqiao.matters.ledgers.headings import plain

Words = Mapping[str, tuple[str, ...]]

CHANNELS: Words = {
    "letter": ("来信", "來信", "Letter", "信件", "书信", "邮寄", "100"),
    "visit": ("来访", "來訪", "Visit", "走访", "上访", "接访", "200"),
    "telephone": ("来电", "來電", "Telephone", "电话", "电话信访", "热线"),
    "fax": ("传真", "傳真", "Fax"),
    "email": ("电子邮件", "電子郵件", "E-mail", "邮件", "电子邮箱", "email"),
    "web": (
        "网上信访",
        "網上信訪",
        "Web",
        "网信",
        "网上",
        "网络",
        "网上投诉",
        "手机信访",
        "手机app",
        "微信",
        "微信信访",
        "300",
    ),
    "mailbox": ("领导信箱", "領導信箱", "Leader's mailbox", "书记信箱", "市长信箱", "县长信箱", "留言"),
    "suggestion_box": ("意见箱", "意見箱", "Suggestion box", "网上建议", "人民建议"),
    "from_above": ("上级交办", "上級交辦", "Handed down from above", "上级转送", "交办", "转送"),
    "deputy": ("代表委员转交", "代表委員轉交", "Passed on by a deputy", "代表转交", "人大代表转交", "政协委员转交"),
    "service_centre": ("服务中心", "服務中心", "Service centre", "便民服务中心", "政务服务中心"),
}
PURPOSES: Words = {
    "settlement": ("求决", "求決", "Settlement", "投诉求决", "求助"),
    "appeal": ("申诉", "申訴", "Appeal"),
    "opinion": ("意见建议", "意見建議", "Opinion or proposal", "建议", "意见", "批评建议"),
    "exposure": ("揭发控告", "揭發控告", "Exposure or accusation", "检举控告", "举报", "控告", "检举", "投诉举报"),
    "consultation": ("咨询", "諮詢", "Consultation", "政策咨询", "咨詢"),
    "other": ("其他", "其他", "Other", "其它", "99"),
}
KINDS: Words = {
    "appeal": ("申诉求决", "申訴求決", "Appeal or request for settlement", "申诉", "求决", "求助", "咨询", "投诉"),
    "proposal": ("建议意见", "建議意見", "Proposal", "意见建议", "建议", "意见"),
    "accusation": ("检举控告", "檢舉控告", "Report or accusation", "揭发控告", "检举", "控告", "举报"),
}
YES_NO: Words = {
    "yes": ("是", "是", "Yes", "有", "√", "✓", "y", "true", "1"),
    "no": ("否", "否", "No", "无", "×", "n", "false", "0"),
}
KIND_OF_PURPOSE = {"opinion": "proposal", "exposure": "accusation"}
"""What a ledger that names only the purpose says of the kind (Articles 29 to 31); any other purpose is an appeal."""


def code_of(word: str, words: Words) -> str | None:
    """The code that a word stands for; None for a word that is not known."""
    return _CODES[id(words)].get(plain(word))


def word_of(code: str, words: Words, language: int) -> str:
    """The word of a code in a language: 0 Simplified, 1 Traditional, 2 English; empty for no code."""
    return words[code][language] if code in words else ""


_CODES = {
    id(words): {plain(name): code for code, names in words.items() for name in names}
    for words in (CHANNELS, PURPOSES, KINDS, YES_NO)
}

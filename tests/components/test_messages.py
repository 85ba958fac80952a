"""The catalogues: complete, compiled, of one mind about placeholders, each in its own script."""

import re

import pytest
from babel.messages.catalog import Message

from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
#: Characters of Simplified writing that the other script's character set also holds, so that it cannot betray them.
NOT_TRADITIONAL = re.compile(r"[后于里周并]|征[集求]|云云|台账|文件名|打印|默认|密碼本")
QUOTES = {"zh_Hans": "“”‘’", "zh_Hant": "「」『』"}


def entries(language: str) -> list[tuple[Message, str]]:
    """The messages that have a translation; that each has one is held by a test of its own."""
    pairs = ((message, messages.text_of(message)) for message in messages.read(language) if message.id)
    return [(message, text) for message, text in pairs if text]


def test_every_message_is_in_both_scripts_compiled_and_still_used() -> None:
    assert messages.problems() == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_placeholders_agree(language: str) -> None:
    differing = {
        text: (message.id, text)
        for message, text in entries(language)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(messages.id_of(message)))
    }
    assert differing == {}


@pytest.mark.parametrize(
    ("language", "character_set"),
    [
        ("zh_Hans", "gb18030"),
        ("zh_Hans", "gb2312"),  # holds no character of Traditional writing only
        ("zh_Hant", "big5hkscs"),  # holds hardly a character of Simplified writing only
    ],
)
def test_each_script_is_its_own(language: str, character_set: str) -> None:
    strange = {text: bad for _message, text in entries(language) if (bad := outside(text, character_set))}
    assert strange == {}


def test_what_both_scripts_share_is_used_as_traditional_writing_does() -> None:
    wrong = {text: found.group() for _message, text in entries("zh_Hant") if (found := NOT_TRADITIONAL.search(text))}
    assert wrong == {}


@pytest.mark.parametrize(("language", "foreign"), [("zh_Hans", QUOTES["zh_Hant"]), ("zh_Hant", QUOTES["zh_Hans"])])
def test_quotation_marks_are_those_of_the_script(language: str, foreign: str) -> None:
    assert [text for _message, text in entries(language) if set(text) & set(foreign)] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_punctuation_is_full_width_and_nobody_shouts(language: str) -> None:
    half = re.compile(r"[一-鿿][,;:!?]|[！!]|[\U0001f300-\U0001faff]")
    assert [text for _message, text in entries(language) if half.search(text)] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_words_that_the_house_does_not_use(language: str) -> None:
    banned = re.compile(
        "上访人|上訪人|缠访|纏訪|老户|老戶|息诉|息訴|敬请谅解|敬請諒解|感谢.*配合|感謝.*配合|暂无数据|无权操作|非法"
    )
    assert [text for _message, text in entries(language) if banned.search(text)] == []


def test_no_message_hides_inside_an_f_string() -> None:
    assert messages.hidden() == []


def outside(text: str, character_set: str) -> str:
    """The characters that a character set does not hold, save punctuation that it writes differently."""
    return "".join(sign for sign in text if not held(sign, character_set))


def held(sign: str, character_set: str) -> bool:
    try:
        sign.encode(character_set)
    except UnicodeEncodeError:
        return sign in "–·"
    return True

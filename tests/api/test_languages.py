"""Sentences are in the language asked for; codes, days and numbers are the same in all of them; instants are in UTC."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.api.programs import PETITION, Program
from tests.office import Office

Make = Callable[[str], Program]
HANS, HANT, ENGLISH = "zh-hans", "zh-hant", "en"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, HANS),
        ("", HANS),
        ("zh-CN", HANS),
        ("zh-Hans", HANS),
        ("zh", HANS),
        ("zh-Hant", HANT),
        ("zh-TW,zh;q=0.9", HANT),
        ("zh-HK", HANT),
        ("en-GB,en;q=0.8", ENGLISH),
        ("fr", HANS),
        ("fr,en;q=0.5", ENGLISH),
        ("*;q=oops,,,;", HANS),
        ("x" * 600, HANS),
    ],
)
def test_the_language_of_a_refusal(office: Office, asked: str | None, language: str) -> None:
    answer = Program().get("/matters", **({"Accept-Language": asked} if asked is not None else {}))
    words = {HANS: "请登录", HANT: "請登入", ENGLISH: "Sign in"}
    assert answer.json()["detail"].startswith(words[language])
    assert answer["Content-Language"] == language
    assert answer.json()["code"] == "not-signed-in"


@pytest.mark.parametrize(
    ("language", "detail", "field"),
    [
        ("zh-Hans", "有几项要改。", "没有这个字段，请核对写法。"),
        ("zh-Hant", "有幾項要改。", "沒有這個欄位，請核對寫法。"),
        ("en", "Some fields must be put right.", "There is no such field; check how it is written."),
    ],
)
def test_wrong_fields_are_told_in_words(office: Office, language: str, detail: str, field: str) -> None:
    answer = Program().post("/petitions", PETITION | {"titel": "x"}, Accept_Language=language).json()
    assert answer["detail"] == detail
    assert answer["errors"] == [{"field": "titel", "detail": field}]


@pytest.mark.parametrize(
    ("language", "article"),
    [("zh-Hans", "信访工作条例 第二十二条"), ("zh-Hant", "信訪工作條例 第二十二條"), ("en", "Article 22")],
)
def test_the_law_is_cited_in_the_language_asked_for(office: Office, program: Make, language: str, article: str) -> None:
    number = office.register().number
    clerk = program("hexiaowen")
    refused = clerk.post(f"/matters/{number}/acts/transfer", {"to": "HCXF"}, Accept_Language=language).json()
    clock = clerk.get(f"/matters/{number}/clocks", Accept_Language=language).json()["clocks"][0]
    assert article in refused["article"]
    assert article in clock["article"]
    assert set(clock["name"]) == {"zh-Hans", "zh-Hant", "en"}


def instants(value: Any) -> Iterator[str]:
    """Every time of day in an answer."""
    if isinstance(value, dict):
        for part in value.values():
            yield from instants(part)
    elif isinstance(value, list):
        for part in value:
            yield from instants(part)
    elif isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        yield value


def test_instants_are_in_utc_and_days_are_those_of_china(office: Office, program: Make, on: Any) -> None:
    with on("2026-03-03", hour=1):  # In UTC it is still the second.
        clerk = program("hexiaowen")
        made = clerk.post("/petitions", PETITION | {"channel": "letter"}).json()
        token = clerk.post("/tokens", {"username": "hexiaowen", "password": "a-long-test-password"}).json()
        record = clerk.get(f"/matters/{made['number']}/record").json()
        read = clerk.get(f"/matters/{made['number']}").json()
    assert made["receipt"]["received_at"].startswith("2026-03-02T17:00:00")
    assert read["received_on"] == "2026-03-03"
    found = [instant for answer in (made, token, record, read) for instant in instants(answer)]
    assert len(found) >= 3
    assert [instant for instant in found if not instant.endswith("Z")] == []

"""The portal in a real Chromium: the whole way without JavaScript on a telephone, every page usable by everybody."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import DESK_WIDTH, NARROWEST, PHONE_WIDTH, NewPage, axe_findings, sideways
from tests.live import LiveOffice
from tests.portal.conftest import PNG
from tests.portal.stories import OPINION, received, walked
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer

MAIN = "main form .btn.main"


def test_handing_in_and_following_to_the_review_without_javascript(live_office: LiveOffice, new_page: NewPage) -> None:
    office = live_office.office
    page = new_page(width=PHONE_WIDTH, js=False)
    live_office.on("2026-08-24")
    number, code = _hand_in(page, live_office)

    live_office.on("2026-08-26")
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    live_office.on("2026-09-10")
    accept(number=number, actor=office.jiangbo, path=6)
    live_office.on("2026-11-06")
    reply(number=number, actor=office.jiangbo, outcome="explained", **OPINION)
    live_office.on("2026-11-10")
    serve(number=number, actor=office.jiangbo, document="reply")

    live_office.on("2026-11-23")
    _look_up(page, live_office, number, code)
    assert "现在轮到您" in page.inner_text(".turn h2")
    assert "12月10日" in page.inner_text(".turn")
    page.click("section[aria-labelledby=h-can] .btn.main")
    page.fill("[name=reason]", "维修资金去了哪里，答复没有说。")
    page.click(MAIN)
    assert "维修资金去了哪里" in page.inner_text("blockquote")
    page.click(MAIN)
    assert page.url == f"{live_office.url}/track/{number}"
    assert "您的复查申请已经收到" in page.inner_text("[role=status]")
    assert "禾川县人民政府" in page.inner_text(".turn")
    assert sideways_without_script(page)


def _hand_in(page: Page, live_office: LiveOffice) -> tuple[str, str]:
    page.goto(live_office.url)
    page.click(".doors .first a")
    page.check("[name=kind][value=appeal]")
    page.click(MAIN)
    page.fill("[name=text]", "三号楼北墙渗水两年，物业和开发商互相推。")
    page.fill("[name=claims]", "修好北墙\n公开维修资金")
    page.click(MAIN)
    page.fill("[name=name]", "安平")
    page.fill("[name=telephone]", "13800000000")
    page.click(MAIN)
    photo: Any = [{"name": "外墙.png", "mimeType": "image/png", "buffer": PNG}]
    page.set_input_files("[name=photos]", photo)
    page.click(MAIN)
    assert "外墙.png" in page.inner_text("main")
    page.click(MAIN)
    number, code = page.inner_text("dd >> nth=0"), page.inner_text("dd >> nth=1")
    with page.expect_download() as download:
        page.click(".ends .btn.main")
    assert download.value.suggested_filename == f"{number}-receipt.json"
    page.click("form[action$=taken] .btn")
    return number, code


def _look_up(page: Page, live_office: LiveOffice, number: str, code: str) -> None:
    page.goto(f"{live_office.url}/track")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click(MAIN)


def sideways_without_script(page: Page) -> bool:
    """Whether everything fits into the width of the telephone."""
    box = page.locator("main").bounding_box()
    return box is not None and box["x"] + box["width"] <= PHONE_WIDTH


def _public(page: Page, live_office: LiveOffice) -> list[str]:
    return [
        "/",
        "/track",
        "/info/addresses",
        "/info/procedure",
        "/info/privacy",
        "/info/retaliation",
        "/info/receipts",
    ]


@pytest.mark.parametrize(
    ("width", "dark", "language", "large"),
    [
        (DESK_WIDTH, False, "zh-Hans", False),
        (DESK_WIDTH, True, "en", False),
        (PHONE_WIDTH, False, "en", False),
        (PHONE_WIDTH, True, "zh-Hant", False),
        (NARROWEST, False, "zh-Hans", True),
        (NARROWEST, False, "en", True),
    ],
)
def test_axe_finds_nothing_grave_and_nothing_sticks_out(
    live_office: LiveOffice, new_page: NewPage, width: int, dark: bool, language: str, large: bool
) -> None:
    page = new_page(width=width, dark=dark, language=language)
    live_office.on("2026-11-23")
    if large:
        page.goto(f"{live_office.url}/settings/large-print?to=1&next=/")
        assert "large" in str(page.get_attribute("html", "class"))
    for path in _public(page, live_office):
        page.goto(live_office.url + path)
        _check(page, path)
    _check_steps(page, live_office)
    _check_matter(page, live_office, walked(live_office.office, "reply_served"), "2026-11-23")
    for act in ("supplement", "withdraw", "review", "rereview"):
        page.goto(f"{page.url.split('/track/')[0]}/track/{_number(page)}/{act}")
        _check(page, act)
    _check_matter(page, live_office, walked(live_office.office, "accepted"), "2026-11-23")  # late
    _check_matter(page, live_office, received(live_office.office, kind="accusation"), "2026-08-25")


def _number(page: Page) -> str:
    return page.url.split("/track/")[1].split("/")[0]


def _check(page: Page, where: str) -> None:
    assert axe_findings(page) == [], where
    assert sideways(page) == 0, where


def _check_steps(page: Page, live_office: LiveOffice) -> None:
    page.goto(f"{live_office.url}/submit?kind=accusation")
    _check(page, "kind")
    page.click(MAIN)
    page.click(MAIN)
    _check(page, "account, with something to put right")
    page.fill("[name=text]", "镇上的干部把低保名额给了自己的亲戚。")
    page.click(MAIN)
    page.click(MAIN)
    _check(page, "person, with something to put right")
    page.fill("[name=name]", "安平")
    page.fill("[name=telephone]", "13800000000")
    page.click(MAIN)
    files: Any = [{"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90" + bytes(99)}]
    page.set_input_files("[name=documents]", files)
    page.click(MAIN)
    _check(page, "files, with something to put right")
    page.click(MAIN)
    _check(page, "check")
    page.click(MAIN)
    _check(page, "receipt")


def _check_matter(page: Page, live_office: LiveOffice, done: Registered, day: str) -> None:
    live_office.on(day)
    _look_up(page, live_office, done.number, done.query_code)
    assert _number(page) == done.number
    _check(page, f"matter at {done.matter.stage}")

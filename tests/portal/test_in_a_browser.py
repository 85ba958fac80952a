"""The portal in a real Chromium: three people walk their whole way, and every page is usable by everybody."""

import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from tests.browser import DESK_WIDTH, NARROWEST, PHONE_WIDTH, NewPage, axe_findings, sideways
from tests.live import LiveOffice
from tests.portal.conftest import PNG
from tests.portal.stories import OPINION, received, walked
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.register import Registered
from xinqiao.matters.actions.reply import reply
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Matter

MAIN = "main form .btn.main"
PHOTO: Any = [{"name": "外墙.png", "mimeType": "image/png", "buffer": PNG}]


def test_an_old_man_with_a_telephone(live_office: LiveOffice, new_page: NewPage) -> None:
    """Large print, one thing a page, no JavaScript; three months later he comes back with his slip of paper."""
    office, page = live_office.office, new_page(width=PHONE_WIDTH, js=False)
    live_office.on("2026-08-24")
    page.goto(live_office.url)
    page.click("text=大字版")
    assert page.get_attribute("main .day a", "href") == "tel:000061234567"
    page.click(".doors .first a")
    page.check("[name=kind][value=appeal]")
    page.click(MAIN)  # what kind
    page.click(MAIN)  # who: one person is chosen already
    page.fill("[name=text]", "三号楼北墙渗水两年，物业和开发商互相推。")
    page.click(MAIN)
    page.click(MAIN)  # in one sentence: the beginning of the account is taken
    page.fill("[name=claims]", "修好北墙")
    page.click(MAIN)
    page.fill("[name=name]", "安平")
    page.click(MAIN)
    page.click(MAIN)
    assert "好把答复送到您手里" in page.inner_text(".errors")
    page.fill("[name=telephone]", "13800000000")
    page.click(MAIN)
    page.click(MAIN)  # confidential or not
    page.set_input_files("[name=camera]", PHOTO)
    page.click("[name=add]")
    page.click(MAIN)
    assert "外墙.png" in page.inner_text("main")
    page.click(MAIN)
    number, code = _codes(page)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages  # it prints on one
    assert number in sheet.extract_text()
    assert code in sheet.extract_text()
    page.click("form[action$=taken] .btn")

    live_office.on("2026-08-26")
    transfer(number=number, actor=office.hexiaowen, to="HCZJ")
    live_office.on("2026-09-10")
    accept(number=number, actor=office.jiangbo, path=6)
    live_office.on("2026-11-13")
    _look_up(page, live_office, number, code)
    assert "已过期限 4 日" in page.inner_text(".turn")
    assert "禾川县信访局" in page.inner_text(".turn")
    page.click("text=看全部")
    assert "为什么" in page.inner_text("section[aria-labelledby=h-rec]")
    assert _fits(page)


def test_a_woman_who_hands_in_for_twelve_neighbours(live_office: LiveOffice, new_page: NewPage) -> None:
    """Her browser is closed in between; a name written twice is found; she changes her mind, and back."""
    page = new_page(width=PHONE_WIDTH, js=False)
    live_office.on("2026-08-24")
    page.goto(f"{live_office.url}/submit")
    page.check("[name=kind][value=appeal]")
    page.check("[name=who][value=several]")
    page.click(MAIN)
    page.fill("[name=text]", "东关街十二户下水道堵了三个月，污水流到路上。")
    page.click(MAIN)
    page = _opened_again(page, new_page)
    page.goto(live_office.url)
    page.click("text=接着填")
    page.fill("[name=name]", "周桂兰")
    page.fill("[name=telephone]", "13800000008")
    page.fill("[name=speakers]", "陶然 13800000009")
    names = "、".join(f"乡亲{n}" for n in range(9))
    page.fill("[name=others]", f"{names}\n陶然\n原野")
    page.click(MAIN)
    assert "“陶然”前面已经写过" in page.inner_text(".errors")
    page.fill("[name=others]", f"{names}\n原野")
    page.click(MAIN)
    page.click(MAIN)
    assert "12 人" in page.inner_text("#kind")
    page.click(MAIN)
    number, code = _codes(page)
    assert Matter.objects.get(number=number).petitions.get().persons == 12
    _look_up(page, live_office, number, code)
    page.click("text=撤回")
    page.click(f"{MAIN}, main form .btn.danger")
    assert "您已经撤回" in page.inner_text(".turn")
    page.click("section[aria-labelledby=h-can] .btn.main")
    page.click(MAIN)
    assert "正在由禾川县信访局办理" in page.inner_text(".turn")
    assert _fits(page)


def test_a_small_company(live_office: LiveOffice, new_page: NewPage, tmp_path: Path) -> None:
    """At a desk: a contract along, the receipt checked as a file, the answer not agreed with."""
    office, page = live_office.office, new_page(width=DESK_WIDTH)
    live_office.on("2026-08-24")
    page.goto(f"{live_office.url}/submit")
    page.check("[name=kind][value=appeal]")
    page.check("[name=who][value=organisation]")
    page.click(MAIN)
    page.fill("[name=text]", "合作社去年交的摊位押金，市场管理方一直不退。")
    page.click(MAIN)
    page.fill("[name=name]", "云溪镇柳湾养蜂合作社")
    page.fill("[name=telephone]", "0000-6125 0112，找会计")
    page.click(MAIN)
    contract: Any = [{"name": "合同.txt", "mimeType": "text/plain", "buffer": "押金三千元".encode()}]
    page.set_input_files("[name=documents]", contract)
    page.click(MAIN)
    page.click(MAIN)
    number, code = _codes(page)
    with page.expect_download() as download:
        page.click("a[href$='/receipt/file']")
    receipt = tmp_path / download.value.suggested_filename
    download.value.save_as(receipt)
    page.click("text=回执怎样核验")
    page.set_input_files("[name=receipt]", receipt)
    page.click(MAIN)
    assert "回执有效" in page.inner_text("#found")
    assert "没有改动" in page.inner_text("#found")

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
    page.click("section[aria-labelledby=h-can] .btn.main")
    page.check("[name=to] >> nth=0")  # nobody chooses for the petitioner
    page.fill("[name=reason]", "押金的去向，答复没有说。")
    page.click(MAIN)
    assert "押金的去向" in page.inner_text("blockquote")
    page.click(MAIN)
    assert "您的复查申请已经收到" in page.inner_text("[role=status]")
    assert "禾川县人民政府" in page.inner_text(".turn")


def _codes(page: Page) -> tuple[str, str]:
    return page.inner_text(".copy >> nth=0"), page.inner_text(".copy >> nth=1")


def _opened_again(page: Page, new_page: NewPage) -> Page:
    """The browser was closed and opened again: only what cookies with a time keep is left."""
    before: BrowserContext = page.context
    again = new_page(width=PHONE_WIDTH, js=False)
    again.context.add_cookies([c for c in before.cookies() if c["expires"] > 0])  # type: ignore[misc]
    before.close()
    return again


def _look_up(page: Page, live_office: LiveOffice, number: str, code: str) -> None:
    page.goto(f"{live_office.url}/track")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click(MAIN)


def _fits(page: Page) -> bool:
    """Whether everything fits into the width of the telephone."""
    box = page.locator("main").bounding_box()
    return box is not None and box["x"] + box["width"] <= PHONE_WIDTH


PUBLIC = [
    "/",
    "/track",
    *(f"/info/{name}" for name in ("addresses", "procedure", "law", "privacy", "retaliation", "receipts")),
]


@pytest.mark.parametrize(
    ("width", "dark", "language", "large"),
    [
        (DESK_WIDTH, False, "zh-Hans", False),
        (PHONE_WIDTH, True, "zh-Hant", False),
        (NARROWEST, False, "en", True),  # as 1280 at 400 %
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
    for path in PUBLIC:
        page.goto(live_office.url + path)
        _check(page, path)
    _check_steps(page, live_office)
    _check_matter(page, live_office, walked(live_office.office, "reply_served"), "2026-11-23")
    at = page.url
    for act in ("?all=1", "/supplement", "/withdraw", "/review", "/rereview"):
        page.goto(at + act)
        _check(page, act)
    _check_matter(page, live_office, walked(live_office.office, "accepted"), "2026-11-23")  # late
    _check_matter(page, live_office, received(live_office.office, kind="accusation"), "2026-08-25")


def _check(page: Page, where: str) -> None:
    assert axe_findings(page) == [], where
    assert sideways(page) == 0, where


def _check_steps(page: Page, live_office: LiveOffice) -> None:
    """Through a report step by step, or in the simple mode page by page, once with something to put right."""
    said = {"text": "镇上的干部把低保名额给了自己的亲戚。", "name": "安平", "telephone": "13800000000"}
    page.goto(f"{live_office.url}/submit?kind=accusation")
    while "/files" not in page.url:
        _check(page, page.url)
        before = page.url
        page.click(MAIN)
        if page.url == before:
            _check(page, f"{before}, with something to put right")
            for name in said.keys() & set(page.locator("main form [name]").evaluate_all("all => all.map(e => e.name)")):
                page.fill(f"[name={name}]", said[name])
            page.click(MAIN)
    files: Any = [{"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90" + bytes(99)}]
    page.set_input_files("[name=photos]", files)
    page.click(MAIN)
    _check(page, "files, with something to put right")
    page.click(MAIN)
    _check(page, "check")
    page.click(MAIN)
    _check(page, "receipt")


def _check_matter(page: Page, live_office: LiveOffice, done: Registered, day: str) -> None:
    live_office.on(day)
    _look_up(page, live_office, done.number, done.query_code)
    assert page.url.endswith(done.number)
    _check(page, f"matter at {done.matter.stage}")

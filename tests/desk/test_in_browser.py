"""The pages of the desk for everybody: three languages, light and dark, wide and narrow, by keyboard alone."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page

from tests.browser import DESK_WIDTH, NARROWEST, PHONE_WIDTH, NewPage, axe_findings, sideways
from tests.live import LiveOffice, sign_in
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import receiving
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.assign import assign
from xinqiao.matters.actions.extend import extend
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.submission import Person

PEOPLE = (
    Person(name="安平", telephone="13800000000", is_speaker=True),
    Person(name="柏舟", address="禾川县锦和苑3号楼"),
)


@pytest.fixture
def busy(live_office: LiveOffice) -> tuple[LiveOffice, str]:
    """An office with duties of every span, and one matter in the midst of its handling."""
    office, number = live_office.office, ""
    for day in ("2026-09-07", "2026-11-06", "2026-11-10", "2026-11-12", "2026-11-20"):
        live_office.on(day)
        number = office.register(petitioners=PEOPLE, claims=("修好北墙", "公开维修资金")).number
        office.register(kind="accusation", title="反映虚报补贴", accused_organs=("YXZ",))
    live_office.on("2026-09-07")
    number = office.register(petitioners=PEOPLE, claims=("修好北墙", "公开维修资金")).number
    transfer(number=number, actor=office.hexiaowen, to="HCRS", notified=True)
    assign(number=number, actor=office.hexiaowen, to="HCZJ", report_due_on=date(2026, 11, 25))
    accept(number=number, actor=office.jiangbo, path=6)
    serve(number=number, actor=office.jiangbo, document="acceptance")
    live_office.on("2026-11-05")
    extend(number=number, actor=office.tanyue, days=30, reason="第三方鉴定未完成。")
    live_office.on("2026-11-23")
    return live_office, number


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [
        (DESK_WIDTH, False, "zh-Hans"),
        (DESK_WIDTH, True, "en"),
        (PHONE_WIDTH, False, "zh-Hant"),
        (PHONE_WIDTH, True, "zh-Hans"),
        (NARROWEST, False, "en"),
    ],
)
def test_axe_finds_nothing_grave_and_nothing_runs_off_the_side(
    busy: tuple[LiveOffice, str], new_page: NewPage, width: int, dark: bool, language: str
) -> None:
    office, number = busy
    page = new_page(width=width, dark=dark, language=language)
    found = look_at(page, office, "hexiaowen", language, [
        "/desk/",
        "/desk/?due=paused",
        "/desk/matters",
        "/desk/matters?q=HC2026-99999",
        f"/desk/matters/{number}",
        f"/desk/matters/{number}/transfer",
        f"/desk/matters/{number}/serve",
        "/desk/register",
        "/desk/drafts",
        f"/desk/transfer?m={number}",
        "/desk/columns/matters",
        "/desk/views/matters?stage=handling",
    ])  # fmt: skip
    found |= look_at(page, office, "tanyue", language, [
        f"/desk/matters/{number}/extend",
        f"/desk/matters/{number}/reply",
        f"/desk/matters/{number}/close",
    ])  # fmt: skip
    found |= look_at(page, office, "admin", language, ["/desk/", "/desk/admin-session", "/desk/looks"])
    found |= look_at_one_more(page, office, language, width)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_on_a_telephone_every_row_of_a_list_begins_alike(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    office, _number = busy
    page = new_page(width=PHONE_WIDTH)
    sign_in(page, office, "hexiaowen")
    page.goto(f"{office.url}/desk/matters")
    numbers = page.locator("tbody tr td:nth-child(2)")
    lefts = numbers.evaluate_all("cells => cells.map(cell => Math.round(cell.getBoundingClientRect().left))")
    assert len(lefts) > 5
    assert len(set(lefts)) == 1
    assert page.locator("tbody .tag").count() > 0  # rows are not all of one kind


def look_at_one_more(page: Page, office: LiveOffice, language: str, width: int) -> dict[str, list[str]]:
    """A page that is alike in every variant is looked at in one: a file, the result of many transfers, a text."""
    if (width, language) == (PHONE_WIDTH, "zh-Hant"):
        return look_at(page, office, "admin", language, ["/desk/administration/papers/acceptance"])
    if (width, language) == (NARROWEST, "en"):
        return look_at(page, office, "hexiaowen", language, [a_file(office)])
    if (width, language) == (DESK_WIDTH, "zh-Hans"):
        page.context.clear_cookies()
        sign_in(page, office, "hexiaowen")
        return {"the result of many transfers": transferred(page, office)}
    return {}


def a_file(office: LiveOffice) -> str:
    """The page of a text that came with a letter."""
    with receiving([SimpleUploadedFile("说明.txt", "北墙照片说明。".encode())]) as files:
        number = office.office.register(files=tuple(files)).number
    return f"/desk/matters/{number}/files/{Attachment.objects.latest('pk').pk}/view"


def transferred(page: Page, office: LiveOffice) -> list[str]:
    """What is wrong with the page that says what became of two matters: one goes, one may not."""
    free, gone = (office.office.register().number for _ in range(2))
    transfer(number=gone, actor=office.office.hexiaowen, to="HCRS", notified=True)
    page.goto(f"{office.url}/desk/transfer?m={free}&m={gone}")
    page.select_option("[name=to]", "HCZJ")
    page.click(".ends .btn.main")
    page.wait_for_selector("text=办理结果")
    return [*axe_findings(page), *([f"{pixels} px too wide"] if (pixels := sideways(page)) else [])]


def look_at(page: Page, office: LiveOffice, username: str, language: str, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with each page for this person in this language."""
    page.context.clear_cookies()
    sign_in(page, office, username)
    page.goto(f"{office.url}/settings/set-language?to={language.lower()}&next=/desk/")
    found = {}
    for path in paths:
        page.goto(office.url + path)
        found[path] = axe_findings(page)
        if page.evaluate("document.documentElement.lang") != language:
            found[path].append("another language")
        if pixels := sideways(page):
            found[path].append(f"{pixels} px too wide")
    return found


def test_a_matter_is_found_and_transferred_by_keyboard_alone(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    office, _number = busy
    number = office.office.register().number
    page = new_page()
    sign_in(page, office, "hexiaowen")
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/matters/{number}")
    page.keyboard.press("t")
    page.wait_for_url("**/transfer")
    tab_to(page, "to")
    while page.evaluate("document.activeElement.value") != "HCZJ":
        page.keyboard.press("ArrowDown")
    tab_to(page, "note")
    page.keyboard.type("请依法办理。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/desk/matters/{number}")
    assert "已转送禾川县住房和城乡建设局" in page.inner_text("[role=status]")


def test_whoever_looks_at_a_paper_first_can_act_at_once(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    """The preview opens beside the form; the form then waits for nothing."""
    office, _number = busy
    number = office.office.register().number
    page = new_page()
    sign_in(page, office, "hexiaowen")
    page.goto(f"{office.url}/desk/matters/{number}/transfer")
    page.select_option("[name=to]", "HCZJ")
    with page.context.expect_page():
        page.click("text=预览")
    page.click(".ends .btn.main")
    page.wait_for_url(f"**/desk/matters/{number}", timeout=4000)
    assert "已转送禾川县住房和城乡建设局" in page.inner_text("[role=status]")


def test_a_list_is_worked_through_by_keyboard_and_swapped_in_place(
    busy: tuple[LiveOffice, str], new_page: NewPage
) -> None:
    office, number = busy
    page = new_page()
    sign_in(page, office, "hexiaowen")
    page.goto(f"{office.url}/desk/matters")
    assert page.locator("text=批量转送").is_disabled()
    for key in ("j", "x", "j", "j", "k", "x"):
        page.keyboard.press(key)
    assert page.inner_text("[data-marked]") == "已选 2 件"
    assert page.locator("text=批量转送").is_enabled()
    page.evaluate("window.stayed = true")
    page.select_option("#f-stage", "handling")
    page.focus("#f-go")
    page.keyboard.press("Enter")
    page.wait_for_url("**stage=handling**")
    page.wait_for_function("document.querySelectorAll('.list tbody tr').length === 1")
    assert page.evaluate("[window.stayed, document.activeElement.id]") == [True, "f-go"]
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.list tbody tr').length > 1")
    page.keyboard.press("?")
    assert page.locator("#keys dd", has_text="上下").is_visible()
    page.keyboard.press("Escape")
    page.goto(f"{office.url}/desk/matters/{number}")
    page.click("text=显示联系方式")
    page.wait_for_selector("#who >> text=13800000000")
    assert page.url.endswith(number)  # shown in place


def typing(busy: tuple[LiveOffice, str], new_page: NewPage, who: str, **said: str) -> tuple[Page, LiveOffice, str]:
    """The form of an act (``report``, ``reply``) with its first words typed."""
    (office, number), page = busy, new_page()
    ((verb, words),) = said.items()
    sign_in(page, office, who)
    page.goto(f"{office.url}/desk/matters/{number}/{verb}")
    page.fill({"report": "[name=report]", "reply": "[name=facts]"}[verb], words)
    return page, office, number


def test_what_is_typed_is_kept_by_itself_and_sent_by_two_keys(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    page, office, number = typing(busy, new_page, "tanyue", report="已完成现场鉴定。")
    page.wait_for_selector("[data-draft-said]:not(:empty)")
    assert "草稿 09:00 已自动保存" in page.inner_text("[data-draft-said]")
    page.goto(f"{office.url}/desk/")
    page.goto(f"{office.url}/desk/matters/{number}/report")
    assert page.input_value("[name=report]") == "已完成现场鉴定。"
    page.focus("[name=report]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/desk/matters/{number}")
    page.goto(f"{office.url}/desk/drafts")
    assert "没有草稿" in page.inner_text("main")


def test_what_came_back_with_a_mistake_is_kept_too(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    """Nothing more is typed after the mistake, yet it is unfinished work like any other."""
    page, office, number = typing(busy, new_page, "jiangbo", reply="已到现场查看。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".errors")
    page.wait_for_selector("[data-draft-said]:not(:empty)")
    page.goto(f"{office.url}/desk/drafts")
    assert number in page.inner_text("main")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus; no page has a hundred stops before it."""
    for _stop in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_a_closed_door_is_reached_and_read_with_its_reason(busy: tuple[LiveOffice, str], new_page: NewPage) -> None:
    office, number = busy
    page = new_page()
    sign_in(page, office, "tanyue")
    page.goto(f"{office.url}/desk/matters/{number}")
    door = page.locator("[role=button][aria-disabled=true]", has_text="延长办理期限")
    door.focus()
    assert door.evaluate("element => element === document.activeElement")
    reason = page.locator(f"#{door.get_attribute('aria-describedby')}").inner_text()
    assert "只能延期一次" in reason
    assert "第三十四条" in reason


def test_on_paper_lists_keep_their_words_and_lose_their_controls(
    busy: tuple[LiveOffice, str], new_page: NewPage
) -> None:
    office, number = busy
    page = new_page()
    sign_in(page, office, "hexiaowen")
    page.emulate_media(media="print")
    page.goto(f"{office.url}/desk/?print=1")
    assert page.locator("table.list").is_visible()
    assert "逾期" in page.locator("table.list").inner_text()
    for gone in (".desk-nav", "form.tools", ".filters", ".pager"):
        assert not page.locator(gone).is_visible()
    page.goto(f"{office.url}/desk/matters/{number}?print=1")
    assert page.locator(".timeline").is_visible()
    assert not page.locator(".acts").first.is_visible()
    assert page.locator("details.clock:not([open])").count() == 0

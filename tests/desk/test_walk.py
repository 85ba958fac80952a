"""The whole lawful way of one petition in a real browser without JavaScript, from the letter to the end."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NewPage
from tests.live import LiveOffice, sign_in
from xinqiao.matters.models import ClockRow, Matter

OPINION = {"facts": "现场查看，北墙渗水属实。", "opinion": "由物业使用维修资金修复北墙。", "basis": "《民法典》"}


class Desk:
    """One member of staff after the other at one browser."""

    def __init__(self, page: Page, office: LiveOffice) -> None:
        self.page, self.office, self.number = page, office, ""

    def as_(self, username: str, day: str) -> "Desk":
        """Somebody signs in on a day; whoever sat there before has signed out."""
        self.office.on(day)
        self.page.wait_for_load_state("domcontentloaded")
        if self.page.locator("button", has_text="退出").count():
            self.page.click("button:has-text('退出')")
        sign_in(self.page, self.office, username)
        return self

    def work(self) -> str:
        """My work, as it is read."""
        self.page.goto(f"{self.office.url}/desk/")
        return self.page.inner_text("main")

    def act(self, verb: str, *, confirm: bool = False, **fields: str) -> str:
        """From the matter's page through the door of an act to its form and back; what the page then says."""
        self.page.goto(f"{self.office.url}/desk/matters/{self.number}")
        self.page.click(f".acts a[href$='/{verb}']")
        for name, value in fields.items():
            fill(self.page, name, value)
        self.page.click("main form button.main")
        if confirm:
            self.page.click("button[name=confirmed]")
        said = self.page.locator(".notice.good")
        expect(said).to_have_count(1)
        return said.inner_text()


def fill(page: Page, name: str, value: str) -> None:
    """A field of any kind, by its name."""
    field = page.locator(f"main form [name='{name}']").first
    kind = field.get_attribute("type") or field.evaluate("element => element.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        chosen = "" if value == "on" else f"[value='{value}']"
        page.check(f"main form [name='{name}']{chosen}")
    elif kind == "select":
        field.select_option(value)
    else:
        field.fill(value)


@pytest.fixture
def desk(live_office: LiveOffice, new_page: NewPage) -> Desk:
    return Desk(new_page(js=False), live_office)


def test_a_letter_goes_the_whole_lawful_way(desk: Desk) -> None:
    register_a_letter(desk)
    hand_it_to_housing(desk)
    answer_it(desk)
    review_it_twice(desk)
    close_it(desk)
    states = dict(ClockRow.objects.values_list("clock", "state"))
    assert set(states.values()) == {"met", "void"}
    assert states["K08"] == states["K12"] == states["K14"] == "met"
    assert Matter.objects.get().stage == "closed"


def register_a_letter(desk: Desk) -> None:
    page = desk.as_("hexiaowen", "2026-03-02").page
    page.click("text=登记 >> nth=0")
    fill(page, "petitioners-0-name", "安平")
    page.click("button[value=petitioners]")  # a second person, without a script
    fill(page, "petitioners-1-name", "柏舟")
    fill(page, "title", "锦和苑3号楼外墙渗水")
    fill(page, "claims", "修好北墙\n公开维修资金")
    page.press("[name=title]", "Enter")  # the keyboard registers; the text is still missing
    expect(page).to_have_title(re.compile("有 1 处要改"))
    fill(page, "text", "三号楼北墙渗水两年，物业和开发商互相推。")
    page.set_input_files("[name=files]", files=[_file("照片说明.txt", "北墙照片说明")])
    page.click("main form button.main")
    assert page.locator("h1").inner_text() == "已登记"
    page.wait_for_load_state("domcontentloaded")
    desk.number, code = page.locator("dd b.num").all_inner_texts()
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", code)
    with page.expect_download() as kept:
        page.click("text=电子回执")
    assert kept.value.suggested_filename == f"{desk.number}.json"


def hand_it_to_housing(desk: Desk) -> None:
    said = desk.as_("hexiaowen", "2026-03-05").act("assign", to="HCZJ", report_due_on="2026-05-20", notified="on")
    assert "已交办禾川县住房和城乡建设局。" in said
    assert "送达去向告知书" in desk.work()
    desk.act("serve", document="destination", method="post", evidence="挂号信")
    assert "告知是否受理" in desk.as_("jiangbo", "2026-03-10").work()
    # 60 days end on a Saturday on which one works, in place of a holiday's Monday
    assert "2026-03-17 周二前送达受理告知书" in desk.act("accept", path="6")
    desk.page.click("text=照片说明.txt")
    assert "北墙照片说明" in desk.page.inner_text("main blockquote")
    with desk.page.expect_download():
        desk.page.click("main a:has-text('下载')")
    desk.act("serve", document="acceptance", method="in_person", evidence="本人签收")
    desk.as_("tanyue", "2026-05-06").act("extend", days="30", reason="第三方鉴定未完成。")
    desk.act("serve", document="extension", method="in_person")


def answer_it(desk: Desk) -> None:
    desk.as_("jiangbo", "2026-05-18").act("reply", outcome="supported", claim_2="explained", confirm=True, **OPINION)
    desk.act("report", report="已答复，正在维修。")
    desk.as_("jiangbo", "2026-05-20").act("serve", document="reply", method="post", evidence="挂号信")
    desk.page.goto(f"{desk.office.url}/desk/matters/{desk.number}")
    closed = desk.page.locator(".acts li", has_text="办结").filter(has=desk.page.locator("[aria-disabled]"))
    assert "2026-06-22" in closed.inner_text()  # they may ask until then: the 30th day is the Dragon Boat Festival


def review_it_twice(desk: Desk) -> None:
    desk.as_("hexiaowen", "2026-06-01").act("request_review", to="HC", reason="没有说明资金去向。")
    assert "出具复查意见书" in desk.as_("xuanni", "2026-06-20").work()
    desk.act("review", outcome="upheld", confirm=True, **OPINION)
    desk.act("serve", document="review", method="in_person")
    desk.as_("hexiaowen", "2026-07-01").act("request_rereview", reason="仍然没有说明。")
    assert "出具复核意见书" in desk.as_("moran", "2026-07-20").work()
    desk.act("rereview", outcome="upheld", confirm=True, **OPINION)
    desk.act("serve", document="rereview", method="in_person")


def close_it(desk: Desk) -> None:
    said = desk.as_("tanyue", "2026-07-27").act("close", checks="settled", note="已修复。", confirm=True)
    assert "已办结。" in said
    page = desk.page.inner_text("main")
    for said in ("复核意见书已送达", "延长办理期限 30 日", "收到并登记", "复核意见书"):
        assert said in page
    assert "现在没有待办" in desk.work()


def _file(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}

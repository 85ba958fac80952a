"""One walk in a real browser: an authenticator app and a passkey set up, then each of them opens the door."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.accounts.test_second_factors import code_of
from tests.browser import NewPage, axe_findings, sideways
from tests.live import PASSWORD, LiveOffice, sign_in

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def is_fine(page: Page) -> None:
    assert axe_findings(page) == [], page.url
    assert sideways(page) == 0, page.url


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in")


def test_an_app_and_a_passkey_are_set_up_and_open_the_door(new_page: NewPage, live_office: LiveOffice) -> None:
    """A browser knows no passkeys at a bare address, so the walk goes by the machine's name."""
    office = replace(live_office, url=live_office.url.replace("127.0.0.1", "localhost"))
    page = new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    sign_in(page, office, "hexiaowen")
    page.get_by_role("link", name="我的账号").click()
    is_fine(page)
    page.get_by_role("link", name="设置验证器").click()
    is_fine(page)
    secret = page.locator("p b.num").inner_text()
    page.get_by_label("验证器现在显示的验证码").fill(code_of(secret))
    page.get_by_role("button", name="启用验证器").click()
    expect(page.get_by_role("heading", name="备用码", level=1)).to_be_visible()
    is_fine(page)

    page.get_by_role("link", name="返回我的账号").click()
    page.get_by_role("link", name="添加通行密钥").click()
    is_fine(page)
    page.get_by_label("名称").fill("办公桌上的电脑")
    page.get_by_role("button", name="生成通行密钥").click()
    expect(page.get_by_text("通行密钥已添加")).to_be_visible()

    sign_out(page)
    is_fine(page)
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk/")  # by the passkey alone

    sign_out(page)
    page.fill("[name=username]", "hexiaowen")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/sign-in/code")
    is_fine(page)
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/desk/")  # as the second factor

    sign_out(page)
    without = new_page(width=390, js=False)
    without.goto(f"{office.url}/sign-in")
    expect(without.get_by_role("button", name="用通行密钥登录")).to_be_hidden()
    without.fill("[name=username]", "hexiaowen")
    without.fill("[name=password]", PASSWORD)
    without.press("[name=password]", "Enter")
    without.wait_for_url("**/sign-in/code")
    without.get_by_label("验证码").fill(code_of(secret))
    without.get_by_role("button", name="登录").click()
    without.wait_for_url("**/desk/")  # password and code, without any script
    without.goto(f"{office.url}/desk/account")
    assert sideways(without) == 0
    expect(without.get_by_text("办公桌上的电脑").first).to_be_visible()


ADMINISTRATION = (
    "organs",
    "organs/YXZ",  # with an act that is greyed
    "organs/add",
    "people/jiangbo",
    "calendar",
    "classes",
    "places",
    "patterns/YXZ",
)


def test_pages_of_the_administration_are_usable_wide_and_narrow(new_page: NewPage, live_office: LiveOffice) -> None:
    page = new_page()
    sign_in(page, live_office, "admin")
    for name in ADMINISTRATION:
        page.goto(f"{live_office.url}/desk/administration/{name}")
        is_fine(page)
    page.set_viewport_size({"width": 390, "height": 900})
    for name in ADMINISTRATION:
        page.goto(f"{live_office.url}/desk/administration/{name}?lang=en")
        assert sideways(page) == 0, name

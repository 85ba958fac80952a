"""Every component in a real browser: usable by everybody, in three languages, light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page, Response

from tests.browser import DESK_WIDTH, NARROWEST, PHONE_WIDTH, NewPage, axe_findings, sideways

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
PAGES = ["/gallery/", "/gallery/portal/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [
        (DESK_WIDTH, False, "zh-Hans"),
        (DESK_WIDTH, True, "zh-Hant"),
        (PHONE_WIDTH, False, "en"),
        (PHONE_WIDTH, True, "zh-Hans"),
        (NARROWEST, False, "zh-Hant"),
        (NARROWEST, True, "en"),
    ],
)
def test_axe_finds_nothing_grave(
    new_page: NewPage, live: str, path: str, width: int, dark: bool, language: str
) -> None:
    page = new_page(width=width, dark=dark, language=language)
    page.goto(live + path)
    assert page.evaluate("document.documentElement.lang") == language
    assert axe_findings(page) == []
    assert sideways(page) == 0


def test_axe_would_find_a_field_without_a_label(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    page.evaluate("document.querySelector('label[for=id_title]').remove()")
    assert "label" in [line.split(":")[0] for line in axe_findings(page)]


@pytest.mark.parametrize(
    "path",
    [
        "/bad/",
        "/forbidden/",
        "/nothing-here/",
        "/broken/",
        "/sign-in/",
        "/confirm/desk/",
        "/confirm/portal/",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_small_pages_are_usable_too(new_page: NewPage, live: str, path: str, language: str) -> None:
    page = new_page(width=PHONE_WIDTH, language=language)
    page.goto(live + path)
    assert page.locator("h1").count() == 1
    assert axe_findings(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("path", PAGES)
def test_large_print_at_twice_the_zoom_needs_no_sideways_scroll(new_page: NewPage, live: str, path: str) -> None:
    page = new_page(width=640 // 2)
    page.goto(f"{live}/large-print?to=1&next={path}")
    assert "large" in page.evaluate("document.documentElement.className")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert sideways(page) == 0


def test_a_portal_page_with_every_component_is_under_100_kilobytes(page: Page, live: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live}/gallery/portal/", wait_until="networkidle")
    names = [answer.url.rsplit("/", 1)[-1] for answer in answers]
    assert {"", "tokens.css", "base.css", "components.css", "xinqiao.js"} <= set(names), names
    assert sum(len(answer.body()) for answer in answers) < 100_000


def test_the_portal_never_prints_smaller_than_16_pixels(new_page: NewPage, live: str) -> None:
    page = new_page(width=PHONE_WIDTH)
    page.goto(f"{live}/gallery/portal/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(el => [...el.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .filter(el => !el.closest('kbd, .sr, code, dialog, option'))
            .filter(el => parseFloat(getComputedStyle(el).fontSize) < 16)
            .map(el => el.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_a_closed_act_is_reached_by_the_keyboard_and_says_why(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    closed = page.get_by_role("button", name="延长办理期限")
    closed.focus()
    assert closed.evaluate("el => el === document.activeElement")
    assert closed.get_attribute("aria-disabled") == "true"
    reason = page.locator(f"#{closed.get_attribute('aria-describedby')}")
    assert reason.inner_text() == "已于 11-16 延长过一次，不能再延。 第三十四条"


def test_the_first_wrong_field_has_the_focus_and_the_summary_leads_to_each(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    assert page.title().startswith("有 4 处要改 · ")
    assert page.evaluate("document.activeElement.name") == "received_on"
    page.get_by_role("link", name="发生在哪里：请选一项").click()
    assert page.evaluate("location.hash") == "#id_place"


def test_a_shortcut_works_outside_fields_only(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    page.evaluate("document.activeElement.blur()")
    page.locator("#id_title").press("h")
    assert page.evaluate("location.hash") == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("h")
    assert page.evaluate("location.hash") == "#hearing"


def test_shortcuts_rest_while_an_input_method_composes(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'h', isComposing: true, bubbles: true}))")
    assert page.evaluate("location.hash") == ""


def test_shortcuts_are_listed_and_can_be_switched_off(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    assert "举行听证" in dialog.inner_text()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="关闭").click()
    page.keyboard.press("h")
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_whole_without_scripts(new_page: NewPage, live: str, path: str) -> None:
    page = new_page(js=False)
    page.goto(live + path)
    page.get_by_role("link", name="繁體").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    assert page.url.endswith(path)
    assert page.get_by_text("為什麼是這一天").first.is_visible()
    assert page.locator("[data-keys]:visible").count() == 0


def test_the_print_link_opens_every_reason(page: Page, live: str) -> None:
    page.goto(f"{live}/gallery/?print=1")
    assert page.locator("details.why:not([open])").count() == 0


def test_nothing_is_loaded_from_elsewhere_and_no_policy_is_broken(page: Page, live: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{live}/gallery/")
    assert [url for url in asked if not url.startswith((live, "data:"))] == []
    assert complaints == []

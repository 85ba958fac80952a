"""A real Chromium for tests: `browser`, `page`, `new_page`, a `live` server, and what axe finds.

The browser is Debian's own; without one every test that asks for it fails with one line that says what to install.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import browser as finder

DESK_WIDTH, PHONE_WIDTH, NARROWEST = 1280, 390, 320
#: What a browser asks for (Accept-Language) where its user reads that language.
LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run of a worker."""
    path = finder.chromium()
    if path is None:
        pytest.fail(finder.NO_CHROMIUM)
    # Playwright keeps an event loop in this thread, and Django would refuse the database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens a page in a browser of its own (no cookies): `new_page(width=390, dark=True, language="en", js=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = DESK_WIDTH, dark: bool = False, language: str = "zh-Hans", js: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            java_script_enabled=js,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page, 1280 wide, light, in Simplified Chinese."""
    return new_page()


@pytest.fixture
def live() -> Iterator[str]:
    """The address of a server that runs this site in a thread, with the database of the test, if it has one."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def axe_findings(page: Page) -> list[str]:
    """What axe holds against the page seriously or critically: rule, and where."""
    # What passes is not listed: listing it takes longer than looking.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in grave for node in one["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways; 0 where it fits."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

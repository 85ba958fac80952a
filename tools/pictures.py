"""Make the pictures of the twelve main pages: ``.venv/bin/python -m tools.pictures``.

Brings up the demonstration county in a throw-away home, on a day that is always the same, and looks at it through
Chromium. What the documentation shows (Simplified Chinese, 1280 pixels) goes to ``docs/pictures``; ``--all`` makes
every page in three languages, for a desk and for a telephone, whole, into the folder named by ``--out``.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tools import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = datetime(2026, 11, 27, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LANGUAGES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en-GB"}
WIDTHS = (1280, 390)
HEIGHT = 900
STORY = "wall-1"
MAIN = "main form .btn.main"
TEXT = "2号楼下水管道堵塞，一楼返水三个月，物业说要动维修资金，一直没有人办。"
"""What is handed in for the pictures of handing in."""


class Camera:
    """One visitor's browser in one language and width, and where the pictures go."""

    def __init__(self, page: "Page", url: str, story: tuple[str, str], save: Callable[["Page", str], None]) -> None:
        self.page, self.url, self.story, self._save = page, url, story, save

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def shoot(self, name: str) -> None:
        """Take the picture of what is shown now."""
        self.page.evaluate("document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0)")
        self._save(self.page, name)

    def look(self, path: str, name: str) -> None:
        self.go(path)
        self.shoot(name)

    def sign_in(self, username: str, language: str) -> None:
        """Whoever sat here before has left; the desk then speaks the language of the pictures."""
        from xinqiao.project.demo_office import PASSWORD

        self.page.context.clear_cookies()
        self.go("/sign-in")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/desk/**")
        self.go(f"/settings/set-language?to={language}&next=/desk/")


def take(camera: Camera, language: str) -> None:
    """The twelve pages, those of the portal first."""
    camera.go(f"/settings/set-language?to={language}&next=/")
    camera.shoot("portal-home")
    _hand_in(camera)
    _follow(camera)
    camera.look("/info/procedure", "portal-procedure")
    camera.sign_in("hexiaowen", language)
    camera.look("/desk/", "desk-my-work")
    camera.look("/desk/register", "desk-register")
    camera.look("/desk/matters", "desk-matters")
    camera.sign_in("tanyue", language)
    camera.look(f"/desk/matters/{camera.story[0]}", "desk-matter")
    camera.look(f"/desk/matters/{_in_hand(camera)}/reply", "desk-act")
    camera.look("/desk/account", "desk-account")
    camera.sign_in("admin", language)
    camera.look("/desk/administration/organs", "desk-administration")


def _hand_in(camera: Camera) -> None:
    page = camera.page
    camera.go("/submit")
    page.check("[name=kind][value=appeal]")
    page.click(MAIN)
    page.fill("[name=text]", TEXT)
    page.fill("[name=claims]", "疏通下水管道")
    camera.shoot("portal-account")
    page.click(MAIN)
    page.fill("[name=name]", "安平")
    page.fill("[name=telephone]", "0000-6123 9999")
    for _step in range(6):
        page.click(MAIN)
        if page.url.endswith("/submit/receipt"):
            break
    camera.shoot("portal-receipt")


def _follow(camera: Camera) -> None:
    page = camera.page
    camera.go("/track")
    page.fill("[name=number]", camera.story[0])
    page.fill("[name=code]", camera.story[1])
    page.click(MAIN)
    camera.shoot("portal-following")


def _in_hand(camera: Camera) -> str:
    """A matter that the housing bureau is handling: the first that its head has to answer."""
    camera.go("/desk/matters?stage=handling")
    link = camera.page.locator("main a[href*='/desk/matters/HC']").first.get_attribute("href")
    assert link, "the housing bureau handles nothing on this day"
    return link.rpartition("/")[2]


@contextmanager
def county(*, small: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """The address of the county on its day, and number and query code of the tutorial's matter."""
    with tempfile.TemporaryDirectory(prefix="xinqiao-pictures-") as place:
        Path(place).chmod(0o711)
        os.environ.update(XINQIAO_HOME=place, DJANGO_ALLOW_ASYNC_UNSAFE="true")
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ.pop(name, None)
        from xinqiao.cli import home
        from xinqiao.project import embedded_postgres

        try:
            with home.django():
                yield _loaded_and_served(small=small)
        finally:
            embedded_postgres.destroy(Path(place))


def _loaded_and_served(*, small: bool) -> tuple[str, tuple[str, str]]:
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    from xinqiao.cli.migrate import bring_up_to_date
    from xinqiao.project import demo
    from xinqiao.project.demo import note

    bring_up_to_date()
    _hold_the_day()
    demo.load(progress=lambda said: print(said, file=sys.stderr), small=small)
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    kept = note.read()
    assert kept, "the county was not loaded"
    return f"http://127.0.0.1:{server.port}", kept.codes[STORY]


def _hold_the_day() -> None:
    """For every thread: a context variable would be seen by this one alone."""
    from xinqiao.access import clock

    clock._held = _Held(DAY)  # type: ignore[assignment]


class _Held:
    """Stands in for the clock's context variable."""

    def __init__(self, instant: datetime) -> None:
        self._instant: Any = instant

    def get(self) -> Any:
        return self._instant

    def set(self, instant: Any) -> Any:
        before, self._instant = self._instant, instant
        return before

    def reset(self, before: Any) -> None:
        self._instant = before


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Make pictures of the main pages.")
    parser.add_argument("--all", action="store_true", help="three languages, two widths, whole pages")
    parser.add_argument("--small", action="store_true", help="a small county: quicker, for trying")
    parser.add_argument("--out", type=Path, default=DOCS, metavar="DIR", help="where to (docs/pictures)")
    options = parser.parse_args(arguments)
    if options.all and options.out == DOCS:
        parser.error("--all makes too many for the documentation: name a folder with --out")
    options.out.mkdir(parents=True, exist_ok=True)
    with county(small=options.small) as (url, story), _chromium() as chromium:
        for language in LANGUAGES if options.all else ("zh-hans",):
            for width in WIDTHS if options.all else WIDTHS[:1]:
                _take_all(chromium, url, story, language, width, options)
    return 0


def _take_all(
    chromium: "Browser", url: str, story: tuple[str, str], language: str, width: int, options: argparse.Namespace
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": HEIGHT}, locale=LANGUAGES[language], timezone_id="Asia/Shanghai"
    )

    def save(page: "Page", name: str) -> None:
        path = options.out / (f"{name}-{language}-{width}.png" if options.all else f"{name}.png")
        if options.all:  # the whole page in the window, so that what sticks to its edge lies at the end of the picture
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": max(whole, HEIGHT)})
        page.screenshot(path=path)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        print(path)

    take(Camera(context.new_page(), url, story, save), language)
    context.close()


@contextmanager
def _chromium() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    path = browser.chromium()
    if path is None:
        raise SystemExit(browser.NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

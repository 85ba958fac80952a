"""The steps of a chapter, as it gives them to its reader, done in a browser.

Under what a reader is told to do stands ``<!-- walk … -->``, which no page shows. Every word in quotation marks there
must stand in what the reader was told just before, so that the two cannot part. A line is one of

    go /sign-in                     press "Name of a link or a button"     see "words on the page"
    fill "Label" = "words"          choose "Label of a box or a circle"    pick "Label" = "an entry of a list"
    attach "Label" = "photo.png"    keep "Term" as number                  ({number} stands for it from then on)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from playwright.sync_api import Locator, Page, expect

from tests.docs.pages import page as source
from tests.documents.samples import PNG

QUOTED = re.compile(r'"([^"]*)"')
FILES = {".png": ("image/png", PNG)}


@dataclass(frozen=True)
class Step:
    """One line for the browser, and what the reader was told."""

    line: str
    told: str

    @property
    def words(self) -> list[str]:
        return QUOTED.findall(self.line)


def steps(chapter: str) -> Iterator[Step]:
    """The steps of a chapter in their order."""
    told = ""
    for piece in re.split(r"(<!-- walk\n.*?-->)", source(chapter), flags=re.S):
        if piece.startswith("<!-- walk"):
            yield from (Step(line.strip(), told) for line in piece.splitlines()[1:-1])
        else:
            told = piece


@dataclass
class Walk:
    """One reader at one browser. ``kept`` are the words noted on the way, such as number and code."""

    page: Page
    url: str
    kept: dict[str, str] = field(default_factory=dict)

    def do(self, chapter: str) -> None:
        """Everything that a chapter tells its reader to do."""
        for step in steps(chapter):
            self.step(step)

    def step(self, step: Step) -> None:
        """One step; what cannot be done says where the reader would stand."""
        verb, _, rest = step.line.partition(" ")
        words = [word.format(**self.kept) for word in step.words]
        try:
            getattr(self, f"_{verb}")(rest, *words)
        except Exception as error:
            shown = self.page.locator("body").inner_text()[:3000]
            raise AssertionError(f"{step.line}\ntold: {step.told[-300:]}\nat {self.page.url}\n{shown}") from error

    def _go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def _press(self, rest: str, name: str) -> None:
        self._named(("button", "link"), name).click()

    def _fill(self, rest: str, label: str, words: str) -> None:
        self._labelled(label).fill(words)

    def _choose(self, rest: str, label: str) -> None:
        self._named(("radio", "checkbox"), label).check()

    def _pick(self, rest: str, label: str, entry: str) -> None:
        found = self._labelled(label)
        options = [one.strip() for one in found.locator("option").all_inner_texts()]
        found.select_option(label=next(one for one in options if entry in one))

    def _attach(self, rest: str, label: str, name: str) -> None:
        kind, content = FILES[name[name.rindex(".") :]]
        self._labelled(label).set_input_files(files=[{"name": name, "mimeType": kind, "buffer": content}])

    def _see(self, rest: str, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True, timeout=5000)

    def _keep(self, rest: str, term: str) -> None:
        value = self.page.locator(f"dt:has-text('{term}') + dd").first.inner_text()
        self.kept[rest.rpartition(" as ")[2]] = value.splitlines()[0].strip()

    def _named(self, roles: tuple[str, ...], name: str) -> Locator:
        """By its name alone, as a reader finds it: the very words, or the first of more; the text before the frame."""
        places = (self.page.locator("main"), self.page.locator("body"))
        wanted = (re.compile(rf"^{re.escape(name)}$"), re.compile(rf"^{re.escape(name)}"))
        return self._first(
            [
                place.get_by_role(role, name=words)  # type: ignore[arg-type]
                for place in places
                for words in wanted
                for role in roles
            ]
        )

    def _labelled(self, label: str) -> Locator:
        main = self.page.locator("main")
        return self._first([main.get_by_label(label, exact=exact) for exact in (True, False)])

    def _first(self, found: list[Locator]) -> Locator:
        """The first of them that is on the page; a page that is still being read is waited for."""
        self.page.wait_for_load_state("domcontentloaded")
        reduce(Locator.or_, found).first.wait_for(state="attached", timeout=5000)
        return next(one for one in found if one.count()).first

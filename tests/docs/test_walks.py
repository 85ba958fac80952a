"""The tutorial, done: a citizen, a clerk, a handler and an organ's head each do exactly what their chapters say."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from tests.browser import DESK_WIDTH, PHONE_WIDTH, NewPage
from tests.docs.pages import DOCS
from tests.docs.walks import Walk, steps
from tests.live import LiveOffice
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.organs.models import User
from xinqiao.project.demo_office import PASSWORD

CHAPTERS = ("1-citizen", "2-clerk", "3-handler", "4-organ-head", "5-answer")
TUTORIALS = {"zh/tutorial": "zh-Hans", "tutorial": "en"}


def chapters(tutorial: str) -> list[str]:
    return [f"{tutorial}/{chapter}.md" for chapter in CHAPTERS]


@pytest.mark.parametrize("chapter", [one for tutorial in TUTORIALS for one in chapters(tutorial)])
def test_the_reader_is_told_everything_that_the_test_does(chapter: str) -> None:
    """Labels, words to type, words to see: all stand in the sentence above the step."""
    found = list(steps(chapter))
    assert found
    untold = [
        (step.line, word)
        for step in found
        for word in step.words
        if not word.startswith("{") and word not in re.sub(r"\s+", " ", step.told)
    ]
    assert untold == []
    assert [step.line for step in found if step.line.startswith("go ") and not is_told(step.line[3:], step.told)] == []


def is_told(path: str, told: str) -> bool:
    return path == "/" or f"`{path}`" in told


def test_both_tutorials_have_the_same_chapters_and_steps() -> None:
    """One tutorial in two languages: whoever mends one mends the other."""
    kinds = [[[step.line.split()[0] for step in steps(one)] for one in chapters(tutorial)] for tutorial in TUTORIALS]
    assert kinds[0] == kinds[1]
    for tutorial in TUTORIALS:
        assert sorted(path.stem for path in (DOCS / tutorial).glob("[0-9]*.md")) == list(CHAPTERS)


@pytest.mark.parametrize(("tutorial", "width"), [("zh/tutorial", DESK_WIDTH), ("tutorial", PHONE_WIDTH)])
def test_a_letter_from_first_to_last(live_office: LiveOffice, new_page: NewPage, tutorial: str, width: int) -> None:
    """At a desk in Chinese, on a telephone in English; afterwards everybody was in time and the record is whole."""
    live_office.on("2026-11-27")
    User.objects.update(password=make_password(PASSWORD))
    page: Any = new_page(width=width, language=TUTORIALS[tutorial])
    walk = Walk(page, live_office.url)
    for chapter in chapters(tutorial):
        walk.do(chapter)
    matter = Matter.objects.get(number=walk.kept["number"])
    assert matter.stage == "replied"
    states = dict(ClockRow.objects.filter(matter=matter).values_list("clock", "state"))
    assert {states[clock] for clock in ("K02", "K04", "K08")} == {"met"}
    assert states["K11"] == "running"

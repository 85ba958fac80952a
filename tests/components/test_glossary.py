"""The glossary holds every word of the procedure, and code and catalogues keep to it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils import translation

from tools import messages
from xinqiao.components.states import OUTCOME_ICONS, STATE_ICONS, outcome_words, state_words
from xinqiao.documents.labels import PaperKind
from xinqiao.matters import labels
from xinqiao.procedure import EVENT_OF, EVENT_TYPES, MAY, STAGES
from xinqiao.procedure.names import CLOCKS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"


class Row(NamedTuple):
    """One word of the glossary."""

    hans: str
    hant: str
    english: str
    codes: tuple[str, ...]
    article: str


def sections() -> dict[str, list[Row]]:
    """The rows of each table under the English of its heading."""
    found: dict[str, list[Row]] = {}
    for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading = re.split(r"\s[^\x00-\x7f]", part.splitlines()[0])[0]
        lines = [line for line in part.splitlines() if line.startswith("|")][2:]
        found[heading] = [row_of(line) for line in lines]
    return found


def row_of(line: str) -> Row:
    hans, hant, english, identifier, article = (cell.strip() for cell in line.strip("|").split("|"))
    return Row(hans, hant, english, tuple(re.findall(r"`([^`]+)`", identifier)), article)


GLOSSARY = sections()
ROWS = [row for rows in GLOSSARY.values() for row in rows]


def codes(section: str) -> list[str]:
    return [code for row in GLOSSARY[section] for code in row.codes]


def words(section: str) -> dict[str, tuple[str, str, str]]:
    return {row.codes[0]: (row.hans, row.hant, row.english) for row in GLOSSARY[section]}


def in_three_languages(say: Callable[[], object]) -> tuple[str, str, str]:
    found = []
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            found.append(str(say()))
    return found[0], found[1], found[2]


def test_every_act_and_event_of_the_code_is_a_word_of_the_glossary_and_none_is_made_up() -> None:
    acts = GLOSSARY["Acts"]
    assert {row.codes[0] for row in acts} == {*MAY, *labels.ACTS, "register"}
    assert {*codes("Other events"), *(row.codes[1] for row in acts)} == EVENT_TYPES | set(labels.EVENTS)


@pytest.mark.parametrize(("verb", "event"), EVENT_OF.items())
def test_verb_and_event_stand_in_one_row(verb: str, event: str) -> None:
    assert (verb, event) in {row.codes for row in GLOSSARY["Acts"]}


def test_clocks_are_named_as_the_law_prints_them() -> None:
    assert words("Clocks") == {code: tuple(clock.name) for code, clock in CLOCKS.items()}


def test_stages_are_named_as_the_law_prints_them() -> None:
    assert words("Stages") == {code: tuple(names) for code, names in STAGES.items()}


def test_states_are_named_as_the_desk_shows_them() -> None:
    shown = {
        state: in_three_languages(lambda state=state: state_words(state, surface="desk"))
        for state in STATE_ICONS
        if state != "soon"
    }
    assert words("States of a clock") == shown


def test_outcomes_are_named_as_the_pages_show_them() -> None:
    shown = {code: in_three_languages(lambda code=code: outcome_words(code)) for code in OUTCOME_ICONS}
    assert words("Outcomes") == shown


def test_papers_are_named_as_the_pages_show_them() -> None:
    shown = {kind.value: in_three_languages(lambda kind=kind: kind.label) for kind in PaperKind}
    found = words("Papers")
    assert {code: row[:2] for code, row in found.items()} == {code: row[:2] for code, row in shown.items()}
    assert {code: row[2] for code, row in found.items()} == {code: row[2].lower() for code, row in shown.items()}


def test_every_word_is_in_three_languages_with_its_article_or_a_dash() -> None:
    assert [row for row in ROWS if not (row.hans and row.hant and row.english and row.article)] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.hans != row.hant], ids=lambda row: row.hans)
def test_the_catalogues_write_a_word_as_the_glossary_does(row: Row) -> None:
    """Where a message has the Simplified word, its Traditional translation has the Traditional one."""
    hans, hant = messages.read("zh_Hans"), messages.read("zh_Hant")
    pairs = [
        (messages.text_of(message), messages.text_of(hant.get(messages.id_of(message), message.context)))
        for message in hans
        if message.id
    ]
    assert [pair for pair in pairs if pair[0].count(row.hans) != pair[1].count(row.hant)] == []

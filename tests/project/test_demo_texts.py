"""The bank of the demonstration: enough of it, nothing twice, nobody real, and every text fits its place."""

import re
from datetime import date
from pathlib import Path
from statistics import median

import manimgx_fonts_cjk
import pytest
from fontTools.ttLib import TTCollection

from xinqiao.accounts.starting import starting_rows
from xinqiao.matters.submission import LIMITS, check
from xinqiao.project.demo.agenda import plan
from xinqiao.project.demo.bank import Case, cases, common_words
from xinqiao.project.demo.cast import organ_of, people_of, staff
from xinqiao.project.demo.files import MAKERS
from xinqiao.project.demo.loading import TUTORIAL, stories_of
from xinqiao.project.demo.moments import MOMENTS
from xinqiao.project.demo.plots import PLOTS, beats_of
from xinqiao.project.demo.reorganising import changes
from xinqiao.project.demo.slots import fill
from xinqiao.project.demo.stories import Story

WITHOUT_REPLY = {"accusation", "declined", "declined_by_organ", "other_path"}
# An ordinary Friday, a Sunday, the first of a year, a day in the longest holidays.
DAYS = (date(2026, 11, 27), date(2026, 8, 9), date(2027, 1, 1), date(2026, 10, 3))
NO_TELEPHONE = re.compile(r"0000-\d{4} \d{4}|138 ?0000 ?\d{4}")


def ids(case: Case) -> str:
    return case.key


def texts_of(story: Story) -> list[str]:
    """Everything that is written in a story, by citizens and by offices."""
    said = [story.submission.title, story.submission.text, *story.submission.claims]
    given = [value for step in story.steps for value in step.deed.given.values() if isinstance(value, str)]
    return [*said, *given]


def test_the_bank_is_rich() -> None:
    assert 380 <= len(cases()) <= 430
    assert len({case.theme.key for case in cases()}) >= 60
    assert len({case.holder for case in cases()}) >= 30
    assert {case.kind for case in cases()} == {"appeal", "proposal", "accusation"}


def test_nothing_is_said_twice() -> None:
    for what in (lambda c: c.key, lambda c: c.title, lambda c: c.text):
        said = [what(case) for case in cases()]
        assert len(said) == len(set(said))


def test_letters_have_the_length_of_letters() -> None:
    lengths = [len(story.submission.text) for story in stories_of(DAYS[0])]
    assert min(lengths) >= 50
    assert max(lengths) < 1000
    assert 80 <= median(lengths) <= 200


def test_every_answer_is_an_answer_to_this_letter() -> None:
    facts = [case.reply.facts for case in cases() if case.reply]
    assert len(facts) == len(set(facts))
    outcomes = {case.reply.outcome for case in cases() if case.reply}
    assert outcomes == {"supported", "explained", "not_supported"}


@pytest.mark.parametrize("case", cases(), ids=ids)
def test_a_case_can_be_handed_in_and_handled(case: Case) -> None:
    assert case.who or case.anonymous, "somebody wrote it, or it is marked as anonymous"
    assert people_of(case.holder, "handler", "organ_head"), f"nobody works in {case.holder}"
    assert case.reply or case.plot in WITHOUT_REPLY
    assert {name.rpartition(".")[2] for name in case.files} <= set(MAKERS)
    if case.reply:
        assert len(case.reply.claims) in (0, len(case.claims))
        assert "《" in (case.reply.basis or case.theme.basis), "an opinion names its legal basis (Article 32)"


def test_classes_are_those_of_the_starting_table() -> None:
    known = {f"{first}/{second}" for first, second, *_names in starting_rows()}
    assert {case.theme.class_code for case in cases()} <= known


@pytest.mark.parametrize("last", DAYS, ids=str)
def test_on_any_day_of_loading_every_story_can_be_told(last: date) -> None:
    stories = stories_of(last)
    assert len(stories) == len(cases())
    for what in ("title", "text"):
        said = [getattr(story.submission, what) for story in stories]
        assert len(said) == len(set(said))
    for story in stories:
        instants = [story.at, *(step.at for step in story.steps)]
        assert instants == sorted(instants)
        assert instants[-1].date() <= last
        assert (last - story.at.date()).days <= 760
        check(story.submission, pack="CN-2022", today=last)


def test_the_same_day_gives_the_same_county() -> None:
    one, two = stories_of(DAYS[0]), stories_of(DAYS[0])
    assert [(s.key, s.at, texts_of(s)) for s in one] == [(s.key, s.at, texts_of(s)) for s in two]


def test_texts_hold_no_open_slot_and_no_number_that_could_ring() -> None:
    for story in stories_of(DAYS[0]):
        for text in [*texts_of(story), *(p.telephone for p in story.submission.petitioners)]:
            assert "{" not in text, story.key
            assert len(text) <= LIMITS["reason"], story.key
            assert not re.search(r"1[3-9]\d{9}|\d{3,4}-\d{7,8}", NO_TELEPHONE.sub("", text)), text


def test_every_name_can_be_printed() -> None:
    """The font that stands behind all papers has every character of every name and organ."""
    font = next(Path(manimgx_fonts_cjk.__file__).parent.glob("*.ttc"))
    known = TTCollection(str(font), lazy=True).fonts[0].getBestCmap()
    words = [name for case in cases() for name in case.who] + [one.name + one.title for one in staff()]
    assert {letter for word in words for letter in word if ord(letter) not in known} == set()


def test_every_plot_is_made_of_known_moments_and_is_played() -> None:
    played = {slot.plot for _case, slot in plan(cases())}
    assert played == set(PLOTS)
    assert {beat.moment for plot in PLOTS for beat in beats_of(plot)} - {"register"} <= set(MOMENTS)


def test_whoever_is_turned_to_directly_registers_at_the_own_counter() -> None:
    for case, slot in plan(cases()):
        if slot.plot.startswith("direct"):
            assert organ_of(slot.front or case.front) == case.holder, case.key


def test_an_accusation_never_goes_to_whom_it_is_about() -> None:
    for case in cases():
        if case.kind == "accusation":
            assert case.accused or case.accused_people, case.key
            assert case.holder in {"HCJW", "YZJW"}, case.key


def test_leaders_say_who_does_what_by_when() -> None:
    assert all("{by}" in note and "{organ}" in note for note in common_words()["instruction"])


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ("{y-1}", "2025年"),
        ("{m-2}", "去年11月"),  # as one speaks of it in January
        ("{M-2}", "11月"),
        ("{d-12}", "12月24日"),
        ("{w+5}", "1月12日"),  # 10 January 2026 is a Saturday
        ("{place}", "锦和苑"),
    ],
)
def test_slots_are_counted_from_the_day_of_the_act(slot: str, words: str) -> None:
    assert fill(slot, date(2026, 1, 5), place="锦和苑") == words


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such slot"):
        fill("{when}", date(2026, 1, 5))


def test_the_tutorials_letters_are_in_the_bank() -> None:
    titles = {case.key: case.title for case in cases()}
    assert titles["wall-1"].startswith("锦和苑3号楼外墙渗水")
    assert set(TUTORIAL) <= set(titles)


def test_organs_change_within_the_two_years() -> None:
    kinds = {one.kind for one in changes(DAYS[0])}
    assert kinds == {"renamed", "merged"}

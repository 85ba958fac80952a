"""The demonstration county can begin on any day: whatever its holidays do to the plots, the law refuses no act of them.

Read by the law alone, without a database: the guard of each act is asked as its action asks it, then the act stands on
the record.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.procedure import DEFAULT_PACK, EVENT_OF, MAY, Case, Event, default_calendar, load_pack, read_case
from xinqiao.project.demo.cast import CITIZEN, county, organ_of
from xinqiao.project.demo.loading import stories_of
from xinqiao.project.demo.stories import Step, Story
from xinqiao.project.demo_office import ORGANS

DAYS = [
    ("2025-01-01", "New Year"),
    ("2025-10-07", "the last but one day of a holiday of eight"),
    ("2026-02-24", "the first working day after the Spring Festival"),
    ("2026-05-09", "a Saturday on which the offices work"),
    ("2026-09-05", "a Saturday"),
    ("2026-11-26", "a Thursday; sixty days before, a holiday had stretched the time before an extension"),
    ("2028-02-29", "a leap day, in a year whose holidays nobody knows yet"),
]
KIND = {row[0]: row[3] for row in (*ORGANS, *county()["organs"])}
ENDED = {row["into"]: row for row in county()["changes"] if "into" in row}
BESIDE_THE_LAW = {"annotate", "recuse", "supplement"}
STARTING = {"acceptance", "reply", "review", "rereview"}
REVIEWERS = {"request_review": "HC", "request_rereview": "YZ"}
# What a guard is asked besides what the act is given.
ASKED: dict[str, dict[str, Any]] = {
    "object": {"consent": False},
    "restore": {"by_petitioner": True},
    "review": {"is_superior": True},
    "rereview": {"is_superior": True},
    "withdraw": {"by_petitioner": True},
}
GIVEN = ("days", "document", "outcome", "path", "remake_due_on", "report_due_on", "simplified", "stage", "to", "upheld")
ANSWERED = {"outcome", "remake_due_on"}  # said on record; no guard asks for it


@pytest.mark.parametrize(("day", "why"), DAYS)
def test_every_act_is_lawful_on_its_day(day: str, why: str) -> None:
    assert list(refused(date.fromisoformat(day))) == [], why


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
@settings(max_examples=4)
def test_every_act_is_lawful_whatever_the_day(day: date) -> None:
    assert list(refused(day)) == []


def test_nobody_registers_tomorrow_where_no_office_has_worked_for_a_week() -> None:
    last = date(2025, 10, 7)
    assert max(story.at.date() for story in stories_of(last)) <= last


def refused(last: date) -> Iterator[str]:
    """What would stop a loading on a day: story, plot, moment, and the code of the refusal."""
    for story in stories_of(last):
        events = [_received(story)]
        for step in story.steps:
            if refusal := _refusal(story, step, events, last):
                yield f"{story.key}, plot {story.plot}, {step.moment} on {step.at.date()}: {refusal}"
                break
        else:
            _read(events, last)


def _refusal(story: Story, step: Step, events: list[Event], last: date) -> str:
    """The code of the refusal of one act; it stands among the events where there is none."""
    verb, given, day = step.deed.act.__name__, step.deed.given, step.at.date()
    if given.get("to") in {row["organ"] for row in ENDED.values()} and day >= last - timedelta(days=300):
        return "the organ has ended"
    if verb in BESIDE_THE_LAW or given.get("document", "reply") not in STARTING or step.moment == "noticed_again":
        return ""
    organ = _organ(story, step)
    said = _said(story, verb, given)
    facts = {name: value for name, value in said.items() if name not in ANSWERED} | ASKED.get(verb, {})
    if verb == "close":
        facts = {"right_waived": "waiver" in given}
    refusal = MAY[verb](_read(events, day), today=day, organ=organ, **facts)
    events.append(Event(EVENT_OF[verb], day, data=_data(story, verb, organ, said, given)))
    return refusal.code if refusal else ""


def _received(story: Story) -> Event:
    by = "bureau" if KIND[story.organ] == "bureau" else "organ"
    people = tuple(f"p{ordinal}" for ordinal, _who in enumerate(story.case.who, 1))
    return Event("received", story.at.date(), data={"by": by, "organ": story.organ, "petitioners": people})


def _read(events: list[Event], day: date) -> Case:
    return read_case(events, pack=load_pack(DEFAULT_PACK), calendar=default_calendar(), today=day)


def _organ(story: Story, step: Step) -> str | None:
    """Who acts: the organ of the person, for the merged one its heir in its place, nobody for a citizen."""
    if step.deed.by == CITIZEN:
        return None
    own = organ_of(step.deed.by)
    return story.case.holder if own in ENDED and ENDED[own]["organ"] == story.case.holder else own


def _said(story: Story, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: given[name] for name in GIVEN if name in given and (verb, name) != ("reply", "outcome")}
    if verb == "accept" and story.case.kind != "appeal":
        said["kind"] = story.case.kind
    return said


def _data(
    story: Story, verb: str, organ: str | None, said: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    data = {"organ": REVIEWERS.get(verb, organ), **said}
    if "to" in said:
        data |= {"to_kind": KIND[said["to"]], "notified": given.get("notified")}
    if verb == "decide_objection":
        data["organ"] = story.case.wrong or story.case.holder
    return {name: value for name, value in data.items() if value is not None}

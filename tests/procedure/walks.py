"""Lawful records walked at random: at each step one of the acts that the guards allow. No test stands here."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from xinqiao.procedure import EVENT_OF, MAY, Case, Event, Pack, default_calendar, load_pack, read_case

FIRST = date(2026, 1, 5)
LAST = date(2028, 12, 29)
STAGES_OF_HEARINGS = ("handling", "review", "rereview")
SKIPPED = ("restore", "annotate")  # one rewrites what went before, the other says nothing
ENDINGS = ("withdraw", "close", "decline", "reopen", "object")
FORWARD = ("rereview", "request_rereview", "review", "request_review", "serve", "reply", "accept", "transfer")


def case_on(pack: Pack, events: list[Event], today: date) -> Case:
    return read_case(events, pack=pack, calendar=default_calendar(), today=today, internal=True)


@st.composite
def walks(draw: st.DrawFn, steps: int = 14) -> tuple[Pack, list[Event]]:
    """A pack and a lawful record under it, a year long at most."""
    pack = load_pack(draw(st.sampled_from(("CN-2022", "CN-2005", "CN-2005-BJ", "CN-2005-HA"))))
    on = FIRST + timedelta(days=draw(st.integers(0, 700)))
    by = draw(st.sampled_from(("bureau", "organ")))
    events = [Event("received", on, None, {"by": by, "organ": by, "petitioners": ["p1", "p2"]})]
    for _ in range(draw(st.integers(steps // 2, steps))):
        on = min(on + timedelta(days=draw(st.integers(0, 20))), LAST)
        case = case_on(pack, events, on)
        lawful = [verb for verb in sorted(MAY) if verb not in SKIPPED and MAY[verb](case, today=on) is None]
        if not lawful:
            break
        verb = draw(st.sampled_from(_likely(draw, lawful)))
        events.append(Event(EVENT_OF[verb], on, None, _says(draw, verb, case)))
    return pack, events


def _likely(draw: st.DrawFn, lawful: list[str]) -> list[str]:
    """Mostly a step forward, sometimes anything but an end, seldom an end."""
    forward = [verb for verb in FORWARD if verb in lawful][:1]
    going_on = [verb for verb in lawful if verb not in ENDINGS]
    chance = draw(st.integers(0, 9))
    return (forward if chance < 6 else going_on if chance < 9 else lawful) or lawful


def _says(draw: st.DrawFn, verb: str, case: Case) -> dict[str, Any]:
    if verb in ("transfer", "assign"):
        kind = draw(st.sampled_from(("organ", "organ", "bureau")))
        due = {"report_due_on": case.today + timedelta(days=draw(st.integers(0, 90)))} if verb == "assign" else {}
        return {
            "to": draw(st.sampled_from(("housing", "land"))),
            "to_kind": kind,
            "notified": draw(st.booleans()),
            **due,
        }
    if "hearing" in verb:
        return {"stage": _hearing_stage(verb, case)}
    if verb == "serve":
        may = MAY["serve"]
        documents = ("reply", "review", "rereview", "acceptance")
        return {"document": next(d for d in documents if may(case, today=case.today, document=d) is None)}
    if verb == "accept":
        return draw(st.sampled_from(({"path": 6}, {"path": 6, "simplified": True}, {"path": 4}, {"kind": "proposal"})))
    choices: dict[str, Any] = {
        "decide_objection": st.fixed_dictionaries({"upheld": st.booleans()}),
        "change_path": st.fixed_dictionaries({"path": st.integers(1, 6)}),
        "extend": st.fixed_dictionaries({"days": st.integers(1, 30)}),
        "review": st.fixed_dictionaries({"outcome": st.sampled_from(("upheld", "changed", "remade", "revoked"))}),
        "rereview": st.fixed_dictionaries({"outcome": st.sampled_from(("upheld", "changed", "remade", "revoked"))}),
        "request_review": st.fixed_dictionaries({"petitioner": st.sampled_from(("p1", "p2"))}),
    }
    if verb == "request_review" and case.review_asked:
        return {}
    return draw(choices[verb]) if verb in choices else {}


def _hearing_stage(verb: str, case: Case) -> str:
    may = MAY[verb]
    return next(stage for stage in STAGES_OF_HEARINGS if may(case, today=case.today, stage=stage) is None)

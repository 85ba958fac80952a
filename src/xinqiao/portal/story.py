"""The record as its petitioner reads it: what happened, by whom, on which day, in time or not, and why that day.

Steps between organs alone are left out and leave no gap; of a decision that has not reached the petitioner yet only
the day is told.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from xinqiao.components.accounts import account_of
from xinqiao.components.parts import Claim, Entry, Step
from xinqiao.components.states import state_words
from xinqiao.components.surfaces import PORTAL
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting
from xinqiao.matters.selectors import claims_of, organ_names
from xinqiao.portal.reading import has_reached, open_duty, open_right, short, shown_clocks
from xinqiao.procedure import Clock
from xinqiao.record import RecordedEvent

Texts = Mapping[tuple[int, str], str]
# What the petitioner may read of each kind of event; notes of one organ to another are not among it.
READABLE = {
    "declined": ("reason", "door"),
    "extended": ("reason",),
    "path_changed": ("reason",),
    "converted": ("reason",),
    "settled": ("agreement",),
    "replied": ("facts", "opinion", "basis"),
    "reviewed": ("facts", "opinion", "basis"),
    "rereviewed": ("facts", "opinion", "basis"),
    "hearing_closed": ("conclusion",),
    "reopened": ("reason",),
}
# The petitioner's own words.
OWN = {
    "received": "text",
    "supplemented": "text",
    "withdrawn": "reason",
    "review_requested": "reason",
    "rereview_requested": "reason",
}
DECISIONS = {"replied": "reply", "settled": "reply", "reviewed": "review", "rereviewed": "rereview"}


def story(act: Acting, texts: Texts, *, opened: bool) -> list[Entry]:
    """What happened, newest first; the petitioner's own words only where the page was ``opened``."""
    events = [event for event in act.recorded if event.type not in labels.HIDDEN_FROM_PETITIONER]
    names = organ_names([e.organ.code for e in events if e.organ] + [_to(e) for e in events])
    newest = events[-1].seq if events else 0
    return [
        _entry(act, event, texts, names, opened=opened, kind="now" if event.seq == newest else "")
        for event in reversed(events)
    ]


def _entry(
    act: Acting, event: RecordedEvent, texts: Texts, names: Mapping[str, str], *, opened: bool, kind: str
) -> Entry:
    clock = _stopped_by(act, event)
    return Entry(
        title=_title(event, names),
        when=event.at if event.type == "received" else event.on,
        kind=kind,  # type: ignore[arg-type]
        meta=_measured(clock) if clock else (),
        text=_readable(act, event, texts),
        own_words=texts.get((event.seq, OWN.get(event.type, "")), "") if opened else "",
        why_title=_("Why %(day)s") % {"day": short(clock.legal_due)} if clock else "",
        why=account_of(clock, surface=PORTAL) if clock else (),
    )


def _to(event: RecordedEvent) -> str:
    return str(event.data.get("to") or (event.data.get("organ") if event.type.endswith("_requested") else "") or "")


def _title(event: RecordedEvent, names: Mapping[str, str]) -> str:
    code = event.organ.code if event.organ else ""
    organ = names.get(code) or (event.organ.name if event.organ else "")
    document = labels.DOCUMENTS.get(str(event.data.get("document")), _("notice"))
    words = {"organ": organ, "to": names.get(_to(event), ""), "document": str(document)}
    plain = str(labels.EVENTS.get(event.type, event.type))
    return _titles(event.actor.kind == "citizen").get(event.type, plain) % words


def _titles(by_petitioner: bool) -> dict[str, str]:
    return {
        "received": _("You handed it in; %(organ)s received it"),
        "transferred": _("%(organ)s passed it on to %(to)s"),
        "assigned": _("%(organ)s assigned it to %(to)s, which must report the result"),
        "accepted": _("%(organ)s accepted it"),
        "declined": _("%(organ)s did not accept it"),
        "path_changed": _("%(organ)s changed the procedure by which it is handled"),
        "converted": _("%(organ)s moved it to the ordinary procedure"),
        "extended": _("%(organ)s was given more time"),
        "hearing_opened": _("%(organ)s opened a hearing"),
        "hearing_closed": _("%(organ)s closed the hearing"),
        "settled": _("An agreement was reached at %(organ)s"),
        "replied": _("%(organ)s gave its written opinion"),
        "served": _("You received the %(document)s"),
        "delivered": _("You received the %(document)s"),
        "review_requested": _("You asked %(to)s for a review"),
        "reviewed": _("%(organ)s gave its opinion on the review"),
        "rereview_requested": _("You asked %(to)s for a re-review"),
        "rereviewed": _("%(organ)s gave its opinion on the re-review"),
        "supplemented": _("You added material") if by_petitioner else _("%(organ)s added material"),
        "withdrawn": _("You withdrew it"),
        "restored": _("You took the withdrawal back"),
        "closed": _("%(organ)s closed it"),
        "reopened": _("%(organ)s opened it again"),
    }


def _stopped_by(act: Acting, event: RecordedEvent) -> Clock | None:
    """The organ's duty that this very step fulfilled, whether in time or not."""
    for clock in shown_clocks(act):
        done = clock.state in ("met", "late") and not clock.rule.is_right
        if done and clock.stopped_by == event.type and clock.stopped_on == event.on:
            return clock
    return None


def _measured(clock: Clock) -> list[str]:
    late = (clock.stopped_on - clock.legal_due).days if clock.stopped_on else 0
    due = _("due %(day)s") % {"day": short(clock.legal_due)}
    return [due, state_words(clock.state, surface=PORTAL, days_late=max(late, 0))]


def _readable(act: Acting, event: RecordedEvent, texts: Texts) -> str:
    if event.type in DECISIONS and not has_reached(act, DECISIONS[event.type]):
        return _("What it says is told you with the paper itself, which is on its way.")
    found = [(labels.TEXTS[name], texts.get((event.seq, name), "")) for name in READABLE.get(event.type, ())]
    lines = [_("%(term)s: %(text)s") % {"term": term, "text": text} for term, text in found if text]
    if event.type == "extended":
        lines.insert(0, _("%(n)d days more") % {"n": int(event.data.get("days", 0))})
    return "\n".join(lines)


def claims(act: Acting, texts: Texts) -> list[Claim]:
    """What was asked, each with its outcome once the decision has reached the petitioner."""
    reached = has_reached(act, "reply") and bool(act.case.replied_on or act.case.is_settled)
    return [
        Claim(title=claim.text, outcome=claim.outcome if reached else "open")
        for claim in claims_of(act.matter, texts)
        if claim.text
    ]


def steps(act: Acting) -> list[Step]:
    """How far it has come: what is done with its day, and where it stands."""
    done = _first_days(act)
    accepted = "accepted" in done
    rows = [
        ("received", _("Received"), True),
        ("passed", _("Passed on"), "passed" in done or not accepted),
        ("accepted", _("Accepted") if accepted else _("Acceptance"), "declined" not in done),
        ("declined", _("Not accepted"), "declined" in done and not accepted),
        ("answered", _("Answered in writing"), "declined" not in done or accepted),
    ]
    shown = [_step(title, done.get(key)) for key, title, wanted in rows if wanted]
    duty = open_duty(act)
    due = _("by %(day)s") % {"day": short(duty.legal_due)} if duty else ""
    return _with_now([*shown, *_last_steps(act, done)], due)


def _step(title: str, on: date | None) -> Step:
    return Step(title=title, note=short(on) if on else "", state="done" if on else "")


def _first_days(act: Acting) -> dict[str, date]:
    stations = {"transferred": "passed", "assigned": "passed", "replied": "answered", "settled": "answered"}
    days: dict[str, date] = {}
    for event in act.recorded:
        days.setdefault(stations.get(event.type, event.type), event.on)
    return days


def _last_steps(act: Acting, done: Mapping[str, date]) -> list[Step]:
    if act.case.stage == "withdrawn":
        return [Step(title=_("Withdrawn"), note=short(act.case.ended_on or act.today), state="now")]
    asked = [("review_requested", "reviewed", _("Review")), ("rereview_requested", "rereviewed", _("Re-review"))]
    found = [_step(title, done.get(decided)) for request, decided, title in asked if request in done]
    return [*found, _right_step(right)] if (right := open_right(act)) else found


def _right_step(right: Clock) -> Step:
    title = _("You may ask for a re-review") if right.id == "K13" else _("You may ask for a review")
    note = state_words("running", surface=PORTAL, days_left=right.days_left)
    return Step(title=title, note=note, state="now")


def _with_now(found: list[Step], due: str) -> list[Step]:
    """The first step that is not done is where it stands, unless one says so itself."""
    if any(step.state == "now" for step in found):
        return found
    place = next((i for i, step in enumerate(found) if not step.state), None)
    if place is None:
        return found
    return [*found[:place], Step(title=found[place].title, note=due, state="now"), *found[place + 1 :]]

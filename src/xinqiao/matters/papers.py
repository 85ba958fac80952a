"""Papers of the acts: numbered before the event, issued after it, owed until they are served.

An act takes the numbers (``reserve_papers``), says them in its event (``Papers.said``), and then issues the papers: so
the record names every paper, and who rolls back gives the numbers back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinqiao.documents.fonts import NoFont, check_covered
from xinqiao.documents.models import Paper
from xinqiao.documents.numbering import Reserved, reserve
from xinqiao.documents.papers import issue_papers, new_paper, prove
from xinqiao.matters.acting import Acting
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ
from xinqiao.organs.tree import superiors
from xinqiao.procedure import Clock

SERVICE_DAYS = 5
DOCUMENTS = {
    "acceptance": ("acceptance", "procedural"),
    "not_accepted": ("not_accepted", "not_again"),
    "reply": ("reply",),
    "settlement": ("settlement",),
    "review": ("review",),
    "rereview": ("rereview",),
    "extension": ("extension",),
    "destination": ("destination",),
}
#: Acts that issue a paper, so that a page can offer to look at it before.
ISSUING = frozenset(
    {"accept", "assign", "change_path", "decline", "extend", "reply", "rereview", "review", "settle", "transfer"}
)
#: The right that the remedy clause of an opinion speaks of.
REMEDIES = {"reply": "K11", "review": "K13"}


@dataclass(frozen=True)
class Papers:
    """What an act has for its papers: whom they must reach, their numbers, and the days that held before it."""

    organ_id: int
    addressees: Sequence[int]
    reserved: Mapping[str, Reserved]
    dues_before: Mapping[str, date | None]

    @property
    def said(self) -> dict[str, Any]:
        """What the event says of them: the number of each paper by its kind."""
        return {"papers": {kind: one.number for kind, one in self.reserved.items()}}


def reserve_papers(
    act: Acting, *kinds: str, texts: Mapping[str, str] | None = None, before: Sequence[Clock] | None = None
) -> Papers:
    """Take a number for each paper that the act will issue; call it when nothing stands in the way any more.

    From here on nobody else of the organ gets a number until the act is done: what can be read before is read before.
    ``before`` are the clocks as they stood before an act that was weighed already.
    Raises Invalid where the texts that will stand in them hold a character that no font here has.
    """
    check_typeset(texts or {})
    organ_id = act.actor.organ_id or act.matter.holder_id
    act.papers = papers = Papers(
        organ_id,
        addressees(act),
        reserve(kinds, root_organ_id=act.matter.root_organ_id, organ_id=organ_id, year=act.today.year),
        {clock.id: clock.legal_due for clock in before or act.case.clocks if clock.organ in (None, act.organ)},
    )
    return papers


def check_typeset(texts: Mapping[str, str]) -> None:
    """Raise Invalid for each text that could not be printed on a paper."""
    errors = {}
    for name, text in texts.items():
        try:
            check_covered([text])
        except NoFont as error:
            errors[name] = error.sentence
    if errors:
        raise Invalid(errors)


def paper_to_petitioners(act: Acting, papers: Papers, kind: str, *, only: str | None = None) -> Paper:
    """Issue a paper to all petitioners, or to one; unserved after five working days it is a late duty."""
    return issue_papers([_to_petitioners(act, papers, kind, only)])[0]


def papers_of_dispatch(act: Acting, papers: Papers, letter: str, *, told: bool) -> None:
    """Issue the letter to the organ that holds the matter now, and where the petitioners are told theirs of it.

    The letter goes inside the office and need not be served.
    """
    both = [_paper(act, papers, letter, petitioners=(), must_be_served=False)]
    if told:
        both.append(_to_petitioners(act, papers, "destination", None))
    issue_papers(both)


def addressees(act: Acting) -> list[int]:
    """Whom a paper must reach: the speakers of a joint petition, or else everybody named; nobody if anonymous."""
    if act.matter.is_anonymous:
        return []
    people = act.matter.contacts
    return [o for o, speaks, _email in people if speaks] or [o for o, _speaks, _email in people]


def _to_petitioners(act: Acting, papers: Papers, kind: str, only: str | None) -> Paper:
    wanted = [int(only)] if only else papers.addressees
    return _paper(act, papers, kind, petitioners=wanted, must_be_served=bool(wanted))


def _paper(act: Acting, papers: Papers, kind: str, *, petitioners: Iterable[int], must_be_served: bool) -> Paper:
    assert act.event is not None
    reserved, on = papers.reserved[kind], act.event.on
    proof = prove(
        reserved,
        issued_on=on,
        matter=act.matter.number,
        petitioners=petitioners,
        event=act.event.hash,
        facts=paper_facts(act, papers, kind),
    )
    return new_paper(
        act.matter.stream,
        kind=kind,
        organ_id=papers.organ_id,
        event_seq=act.event.seq,
        issued_on=on,
        must_be_served=must_be_served,
        service_due_on=act.calendar.add_working_days(on, SERVICE_DAYS) if must_be_served else None,
        petitioners=petitioners,
        number=reserved.number,
        proof=proof,
    )


def paper_facts(act: Acting, papers: Papers, kind: str) -> dict[str, Any]:
    """What holds on the day of the paper and stands in no record: names, addresses, days counted by the law."""
    organ = papers.reserved[kind].organ
    facts: dict[str, Any] = {
        "organ": {name: organ[name] for name in ("name", "name_hant", "telephone", "address", "hours")}
    }
    if kind in REMEDIES:
        facts["above"] = [{"name": one.name, "name_hant": one.name_hant} for one in _superiors(organ)]
        facts["remedy_days"] = _days(act, REMEDIES[kind])
    if kind in ("transfer", "assignment", "destination"):
        facts["to"] = {"name": act.matter.holder.name, "name_hant": act.matter.holder.name_hant}
        facts |= {"notice_days": _days(act, "K04"), "objection_days": _days(act, "K05")}
    if kind in ("acceptance", "extension"):
        facts |= _handling_days(act, papers)
    if kind in ("review", "rereview") and act.case.stage == "handling":
        dues = [clock.legal_due for clock in act.case.open_clocks("K08")]
        facts["remake_due_on"] = max(dues).isoformat() if dues else None
    return {name: value for name, value in facts.items() if value is not None}


def _handling_days(act: Acting, papers: Papers) -> dict[str, Any]:
    """By when it must be answered now, and what the day was before a move."""
    for clock_id in ("K16", "K08"):
        clock = act.case.clock(clock_id, organ=act.organ)
        if clock and clock.legal_due and clock.stopped_on is None:
            before = papers.dues_before.get(clock_id)
            moved = before if before and before != clock.legal_due else None
            return {"due_on": clock.legal_due.isoformat(), "original_due_on": moved.isoformat() if moved else None}
    return {}


def _days(act: Acting, clock: str) -> int | None:
    return act.pack.clocks[clock].days if act.pack.has_clock(clock) else None


def _superiors(organ: Mapping[str, Any]) -> list[Organ]:
    """Who looks again at what an organ decided, the government above first."""
    parent, line_parent = (Organ(**organ[name]) if organ[name] else None for name in ("parent", "line_parent"))
    found = superiors(Organ(parent=parent, line_parent=line_parent))
    return sorted(found, key=lambda one: one != parent)

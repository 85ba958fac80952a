"""The papers of a loaded matter, and how they were served: rows as an office has them, without numbers and proofs."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from xinqiao.documents.labels import PaperKind, PaperState
from xinqiao.documents.models import Delivery, Paper
from xinqiao.matters.models import Matter
from xinqiao.matters.papers import SERVICE_DAYS
from xinqiao.organs.models import Organ
from xinqiao.procedure import History, default_calendar

#: More papers a matter of the loader never has: ids are counted in steps of so many.
EACH = 8
#: What an act issues, and whether the petitioner must get it.
ISSUED = {
    "transferred": (PaperKind.TRANSFER, False),
    "accepted": (PaperKind.ACCEPTANCE, True),
    "replied": (PaperKind.REPLY, True),
    "reviewed": (PaperKind.REVIEW, True),
}


def papers_of(matter: Matter, history: History, organs: Mapping[str, Organ]) -> "Iterator[Paper | Delivery]":
    """Each paper of a record, and the service that followed it."""
    served = {event.data["document"]: event.on for event in history if event.type == "served"}
    issued = [(seq, event) for seq, event in enumerate(history, start=1) if event.type in ISSUED]
    for place, (seq, event) in enumerate(issued):
        kind, must_be_served = ISSUED[event.type]
        on = served.get(kind)
        paper = Paper(
            pk=matter.pk * EACH + place,
            root_organ_id=matter.root_organ_id,
            stream=matter.stream,
            kind=kind,
            organ=organs[event.data["organ"]],
            event_seq=seq,
            issued_on=event.on,
            state=PaperState.SERVED if on else PaperState.ISSUED,
            must_be_served=must_be_served,
            service_due_on=_due(event.on) if must_be_served else None,
            petitioners=[1],
            content="",
        )
        yield paper
        if on:
            root = matter.root_organ_id
            yield Delivery(root_organ_id=root, paper=paper, petitioner=1, method="post", served_on=on)


@cache
def _due(issued_on: date) -> date:
    return default_calendar().add_working_days(issued_on, SERVICE_DAYS)

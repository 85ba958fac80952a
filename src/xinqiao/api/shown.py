"""What an answer shows of a matter: plain values from selectors, the same for every caller who may see it."""

import re
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import attachments_of, list_papers
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting, reading
from xinqiao.matters.language import law_language
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import claims_of, list_title, opened_texts, petitioners_of, timeline
from xinqiao.record import events_of, record_package


def etag(matter: Matter) -> str:
    """Changes with every act, with the day, because clocks do, and with the language."""
    return f'"{_head(matter)}-{today():%Y%m%d}-{get_language()}"'


def record_etag(matter: Matter) -> str:
    """Weak, because a package is signed anew each time; it changes with every act."""
    return f'W/"{_head(matter)}"'


def _head(matter: Matter) -> str:
    return f"{matter.stream.length}-{matter.stream.head.hex()[:12]}"


def seen_of(tag: str) -> int | None:
    """How many events a caller had read, from the ETag under which he read them: none where it is not one of ours.

    ``*`` asks only that there is something, and says nothing of what was read.
    """
    found = re.fullmatch(r'(?:W/)?"(\d{1,6})-[^"]*"', tag.strip())
    return None if tag.strip() == "*" else int(found[1]) if found else 0


def row(matter: Matter) -> dict[str, Any]:
    """One line of a worklist."""
    return {
        "number": matter.number,
        "kind": matter.kind,
        "title": list_title(matter),
        "stage": matter.stage,
        "received_on": matter.received_on,
        "holder": matter.holder.code,
        "next_due_on": matter.next_due_on,
        "next_clock": matter.next_clock,
        "next_organ": matter.next_organ.code if matter.next_organ else None,
    }


def whole(matter: Matter, actor: Actor) -> dict[str, Any]:
    """One matter as staff see it."""
    texts = opened_texts(matter, actor)
    act = reading("read", matter=matter, actor=actor, recorded=events_of(matter.stream_id))
    return row(matter) | {
        "title": texts.get((1, "title"), "") or list_title(matter),
        "pack": matter.pack,
        "text": texts.get((1, "text"), ""),
        "claims": _claims(matter, texts),
        "next": list(act.case.next),
        "events": len(act.recorded),
        "clocks": _clocks(act),
    }


def tracked(matter: Matter, actor: Actor) -> dict[str, Any]:
    """One matter as its petitioner sees it."""
    texts = opened_texts(matter, None)
    recorded = events_of(matter.stream_id)
    act = reading("read", matter=matter, actor=actor, recorded=recorded)
    turn, organ = whose_turn(act)
    papers = documents(matter)
    return {
        "number": matter.number,
        "title": texts.get((1, "title"), ""),
        "stage": act.case.stage,
        "turn": turn,
        "turn_organ": organ,
        "received_on": matter.received_on,
        "clocks": [c for c in _clocks(act) if c["id"] not in {"K05", "K06"}],
        "documents": [d for d in papers["documents"] if d["state"] != "draft"],
        "attachments": [a for a in papers["attachments"] if a["from_petitioner"]],
        "claims": _claims(matter, texts),
        "record": [_entry(e) for e in timeline(recorded, texts) if e.type not in labels.HIDDEN_FROM_PETITIONER],
        "next": [v for v in act.case.next if v in {"request_review", "request_rereview", "withdraw", "restore"}],
    }


def whose_turn(act: Acting) -> tuple[str, str | None]:
    """``organ`` with its name while a duty is open, ``petitioner`` while only a right of his is, else ``nobody``."""
    if act.matter.next_organ_id or act.matter.next_clock:
        organ = act.matter.next_organ or act.matter.holder
        return "organ", organ.label
    if any(c.state == "running" for c in act.case.clocks):
        return "petitioner", None
    return "nobody", None


def _entry(entry: Any) -> dict[str, Any]:
    return {"type": entry.type, "label": entry.label, "on": entry.on, "organ": entry.organ, "article": entry.article}


def record(matter: Matter) -> dict[str, Any]:
    """The record as a package that can be checked without the office."""
    return record_package(stream_id=matter.stream_id, number=matter.number, office=matter.received_by.root.name)


def clocks(act: Acting) -> dict[str, Any]:
    """As ``xinqiao clocks`` prints them."""
    return {"stage": act.case.stage, "next": list(act.case.next), "clocks": _clocks(act)}


def documents(matter: Matter) -> dict[str, Any]:
    """Papers with their service, and attachments."""
    papers = [
        {
            "id": paper.pk,
            "kind": paper.kind,
            "organ": paper.organ.code,
            "issued_on": paper.issued_on,
            "number": paper.number,
            "state": paper.state,
            "service_due_on": paper.service_due_on,
            "served": [
                {"petitioner": str(d.petitioner), "on": d.served_on, "method": d.method} for d in paper.deliveries.all()
            ],
        }
        for paper in list_papers(matter.stream)
    ]
    return {"documents": papers, "attachments": [_file(row) for row in attachments_of(matter.stream)]}


def _file(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.shown_name,
        "media_type": row.file.media_type,
        "size": row.file.size,
        "scan": row.file.scan,
        "from_petitioner": row.from_petitioner,
    }


def petitioners(matter: Matter) -> dict[str, Any]:
    """Who petitions, with what identifies him; the caller has put the look on record."""
    return {"petitioners": [asdict(person) for person in petitioners_of(matter, with_contact=True)]}


def acted(act: Acting) -> dict[str, Any]:
    """What an act answers: the event it left, and how things stand now."""
    assert act.event is not None
    event = act.event
    return {
        "number": act.matter.number,
        "stage": act.case.stage,
        "next": list(act.case.next),
        "event": {"seq": event.seq, "type": event.type, "on": event.on.isoformat(), "hash": event.hash},
        "clocks": _clocks(act),
    }


def _claims(matter: Matter, texts: Any) -> list[dict[str, Any]]:
    return [{"ordinal": c.ordinal, "text": c.text, "outcome": c.outcome} for c in claims_of(matter, texts)]


def _clocks(act: Acting) -> list[dict[str, Any]]:
    return [clock.as_dict(law_language()) for clock in act.case.clocks]

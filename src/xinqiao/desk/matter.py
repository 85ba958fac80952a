"""One matter: what is asked, who, where, record, papers and files; at the side what may be done now, and by when."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.desk import matter_parts as parts
from xinqiao.desk.acts.table import FORMS
from xinqiao.desk.duty_rows import tags_of
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.people import find_people, where_pairs, who_pairs
from xinqiao.desk.viewing import file_rows
from xinqiao.desk.words import stage_words
from xinqiao.documents.services import attachments_of
from xinqiao.matters.acting import Acting, reading
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import find_organs, note_look, opened_texts
from xinqiao.record import events_of
from xinqiao.reviews.choices import choices

ICONS = {verb: (form.icon, form.key) for verb, form in FORMS.items()}


@desk_page("GET")
def matter_page(request: DeskRequest, number: str) -> HttpResponseBase:
    """One matter as this post may see it; a look at what is sealed is on record before anything is shown."""
    matter = access_matter(request.actor, number, to=Permission.MATTER_READ)
    return show(request, "desk/matter.html", _context(request, matter, with_contact=False))


@desk_page("POST", to=Permission.MATTER_READ_IDENTITY)
def contact_page(request: DeskRequest, number: str) -> HttpResponseBase:
    """The same page with telephone, address and identity number, after the look at them was noted."""
    matter = access_matter(request.actor, number, to=Permission.MATTER_READ)
    note_look(matter, request.actor, "contact")
    if request.htmx:
        who = {"matter": matter, "who": who_pairs(matter, request.actor, with_contact=True)}
        return render(request, "desk/_who.html", who)
    return show(request, "desk/matter.html", _context(request, matter, with_contact=True))


def _context(request: DeskRequest, matter: Matter, *, with_contact: bool) -> dict[str, Any]:
    actor = request.actor
    texts = opened_texts(matter, actor)
    recorded = events_of(matter.stream_id)
    act = reading("read", matter=matter, actor=actor, recorded=recorded)
    find_organs(act)
    find_people(matter)
    readable = parts.readable(texts, with_names=actor.may(Permission.MATTER_READ_IDENTITY))
    return {
        "matter": matter,
        "title": parts.matter_title(matter, texts),
        "own_words": texts.get((1, "text"), ""),
        "claims": (claims := parts.claim_parts(matter, texts)),
        "claims_note": parts.claims_words(len(claims)),
        "who": who_pairs(matter, actor, with_contact=with_contact),
        "contact_label": _contact_label(matter),
        "may_open_contact": actor.may(Permission.MATTER_READ_IDENTITY) and not with_contact and has_people(matter),
        "where": where_pairs(act, texts),
        "entries": parts.with_next(parts.entry_parts(recorded, readable, act.pack), act),
        "record_note": _("%(n)d entries, none can be changed") % {"n": len(recorded)},
        "tags": tags_of(matter),
        "papers": parts.paper_rows(act.papers_on_record, matter.number),
        "files": file_rows(attachments_of(matter.stream), matter),
        **_side(act),
    }


def has_people(matter: Matter) -> bool:
    """Whether anybody is named at all."""
    return bool(matter.petitioners.all())


def _contact_label(matter: Matter) -> str:
    if matter.is_sealed:
        return _("Show names and contact data (goes on record)")
    return _("Show contact data (goes on record)")


def _side(act: Acting) -> dict[str, Any]:
    found = choices(act)
    main = parts.main_verb(act, found, unserved=act.has_unserved)
    doors = parts.act_parts(found, act.matter, main, ICONS)
    clocks = parts.clock_parts(act)
    other_ways = [
        (reverse("desk:act", args=[act.matter.number, choice.verb]), FORMS[choice.verb].otherwise[choice.refusal.code])
        for choice in found
        if choice.refusal and choice.refusal.code in FORMS[choice.verb].otherwise
    ]
    first = clocks[0] if clocks and clocks[0].state in parts.OPEN else None
    idle = {choice.verb for choice in found if choice.refusal and choice.refusal.code in parts.NOTHING_THERE}
    return {
        "acts": [door for door in doors if door.verb not in idle],
        "other_ways": other_ways,
        "idle_acts": [door for door in doors if door.verb in idle],
        "idle_words": _("%(n)d more that do not arise now") % {"n": len(idle)},
        "clock": first,
        "duty": (duty := parts.next_clock(act)),
        "badge_words": parts.badge_words(duty, act.case.stage) if duty else "",
        "clocks": clocks[1:] if first else clocks,
        "stage_label": stage_words(act.case.stage),
    }

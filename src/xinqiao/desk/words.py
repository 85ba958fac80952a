"""What the desk calls things: the duty behind a clock, the beginning of a count, an event with its facts."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xinqiao.access.actor import Actor
from xinqiao.components.cells import OrganCell
from xinqiao.components.dates import desk_day
from xinqiao.components.surfaces import current_language
from xinqiao.matters import labels
from xinqiao.matters.models import Stage
from xinqiao.matters.selectors import Entry
from xinqiao.organs.models import Organ

#: What the organ has to do (or the petitioner may do) before a clock runs out.
DUTIES: Mapping[str, Promise] = {
    "K02": pgettext_lazy("duty", "Transfer or assign"),
    "K03": pgettext_lazy("duty", "Accept or decline"),
    "K04": pgettext_lazy("duty", "Accept or decline"),
    "K05": pgettext_lazy("duty", "Object, if not competent"),
    "K06": pgettext_lazy("duty", "Decide the objection"),
    "K08": pgettext_lazy("duty", "Give the written opinion"),
    "K10": pgettext_lazy("duty", "Send the report"),
    "K11": pgettext_lazy("duty", "May request a review"),
    "K12": pgettext_lazy("duty", "Give the review opinion"),
    "K13": pgettext_lazy("duty", "May request a re-review"),
    "K14": pgettext_lazy("duty", "Give the re-review opinion"),
    "K15": pgettext_lazy("duty", "Accept, simplified"),
    "K16": pgettext_lazy("duty", "Answer, simplified"),
}

SEND_ON = pgettext_lazy("duty", "Transfer or assign anew")

#: From what a clock is counted, in a word; where it may be one of several things, only that it is counted.
STARTED: Mapping[str, Promise] = {
    "K02": pgettext_lazy("counted from", "received"),
    "K03": pgettext_lazy("counted from", "received"),
    "K04": pgettext_lazy("counted from", "received by transfer"),
    "K06": pgettext_lazy("counted from", "objection received"),
    "K12": pgettext_lazy("counted from", "review requested"),
    "K14": pgettext_lazy("counted from", "re-review requested"),
    "K15": pgettext_lazy("counted from", "received"),
    "K16": pgettext_lazy("counted from", "accepted"),
}
COUNTED = pgettext_lazy("counted from", "counted")

#: Acts of the record that say more than their bare name. What is missing from the facts leaves the bare name.
SAID: Mapping[str, Promise] = {
    "transferred": gettext_lazy("Transferred to %(to)s"),
    "assigned": gettext_lazy("Assigned to %(to)s, report due on %(report_due_on)s"),
    "extended": gettext_lazy("Time extended by %(days)d days"),
    "accepted": gettext_lazy("Accepted: %(path)s"),
    "path_changed": gettext_lazy("Path changed to: %(path)s"),
    "replied": gettext_lazy("Written opinion given: %(outcome)s"),
    "reviewed": gettext_lazy("Review opinion given: %(outcome)s"),
    "rereviewed": gettext_lazy("Re-review opinion given: %(outcome)s"),
    "served": gettext_lazy("Served: %(document)s"),
    "delivered": gettext_lazy("Delivered: %(document)s"),
    "review_requested": gettext_lazy("Review requested from %(organ)s"),
    "rereview_requested": gettext_lazy("Re-review requested from %(organ)s"),
    "annotated": gettext_lazy("Leader's instruction, due on %(due_on)s"),
}
#: The county or city with which the names of its organs begin, in Chinese and in English.
_PLACE = re.compile(
    r"[^\s市縣县區区州旗]{2,8}?[市縣县區区州旗]|\w+(?: \w+){0,2}? (?:City|County|District|Prefecture|Banner) "
)
_WORDS_OF: Mapping[str, Mapping[Any, Any]] = {
    "path": labels.PATHS,
    "outcome": labels.OUTCOMES,
    "document": labels.DOCUMENTS,
}


def duty_words(clock: str, stage: str = "") -> str:
    """What is to be done before this clock runs out; ``stage`` is that of the matter."""
    return _duty(clock, stage == Stage.RECEIVED, current_language())


@cache
def _duty(clock: str, is_back: bool, _language: str) -> str:
    if clock == "K06" and is_back:  # the objection was upheld: the time runs until the matter is sent on
        return str(SEND_ON)
    return str(DUTIES.get(clock, clock))


def alike(clock: str) -> list[str]:
    """The clocks of the same duty: to whoever does it they are one."""
    return [code for code, words in DUTIES.items() if str(words) == str(DUTIES.get(clock, ""))] or [clock]


def stage_words(stage: str) -> str:
    """The stage as the desk says it."""
    return _stage(stage, current_language())


@cache
def _stage(stage: str, _language: str) -> str:
    return str(Stage(stage).label)


def event_words(entry: Entry, organs: Mapping[str, str]) -> str:
    """What happened, with whom, what or until when where the record says so."""
    if entry.type == "objection_decided":
        return _("Objection upheld") if entry.facts.get("upheld") else _("Objection refused")
    facts = {name: _fact(name, value, organs) for name, value in entry.facts.items()}
    try:
        return str(SAID[entry.type]) % facts
    except KeyError:
        return entry.label


def _fact(name: str, value: Any, organs: Mapping[str, str]) -> Any:
    if name in ("to", "organ"):
        return organs.get(value, value)
    if name in _WORDS_OF:
        return str(_WORDS_OF[name].get(value, value))
    if name.endswith("_on") and isinstance(value, str):
        return desk_day(date.fromisoformat(value), current_language())
    return value


def comma() -> str:
    """Between pieces of one sentence."""
    return pgettext("between pieces of a sentence", ", ")


def number_cell(number: str) -> SafeString:
    """The number of a matter in a list, never broken."""
    return SafeString(f'<span class="num">{escape(number)}</span>')


def matter_url(number: str) -> str:
    """The page of a matter; a list asks for fifty of them, and they differ in the number alone."""
    return _before_number() + quote(number, safe="")


@cache
def _before_number() -> str:
    return reverse("desk:matter", args=["0"])[:-1]


def short_name(organ: Organ) -> str:
    """An organ in a list: 县住建局, 縣水利局; in English there are no short names."""
    language = current_language()
    if language == "zh-hans" and organ.short_name:
        return organ.short_name
    if language == "zh-hant" and organ.short_name:
        return _short_in_traditional(organ.short_name, organ.name, organ.name_hant) or organ.label
    return organ.label


def _short_in_traditional(short: str, name: str, name_hant: str) -> str:
    """The short name in the characters of the Traditional name; empty where that has not all of them."""
    if len(name) != len(name_hant):
        return ""
    written = dict(zip(name, name_hant, strict=True))
    return "".join(written[one] for one in short) if written.keys() >= set(short) else ""


def own_place(actor: Actor) -> str:
    """The county or city with which the name of the reader's own organ begins; empty where it names none."""
    found = _PLACE.match(actor.organ_label)
    return found[0] if found else ""


def organ_cell(organ: Organ, place: str) -> OrganCell:
    """An organ in a list, short or without the reader's own ``place``; the name is there in full for who asks."""
    shown = short_name(organ)
    return OrganCell(shown=shown, name=organ.label, place=place if place != shown and shown.startswith(place) else "")

"""The filters of the list of matters: each narrows by one thing, and what is none of its choices narrows nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.components.forms import DAYS
from xinqiao.components.surfaces import current_language
from xinqiao.desk.duties import SOON
from xinqiao.desk.words import stage_words
from xinqiao.matters.listing import DueSpan, Listing, held_by
from xinqiao.matters.models import Channel, Kind, Petition, Stage
from xinqiao.organs.classes import Group, classes_borne

#: What a matter may be beside its kind: the parameter, the condition, the words.
FLAGS = {
    "joint": (Q(is_joint=True), gettext_lazy("joint")),
    "group": (Q(is_group=True), gettext_lazy("group visit")),
    "assigned": (Q(is_assigned=True), gettext_lazy("assigned")),
    "anonymous": (Q(is_anonymous=True), gettext_lazy("anonymous")),
    "confidential": (Q(confidentiality__gte=2), gettext_lazy("confidential")),
}
NAMES = ("q", "stage", "kind", "organ", "due", "channel", "class", "from", "to", "flag")
_DAY = forms.DateField(required=False, input_formats=DAYS)
SELDOM = ("channel", "class", "from", "to", "flag")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A select of the form: its parameter, what it is called, its choices, what is chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str


def filters(query: QueryDict) -> Q:
    """The condition on ``Matter`` that the form stands for."""
    found = Q()
    if (stage := query.get("stage")) in Stage.values:
        found &= Q(stage=stage)
    if (kind := query.get("kind")) in Kind.values:
        found &= Q(kind=kind)
    if code := query.get("organ"):
        found &= held_by(code[:32])
    return found & _seldom(query)


def _seldom(query: QueryDict) -> Q:
    found = Q()
    if (channel := query.get("channel")) in Channel.values:
        found &= Q(pk__in=Petition.objects.filter(channel=channel).values("matter"))
    if code := query.get("class", "").strip():
        found &= _of_class(code[:60])
    if first := day_of(query.get("from")):
        found &= Q(received_on__gte=first)
    if last := day_of(query.get("to")):
        found &= Q(received_on__lte=last)
    for name in query.getlist("flag"):
        found &= FLAGS[name][0] if name in FLAGS else Q()
    if query.getlist("m"):
        found &= Q(number__in=query.getlist("m")[:100])
    return found


def _of_class(code: str) -> Q:
    """``first/second`` is one class, ``first/`` all of a first level; what is typed without ``/`` is a beginning."""
    first, slash, second = code.partition("/")
    if second:
        return Q(class_code=code)
    return Q(class_code=first) | Q(class_code__startswith=code) if slash else Q(class_code__startswith=code)


def spans(day: date) -> Mapping[str, DueSpan]:
    """What a chip stands for: when the next duty is due."""
    one, soon = timedelta(days=1), day + timedelta(days=SOON)
    return {
        "": DueSpan(),
        "overdue": DueSpan(last=day - one),
        "soon": DueSpan(first=day, last=soon),
        "later": DueSpan(first=soon + one),
        "none": DueSpan(is_none=True),
    }


def day_of(text: str | None) -> date | None:
    """A day as people type it; None for anything else."""
    try:
        return _DAY.clean(text)
    except ValidationError:
        return None


def is_filtered(query: QueryDict, names: tuple[str, ...] = NAMES) -> bool:
    """Whether anything narrows the list."""
    return any(query.get(name) for name in names)


def selects(query: QueryDict, listing: Listing) -> list[Choice]:
    """The selects that are always in sight."""
    stages = [("", _("Stage: all")), *((code, stage_words(code)) for code in Stage.values)]
    kinds = [("", _("Kind: all")), *_choices(Kind, current_language())]
    organs = [("", _("Where: all organs")), *listing.holders()]
    orders = [("received", _("Newest first")), ("due", _("Due first"))]
    return [
        Choice(name="stage", label=_("Stage"), choices=stages, value=query.get("stage", "")),
        Choice(name="kind", label=_("Kind"), choices=kinds, value=query.get("kind", "")),
        Choice(name="organ", label=_("Where"), choices=organs, value=query.get("organ", "")),
        Choice(name="sort", label=_("Order"), choices=orders, value=query.get("sort", "")),
    ]


def more(query: QueryDict, root_id: int) -> dict[str, Any]:
    """The fields that are wanted seldom, behind one line that opens by itself where one of them narrows the list."""
    channels = [("", _("Channel: all")), *_choices(Channel, current_language())]
    return {
        "channel": Choice(name="channel", label=_("Channel"), choices=channels, value=query.get("channel", "")),
        "class": query.get("class", ""),
        "classes": _classes(query.get("class", ""), root_id),
        "from": query.get("from", ""),
        "to": query.get("to", ""),
        "wrong": [name for name in ("from", "to") if query.get(name, "").strip() and not day_of(query.get(name))],
        "flags": [(name, words, name in query.getlist("flag")) for name, (_q, words) in FLAGS.items()],
        "is_open": is_filtered(query, SELDOM),
    }


def classes_in_words(groups: Sequence[Group]) -> dict[str, str]:
    """The classes as matters keep them, in the reader's language; none in Simplified Chinese, which matters keep."""
    if current_language() == "zh-hans":
        return {}
    return {code: f"{label}/{words}" for label, choices in groups for code, words in choices if not code.endswith("/")}


def _classes(chosen: str, root_id: int) -> list[Group]:
    """The office's classes; an office without a table types them. What an old address asks for stays to be seen."""
    groups = classes_borne(root_id)
    known = {code for _label, choices in groups for code, _words in choices}
    return [*groups, (_("Other"), [(chosen, chosen)])] if groups and chosen and chosen not in known else groups


@cache
def _choices(named: type[TextChoices], _language: str) -> list[tuple[str, str]]:
    """Codes with their words, which every list asks for."""
    return [(code, str(words)) for code, words in named.choices]

"""From a kind and its facts to words, in the language that is active.

The subject of what leaves the house is one sentence for every kind, so it tells neither what the matter is, nor what
became of it, nor that it is an accusation.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xinqiao.notices.days import day_for_citizen, day_for_staff
from xinqiao.notices.facts import Fact, load
from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.wordings import WORDINGS

if TYPE_CHECKING:
    from xinqiao.notices.models import Notice

_NEEDED = re.compile(r"%\((\w+)\)s")
_NEUTRAL_CITIZEN = (gettext_lazy("There is news about a matter that you brought."),)
_NEUTRAL_STAFF = (gettext_lazy("There is something to do. Open it to see what."),)


def subject_of(notice: "Notice") -> str:
    """The heading: for people outside always the same, in the desk the kind; never a fact."""
    if notice.channel != "desk":
        return _("%(office)s: a message for you") % {"office": settings.OFFICE_NAME}
    return _("Something to do") if notice.neutral else str(NoticeKind(notice.kind).label)


def body_of(notice: "Notice") -> str:
    """The text: one line in the desk, a short letter to people outside."""
    if notice.channel == "desk":
        return _desk_line(notice)
    return _letter(notice)


def _desk_line(notice: "Notice") -> str:
    told = _told(notice, WORDINGS[NoticeKind(notice.kind)].staff, day_for_staff)
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(map(str, told or _NEUTRAL_STAFF))


def _letter(notice: "Notice") -> str:
    text = _told(notice, WORDINGS[NoticeKind(notice.kind)].citizen, day_for_citizen) or _NEUTRAL_CITIZEN
    closing = _("To follow the matter, use its number and your query code. Replies to this message are not read.")
    return "\n\n".join([_("Good day,"), "\n".join(map(str, text)), closing, settings.OFFICE_NAME]) + "\n"


def _told(notice: "Notice", parts: Iterable[Promise], write_day: Callable[[date], str]) -> list[str]:
    return [] if notice.neutral else sentences(parts, load(notice.facts), write_day)


def sentences(parts: Iterable[Promise], facts: Mapping[str, Fact], write_day: Callable[[date], str]) -> list[str]:
    """The sentences all of whose facts are known, with the facts put in."""
    known = {name: write_day(fact) if isinstance(fact, date) else str(fact) for name, fact in facts.items()}
    return [text % known for text in map(str, parts) if known.keys() >= set(_NEEDED.findall(text))]

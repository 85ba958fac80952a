"""The law: packs, articles, calendar, clocks, stages and the guards of every legal act.

Pure functions and dated tables. Nothing here knows Django, a database, a
setting or what day it is; `read_case` gets all of it from whoever asks.
"""

from .acts import EVENT_OF, MAY, VERB_OF, may_register
from .articles import LANGUAGES, Article, Names, cite
from .calendar import WorkCalendar, calendar_of_version, default_calendar, load_calendar
from .case import Case
from .clocks import Clock, Due, due_days
from .events import ASIDES, DEFAULT_TIMEZONE, Event, History, local_day, timezone_of
from .fold import EVENT_TYPES, read_case
from .holders import Holder
from .packs import DEFAULT_PACK, ClockRule, Pack, UnknownPackError, load_pack, pack_ids
from .refusals import Refusal, Refused
from .stages import STAGES

__all__ = [
    "ASIDES",
    "DEFAULT_PACK",
    "DEFAULT_TIMEZONE",
    "EVENT_OF",
    "EVENT_TYPES",
    "LANGUAGES",
    "MAY",
    "STAGES",
    "VERB_OF",
    "Article",
    "Case",
    "Clock",
    "ClockRule",
    "Due",
    "Event",
    "History",
    "Holder",
    "Names",
    "Pack",
    "Refusal",
    "Refused",
    "UnknownPackError",
    "WorkCalendar",
    "calendar_of_version",
    "cite",
    "default_calendar",
    "due_days",
    "load_calendar",
    "load_pack",
    "local_day",
    "may_register",
    "pack_ids",
    "read_case",
    "timezone_of",
]

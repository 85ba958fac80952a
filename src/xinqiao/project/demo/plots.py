"""How matters go: each plot is a row of moments, each with the days from the one before (a range, or none: that day).

A matter that is still open is a plot that has not come further yet. Days are counted plainly and moved to working days,
so a holiday may stretch them: ``is_in_time`` tells whether it carried a moment past the term that the law sets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from xinqiao.procedure import DEFAULT_PACK, default_calendar, due_days, load_pack

_SENT = "register transfer+1-6 told+0-2 "
_ACCEPTED = _SENT + "accept+3-12 noticed+0-3 "
_ANSWERED = _ACCEPTED + "reply+18-55 served+0-4 "
_REVIEWED = _ANSWERED + "ask_review+6-25 review+12-26 review_served+0-4 "
_END = "close+42-58"

PLOTS = {
    "plain": _ANSWERED + _END,
    "sent_late": "register transfer+18-24 told+0-1 accept+3-10 noticed+0-3 reply+25-50 served+0-4 " + _END,
    "accepted_late": _SENT + "accept+18-26 noticed+0-2 reply+15-35 served+0-4 " + _END,
    "answered_late": _ACCEPTED + "reply+63-82 served+0-3 " + _END,
    "served_late": _ACCEPTED + "reply+25-50 served+10-16 " + _END,
    "simple": "register transfer+0-2 told+0-1 accept_simply+0-2 noticed+0-1 reply+2-8 served+0-3 close+42-50",
    "converted": "register transfer+0-2 told+0-1 accept_simply+0-2 noticed+0-1 convert+3-7 reply+20-45 served+0-4 "
    + _END,
    "assigned": "register assign+1-5 told+0-2 accept+3-10 noticed+0-3 reply+18-42 served+0-4 report+0-2 " + _END,
    "instructed": "register report_up+1-3 instruct+1-3 assign+0-2 told+0-1 accept+2-8 noticed+0-2 reply+15-38 "
    "served+0-4 report+0-2 " + _END,
    "annotated": _ACCEPTED + "annotate+4-12 reply+12-38 served+0-4 " + _END,
    "supplemented": _ACCEPTED + "supplement+2-12 reply+14-40 served+0-4 " + _END,
    "extended": _ACCEPTED + "extend+46-55 extension_served+0-3 reply+6-22 served+0-4 " + _END,
    "heard": _ACCEPTED + "hearing+14-25 heard+0-3 reply+8-22 served+0-4 " + _END,
    "settled": _ACCEPTED + "settle+14-45 settled_served+0-3 close+5-20",
    "waived": _ANSWERED + "close_waived+4-12",
    "direct": "register accept+1-10 noticed+0-3 reply+15-50 served+0-4 " + _END,
    "direct_simple": "register accept_simply+0-2 noticed+0-1 reply+2-8 served+0-3 close+42-50",
    "from_city": "register up+1-4 down+1-5 told+0-2 accept+3-10 noticed+0-3 reply+18-50 served+0-4 " + _END,
    "city_assigned": "register up_assigned+1-4 down+1-5 told+0-2 accept+3-10 noticed+0-3 reply+12-38 served+0-3 "
    "report_from_office+0-4 " + _END,
    "objected": "register transfer_wrong+1-4 object+1-3 uphold+0-2 transfer+0-2 told+0-2 accept+3-10 noticed+0-3 "
    "reply+18-45 served+0-4 " + _END,
    "objected_in_vain": "register transfer+1-4 told+0-1 object+1-3 overrule+0-2 accept+1-5 noticed+0-3 reply+18-45 "
    "served+0-4 " + _END,
    "reviewed": _REVIEWED + _END,
    "review_heard": _ANSWERED
    + "ask_review+6-25 review_hearing+8-12 review_heard+0-3 review+3-10 review_served+0-4 "
    + _END,
    "remade": _ANSWERED + "ask_review+6-25 review_remade+12-25 review_served+0-3 reply_again+12-24 served+0-4 " + _END,
    "rereviewed": _REVIEWED + "ask_rereview+6-25 rereview+14-26 rereview_served+0-4 close+2-12",
    "rereview_heard": _REVIEWED + "ask_rereview+6-25 rereview_hearing+8-14 rereview_heard+1-5 rereview+4-10 "
    "rereview_served+0-4 close+2-12",
    "withdrawn": _SENT + "withdraw+3-8",
    "withdrawn_early": "register withdraw+1-6",
    "restored": "register transfer+1-4 told+0-1 withdraw+1-4 restore+1-3 accept+1-3 noticed+0-3 reply+18-45 served+0-4 "
    + _END,
    "reopened": _ANSWERED + "close+42-50 reopen+20-60 accept+2-9 noticed+0-3 reply_again+15-40 served+0-4 " + _END,
    "recused": _SENT + "recuse+1-3 accept_by_head+2-8 noticed_by_head+0-3 reply_by_head+18-45 served_by_head+0-4 "
    "close_by_head+42-58",
    "proposal": "register transfer+1-6 told+0-2 accept_proposal+2-12 noticed+0-3 reply+10-52 served+0-4 close+42-55",
    "direct_proposal": "register accept_proposal+1-10 noticed+0-3 reply+10-50 served+0-4 close+42-55",
    "accusation": "register transfer+1-4 accept_accusation+3-10 noticed+0-3 close+20-90",
    "declined": "register decline+2-12 declined_served+0-4 close_by_office+20-40",
    "declined_by_organ": _SENT + "decline_by_holder+2-11 declined_served_by_holder+0-4 close+20-40",
    "other_path": _SENT + "accept_path+3-12 noticed+0-3 close+20-60",
    "path_changed": _ACCEPTED + "change_path+8-25 noticed_again+0-3 close+20-50",
}


@dataclass(frozen=True)
class Beat:
    """One moment of a plot, and how many days after the one before: a range."""

    moment: str
    least: int = 0
    most: int = 0


@cache
def beats_of(plot: str) -> tuple[Beat, ...]:
    """The moments of a plot in their order. Raises KeyError for a plot that does not exist."""
    return tuple(_beat(word) for word in PLOTS[plot].split())


def _beat(word: str) -> Beat:
    moment, _plus, days = word.partition("+")
    least, _dash, most = days.partition("-")
    return Beat(moment, int(least or 0), int(most or least or 0))


def longest(plot: str) -> int:
    """How many days a plot takes at most, with room for holidays between its moments."""
    return sum(beat.most for beat in beats_of(plot)) + 12 * len(beats_of(plot)) // 3


@dataclass(frozen=True)
class Term:
    """A moment that must come in time: by the clock of the law that began with an earlier moment."""

    moment: str
    clock: str
    since: str

    def is_kept(self, days: Mapping[str, date]) -> bool:
        """Whether it is, where both moments are among the days."""
        if self.moment not in days or self.since not in days:
            return True
        return days[self.moment] <= last_day(self.clock, days[self.since])


UNDOING = "withdrawal_undo_days"
TERMS = (
    Term("object", "K05", "transfer_wrong"),  # later only with the consent of the sender
    Term("object", "K05", "transfer"),
    Term("extend", "K08", "accept"),  # later refused
    Term("restore", UNDOING, "withdraw"),  # later refused
)
BEFORE_EXTENDING = Term("accept", "K04", "transfer")
"""Who accepts late has his sixty days counted from the end of these fifteen."""


def is_in_time(days: Mapping[str, date]) -> bool:
    """Whether each moment of a plot comes before the law would refuse it; ``days`` holds the day of each."""
    terms = (*TERMS, BEFORE_EXTENDING) if "extend" in days else TERMS
    return all(term.is_kept(days) for term in terms)


@cache
def last_day(clock: str, start: date) -> date:
    """The last day of a clock that began on a day; the days for undoing a withdrawal are no clock and move nowhere."""
    pack = load_pack(DEFAULT_PACK)
    if clock == UNDOING:
        return start + timedelta(days=int(pack.settings[UNDOING]))
    return due_days(pack.clocks[clock], started_on=start, calendar=default_calendar()).legal

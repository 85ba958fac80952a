"""From a clock of the law to the part that shows it: the day, and its reason set like an account.

The figures are the clock's own; nothing is counted anew here, save the day on
which an extended clock was first due, by the law's own function.
"""

from datetime import date, timedelta

from django.utils.translation import gettext, pgettext

from xinqiao.components.dates import day_words
from xinqiao.components.parts import Act, Clock, SumRow
from xinqiao.components.surfaces import DESK, LANGUAGE_TAGS, PORTAL, current_language
from xinqiao.procedure import Article, Refusal, due_days
from xinqiao.procedure import Clock as LawClock
from xinqiao.procedure.explanation_texts import EVENTS
from xinqiao.procedure.names import CLOCKS

SATURDAY = 5


def clock_part(clock: LawClock, *, surface: str = DESK) -> Clock:
    """The clock as `clock_card` and `clock_line` show it, in the active language."""
    tag = LANGUAGE_TAGS[current_language()]
    late = clock.stopped_on is not None and clock.stopped_on > clock.legal_due
    return Clock(
        title=clock.name[tag],
        state=clock.state,
        state_words=pgettext("desk clock", "used") if clock.state == "met" and CLOCKS[clock.id].is_right else "",
        legal_due=clock.legal_due,
        stat_due=clock.stat_due,
        days_left=clock.days_left,
        days_late=(clock.stopped_on - clock.legal_due).days if late and clock.stopped_on else None,
        started_on=clock.started_on,
        start_words=EVENTS[clock.started_by].text(tag),
        original_due=first_due(clock),
        stopped_on=clock.stopped_on,
        today=clock.today,
        paused_for=gettext("a hearing is being held") if clock.state == "paused" else "",
        why=account_of(clock, surface=surface),
        note=_note(clock, tag, surface),
    )


def act_part(
    verb: str, label: str, url: str, refusal: Refusal | None, *, icon: str = "", key: str = "", main: bool = False
) -> Act:
    """An act as a door: open, or closed by the law's refusal in its own sentence and article."""
    if refusal is None:
        return Act(label=label, url=url, verb=verb, icon=icon, key=key, main=main)
    tag = LANGUAGE_TAGS[current_language()]
    return Act(label=label, verb=verb, reason=refusal.sentence(tag), article=refusal.article_text(tag))


def first_due(clock: LawClock) -> date | None:
    """The day an extended clock was first due; None for one that was not extended."""
    if not clock.extended_by:
        return None
    return due_days(clock.rule, started_on=clock.started_on, calendar=clock.calendar, days=_days(clock)).legal


def account_of(clock: LawClock, *, surface: str = DESK) -> list[SumRow]:
    """The lines that lead from the start to the day that binds: start, additions, the move, the result."""
    rows = [_start(clock, surface), *_additions(clock, surface), *_move(clock, surface)]
    return [*rows, SumRow(left=clock.legal_due, text=_result(clock, surface), kind="total")]


def _days(clock: LawClock) -> int:
    return clock.days if clock.given_on is None else (clock.given_on - clock.started_on).days


def _start(clock: LawClock, surface: str) -> SumRow:
    event = EVENTS[clock.started_by].text(LANGUAGE_TAGS[current_language()])
    if clock.given_on is not None:
        return SumRow(left=clock.started_on, text=event, law=_law(clock, surface))
    text = gettext("%(event)s; this day is not counted") % {"event": event}
    return SumRow(left=clock.started_on, text=text, law=_law(clock, surface))


def _additions(clock: LawClock, surface: str) -> list[SumRow]:
    if clock.given_on is not None and not (clock.extended_by or clock.paused_days):
        return []
    first = clock.started_on + timedelta(days=_days(clock))
    law = _law(clock, surface)
    if clock.rule.unit == "working":
        words = gettext("+ %(n)d working days") % {"n": clock.days}
        due = SumRow(left=words, text=_said(clock.legal_due, surface), law=law, kind="plus")
        return [*_unlike_the_week(clock, surface), due]
    more = [(clock.extended_by, gettext("extension")), (clock.paused_days, gettext("hearing, not counted"))]
    rows = [SumRow(left=_plus(_days(clock)), text=_said(first, surface), law=law, kind="plus")]
    for days, reason in more:
        if days:
            first += timedelta(days=days)
            text = gettext("%(day)s, %(reason)s") % {"day": _said(first, surface), "reason": reason}
            rows.append(SumRow(left=_plus(days), text=text, law=law, kind="plus"))
    return rows


def _unlike_the_week(clock: LawClock, surface: str) -> list[SumRow]:
    """The days on the way that a weekend makes up for and are counted, and the holidays in the week that are not."""
    after = range(1, (clock.legal_due - clock.started_on).days + 1)
    days = [clock.started_on + timedelta(days=n) for n in after]
    made_up = [day for day in days if day.weekday() >= SATURDAY and clock.calendar.is_working_day(day)]
    off = [day for day in days if day.weekday() < SATURDAY and not clock.calendar.is_working_day(day)]
    law = "" if surface == PORTAL else pgettext("article column", "counting")
    rows = []
    if made_up:
        text = gettext("%(days)s: a make-up working day") % {"days": _days_said(made_up, surface)}
        rows.append(SumRow(left=gettext("counted"), text=text, law=law, kind="plus"))
    if off:
        text = gettext("%(days)s: a holiday") % {"days": _days_said(off, surface)}
        rows.append(SumRow(left=gettext("not counted"), text=text, law=law, kind="plus"))
    return rows


def _days_said(days: list[date], surface: str) -> str:
    """Days one after the other; those that follow each other as a span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    between = pgettext("between pieces of a sentence", ", ")
    return between.join(_span_said(span[0], span[-1], surface) for span in spans)


def _span_said(first: date, last: date, surface: str) -> str:
    if first == last:
        return _said(first, surface)
    return gettext("%(first)s to %(last)s") % {"first": _said(first, surface), "last": _said(last, surface)}


def _move(clock: LawClock, surface: str) -> list[SumRow]:
    if clock.stat_due is None or clock.stat_due == clock.legal_due:
        return []
    last = clock.legal_due - timedelta(days=1)
    text = gettext("%(days)s: no working day") % {"days": _span_said(clock.stat_due, last, surface)}
    law = "" if surface == PORTAL else pgettext("article column", "counting")
    return [SumRow(left=gettext("moved on"), text=text, law=law, kind="plus")]


def _result(clock: LawClock, surface: str) -> str:
    if surface == PORTAL:
        return gettext("the last day")
    if clock.given_on == clock.legal_due:
        return gettext("set by the sender") if clock.started_by == "assigned" else gettext("set by the opinion")
    return gettext("due by the office's rule") if clock.rule.own_rule else gettext("due by law")


def _plus(days: int) -> str:
    return gettext("+ %(n)d days") % {"n": days}


def _said(day: date, surface: str) -> str:
    """A day inside a sentence of the account: with its weekday on the desk, in full on the portal."""
    return day_words(day, language=current_language(), surface=surface, short=surface == DESK)


def _law(clock: LawClock, surface: str) -> str:
    if surface == PORTAL:
        return ""
    if clock.rule.own_rule:
        return pgettext("article column", "office rule")
    return str(clock.article.number or "") if isinstance(clock.article, Article) else ""


def _note(clock: LawClock, tag: str, surface: str) -> str:
    lines = [clock.article_text(tag)]
    if clock.rule.own_rule:
        lines.append(gettext("The number of days is the office's own rule."))
    if clock.rule.unverified:
        lines.append(gettext("The number of days could not be checked against the text of the rule."))
    if clock.calendar.is_provisional(clock.legal_due):
        lines.append(gettext("The holidays of this year are not announced yet; the day may move."))
    if surface == DESK and clock.stat_due not in (None, clock.legal_due):
        lines.append(gettext("“Counting” follows the Civil Code, Article 203."))
    between = " " if tag == "en" else "　"
    return between.join(lines)

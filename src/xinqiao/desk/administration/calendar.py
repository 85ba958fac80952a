"""The working calendar of the office: a year at a glance, and the days that a new notice makes free or working."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import day_html, moment_html
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Chip, Column, RowGroup, Table
from xinqiao.components.surfaces import DESK, LANGUAGE_TAGS, current_language
from xinqiao.desk.administration.shared import History, form_page, history_page, turned
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.words import comma
from xinqiao.matters.actions.change_calendar import MAX_SOURCE, change_calendar
from xinqiao.organs.calendars import calendar_of
from xinqiao.organs.models import CalendarDay
from xinqiao.procedure import WorkCalendar

MOST_DAYS = 120
_ONE = timedelta(days=1)


class DaysField(forms.CharField):
    """Days and spans of days, one a line: ``2027-10-01`` or ``2027-10-01 — 2027-10-07``."""

    widget = forms.Textarea(attrs={"rows": "4", "spellcheck": "false"})

    def clean(self, value: Any) -> list[date]:
        """Every day that is named; a mistake names the line."""
        days: list[date] = []
        for line in [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]:
            days += _span(line)
        if len(days) > MOST_DAYS:
            raise ValidationError(_("At most %(n)d days at once.") % {"n": MOST_DAYS})
        return days


def _span(line: str) -> list[date]:
    ends = [part.strip() for part in line.replace("—", " ").replace("至", " ").replace("~", " ").split()]
    try:
        found = [date.fromisoformat(part) for part in ends]
    except ValueError:
        found = []
    if not 1 <= len(found) <= 2 or found[-1] < found[0] or (found[-1] - found[0]).days > MOST_DAYS:
        words = _("“%(line)s”: write a day as in 2027-10-01, or first and last day as in 2027-10-01 — 2027-10-07.")
        raise ValidationError(words % {"line": line})
    return [found[0] + n * _ONE for n in range((found[-1] - found[0]).days + 1)]


class NoticeForm(PlainForm):
    source = forms.CharField(
        label=gettext_lazy("Notice"),
        max_length=MAX_SOURCE,
        help_text=gettext_lazy("Who announced it, when, under which number."),
    )
    off = DaysField(
        label=gettext_lazy("Days off"),
        required=False,
        help_text=gettext_lazy("One a line: 2027-10-01, or 2027-10-01 — 2027-10-07."),
    )
    work = DaysField(label=gettext_lazy("Make-up working days"), required=False)

    def clean(self) -> None:
        """No day can be both."""
        both = set(self.cleaned_data.get("off") or ()) & set(self.cleaned_data.get("work") or ())
        if both:
            words = _("%(day)s stands in both lists. Leave it in one.")
            self.add_error("work", words % {"day": f"{min(both):%Y-%m-%d}"})


def calendar_trail() -> list[tuple[str, str]]:
    """The way back."""
    return [(_("Working calendar"), reverse("desk:calendar"))]


@desk_page("GET", to=Permission.ORGAN_MANAGE)
def calendar_page(request: DeskRequest) -> HttpResponseBase:
    """One year: its holidays and make-up days, each with the notice that says so; provisional where there is none."""
    root_id = request.actor.root_organ_id or 0
    year = _year(request.GET.get("year", ""))
    calendar = calendar_of(root_id)
    own = list(CalendarDay.objects.filter(root_id=root_id).select_related("added_by").order_by("-id"))
    context = {
        "year": year,
        "years": _chips(year),
        "is_provisional": calendar.is_provisional(date(year, 7, 1)),
        "counted": _counted(calendar, year),
        "table": _year_table(calendar, own, year),
        "notice": calendar.sources.get(year, ""),
        "history": _history(request, own),
    }
    return show(request, "desk/administration/calendar.html", context)


def _year(asked: str) -> int:
    now = today().year
    return int(asked) if asked.isdecimal() and len(asked) == 4 and abs(int(asked) - now) <= 10 else now


def _chips(year: int) -> list[Chip]:
    now = today().year
    years = sorted({year, *range(now - 2, now + 3)})
    return [Chip(label=str(one), url=f"?year={one}", current=one == year) for one in years]


def _counted(calendar: WorkCalendar, year: int) -> str:
    days = (date(year, 1, 1) + n * _ONE for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    count = sum(map(calendar.is_working_day, days))
    return ngettext("%(n)d working day", "%(n)d working days", count) % {"n": count}


def _year_table(calendar: WorkCalendar, own: Sequence[CalendarDay], year: int) -> Table | None:
    """Days that differ from Monday to Friday, those that follow each other in one line."""
    sources = {row.day: row.source for row in reversed(own)}
    other = sorted(day for day in (calendar.off | calendar.work) if day.year == year)
    rows = [
        [
            _days(span),
            _("working day") if calendar.is_working_day(span[0]) else _("day off"),
            _holiday(calendar, span[0]),
            sources.get(span[0]) or calendar.sources.get(year, ""),
        ]
        for span in _spans(other, calendar, sources)
    ]
    columns = [
        Column(label=_("Day"), width="w16", wide=True),
        Column(label=_("Kind"), width="w8"),
        Column(label=_("Holiday"), width="w8"),
        Column(label=_("Notice"), wide=True),
    ]
    caption = _("Days that differ from Monday to Friday")
    return Table(caption=caption, columns=columns, groups=[RowGroup(rows=rows)]) if rows else None


def _spans(days: Sequence[date], calendar: WorkCalendar, sources: dict[date, str]) -> list[list[date]]:
    spans: list[list[date]] = []
    for day in days:
        last = spans[-1][-1] if spans else None
        same = last is not None and day - last == _ONE and _kind(calendar, day) == _kind(calendar, last)
        if same and sources.get(day) == sources.get(last or day):
            spans[-1].append(day)
        else:
            spans.append([day])
    return spans


def _kind(calendar: WorkCalendar, day: date) -> tuple[bool, str]:
    return calendar.is_working_day(day), _holiday(calendar, day)


def _holiday(calendar: WorkCalendar, day: date) -> str:
    names = calendar.holidays.get(day) if not calendar.is_working_day(day) else None
    return names.text(LANGUAGE_TAGS[current_language()]) if names else ""


def _days(span: Sequence[date]) -> object:
    first = day_html(span[0], surface=DESK, short=True)
    if len(span) == 1:
        return first
    return format_html("{} — {}", first, day_html(span[-1], surface=DESK, short=True))


def _history(request: DeskRequest, own: Sequence[CalendarDay]) -> History | None:
    """Rows are only ever added: what the office entered is its own history."""
    notices = {rows[0].pk: rows for rows in _notices(own)}
    page = history_page(CalendarDay.objects.filter(pk__in=notices), request)
    columns = [
        Column(label=_("When"), width="w16"),
        Column(label=_("Who"), width="w8"),
        Column(label=_("Days off"), wide=True),
        Column(label=_("Make-up working days"), wide=True),
        Column(label=_("Notice"), wide=True),
    ]
    rows = [
        [
            moment_html(notice[0].added_at, surface=DESK),
            notice[0].added_by.name if notice[0].added_by else "",
            _runs([row.day for row in notice if not row.is_working]),
            _runs([row.day for row in notice if row.is_working]),
            notice[0].source,
        ]
        for notice in (notices[row.pk] for row in page.rows)
    ]
    table = Table(caption=_("History"), columns=columns, groups=[RowGroup(rows=rows)])
    return turned(page, table) if rows else None


def _notices(own: Sequence[CalendarDay]) -> list[list[CalendarDay]]:
    """The rows that were entered together, the newest first."""
    return [list(rows) for _key, rows in groupby(own, key=lambda row: (row.source, row.added_by_id, _minute(row)))]


def _minute(row: CalendarDay) -> str:
    return f"{row.added_at:%Y-%m-%d %H:%M}"


def _runs(days: Sequence[date]) -> str:
    """Days that follow each other as one: ``2027-10-01 — 2027-10-07``."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == _ONE:
            runs[-1].append(day)
        else:
            runs.append([day])
    return comma().join(f"{run[0]}" if len(run) == 1 else f"{run[0]} — {run[-1]}" for run in runs)


@desk_page("GET", "POST", to=Permission.ORGAN_MANAGE)
def enter_notice(request: DeskRequest) -> HttpResponseBase:
    """The days of a new notice; running clocks are counted anew by an event in each matter."""
    form = NoticeForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponseBase:
        days = dict.fromkeys(data["off"], False) | dict.fromkeys(data["work"], True)
        change_calendar(actor=request.actor, days=days, source=data["source"])
        messages.success(request, _("Entered. Running clocks are being counted anew."))
        return redirect(f"{reverse('desk:calendar')}?year={min(days).year}")

    lead = _("Only days to come. What was done by the days before stays as it was counted.")
    heading = _("Enter a notice")
    return form_page(request, form, act, heading=heading, action=_("Enter it"), trail=calendar_trail(), lead=lead)

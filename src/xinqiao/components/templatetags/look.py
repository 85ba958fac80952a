"""The tags of the look: `{% load look %}`.

Small pieces (icon, day, badge) are drawn here; parts with markup of their own
are templates in `components/`. Each tag takes plain values and names its part.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from xinqiao.components import cells, controls, dates, icons, states
from xinqiao.components.surfaces import PORTAL, PageState, current_language, page_state_of, surface_of
from xinqiao.components.templatetags import look_forms, look_frame, look_parts

register = template.Library()
for library in (look_parts.register, look_frame.register, look_forms.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)


@register.simple_tag(takes_context=True)
def page_state(context: Context) -> PageState:
    """Language, large print, theme and address of the page."""
    return page_state_of(context)


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, style: str = "") -> SafeString:
    """An icon in the size of the surface, or in the `style` given (`mini`, `outline`)."""
    return icons.icon_svg(name, style) if style else icons.icon_for(name, surface_of(context))


@register.simple_tag
def telephone(number: str) -> SafeString:
    """A telephone number that a telephone can call."""
    return cells.telephone_html(number)


@register.simple_tag
def mark() -> SafeString:
    """The mark of the product."""
    return icons.mark_svg()


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime, short: bool = False) -> SafeString:
    """`<time>` with the day in the words of the surface; `short` leaves out the year, on the portal the weekday too."""
    return cells.day_html(value, surface=surface_of(context), short=short)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: date | datetime) -> SafeString:
    """As `day`, with the time of day where the value is an instant."""
    return cells.moment_html(value, surface=surface_of(context))


@register.simple_tag(takes_context=True)
def cell(context: Context, value: object) -> SafeString:
    """One value as in a table: nothing is ——, a date is a day, a figure has its comma."""
    return cells.cell_html(value, surface=surface_of(context))


@register.simple_tag
def grouped_options(groups: Iterable[tuple[str, Iterable[tuple[str, object]]]], chosen: str) -> SafeString:
    """The options of a select in groups, with one of them chosen."""
    return controls.grouped_options_html(groups, chosen)


@register.simple_tag
def select(name: str, label: str, choices: Iterable[tuple[str, object]], chosen: str) -> SafeString:
    """A select among the filters of a list; its label is heard and not seen, because the first choice says it."""
    return controls.select_html(name, label, choices, chosen)


@register.simple_tag
def boxes(name: str, choices: Iterable[tuple[str, object, bool]]) -> SafeString:
    """Boxes among the filters of a list: value, words, and whether it is ticked."""
    return controls.boxes_html(name, choices)


@register.simple_tag(takes_context=True)
def state_badge(
    context: Context,
    state: str,
    days_left: int | None = None,
    days_late: int | None = None,
    reason: str = "",
    words: str = "",
) -> SafeString:
    """The badge of a clock: word, shape, colour. Three days or less of a running clock are shown as `soon`."""
    surface = surface_of(context)
    return states.state_badge_html(
        state, surface=surface, days_left=days_left, days_late=days_late, reason=reason, words=words
    )


@register.simple_tag
def outcome_badge(outcome: str, words: str = "") -> SafeString:
    """The badge of an outcome of a claim or a review."""
    return states.outcome_badge_html(outcome, words)


@register.filter
def prose(text: object) -> SafeString:
    """A sentence in which no day is torn apart at the end of a line."""
    return cells.prose_html(text)


@register.filter
def desk_day(value: date, today: date | None = None) -> str:
    """`2026-11-23 周一`; with today's date given, a day of the same year is `11-23 周一`."""
    return dates.desk_day(value, current_language(), within=today.year if today else None)


@register.filter
def portal_day(value: date) -> str:
    """`2026年11月23日（星期一）`; in English `Monday, 23 November 2026`."""
    return dates.day_words(value, language=current_language(), surface=PORTAL)


@register.filter
def portal_instant(value: datetime) -> str:
    """`2026年11月23日（星期一）21:40`; in English `Monday, 23 November 2026, 21:40`."""
    return dates.portal_instant(value, current_language())


@register.filter
def portal_short_day(value: date) -> str:
    """`11月23日`; in English `23 November`."""
    return dates.portal_short_day(value, current_language())


@register.filter
def clock_time(value: datetime) -> str:
    """`09:20` in the office's time zone."""
    return dates.time_words(value)


@register.filter
def figure(value: int | float | None) -> str:
    """`86,400`; nothing known is ——."""
    return dates.figure(value)


@register.filter
def file_size(value: int) -> str:
    """`8.2 MB`."""
    return dates.file_size(value)

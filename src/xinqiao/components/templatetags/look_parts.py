"""Tags of the parts that show a matter: clock, reason, acts, timeline, files, lists.

Loaded through `{% load look %}`.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from xinqiao.components.controls import act_html, acts_html, chips_html, pager_html
from xinqiao.components.dates import day_words
from xinqiao.components.parts import Act, Chip, Claim, Clock, Entry, FileRow, Step, SumRow, Table, value_of
from xinqiao.components.records import sum_html, timeline_html, why_html
from xinqiao.components.ruler import Ruler, ruler_of
from xinqiao.components.states import state_badge_html
from xinqiao.components.surfaces import PORTAL, current_language, is_printing, surface_of
from xinqiao.components.tables import table_html

register = template.Library()


def _frame(context: Context, **values: Any) -> dict[str, Any]:
    return {"surface": surface_of(context), "printing": is_printing(context), **values}


@register.inclusion_tag("components/clock.html", takes_context=True)
def clock_card(context: Context, clock: Clock, open: bool | None = None) -> dict[str, Any]:
    """A clock in full: badge, day, ruler, reason. The reason stands open while the clock runs, or as `open` says."""
    running = value_of(clock, "state") in ("running", "paused", "missed")
    # Labels of the drawing are too small for the portal, where the computation says the same in words.
    drawn = value_of(clock, "state") == "running" and surface_of(context) != PORTAL
    return _frame(
        context,
        clock=clock,
        badge=_badge(context, clock),
        ruler=_ruler(context, clock) if drawn else None,
        open=running if open is None else open,
        **_stat(context, clock),
    )


@register.inclusion_tag("components/clock_line.html", takes_context=True)
def clock_line(context: Context, clock: Clock) -> dict[str, Any]:
    """A clock in one line that opens into its reason: for clocks that are over, or run beside the main one."""
    day = value_of(clock, "stopped_on") or value_of(clock, "legal_due")
    return _frame(context, clock=clock, badge=_badge(context, clock), day=day, open=is_printing(context))


@register.simple_tag(takes_context=True)
def why(
    context: Context,
    rows: Sequence[SumRow] | Sequence[str],
    open: bool = False,
    title: str = "",
    note: str = "",
    caption: str = "",
) -> SafeString:
    """The reason of a day, set like an account; `?print=1` opens it."""
    return why_html(
        rows,
        surface=surface_of(context),
        is_open=open or is_printing(context),
        title=title,
        note=note,
        caption=caption,
    )


@register.simple_tag(takes_context=True)
def account(context: Context, rows: Sequence[SumRow] | Sequence[str], caption: str) -> SafeString:
    """The same without the fold."""
    return sum_html(rows, caption=caption, surface=surface_of(context))


@register.inclusion_tag("components/ruler.html", takes_context=True)
def ruler(context: Context, clock: Clock) -> dict[str, Any]:
    """The ruler of a clock alone."""
    return _frame(context, ruler=_ruler(context, clock))


@register.simple_tag(takes_context=True)
def acts(context: Context, items: Sequence[Act]) -> SafeString:
    """What can be done now, and greyed with reason and article what cannot; one reason for all is told once."""
    groups: dict[object, list[Act]] = {}
    for n, item in enumerate(items):
        reason = value_of(item, "reason")
        groups.setdefault((reason, value_of(item, "article")) if reason else n, []).append(item)
    return acts_html(groups.values(), surface_of(context))


@register.simple_tag(takes_context=True)
def act(context: Context, item: Act) -> SafeString:
    """One act as a door; the closed one is reached by the keyboard and read with its reason."""
    return act_html([item], "", surface_of(context))


@register.simple_tag(takes_context=True)
def timeline(context: Context, entries: Sequence[Entry]) -> SafeString:
    """What happened, each with its day."""
    return timeline_html(entries, surface=surface_of(context), is_open=is_printing(context))


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Step], label: str = "") -> dict[str, Any]:
    """The steps of a matter or of a form; `label` names the list for screen readers."""
    return {"steps": items, "label": label}


@register.inclusion_tag("components/turn.html")
def turn(heading: str, text: str) -> dict[str, Any]:
    """Whose turn it is, in one sentence."""
    return {"heading": heading, "text": text}


@register.inclusion_tag("components/claims.html", takes_context=True)
def claims(context: Context, items: Sequence[Claim]) -> dict[str, Any]:
    """The requests, numbered, each with outcome, own words and answer."""
    return _frame(context, claims=items)


@register.inclusion_tag("components/files.html", takes_context=True)
def files(context: Context, items: Sequence[FileRow]) -> dict[str, Any]:
    """Papers and files."""
    return _frame(context, files=items)


@register.inclusion_tag("components/kv.html", takes_context=True)
def kv(context: Context, pairs: Sequence[tuple[str, object]]) -> dict[str, Any]:
    """Terms and values."""
    return _frame(context, pairs=pairs)


@register.simple_tag(takes_context=True)
def filters(context: Context, chips: Sequence[Chip], label: str = "", id: str = "") -> SafeString:
    """Filters as links with counts; with `id` each has an id of its own, so that the focus survives a swap."""
    return chips_html(chips, label=label or gettext("Filters"), id=id, surface=surface_of(context))


@register.simple_tag
def pager(
    words: str,
    previous_url: str = "",
    next_url: str = "",
    sizes: Sequence[Chip] = (),
    label: str = "",
    id: str = "page",
) -> SafeString:
    """The foot of a list by cursor; `words` says what is shown: 第 1–25 件，共 61 件.

    `sizes` are links to as many rows a page. A second one on a page has a `label` and an `id` of its own.
    """
    return pager_html(
        words,
        previous_url=previous_url,
        next_url=next_url,
        sizes=sizes,
        label=label or gettext("Pages of the list"),
        id=id,
    )


@register.inclusion_tag("components/empty.html", takes_context=True)
def empty(
    context: Context, heading: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    """What stands where a list would be: what there is not, and when there will be."""
    return _frame(context, heading=heading, text=text, url=url, label=label, icon=icon)


@register.simple_tag(takes_context=True)
def table(context: Context, table: Table) -> SafeString:
    """A table with its groups; with `today` in the page's context, days of this year stand without the year."""
    return table_html(table, surface=surface_of(context), today=context.get("today"))


def _badge(context: Context, clock: Clock) -> SafeString:
    return state_badge_html(
        value_of(clock, "state"),
        surface=surface_of(context),
        days_left=value_of(clock, "days_left"),
        days_late=value_of(clock, "days_late"),
        reason=value_of(clock, "paused_for") or "",
        words=value_of(clock, "state_words") or "",
    )


def _ruler(context: Context, clock: Clock) -> Ruler | None:
    started_on, due, today = (value_of(clock, name) for name in ("started_on", "legal_due", "today"))
    if not (started_on and due and today):
        return None
    return ruler_of(
        started_on=started_on,
        due=due,
        today=today,
        original_due=value_of(clock, "original_due"),
        start_words=value_of(clock, "start_words") or "",
        surface=surface_of(context),
    )


def _stat(context: Context, clock: Clock) -> dict[str, Any]:
    stat_due, legal_due, today = (value_of(clock, name) for name in ("stat_due", "legal_due", "today"))
    if surface_of(context) == PORTAL or not stat_due or stat_due == legal_due:
        return {"stat_line": "", "stat_past": False}
    words = day_words(stat_due, language=current_language(), surface="desk", short=True)
    line = pgettext("desk clock", "statistical day %(day)s") % {"day": words}
    return {"stat_line": line, "stat_past": bool(today and today > stat_due and value_of(clock, "state") == "running")}

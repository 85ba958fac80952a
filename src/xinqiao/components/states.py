"""States of a clock and outcomes of a claim: the word, the shape, the colour.

The word bears the meaning, then the shape, then the colour (a `data-state` that
the style sheet knows). The words are those of the design's table of states; the
state itself comes from the record's clocks and is never computed here.
"""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import npgettext, pgettext

from xinqiao.components.icons import icon_svg
from xinqiao.components.surfaces import PORTAL

#: A running clock with this many calendar days left, or fewer, is shown as `soon`.
SOON_DAYS = 3

STATE_ICONS = {
    "running": "clock",
    "soon": "clock",
    "paused": "pause-circle",
    "met": "check",
    "late": "check-circle",
    "missed": "exclamation-triangle",
    "lapsed": "no-symbol",
    "waived": "minus-circle",
    "void": "x-mark",
}

OUTCOME_ICONS = {
    "open": "ellipsis-horizontal",
    "supported": "check",
    "explained": "information-circle",
    "not_supported": "minus",
    "upheld": "check",
    "revoked": "x-mark",
    "changed": "pencil",
    "remade": "arrow-path",
}


def shown_state(state: str, days_left: int | None) -> str:
    """The state that is drawn: `soon` for a running clock of three days or less, else the state itself."""
    if state == "running" and days_left is not None and days_left <= SOON_DAYS:
        return "soon"
    return state


def state_words(
    state: str, *, surface: str, days_left: int | None = None, days_late: int | None = None, reason: str = ""
) -> str:
    """The word of a state. `days_left` is negative once a clock is missed; `reason` says why it stands still."""
    shown = shown_state(state, days_left)
    if surface == PORTAL:
        return _portal_words(shown, days_left, days_late, reason)
    return _desk_words(shown, days_left, days_late)


def _desk_words(shown: str, days_left: int | None, days_late: int | None) -> str:
    if shown == "soon" and days_left == 0:
        return pgettext("desk clock", "today")
    if shown in ("running", "soon") and days_left is not None:
        return npgettext("desk clock", "%(n)d day left", "%(n)d days left", days_left) % {"n": days_left}
    if shown == "missed" and days_left is not None:
        return npgettext("desk clock", "%(n)d day overdue", "%(n)d days overdue", -days_left) % {"n": -days_left}
    if shown == "late" and days_late:
        return npgettext("desk clock", "done %(n)d day late", "done %(n)d days late", days_late) % {"n": days_late}
    return _plain_desk_words()[shown]


def _plain_desk_words() -> dict[str, str]:
    return {
        "running": pgettext("desk clock", "running"),
        "soon": pgettext("desk clock", "due soon"),
        "paused": pgettext("desk clock", "paused"),
        "met": pgettext("desk clock", "done in time"),
        "late": pgettext("desk clock", "done late"),
        "missed": pgettext("desk clock", "overdue"),
        "lapsed": pgettext("desk clock", "not used in time"),
        "waived": pgettext("desk clock", "exempt by law"),
        "void": pgettext("desk clock", "no longer runs"),
    }


def _portal_words(shown: str, days_left: int | None, days_late: int | None, reason: str) -> str:
    if shown == "soon" and days_left == 0:
        return pgettext("portal clock", "today is the last day")
    if shown == "soon" and days_left is not None:
        return npgettext("portal clock", "only %(n)d day left", "only %(n)d days left", days_left) % {"n": days_left}
    if shown == "running" and days_left is not None:
        return npgettext("portal clock", "%(n)d day left", "%(n)d days left", days_left) % {"n": days_left}
    if shown == "missed" and days_left is not None:
        return npgettext(
            "portal clock",
            "%(n)d day past the due day, not yet done",
            "%(n)d days past the due day, not yet done",
            -days_left,
        ) % {"n": -days_left}
    if shown == "late" and days_late is not None:
        return npgettext("portal clock", "done %(n)d day late", "done %(n)d days late", days_late) % {"n": days_late}
    if shown == "paused" and reason:
        return pgettext("portal clock", "stands still (%(reason)s)") % {"reason": reason}
    return _plain_portal_words()[shown]


def _plain_portal_words() -> dict[str, str]:
    return {
        "running": pgettext("portal clock", "running"),
        "soon": pgettext("portal clock", "due soon"),
        "paused": pgettext("portal clock", "stands still"),
        "met": pgettext("portal clock", "in time"),
        "late": pgettext("portal clock", "done late"),
        "missed": pgettext("portal clock", "past the due day, not yet done"),
        "lapsed": pgettext("portal clock", "the time is over, nothing was asked for"),
        "waived": pgettext("portal clock", "not needed"),
        "void": pgettext("portal clock", "no longer needed"),
    }


def outcome_words(outcome: str) -> str:
    """The word of an outcome of a claim or of a review; an unknown code is a KeyError."""
    return {
        "open": pgettext("outcome", "not answered yet"),
        "supported": pgettext("outcome", "supported"),
        "explained": pgettext("outcome", "explained"),
        "not_supported": pgettext("outcome", "not supported"),
        "upheld": pgettext("outcome", "upheld"),
        "revoked": pgettext("outcome", "revoked"),
        "changed": pgettext("outcome", "changed"),
        "remade": pgettext("outcome", "to be made anew"),
    }[outcome]


def state_badge_html(
    state: str,
    *,
    surface: str,
    days_left: int | None = None,
    days_late: int | None = None,
    reason: str = "",
    words: str = "",
) -> SafeString:
    """The badge of a clock; `words` replaces the usual word where the page has a better one."""
    shown = shown_state(state, days_left)
    text = words or state_words(state, surface=surface, days_left=days_left, days_late=days_late, reason=reason)
    svg = icon_svg(STATE_ICONS[shown])
    return SafeString(f'<span class="badge" data-state="{escape(shown)}">{svg}<b>{escape(text)}</b></span>')


def outcome_badge_html(outcome: str, words: str = "") -> SafeString:
    """The badge of an outcome: ink only, since a result is not good or bad in colour."""
    text = words or outcome_words(outcome)
    svg = icon_svg(OUTCOME_ICONS[outcome])
    return format_html('<span class="badge" data-outcome="{}">{}<b>{}</b></span>', outcome, svg, text)

"""Sentences of refusals that several actions share: what stands against it, and the way that is open."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.matters.submission import Invalid
from xinqiao.organs.tree import Misplaced


def misplaced_words(error: Misplaced) -> str:
    """Why an organ cannot stand, change or end so."""
    words = {
        "other-office": _("This organ belongs to another office. Choose one of the own office."),
        "below-itself": _("That organ stands below this one. Choose another place."),
        "no-successor": _("Name the organ that goes on with the duties (Article 24)."),
        "ended-successor": _("The organ that goes on must live on that day and be another one."),
        "ended": _("This organ has ended; nothing of it is changed any more."),
        "too-early": _(
            "A change on record is of this day or later. Choose a later day; for one of today that is tomorrow."
        ),
    }
    return words[error.code]


def unfinished_words(count: int) -> str:
    """How many matters stand in the way."""
    return ngettext("%(n)d matter is not finished", "%(n)d matters are not finished", count) % {"n": count}


def check_text(errors: dict[str, str], name: str, value: str, most: int) -> str:
    """The text without blanks around it; an empty or too long one is added to the errors."""
    value = value.strip()
    if not value:
        errors[name] = _("Fill this in.")
    elif len(value) > most:
        errors[name] = _("At most %(limit_value)d characters; there are %(show_value)d now. Shorten it") % {
            "limit_value": most,
            "show_value": len(value),
        }
    return value


def raise_if(errors: dict[str, str]) -> None:
    """Raise Invalid where something is to be put right."""
    if errors:
        raise Invalid(errors)

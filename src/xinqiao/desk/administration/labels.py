"""The words of the histories: fields, values that are codes, and what was done."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinqiao.access.models import Ceiling
from xinqiao.accounts.models import Change
from xinqiao.organs.models import Category, Level, OrganKind, Role


def field_words(name: str) -> str:
    """What a field is called."""
    words = {
        "address": _("Address"),
        "basis": _("Basis"),
        "category": _("Kind of organ"),
        "ceiling": _("Sees up to"),
        "code": _("Code of the organ"),
        "deputy": _("Deputy"),
        "email": _("E-mail"),
        "ended_on": _("Ended on"),
        "is_active": _("Account open"),
        "is_front": _("Counter of the portal"),
        "kind": _("Kind of organ"),
        "level": _("Level"),
        "line_parent": _("Above by line"),
        "name": _("Its name"),
        "name_en": _("Name in English"),
        "name_hant": _("Name in Traditional Chinese"),
        "number_pattern": _("Pattern"),
        "off": _("Days off"),
        "on": _("From"),
        "organ": pgettext("administration", "Organ"),
        "person_name": _("Name"),
        "pack": _("Rules"),
        "parent": _("Above by territory"),
        "position": _("Place in the list"),
        "post": _("Post"),
        "reception_hours": _("Reception hours"),
        "role": _("Role"),
        "short_name": _("Short name"),
        "since": _("From"),
        "successors": _("Goes on with the duties"),
        "telephone": _("Telephone"),
        "title": _("Title"),
        "until": _("Until"),
        "username": _("Account name"),
        "work": _("Make-up working days"),
    }
    return words.get(name, name)


def value_words(name: str, value: str) -> str:
    """A value as it is read: a code in words, anything else as it is."""
    if not value:
        return ""
    tables: dict[str, dict[str, object]] = {
        "role": dict(Role.choices),
        "level": dict(Level.choices),
        "category": dict(Category.choices),
        "kind": dict(OrganKind.choices),
        "ceiling": {str(code): words for code, words in Ceiling.choices},
    }
    if name in tables:
        return str(tables[name].get(value, value))
    return {"yes": _("yes"), "no": _("no")}.get(value, value)


def what_words(row: Change) -> str:
    """What was done, in one word or two."""
    words = {
        "founded": _("founded"),
        "renamed": _("renamed"),
        "moved": _("moved"),
        "described": _("data changed"),
        "merged": _("merged"),
        "split": _("split"),
        "abolished": _("abolished"),
        "added": _("entered"),
        "changed": _("changed"),
        "ended": _("ended"),
        "opened": _("account opened"),
        "closed": _("account closed"),
        "reopened": _("account opened again"),
        "new_password": _("one-time password given"),
        "factors_reset": _("second factor reset"),
        "unlocked": _("unlocked"),
        "appointed": _("post given"),
        "relieved": _("post ended"),
        "named": _("deputy named"),
        "cancelled": _("deputy taken back"),
        "started": _("starting list taken"),
        "taken": _("taken from a sheet"),
    }
    return words.get(row.what, row.what)

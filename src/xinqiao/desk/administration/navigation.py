"""The group 管理 of the desk's navigation, for those who may."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.components.parts import NavGroup, NavItem

_OF = {
    "organs": ("organ", "found-organ", "describe-organ", "rename-organ", "move-organ", "end-organ", "add-post", "post"),
    "people": ("person", "open-account", "describe-person", "appoint", "relieve", "new-password", "reset-factors"),
    "calendar": ("enter-notice",),
    "classes": ("class", "add-class", "take-classes", "change-class", "end-class"),
    "places": ("place", "add-place", "add-place-in", "change-place", "end-place"),
    "patterns": ("pattern",),
    "paper-templates": ("paper-template", "paper-template-preview", "paper-numbers", "paper-prefixes"),
}
_MORE = {"organs": ("change-post",), "people": ("unlock", "close-account", "reopen-account")}


def administration(actor: Actor, current: str | None) -> list[NavGroup]:
    """One group, or none."""
    items = []
    if actor.may(Permission.ORGAN_MANAGE):
        items.append(_item(current, "organs", _("Organs"), "building-office-2"))
    if actor.may(Permission.USER_MANAGE):
        items.append(_item(current, "people", _("People"), "users"))
    if actor.may(Permission.ORGAN_MANAGE):
        items += [
            _item(current, "calendar", _("Working calendar"), "calendar-days"),
            _item(current, "classes", _("Content classes"), "tag"),
            _item(current, "places", _("Places"), "map-pin"),
            _item(current, "patterns", _("Numbering"), "hashtag"),
        ]
    if actor.may(Permission.PAPER_TEMPLATE_MANAGE):
        items.append(_item(current, "paper-templates", _("Document templates"), "document-text"))
    return [NavGroup(heading=_("Administration"), items=items)] if items else []


def _item(current: str | None, name: str, label: str, icon: str) -> NavItem:
    here = current in (name, *_OF[name], *_MORE.get(name, ()))
    return NavItem(label=label, url=reverse(f"desk:{name}"), icon=icon, current=here)

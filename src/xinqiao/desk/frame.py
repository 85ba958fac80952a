"""The frame of the desk's pages: who acts, where one can go, and what runs beside. Only what exists is offered."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.parts import NavGroup, NavItem
from xinqiao.desk.administration.navigation import administration
from xinqiao.desk.duties import MANY, count_duties

if TYPE_CHECKING:
    from xinqiao.desk.pages import DeskRequest

MATTER_PAGES = ("matter", "act", "contact", "file", "transfer-many")
ACCOUNT_PAGES = ("confirm", "password", "authenticator", "passkeys", "codes", "remove-factor", "sign-ins", "deputies")


def frame(request: "DeskRequest") -> dict[str, Any]:
    """What ``components/desk.html`` needs, and ``today`` for every page."""
    actor = request.actor
    return {
        "today": today(),
        "home_url": reverse("desk:home"),
        "sign_out_url": reverse("sign-out"),
        "search_url": reverse("desk:matters") if actor.may(Permission.MATTER_READ) else "",
        "search_hint": _("number of a matter"),
        "register_url": reverse("desk:register") if actor.may(Permission.MATTER_REGISTER) else "",
        "actor_label": _label(request),
        "admin_until": actor.admin_until,
        "desk_nav": navigation(request),
    }


def _label(request: "DeskRequest") -> str:
    """In which organ somebody acts; without a post only the name."""
    actor = request.actor
    if not actor.is_staff:
        return str(request.user.name)
    return f"{actor.organ_label} · {actor.name}"


def navigation(request: "DeskRequest") -> list[NavGroup]:
    """Where this post can go; the page one is on is marked."""
    actor = request.actor
    name = _place(request)
    own = _item(name, "account", _("My account"), "user-circle", also=ACCOUNT_PAGES)
    if not actor.is_staff:
        return [NavGroup(items=[own])]
    work = [_item(name, "home", _("My work"), "inbox", count=_owed(request), also=("drafts",))]
    if actor.may(Permission.MATTER_REGISTER):
        work.append(_item(name, "register", _("Register"), "pencil-square"))
    if actor.may(Permission.MATTER_READ):
        work.append(_item(name, "matters", _("All matters"), "document-text", also=MATTER_PAGES))
    account = [own]
    if request.session.get("posts", 1) > 1:
        account.append(_item(name, "posts", _("Change the post"), "identification"))
    if actor.may(Permission.ADMIN_SESSION_OPEN):
        account.append(_item(name, "admin-session", _("Open case files"), "key"))
    if actor.may(Permission.ACCESS_LOG_READ):
        account.append(_item(name, "looks", _("Access log"), "eye"))
    return [NavGroup(items=work), *administration(actor, name), NavGroup(heading=_("Account"), items=account)]


def _owed(request: "DeskRequest") -> int | None:
    known: int | None = getattr(request, "duties_owed", None)
    return count_duties(request.actor) if known is None else known


def _place(request: "DeskRequest") -> str | None:
    """The page one is on; setting up a list belongs to that list."""
    match = request.resolver_match
    if match and match.url_name in ("columns", "views"):
        return "home" if match.kwargs.get("list_name") == "work" else "matters"
    return match.url_name if match else ""


def _item(
    current: str | None, name: str, label: str, icon: str, *, count: int | None = None, also: tuple[str, ...] = ()
) -> NavItem:
    shown = None if count is None else min(count, MANY)
    return NavItem(
        label=label,
        url=reverse(f"desk:{name}"),
        icon=icon,
        count=shown,
        more=shown != count,
        current=current in (name, *also),
    )

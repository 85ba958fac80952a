"""People: the list, one person with the posts held, and what can be done to the account."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.actions import people as acts
from xinqiao.accounts.actions.deputies import NOT_HANDED_ON
from xinqiao.accounts.factors import has_second_factor
from xinqiao.accounts.managing import holding_now, managed_person, people_managed
from xinqiao.accounts.models import Change
from xinqiao.components.cells import TitleCell
from xinqiao.components.parts import Act, Column, RowGroup, Table
from xinqiao.desk.administration.shared import history, listing
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.rows import page_of
from xinqiao.organs.lookup import called_like
from xinqiao.organs.models import Holding, User

MANAGE = Permission.USER_MANAGE


def people_trail(user: User | None = None) -> list[tuple[str, str]]:
    """The way back: the list, and the person one is at."""
    trail = [(_("People"), reverse("desk:people"))]
    return [*trail, (user.name, reverse("desk:person", args=[user.username]))] if user else trail


@desk_page("GET", to=MANAGE)
def people(request: DeskRequest) -> HttpResponseBase:
    """The accounts of the sphere, open ones or all, found by name, account name or organ."""
    rows, wanted = people_managed(request.actor), request.GET.get("q", "").strip()
    chosen = request.GET.get("show", "")
    if chosen != "all":
        rows = rows.filter(is_active=True)
    if wanted:
        at = Holding.objects.filter(called_like(wanted, "post__organ__")).values("user")
        rows = rows.filter(Q(name__icontains=wanted) | Q(username__istartswith=wanted) | Q(pk__in=at))
    held = Holding.objects.filter(since__lte=today()).filter(Q(until=None) | Q(until__gt=today()))
    rows = rows.prefetch_related(Prefetch("holdings", held.select_related("post__organ"), to_attr="held"))
    page = page_of(rows, request.GET, by="username")
    context = {
        "heading": _("People"),
        "counted": ngettext("%(n)d account", "%(n)d accounts", page.total) % {"n": page.total},
        "actions": [(_("Open an account"), reverse("desk:open-account"), "user-plus")],
        "search_label": _("Name, account name or organ"),
        "choices": [("", _("Open accounts")), ("all", _("Shut ones too"))],
        "chosen": chosen,
        "page": page,
        "table": _list_table(page.rows) if page.rows else None,
        "nothing": _("Nobody fits this search."),
        "nothing_text": _("Check the name, or take the search away."),
        "history": history(request, Change.Subject.PERSON),
    }
    return listing(request, context)


def _list_table(rows: Any) -> Table:
    columns = [
        Column(label=_("Account name"), width="w8", muted=True),
        Column(label=_("Name"), width="w8"),
        Column(label=_("State of the account"), width="w7"),
        Column(label=_("Posts"), wide=True),
    ]
    cells = [
        [
            user.username,
            TitleCell(text=user.name, url=reverse("desk:person", args=[user.username])),
            _("open") if user.is_active else _("shut"),
            "；".join(f"{h.post.organ.label} {h.post.title}" for h in user.held),
        ]
        for user in rows
    ]
    return Table(caption=_("People"), columns=columns, groups=[RowGroup(rows=cells)])


@desk_page("GET", to=MANAGE)
def person_page(request: DeskRequest, username: str) -> HttpResponseBase:
    """One person: posts, the state of the account, what can be done, and what was done."""
    return person(request, managed_person(request.actor, username))


def person(request: DeskRequest, user: User, *, told: dict[str, str] | None = None) -> HttpResponse:
    """The page of a person; ``told`` is a password that is shown this once."""
    tags = [] if user.is_active else [_("shut")]
    context = {
        "heading": user.name,
        "tags": [*tags, _("program")] if user.is_partner else tags,
        "trail": people_trail(),
        "told": told,
        "facts": _facts(user),
        "sections": [_posts(request, user)],
        "doors": _doors(request, user),
        "history": history(request, Change.Subject.PERSON, user.pk),
    }
    return show(request, "desk/administration/detail.html", context)


def _facts(user: User) -> list[tuple[str, object]]:
    failures = acts.failures_of(user)
    return [
        (_("Account name"), user.username),
        (_("Name"), user.name),
        (_("E-mail"), user.email),
        (_("State of the account"), _("open") if user.is_active else _("shut")),
        (_("Second factor"), _("set up") if has_second_factor(user) else _("none")),
        (_("Wrong passwords held against it"), failures),
    ]


def _posts(request: DeskRequest, user: User) -> dict[str, Any]:
    columns = [
        Column(label=_("Post"), wide=True),
        Column(label=pgettext("administration", "Organ"), wide=True),
        Column(label=_("From"), width="w8"),
        Column(label=_("Until"), width="w8"),
        Column(label=_("What can be done"), end_s=True),
    ]
    cells = [_post_cells(row) for row in holding_now(user, today())]
    table = Table(caption=_("Posts"), columns=columns, groups=[RowGroup(rows=cells)]) if cells else None
    return {"title": _("Posts"), "id": "h-posts", "table": table, "nothing": _("This person holds no post today.")}


def _post_cells(row: Holding) -> list[object]:
    post, url = row.post, reverse("desk:relieve", args=[row.user.username, row.pk])
    stands = [_("for %(name)s") % {"name": row.deputy_for.name}] if row.deputy_for else []
    title = TitleCell(text=post.title, url=reverse("desk:post", args=[post.pk]), tags=stands)
    ways = [TitleCell(text=_("End the post"), url=url)]
    if row.deputy_for is None and post.role not in NOT_HANDED_ON:
        ways.append(TitleCell(text=_("Name a deputy"), url=reverse("desk:deputies", args=[row.pk])))
    return [title, post.organ.label, row.since, row.until, links(ways)]


def links(cells: list[TitleCell]) -> object:
    """Several links in one cell."""
    return format_html_join("　", '<a class="nowrap" href="{}">{}</a>', ((cell.url, cell.text) for cell in cells))


def _doors(request: DeskRequest, user: User) -> list[Act]:
    own = (
        _("Nobody gives himself a post. Have another administrator do it.") if user.pk == request.actor.user_id else ""
    )
    shut = _("The account is shut. Open it again first.") if not user.is_active else ""
    close = acts.why_not_close(request.actor, user)
    no_factor = "" if has_second_factor(user) else _("There is no second factor.")
    no_lock = "" if acts.failures_of(user) else _("It is not locked.")
    named = [
        ("describe-person", _("Change name and e-mail"), "", "pencil-square"),
        ("appoint", _("Give a post"), own or shut, "plus"),
        ("new-password", _("Give a one-time password"), shut, "key"),
        ("unlock", _("Unlock"), no_lock, ""),
        ("reset-factors", _("Reset the second factor"), no_factor, ""),
    ]
    last = ("close-account", _("Shut the account"), close, "")
    named.append(last if user.is_active else ("reopen-account", _("Open the account again"), "", ""))
    return [
        Act(
            label=label,
            verb=name,
            icon=icon,
            reason=reason,
            danger=name == "close-account",
            url=reverse(f"desk:{name}", args=[user.username]),
        )
        for name, label, reason, icon in named
    ]

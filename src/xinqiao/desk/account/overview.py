"""The account on one page: ways in, sessions, the last sign-ins, deputies, language."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.access.actor import current_holdings
from xinqiao.access.clock import today
from xinqiao.accounts.actions.deputies import NOT_HANDED_ON
from xinqiao.accounts.factors import factors_of, unused_codes
from xinqiao.accounts.history import sign_ins_of
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.required import is_required, owes_second_factor
from xinqiao.accounts.sessions import end_other_sessions, end_session, sessions_of
from xinqiao.accounts.whence import device_words
from xinqiao.components.cells import moment_html
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import DESK
from xinqiao.desk.account.signs import means_words
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.paging import Page
from xinqiao.desk.rows import page_of, rows_words

LATEST = 5
SIZE = 50


@desk_page("GET", needs_post=False)
def account(request: DeskRequest) -> HttpResponseBase:
    """Everything about one's own account, and about nobody else's."""
    user, factors = request.user, factors_of(request.user)
    context = {
        "owes": owes_second_factor(request, request.actor, user),
        "is_required": is_required(request.actor.role),
        "has_password": user.has_usable_password(),
        "factors": factors,
        "codes_left": len(unused_codes(user)),
        "passkeys": [_passkey(row) for row in factors.passkeys],
        "sessions": [_session(row, request) for row in sessions_of(user)],
        "sign_ins": _table(list(sign_ins_of(user)[:LATEST])),
        "posts": _posts(request),
    }
    return show(request, "desk/account/overview.html", context)


def _posts(request: DeskRequest) -> list[dict[str, Any]]:
    held = [holding for holding in current_holdings(request.user, today()) if holding.deputy_for_id is None]
    return [{"pk": h.pk, "post": h.post, "may_have_deputy": h.post.role not in NOT_HANDED_ON} for h in held]


def _passkey(row: Authenticator) -> dict[str, Any]:
    return {"pk": row.pk, "name": row.wrap().name, "made": row.created_at, "used": row.last_used_at}


def _session(row: Any, request: DeskRequest) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "device": device_words(row.user_agent),
        "since": row.created_at,
        "address": row.ip,
        "is_this": row.session_key == request.session.session_key,
    }


@desk_page("POST", needs_post=False)
def end_sessions(request: DeskRequest) -> HttpResponseBase:
    """End one session by its number, or every one but this."""
    which = request.POST.get("session", "")
    if which.isdecimal() and len(which) < 19:
        count = int(end_session(request.user, int(which)))
    else:
        count = end_other_sessions(request, request.user)
    words = ngettext("%(n)d session ended.", "%(n)d sessions ended.", count) % {"n": count}
    messages.success(request, words if count else _("There was no other session."))
    return redirect("desk:account")


@desk_page("GET", needs_post=False)
def sign_ins(request: DeskRequest) -> HttpResponseBase:
    """Who came to the door of the own account, with success and without, newest first."""
    page: Page[SignIn] = page_of(sign_ins_of(request.user), request.GET, size=SIZE)
    return show(
        request,
        "desk/account/sign_ins.html",
        {"page": page, "rows_words": rows_words(page), "table": _table(page.rows)},
    )


def _table(rows: Any) -> Table | None:
    columns = [
        Column(label=_("When"), width="w16"),
        Column(label=_("What")),
        Column(label=_("By what"), hide_s=True),
        Column(label=_("Device"), hide_s=True),
        Column(label=_("From address"), end_s=True),
    ]
    cells = [
        [
            moment_html(row.at, surface=DESK),
            row.get_outcome_display(),
            means_words(row),
            device_words(row.device),
            row.address or "",
        ]
        for row in rows
    ]
    return Table(caption=_("Sign-ins"), columns=columns, groups=[RowGroup(rows=cells)]) if cells else None

"""A form that came in too late: the session had ended, or somebody had signed in anew. Nothing typed is lost.

Only its signed handle is believed: the draft is kept for the person who opened the form, and shown to nobody here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinqiao.components.views import csrf_failure as plain_csrf_failure
from xinqiao.desk.drafts.handles import FIELD, REGISTER, Handle, read_handle
from xinqiao.desk.drafts.keeping import BY_TIMER, SAVE, NotKept, keep, written_in
from xinqiao.desk.models import Draft


def rescued(request: HttpRequest) -> HttpResponse | None:
    """The page that says what was kept and where it goes on; None where the form had no handle of ours."""
    handle = read_handle(request.POST.get(FIELD, "")) if request.method == "POST" else None
    if handle is None:
        return None
    try:
        draft = keep(handle, written_in(request))
    except NotKept:
        return None
    if request.POST.get(SAVE) == BY_TIMER:
        words = _("Your sign-in has ended; what you wrote was kept as a draft.")
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=403)
    return render(request, "desk/kept.html", _context(request, handle, draft), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: whoever signed in anew in another window finds what he typed as a draft."""
    return rescued(request) or plain_csrf_failure(request, reason)


def _context(request: HttpRequest, handle: Handle, draft: Draft) -> dict[str, object]:
    back = f"{reverse('desk:register')}?draft={draft.pk}" if handle.form == REGISTER else request.path
    is_owner = request.user.is_authenticated and request.user.pk == handle.user_id
    url = back if is_owner else f"{reverse('sign-in')}?{urlencode({'next': back})}"
    return {"draft": draft, "url": url, "is_owner": is_owner}

"""What a form says of its draft: when it was saved, what is to be chosen again, where the handle stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinqiao.access.clock import today
from xinqiao.components.dates import day_of, desk_day, time_words
from xinqiao.components.surfaces import current_language
from xinqiao.desk.drafts.handles import Handle, is_done
from xinqiao.desk.drafts.keeping import BY_TIMER, SAVE, NotKept, Written, keep, opened, written_in
from xinqiao.desk.models import Draft


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """A draft that a form goes on with."""

    draft: Draft
    written: Written


def resumed(draft: Draft | None) -> Resumed | None:
    """The draft opened; None without one."""
    return Resumed(draft=draft, written=opened(draft)) if draft else None


def context_of(handle: Handle, back: Resumed | None = None) -> dict[str, Any]:
    """What ``desk/_draft.html`` and the hidden field of a form need."""
    return {
        "kept_as": handle.signed(),
        "draft": back.draft if back else None,
        "draft_words": saved_words(back.draft) if back else "",
        "files_again": files_words(back.written.files, of_draft=True) if back else "",
    }


def is_saving(request: HttpRequest) -> bool:
    """Whether the form was sent to be kept and not to be done."""
    return SAVE in request.POST


def saved_answer(request: HttpRequest, handle: Handle, url: str) -> HttpResponse:
    """Keep the form; the timer gets the words for its line, a person the form again with what was kept."""
    by_timer = request.POST[SAVE] == BY_TIMER
    if is_done(request, handle):
        return HttpResponse(status=204) if by_timer else redirect("desk:home")
    try:
        draft = keep(handle, written_in(request))
    except NotKept:
        return _not_kept(request, url, by_timer)
    if by_timer:
        return HttpResponse(saved_words(draft, by_timer=True), content_type="text/plain; charset=utf-8")
    messages.success(
        request, _("%(draft)s. It is found under “My drafts” for thirty days.") % {"draft": saved_words(draft)}
    )
    return redirect(url)


def _not_kept(request: HttpRequest, url: str, by_timer: bool) -> HttpResponse:
    words = _("The draft is too long to be kept.")
    if by_timer:
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=422)
    messages.error(request, words)
    return redirect(url)


def saved_words(draft: Draft, *, by_timer: bool = False) -> str:
    """``草稿 10:42 已自动保存``; with the day where it was not today."""
    day = day_of(draft.saved_at)
    time = time_words(draft.saved_at)
    if day != today():
        time = f"{desk_day(day, current_language(), within=today().year)} {time}"
    if by_timer:
        return _("Draft saved by itself at %(time)s") % {"time": time}
    return _("Draft saved at %(time)s") % {"time": time}


def files_words(names: Sequence[str], *, of_draft: bool = False) -> str:
    """Which files are to be chosen again, and why; nothing where none was chosen."""
    if not names:
        return ""
    listed = {"names": pgettext("between names", ", ").join(names)}
    if of_draft:
        return _("Choose these files again, a draft does not keep them: %(names)s") % listed
    return _("Choose these files again, a browser does not keep them: %(names)s") % listed

"""What a petitioner does on a followed matter: add, withdraw, take back, ask for a review or a re-review.

Every act goes through the one action of the house; a page shows before the click what the action would refuse after it.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from xinqiao.access.actor import Actor
from xinqiao.documents.services import FileRefused, receiving
from xinqiao.matters.acting import Acting, Overtaken, reading
from xinqiao.matters.actions.restore import restore
from xinqiao.matters.actions.supplement import supplement
from xinqiao.matters.actions.withdraw import withdraw
from xinqiao.matters.submission import Invalid
from xinqiao.portal import sealed
from xinqiao.portal.act_forms import FORMS, ActForm
from xinqiao.portal.act_pages import closed_page, confirm_page, done_words, form_page
from xinqiao.portal.doors import REMEDIES, VERBS
from xinqiao.portal.files_step import uploads_of
from xinqiao.portal.followed import HELD_FOR, NotFollowed, followed_matter
from xinqiao.portal.pages import page, with_files
from xinqiao.portal.track import ask_again
from xinqiao.procedure import EVENT_OF, Refused
from xinqiao.record import events_of
from xinqiao.reviews.actions.request_rereview import request_rereview
from xinqiao.reviews.actions.request_review import request_review
from xinqiao.reviews.choices import refusal_of

ACTIONS: dict[str, Callable[..., Acting]] = {
    "supplement": supplement,
    "withdraw": withdraw,
    "restore": restore,
    "review": request_review,
    "rereview": request_rereview,
}

# The fields of an act that wait for whoever left before sending them.
_KEPT = ("text", "reason", "to", "petitioner")


@dataclass(frozen=True, kw_only=True)
class _Visit:
    """One act on its way: which, by whom, on a matter read how."""

    path: str
    actor: Actor
    act: Acting

    @property
    def verb(self) -> str:
        return (REMEDIES | VERBS)[self.path]

    @property
    def event(self) -> str:
        return "supplemented" if self.path == "supplement" else EVENT_OF[self.verb]


def act_view(path: str) -> Callable[..., HttpResponseBase]:
    """The page of one act."""

    @page("GET", "POST")
    def view(request: HttpRequest, number: str) -> HttpResponse:
        try:
            matter, actor = followed_matter(request, number)
        except NotFollowed:
            return _code_first(request, number, path)
        act = reading("read", matter=matter, actor=actor, recorded=events_of(matter.stream_id))
        return _open(request, _Visit(path=path, actor=actor, act=act))

    return with_files(view) if path == "supplement" else view


def _open(request: HttpRequest, visit: _Visit) -> HttpResponse:
    make, posted = FORMS[visit.path], request.method == "POST"
    if posted and _was_done(visit, _seen(request)):
        return _done(request, visit)
    if refusal := refusal_of(visit.act, visit.verb):
        return closed_page(request, visit.act, visit.path, refusal, status=409 if posted else 200)
    if not posted or "edit" in request.POST:
        kept = request.POST.dict() if posted else _waiting(request, visit)
        return form_page(request, visit.act, visit.path, make(visit.act, initial=kept))
    form = make(visit.act, request.POST)
    if not form.is_valid():
        return form_page(request, visit.act, visit.path, form, status=422)
    if visit.path in REMEDIES and "confirmed" not in request.POST:
        _keep_unsent(request, visit.path, visit.act.matter.number)
        return confirm_page(request, visit.act, visit.path, form)
    return _do(request, visit, form)


def _do(request: HttpRequest, visit: _Visit, form: ActForm) -> HttpResponse:
    try:
        with ExitStack() as stack:
            facts = form.facts()
            if visit.path == "supplement":
                facts["files"] = stack.enter_context(receiving(uploads_of(request)))
            _act(visit, facts)
    except Refused as refused:
        return closed_page(request, visit.act, visit.path, refused.refusal, status=409)
    except Invalid as wrong:
        for name, sentence in wrong.errors.items():
            form.add_error(name if name in form.fields else None, sentence)
        return form_page(request, visit.act, visit.path, form, status=422)
    except FileRefused as refused_file:
        form.add_error(None, refused_file.sentence)
        return form_page(request, visit.act, visit.path, form, status=422)
    return _done(request, visit)


def _act(visit: _Visit, facts: dict[str, Any]) -> None:
    """Act on what the page showed. What an organ did meanwhile does not stop a petitioner; his own first click does."""
    action = ACTIONS[visit.path]
    try:
        action(number=visit.act.matter.number, actor=visit.actor, **facts)
    except Overtaken as overtaken:
        if any(_is_same(visit, event) for event in overtaken.events):
            return
        action(number=visit.act.matter.number, actor=visit.actor, **facts | {"seen": None})


def _was_done(visit: _Visit, seen: int | None) -> bool:
    """Whether the same page was sent before: the petitioner's same act stands among what it had not shown yet."""
    return seen is not None and any(_is_same(visit, event) for event in visit.act.recorded[seen:])


def _is_same(visit: _Visit, event: Any) -> bool:
    return bool(event.type == visit.event and event.actor.kind == "citizen")


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _done(request: HttpRequest, visit: _Visit) -> HttpResponse:
    sealed.drop(request, _unsent(visit.path, visit.act.matter.number))
    messages.success(request, done_words(visit.act, visit.path))
    return redirect("portal:matter", visit.act.matter.number)


def _waiting(request: HttpRequest, visit: _Visit) -> dict[str, str] | None:
    kept: dict[str, str] | None = sealed.get(request, _unsent(visit.path, visit.act.matter.number), within=HELD_FOR)
    return kept


def _unsent(path: str, number: str) -> str:
    return f"unsent:{path}:{number}"


def _keep_unsent(request: HttpRequest, path: str, number: str) -> None:
    """What was filled in and not sent: it stands in the form again for whoever comes back within the hour."""
    said = {name: request.POST[name] for name in _KEPT if request.POST.get(name)}
    sealed.put(request, _unsent(path, number), said)


def _code_first(request: HttpRequest, number: str, path: str) -> HttpResponse:
    """The hour was over while somebody wrote: the words wait until the code was given again."""
    if request.method == "POST":
        _keep_unsent(request, path, number)
    return ask_again(request, number)

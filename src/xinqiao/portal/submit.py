"""Handing in, steps 1 to 3: what kind, what happened, who you are. Nothing is registered here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinqiao.components.dates import time_words
from xinqiao.matters.models import Kind
from xinqiao.portal import draft_files, drafts
from xinqiao.portal.drafts import STEPS, Draft
from xinqiao.portal.office import front_office
from xinqiao.portal.pages import page, show
from xinqiao.portal.steps import FORM_STEPS, checked, form_of, kept_of, step_list, titles, url_of


@page("GET", "POST")
def kind(request: HttpRequest) -> HttpResponse:
    """Step 1."""
    return _step(request, "kind")


@page("GET", "POST")
def account(request: HttpRequest) -> HttpResponse:
    """Step 2."""
    return _step(request, "account")


@page("GET", "POST")
def person(request: HttpRequest) -> HttpResponse:
    """Step 3."""
    return _step(request, "person")


@page("POST")
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away with its files."""
    draft_files.discard(drafts.load(request).files)
    drafts.drop(request)
    messages.success(request, _("The draft is gone from this device and from the office."))
    return redirect("portal:home")


def start_again() -> HttpResponseRedirect:
    """The draft is no longer there: back to the first step, where the reason is said."""
    return HttpResponseRedirect(f"{url_of('kind')}?gone=1")


def _step(request: HttpRequest, name: str) -> HttpResponse:
    draft = drafts.load(request)
    if name != "kind" and not draft.kind:
        return start_again()
    return _answered(request, name, draft) if request.method == "POST" else _asked(request, name, draft)


def _asked(request: HttpRequest, name: str, draft: Draft) -> HttpResponse:
    front = front_office()
    if "check" in request.GET and kept_of(name, draft):
        return _page(request, name, draft, checked(name, draft, front))
    if name == "kind" and not draft.kind and request.GET.get("kind") in Kind.values:
        draft = drafts.replaced(draft, kind=request.GET["kind"])
    return _page(request, name, draft, form_of(name, draft, front))


def _answered(request: HttpRequest, name: str, draft: Draft) -> HttpResponse:
    """Keep what was written, right or wrong; go on only where it is right."""
    draft = drafts.save(request, draft, **_written(name, request.POST))
    if "later" in request.POST:
        return _later(request)
    form = checked(name, draft, front_office())
    if form.errors:
        return _page(request, name, draft, form, status=422)
    return HttpResponseRedirect(url_of(next_step(name, draft)))


def next_step(name: str, draft: Draft) -> str:
    """The step after this one; back to the check where everything was filled in before."""
    return "check" if draft.files_seen else STEPS[STEPS.index(name) + 1]


def _written(name: str, data: QueryDict) -> dict[str, Any]:
    if name == "kind":
        kind = data.get("kind", "")
        return {"kind": kind if kind in Kind.values else ""}
    fields = {key: value for key, value in data.items() if key not in {"csrfmiddlewaretoken", "later"}}
    return {name: fields}


def _later(request: HttpRequest) -> HttpResponse:
    until = drafts.kept_until(request)
    assert until is not None
    sentence = _("Your draft is kept. You can go on with it on this device until %(time)s.")
    messages.success(request, sentence % {"time": time_words(until)})
    return redirect("portal:home")


def _page(request: HttpRequest, name: str, draft: Draft, form: Any, status: int = 200) -> HttpResponse:
    assert name in FORM_STEPS
    before = STEPS.index(name) - 1
    values = {
        "form": form,
        "name": name,
        "heading": titles()[name],
        "steps": step_list(name),
        "accusing": draft.is_accusation,
        "gone": "gone" in request.GET,
        "back_url": url_of(STEPS[before]) if before >= 0 else "",
        "draft": draft,
    }
    return show(request, "portal/submit_step.html", values, status=status)

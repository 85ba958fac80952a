"""Handing in, steps 1 to 3: what kind, what happened, who you are. Nothing is registered here."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import BooleanField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinqiao.matters.models import Kind
from xinqiao.portal import draft_files, drafts
from xinqiao.portal.drafts import Draft
from xinqiao.portal.office import front_office
from xinqiao.portal.pages import page, show
from xinqiao.portal.person_form import ASKED
from xinqiao.portal.questions import BACK, Group, after, before, group_asked, position, url_of
from xinqiao.portal.reading import instant_words
from xinqiao.portal.receipts import receipt_kept
from xinqiao.portal.simple import is_simple
from xinqiao.portal.steps import FORM_STEPS, checked, form_of, kept_of, narrowed, step_list, titles

# What a number of a matter may look like in a link; anything else in its place is left alone.
_NUMBER = re.compile(r"[\w〔〕 -]{3,40}")


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
    """Throw the draft away with its files; ``then`` is the kind of what is begun instead."""
    draft_files.discard(drafts.load(request).files)
    drafts.drop(request)
    messages.success(request, _("The draft is gone from this device and from the office."))
    then = request.POST.get("then", "")
    return redirect(f"{url_of('kind')}?{urlencode({'kind': then})}" if then in Kind.values else "portal:home")


def resume_url(draft: Draft) -> str:
    """Where somebody goes on: where he stopped for now, or the check, which leads to what is missing."""
    return url_of(draft.at or "check")


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
    if "check" in request.GET and kept_of(name, draft).keys() - {"who"}:
        form = checked(name, draft, front)
        group = group_asked(request, name, draft, wrong=list(form.errors))
        return _page(request, name, draft, narrowed(form, group), group)
    if name == "kind" and not draft.kind:
        draft = drafts.replaced(draft, **_asked_for(request))
    group = group_asked(request, name, draft)
    return _page(request, name, draft, narrowed(form_of(name, draft, front), group), group)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The kind that a link to this page already chose."""
    wanted = request.GET.get("kind", "")
    return {"kind": wanted} if wanted in Kind.values else {}


def _answered(request: HttpRequest, name: str, draft: Draft) -> HttpResponse:
    """Keep what was written, right or wrong; go on only where it is right, and back in any case."""
    front, group = front_office(), group_asked(request, name, draft)
    fields = group or tuple(form_of(name, draft, front).fields)
    draft = drafts.save(request, draft, at="", **_written(request, name, draft, fields))
    if "later" in request.POST:
        drafts.save(request, draft, at=name, for_later=True)
        return _later(request)
    if BACK in request.POST and (url := before(name, group, draft, simple=is_simple(request))):
        return HttpResponseRedirect(url)
    form = narrowed(checked(name, draft, front), group)
    if form.errors:
        return _page(request, name, draft, form, group, status=422)
    return HttpResponseRedirect(after(name, group, draft))


def _written(request: HttpRequest, name: str, draft: Draft, fields: Sequence[str]) -> dict[str, Any]:
    """What the page asked for beside what earlier pages did."""
    said = {field: request.POST.get(field, "") for field in fields}
    if name != "kind":
        return {name: getattr(draft, name) | said}
    kind, who = said.get("kind", draft.kind), said.get("who", draft.who)
    return {
        "kind": kind if kind in Kind.values else "",
        "person": draft.person | {"who": who if who in ASKED else ""},
        "account": draft.account or _about(request),
    }


def _about(request: HttpRequest) -> dict[str, str]:
    """How the account begins where the page of a matter led here: with the number of that matter."""
    number = request.GET.get("about", "")
    if not _NUMBER.fullmatch(number):
        return {}
    return {"text": _("I handed in %(number)s before. Since then this was done to me:") % {"number": number} + "\n"}


def _later(request: HttpRequest) -> HttpResponse:
    kept = drafts.kept(request)
    assert kept is not None
    sentence = _("Your draft is kept. You can go on with it on this device until %(time)s.")
    messages.success(request, sentence % {"time": instant_words(kept.until)})
    return redirect("portal:home")


def _page(request: HttpRequest, name: str, draft: Draft, form: Any, group: Group, status: int = 200) -> HttpResponse:
    assert name in FORM_STEPS
    values = {
        "form": form,
        "name": name,
        "heading": _heading(name, form, group),
        "asked": _is_one_question(form, group),
        "optional": _optional_words(form, group),
        "steps": [] if is_simple(request) else step_list(name),
        "position": position(name, group, draft),
        "accusing": draft.is_accusation,
        "gone": "gone" in request.GET,
        "handed_in": receipt_kept(request) if "gone" in request.GET else "",
        "other": _other_kind(request, draft),
        "resume_url": resume_url(draft),
        "back_url": before(name, group, draft, simple=is_simple(request)),
        "draft": draft,
        "kept": drafts.kept(request),
    }
    return show(request, "portal/submit_step.html", values, status=status)


def _other_kind(request: HttpRequest, draft: Draft) -> str:
    """The kind that a link asked for while a draft of another kind is still there; empty where they agree."""
    wanted = request.GET.get("kind", "")
    is_other = request.method == "GET" and draft.account and wanted in Kind.values and wanted != draft.kind
    return wanted if is_other else ""


def _is_one_question(form: Any, group: Group) -> bool:
    """Whether the page asks one thing, which is then its heading; a box to tick is no question."""
    return len(group) == 1 and not isinstance(form.fields[group[0]], BooleanField)


def _optional_words(form: Any, group: Group) -> str:
    """What stands with the one question of a page that may stay empty: the field's own words, if it has them."""
    if not _is_one_question(form, group) or form.fields[group[0]].required:
        return ""
    return str(getattr(form.fields[group[0]], "optional_words", None) or _("optional"))


def _heading(name: str, form: Any, group: Group) -> str:
    return str(form.fields[group[0]].label) if _is_one_question(form, group) else titles()[name]

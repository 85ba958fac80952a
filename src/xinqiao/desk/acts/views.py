"""The page of one act: its form, or why it may not be done; then the one action, or what stands in the way of it."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.parts import Entry as EntryPart
from xinqiao.desk.acts.forms import BoundAct, form_of, with_seen
from xinqiao.desk.acts.table import ABOUT, FORMS, ActForm
from xinqiao.desk.drafts.handles import Handle, new_handle, sent_handle
from xinqiao.desk.drafts.keeping import draft_of_act, finish, written_in
from xinqiao.desk.drafts.showing import Resumed, context_of, files_words, is_saving, resumed, saved_answer
from xinqiao.desk.files import refusal_words
from xinqiao.desk.matter_parts import OPEN, claim_parts, clock_parts, entry_parts, matter_title, next_words, readable
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.words import comma
from xinqiao.documents.papers import OPEN as UNSERVED
from xinqiao.documents.services import FileRefused, receiving
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting, Overtaken, reading, try_act
from xinqiao.matters.language import law_language
from xinqiao.matters.lookup import access_matter, matters_visible_to
from xinqiao.matters.papers import ISSUING
from xinqiao.matters.selectors import opened_texts, organ_names
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refusal, Refused
from xinqiao.record import events_of
from xinqiao.reviews.choices import refusal_of


@dataclass
class Page:
    """What one request for an act found out."""

    act: Acting
    form: BoundAct
    handle: Handle
    back: Resumed | None = None
    refusal: Refusal | None = None
    meanwhile: list[EntryPart] = field(default_factory=list)
    done: Acting | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether something stands in the way of the act."""
        return bool(self.refusal or self.meanwhile or self.form.errors)

    @property
    def kind(self) -> ActForm:
        return FORMS[self.act.verb]


@desk_page("GET", "POST", is_form=True)
def act_page(request: DeskRequest, number: str, verb: str) -> HttpResponseBase:
    """One legal act on one matter."""
    if verb not in FORMS:
        raise Http404
    act = _read(request, number, verb)
    if request.method != "POST":
        return _shown(request, _opened(act))
    handle = sent_handle(request, request.actor, verb, matter=act.matter)
    if is_saving(request):
        return saved_answer(request, handle, request.path)
    page = Page(act, form_of(act, request.POST, request.FILES), handle)
    if "edit" in request.POST or not page.form.is_valid():
        return _shown(request, page)
    if page.kind.warning and "confirmed" not in request.POST:
        _perform(request, page, is_trial=True)
        return _shown(request, page) if page.is_stopped else _asked_again(request, page)
    _perform(request, page)
    return _finished(request, page) if page.done else _shown(request, page)


def _read(request: DeskRequest, number: str, verb: str) -> Acting:
    matter = access_matter(request.actor, number, to=Permission(f"matter:{verb}"))
    return reading(verb, matter=matter, actor=request.actor, recorded=events_of(matter.stream_id))


def _opened(act: Acting) -> Page:
    """The form as it is begun, or as its draft left it; what happened since then is said."""
    back = resumed(draft_of_act(act.actor, act.matter, act.verb))
    handle = new_handle(act.actor, act.verb, matter=act.matter, draft=back.draft if back else None)
    page = Page(act, form_of(act, typed=back.written if back else None), handle, back, refusal_of(act, act.verb))
    if back and (seen := back.written.first("seen")).isdecimal():
        page.meanwhile = entry_parts(act.recorded[int(seen) :], {}, act.pack)
    return page


def _perform(request: DeskRequest, page: Page, *, is_trial: bool = False) -> None:
    """Call the action; what stands in the way is noted on the page, and everything written stays.

    A trial is taken back: nobody is asked whether he is sure of what may not be done.
    """
    facts = page.form.facts() | {"seen": page.form.cleaned_data["seen"]}
    try:
        with ExitStack() as stack:
            if "files" in page.form.fields:
                facts["files"] = stack.enter_context(receiving(page.form.cleaned_data["files"]))
            if is_trial:
                try_act(page.kind.action, number=page.act.matter.number, actor=request.actor, **facts)
            else:
                page.done = page.kind.action(number=page.act.matter.number, actor=request.actor, **facts)
    except FileRefused as error:
        page.form.add_error("files", refusal_words(error))
    except Invalid as error:
        page.form.add_errors(error.errors)
    except Refused as error:
        _refused(page, error.refusal)
    except Overtaken as error:
        _catch_up(request, page, error)


def _refused(page: Page, refusal: Refusal) -> None:
    """A refusal of one field's day stands at that field; any other above the form."""
    field = "report_due_on" if refusal.code == "report-due-past" else refusal.params.get("field")
    if field in page.form.fields:
        page.form.add_error(str(field), refusal.sentence(law_language()))
    else:
        page.refusal = refusal


def _catch_up(request: DeskRequest, page: Page, overtaken: Overtaken) -> None:
    """Show what happened meanwhile; whoever presses again has seen it."""
    page.act = _read(request, page.act.matter.number, page.act.verb)
    page.meanwhile = entry_parts(overtaken.events, {}, page.act.pack)
    page.form = form_of(page.act, with_seen(request.POST, len(page.act.recorded)))
    page.refusal = refusal_of(page.act, page.act.verb)


def _finished(request: DeskRequest, page: Page) -> HttpResponse:
    """Back to the matter, with what was done and what is due next; home where one no longer sees it."""
    assert page.done is not None
    number = page.done.matter.number
    finish(request, page.handle)
    messages.success(request, done_words(page.kind, page.done, page.form))
    if matters_visible_to(request.actor).filter(number=number).exists():
        return redirect("desk:matter", number=number)
    return redirect("desk:home")


def done_words(kind: ActForm, done: Acting, form: BoundAct) -> str:
    """``已转送县住建局。`` and whose turn it is now."""
    code = str(form.cleaned_data.get("to") or "")
    said = str(kind.done) % {"to": organ_names([code]).get(code, code)}
    between = "" if said.endswith("。") else " "
    return between.join(part for part in (said, next_words(done)) if part)


def _asked_again(request: DeskRequest, page: Page) -> HttpResponse:
    facts = page.form.written()
    page.form.hide()
    context = _context(request, page)
    named = f"{page.act.matter.number}　{context['title']}"
    context |= {
        "facts": [(_("Matter"), named), *((label, linebreaksbr(words)) for label, words in facts)],
        "heading": _("%(act)s: sure?") % {"act": labels.ACTS[page.act.verb]},
        "text": str(page.kind.warning),
        "action": str(labels.ACTS[page.act.verb]),
    }
    return show(request, "desk/confirm.html", context)


def _beside(request: DeskRequest, act: Acting, texts: Mapping[tuple[int, str], str]) -> list[EntryPart]:
    """What the record says of what is decided on: it is read while the decision is written."""
    told = [event for event in act.recorded if event.type in ABOUT.get(act.verb, ())]
    may_know = request.actor.may(Permission.MATTER_READ_IDENTITY)
    return entry_parts(told, readable(texts, with_names=may_know), act.pack) if told else []


def _shown(request: DeskRequest, page: Page) -> HttpResponse:
    language = law_language()
    refusal = page.refusal
    context = _context(request, page) | {
        "refusal": refusal,
        "refusal_sentence": refusal.sentence(language) if refusal else "",
        "refusal_article": refusal.article_text(language) if refusal else "",
        "unserved": _unserved(page) if refusal and refusal.code == "not-served" else "",
        "other_way": page.kind.otherwise.get(refusal.code, "") if refusal and not page.form.is_bound else "",
        "is_open": refusal is None or page.form.is_bound or page.back or refusal.code in page.kind.otherwise,
        "meanwhile": page.meanwhile,
        "asks_for_files": "files" in page.form.fields,
        "files_lost": files_words(written_in(request).files) if page.form.is_bound else "",
    }
    return show(request, "desk/act.html", context, status=_status(page))


def _unserved(page: Page) -> str:
    """The papers that wait to be served, each with its number and the organ that owes the service."""
    waiting = [paper for paper in page.act.papers_on_record if paper.must_be_served and paper.state in UNSERVED]
    return comma().join(f"{paper.get_kind_display()} {paper.number or ''} · {paper.organ.label}" for paper in waiting)


def _status(page: Page) -> int:
    if not page.form.is_bound:
        return 200
    return 409 if page.refusal or page.meanwhile else 422 if page.form.errors else 200


def _context(request: DeskRequest, page: Page) -> dict[str, Any]:
    act = page.act
    texts = opened_texts(act.matter, request.actor)
    return {
        "matter": act.matter,
        "title": matter_title(act.matter, texts),
        "verb": act.verb,
        "label": str(labels.ACTS[act.verb]),
        "form": page.form,
        "claims": claim_parts(act.matter, texts),
        "own_words": texts.get((1, "text"), ""),
        "beside": _beside(request, act, texts),
        "clocks": [part for part in clock_parts(act) if part.state in OPEN],
        "icon": page.kind.icon,
        "issues_paper": act.verb in ISSUING,
        **context_of(page.handle, page.back),
    }

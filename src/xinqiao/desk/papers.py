"""Papers of a matter as PDF: one that was issued, its return slip, and one that an act would issue."""

from collections.abc import Callable
from contextlib import ExitStack

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.pdf import base_url, file_name, pdf_response, script_of
from xinqiao.desk.acts.forms import BoundAct, form_of
from xinqiao.desk.acts.table import FORMS
from xinqiao.desk.files import refusal_words
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.receipts import kept_receipt
from xinqiao.documents.fonts import NoFont
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.rendering import render
from xinqiao.documents.services import FileRefused, papers_of, receiving
from xinqiao.documents.sheets import Sheet
from xinqiao.documents.template_texts import FIELDS
from xinqiao.matters.acting import Acting, Overtaken, reading
from xinqiao.matters.codes import grouped
from xinqiao.matters.language import law_language
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.models import Matter
from xinqiao.matters.paper_sheets import NotPrinted, preview_act, receipt_sheet, sheet_of, slip_sheet
from xinqiao.matters.selectors import note_look
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.record import events_of


@desk_page("GET")
def paper_page(request: DeskRequest, number: str, paper_id: int) -> HttpResponseBase:
    """A paper as it was issued; ``?script=zh-hant`` sets it in Traditional Chinese."""
    return _printed(request, number, paper_id, lambda matter, paper, **how: sheet_of(matter, paper, **how))


@desk_page("GET")
def slip_page(request: DeskRequest, number: str, paper_id: int) -> HttpResponseBase:
    """The return slip of a paper, to be signed, or filled in once the service is on record."""
    wanted = request.GET.get("petitioner", "")
    petitioner = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else None
    return _printed(
        request, number, paper_id, lambda matter, paper, **how: slip_sheet(matter, paper, petitioner=petitioner, **how)
    )


@desk_page("POST", is_form=True)
def preview_page(request: DeskRequest, number: str, verb: str) -> HttpResponseBase:
    """The paper that an act would issue with what stands in its form; nothing is done, nothing recorded."""
    if verb not in FORMS:
        raise Http404
    matter = access_matter(request.actor, number, to=Permission(f"matter:{verb}"))
    act = reading(verb, matter=matter, actor=request.actor, recorded=events_of(matter.stream_id))
    try:
        kind, pdf = _tried(request, act)
    except _NotYet as error:
        return show(request, "desk/no_preview.html", {"matter": matter, "verb": verb, "words": error.words}, status=422)
    _note(request, matter)
    return pdf_response(pdf, f"{PaperKind(kind).label}.pdf")


@desk_page("GET", to=Permission.MATTER_REGISTER)
def receipt_paper(request: DeskRequest) -> HttpResponseBase:
    """The receipt with the query code, to print at the window, while the page of the registration shows it."""
    kept = kept_receipt(request)
    if kept is None:
        return redirect("desk:register")
    matter = Matter.objects.select_related("stream", "received_by").get(number=kept["number"])
    code = grouped(kept["query_code"])
    try:
        pdf = render(receipt_sheet(matter, script_of(request), query_code=code, base_url=base_url(request)))
    except NoFont as error:
        messages.error(request, error.sentence)
        return redirect("desk:receipt")
    return pdf_response(pdf, f"{matter.number}.pdf")


class _NotYet(Exception):
    """There is nothing to preview; ``words`` say why."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(*words)
        self.words = words


def _tried(request: DeskRequest, act: Acting) -> tuple[str, bytes]:
    form = form_of(act, request.POST, request.FILES)
    if not form.is_valid():
        raise _NotYet(_mistakes(form))
    facts = form.facts() | {"number": act.matter.number, "actor": request.actor, "seen": form.cleaned_data["seen"]}
    names = request.actor.may(Permission.MATTER_READ_IDENTITY)
    try:
        with ExitStack() as stack:
            if "files" in form.fields:
                facts["files"] = stack.enter_context(receiving(form.cleaned_data["files"]))
            return preview_act(FORMS[act.verb].action, script_of(request), with_names=names, **facts)
    except Refused as error:
        raise _NotYet([error.refusal.sentence(law_language())]) from error
    except Invalid as error:
        raise _NotYet(list(error.errors.values())) from error
    except Overtaken as error:
        raise _NotYet([_("Somebody acted on this matter meanwhile.")]) from error
    except FileRefused as error:
        raise _NotYet([refusal_words(error)]) from error
    except NoFont as error:
        raise _NotYet([error.sentence]) from error
    except NotPrinted as error:
        raise _NotYet([_("This act issues no document.")]) from error


def _mistakes(form: BoundAct) -> list[str]:
    """What is wrong, each with the field where it is."""
    named = [(form.fields[name].label if name in form.fields else "", errors) for name, errors in form.errors.items()]
    return [
        _("%(field)s: %(error)s") % {"field": label, "error": error} if label else str(error)
        for label, errors in named
        for error in errors
    ]


def _printed(request: DeskRequest, number: str, paper_id: int, sheet_for: Callable[..., Sheet]) -> HttpResponseBase:
    matter = access_matter(request.actor, number, to=Permission.MATTER_READ)
    paper = papers_of(matter.stream).filter(pk=paper_id).select_related("organ", "template").first()
    if paper is None or paper.kind not in FIELDS:
        raise Http404
    names = request.actor.may(Permission.MATTER_READ_IDENTITY)
    try:
        sheet = sheet_for(matter, paper, script=script_of(request), with_names=names, base_url=base_url(request))
        pdf = render(sheet)
    except NotPrinted:
        return _instead(request, number, _("The words of this matter were lawfully destroyed."))
    except NoFont as error:
        return _instead(request, number, error.sentence)
    _note(request, matter)
    return pdf_response(pdf, file_name(paper))


def _note(request: DeskRequest, matter: Matter) -> None:
    if matter.is_sealed or request.actor.admin_until:
        note_look(matter, request.actor, "paper")


def _instead(request: DeskRequest, number: str, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect(reverse("desk:matter", args=[number]))

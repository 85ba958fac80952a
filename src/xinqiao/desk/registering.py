"""Registering one contact after the other, and the receipt that the petitioner takes home."""

from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.fields import wrong_heading, wrongs_of
from xinqiao.components.parts import Wrong
from xinqiao.desk.drafts.handles import REGISTER, Handle, is_done, new_handle, sent_handle
from xinqiao.desk.drafts.keeping import drafts_of, finish, registration_draft, written_in
from xinqiao.desk.drafts.showing import Resumed, context_of, files_words, is_saving, resumed, saved_answer
from xinqiao.desk.due_hint import hint_of, typed_days
from xinqiao.desk.files import refusal_words
from xinqiao.desk.models import Draft
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.receipts import keep_receipt, kept_receipt, put_away, receipt_file
from xinqiao.desk.register_forms import ACCUSED, PERSONS, Registration
from xinqiao.documents.services import FileRefused, receiving
from xinqiao.matters.actions.register import Registered, register
from xinqiao.matters.codes import grouped
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Matter
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ

#: Where one goes on after a registration, by the button that was pressed; else to the receipt.
#: Under this name the session keeps how the last contact came: whoever sits at the window has another visitor next.
CHANNEL = "last_channel"
NEXT_LETTER, TRANSFER = "next", "transfer"


@desk_page("GET", "POST", to=Permission.MATTER_REGISTER, is_form=True)
def register_page(request: DeskRequest) -> HttpResponseBase:
    """One form; what is wrong is said at its field and everything typed stays, in a draft too where it is wanted."""
    if request.method != "POST":
        return _begun(request)
    handle = sent_handle(request, request.actor, REGISTER)
    if is_done(request, handle):
        return redirect("desk:receipt")
    if is_saving(request):
        return saved_answer(request, handle, f"{request.path}?draft={handle.draft}")
    add = request.POST.get("add", "")
    if add in (PERSONS, ACCUSED):
        return _shown(request, Registration(request.actor, request, add=add), handle)
    registration = Registration(request.actor, request)
    if registration.is_valid() and (done := _registered(request, registration)):
        return _gone_on(request, handle, done)
    return _shown(request, registration, handle, status=422)


def _begun(request: DeskRequest) -> HttpResponse:
    """An empty form, or a draft; after a letter in a row the receipt of the last one stands above it."""
    back = resumed(registration_draft(request.actor, request.GET.get("draft", "")))
    handle = new_handle(request.actor, REGISTER, draft=back.draft if back else None)
    if request.GET.get("after") != "1":
        put_away(request)
    typed = back.written.as_query() if back else QueryDict(urlencode({"channel": request.session.get(CHANNEL, "")}))
    return _shown(request, Registration(request.actor, typed=typed), handle, back)


def _gone_on(request: DeskRequest, handle: Handle, done: Registered) -> HttpResponse:
    keep_receipt(request, done)
    finish(request, handle)
    request.session[CHANNEL] = request.POST.get("channel", "")
    then = request.POST.get("then")
    if then == NEXT_LETTER:
        return redirect(f"{request.path}?after=1")
    if then == TRANSFER and matters_visible_to(request.actor).filter(number=done.number).exists():
        link = format_html('<a href="{}">{}</a>', reverse("desk:receipt"), _("receipt with the query code"))
        words = _("Registered as %(number)s;") % {"number": done.number}
        messages.success(request, format_html("{} {}", words, link))
        return redirect("desk:act", number=done.number, verb="transfer")
    return redirect("desk:receipt")


@desk_page("GET", to=Permission.MATTER_REGISTER)
def due_hint(request: DeskRequest) -> HttpResponseBase:
    """What follows from a day of receipt, for the line under its field."""
    return HttpResponse(hint_of(request.actor, request.GET), content_type="text/plain; charset=utf-8")


@desk_page("GET", to=Permission.MATTER_REGISTER)
def receipt_page(request: DeskRequest) -> HttpResponseBase:
    """Number, query code and receipt, for this once."""
    kept = kept_receipt(request)
    if kept is None:
        return redirect("desk:register")
    matter = matters_visible_to(request.actor).filter(number=kept["number"]).first()
    context = {
        "number": kept["number"],
        "file": receipt_file(kept),
        "file_name": f"{kept['number']}.json",
        "matter": matter,
        "pairs": receipt_pairs(kept, matter, Organ.objects.get(pk=request.actor.organ_id or 0)),
    }
    return show(request, "desk/receipt.html", context)


def receipt_pairs(kept: dict[str, Any], matter: Matter | None, organ: Organ) -> list[tuple[str, object]]:
    """What is handed to the petitioner: number, code, who has it, and whom to ask."""
    pairs: list[tuple[str, object]] = [
        (_("Number"), format_html('<b class="num">{}</b>', kept["number"])),
        (_("Query code"), format_html('<b class="num">{}</b>', grouped(kept["query_code"]))),
    ]
    if matter:
        pairs += [(_("Received by"), matter.received_by.label), (_("Received on"), matter.received_on)]
    contact = [piece for piece in (organ.address, organ.telephone, organ.reception_hours) if piece]
    return [*pairs, (_("Where to ask"), "　".join(contact))]


def _last(request: DeskRequest) -> tuple[str, str] | None:
    """Number and query code of the letter before, where one letter follows the other."""
    kept = kept_receipt(request) if request.GET.get("after") == "1" else None
    return (kept["number"], grouped(kept["query_code"])) if kept else None


def _unfinished(request: DeskRequest) -> Draft | None:
    """The registration last left half-written, for whoever begins a new one."""
    if request.method == "POST" or request.GET.keys() & {"draft", "after"}:
        return None
    return drafts_of(request.actor).filter(form=REGISTER).first()


def _registered(request: DeskRequest, registration: Registration) -> Registered | None:
    try:
        with ExitStack() as stack:
            files = stack.enter_context(receiving(registration.words.cleaned_data["files"]))
            return register(submission=registration.submission(tuple(files)), actor=request.actor)
    except FileRefused as error:
        registration.words.add_error("files", refusal_words(error))
    except Invalid as error:
        registration.add_errors(error.errors)
    return None


def _shown(
    request: DeskRequest, registration: Registration, handle: Handle, back: Resumed | None = None, *, status: int = 200
) -> HttpResponse:
    wrongs: list[Wrong] = []
    if registration.is_judged:
        wrongs = [wrong for form in registration.parts for wrong in wrongs_of(form)]
    context: dict[str, Any] = {
        "r": registration,
        "wrongs": wrongs,
        "wrong_heading": wrong_heading(len(wrongs)),
        "files_lost": files_words(written_in(request).files) if request.method == "POST" else "",
        "day_hint": hint_of(request.actor, typed_days(registration)),
        "last": _last(request),
        "unfinished": _unfinished(request),
        "may_transfer": request.actor.may(Permission.MATTER_TRANSFER),
        **context_of(handle, back),
    }
    return show(request, "desk/register.html", context, status=status)

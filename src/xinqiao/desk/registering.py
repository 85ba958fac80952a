"""Registering one contact after the other, and the receipt that the petitioner takes home."""

from contextlib import ExitStack
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.fields import wrong_heading, wrongs_of
from xinqiao.components.parts import Wrong
from xinqiao.desk.files import refusal_words
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


@desk_page("GET", "POST", to=Permission.MATTER_REGISTER, is_form=True)
def register_page(request: DeskRequest) -> HttpResponseBase:
    """One form; what is wrong is said at its field and everything typed stays."""
    if request.method != "POST":
        put_away(request)
        return _shown(request, Registration(request.actor))
    add = request.POST.get("add", "")
    if add in (PERSONS, ACCUSED):
        return _shown(request, Registration(request.actor, request, add=add), added=add)
    registration = Registration(request.actor, request)
    if registration.is_valid() and (done := _registered(request, registration)):
        keep_receipt(request, done)
        return redirect("desk:receipt")
    return _shown(request, registration, status=422)


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


def _shown(request: DeskRequest, registration: Registration, *, added: str = "", status: int = 200) -> HttpResponse:
    wrongs: list[Wrong] = []
    if registration.is_judged:
        wrongs = [wrong for form in registration.parts for wrong in wrongs_of(form)]
    context: dict[str, Any] = {
        "r": registration,
        "wrongs": wrongs,
        "wrong_heading": wrong_heading(len(wrongs)),
        "added": added,
        "files_lost": request.method == "POST" and bool(request.FILES),
    }
    return show(request, "desk/register.html", context, status=status)

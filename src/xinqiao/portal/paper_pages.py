"""Papers on the portal: those that reached the petitioner, the receipt of a registration, the check of any paper."""

import json

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy

from xinqiao.components.pdf import base_url, file_name, pdf_response, script_of
from xinqiao.documents.fonts import NoFont
from xinqiao.documents.rendering import render
from xinqiao.documents.services import papers_of
from xinqiao.matters.codes import grouped
from xinqiao.matters.models import Matter
from xinqiao.matters.paper_checks import Genuine, check_paper
from xinqiao.matters.paper_sheets import NotPrinted, receipt_sheet, sheet_of
from xinqiao.portal import sealed
from xinqiao.portal.followed import NotFollowed, followed_matter
from xinqiao.portal.pages import page, show
from xinqiao.portal.papers import is_readable
from xinqiao.portal.reading import full
from xinqiao.portal.receipts import NAME, SHOWN_FOR
from xinqiao.portal.uncut import UncutForm


class CheckForm(UncutForm):
    """Number and check code, as they stand on a paper."""

    n = forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=60,
        help_text=gettext_lazy("It stands at the top, for example 禾建信〔2026〕41号; any brackets will do"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    h = forms.CharField(
        label=gettext_lazy("Check code"),
        max_length=60,
        help_text=gettext_lazy("Sixteen letters and figures beside the square code"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )


@page("GET")
def paper(request: HttpRequest, number: str, paper: int) -> HttpResponseBase:
    """A paper that reached the petitioner; before its service nobody reads it here."""
    from xinqiao.portal.track import ask_again

    try:
        found, _actor = followed_matter(request, number)
    except NotFollowed:
        return ask_again(request, number)
    row = papers_of(found.stream).filter(pk=paper).select_related("organ", "template").first()
    if row is None or not is_readable(row):
        raise Http404
    try:
        sheet = sheet_of(found, row, script_of(request), with_names=True, base_url=base_url(request))
        return pdf_response(render(sheet), file_name(row))
    except (NotPrinted, NoFont):
        return show(request, "portal/paper_closed.html", {"number": number}, status=410)


@page("GET")
def receipt_paper(request: HttpRequest) -> HttpResponse:
    """The receipt with the query code, to print, for whoever has just handed something in."""
    answer = sealed.get(request, NAME, within=SHOWN_FOR)
    if answer is None:
        return show(request, "portal/receipt_gone.html", {}, status=410)
    matter = Matter.objects.select_related("stream", "received_by").get(number=answer["number"])
    code = grouped(answer["query_code"])
    try:
        pdf = render(receipt_sheet(matter, script_of(request), query_code=code, base_url=base_url(request)))
    except (NotPrinted, NoFont):
        return show(request, "portal/paper_closed.html", {"number": matter.number}, status=410)
    return pdf_response(pdf, f"{matter.number}.pdf")


@page("GET")
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a paper of this number and content was issued by the organ on that day; nothing else is told."""
    if not {"n", "h"} & request.GET.keys():
        return show(request, "portal/verify.html", {"form": CheckForm()})
    form = CheckForm(request.GET)
    if not form.is_valid():
        return show(request, "portal/verify.html", {"form": form}, status=422)
    said = {name: request.GET.get(name, "")[:100] for name in ("d", "s")}
    found = check_paper(form.cleaned_data["n"], form.cleaned_data["h"], day=said["d"], signature=said["s"])
    if found and found.statement and request.GET.get("file"):
        response = HttpResponse(json.dumps(found.statement, ensure_ascii=False), content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="paper.json"'
        return response
    sentence = _sentence(found) if found else ""
    values = {"form": CheckForm() if found else form, "found": found, "sentence": sentence, "asked": True}
    values["query"] = request.GET.urlencode()
    return show(request, "portal/verify.html", values, status=200 if found else 404)


def _sentence(found: Genuine) -> str:
    said = {"organ": found.organ.label, "number": found.number, "day": full(found.issued_on)}
    return (
        gettext("%(organ)s issued the document with the number %(number)s on %(day)s. The check code is right.") % said
    )

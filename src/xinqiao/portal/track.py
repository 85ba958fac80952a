"""Following a matter: the form for number and code, the page of the matter, its files, and leaving it again."""

import re
import unicodedata

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinqiao.documents.models import Attachment
from xinqiao.documents.services import FileDamaged, FileRefused, download
from xinqiao.matters.acting import reading
from xinqiao.matters.selectors import find_organs, opened_texts
from xinqiao.matters.tracking import TooManyAttempts, citizen_with
from xinqiao.portal import draft_files, drafts, followed, sealed
from xinqiao.portal.doors import doors
from xinqiao.portal.followed import NotFollowed, followed_matter
from xinqiao.portal.forms import NUMBER_EXAMPLE, TrackForm
from xinqiao.portal.numbers import as_number
from xinqiao.portal.pages import page, show
from xinqiao.portal.papers import own_files, papers
from xinqiao.portal.reading import has_organ_in_charge, organs_in_charge
from xinqiao.portal.simple import template_for
from xinqiao.portal.story import claims, steps, story
from xinqiao.portal.whose_turn import whose_turn
from xinqiao.record import events_of

_CODE = re.compile(r"[0-9]{12}")


@page("GET", "POST")
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; a right pair opens the matter for an hour."""
    if request.method != "POST":
        return _form_page(request, TrackForm(initial={"number": request.GET.get("number", "")[:40]}))
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    number, code = typed(form.cleaned_data["number"]), typed(form.cleaned_data["code"])
    if not _CODE.fullmatch(re.sub(r"[ -]", "", code)):
        form.add_error("code", _("A query code has 12 figures. It is on the receipt."))
        return _form_page(request, form, status=422)
    shaped = as_number(number)
    number = shaped or number
    try:
        actor = citizen_with(number, code, address=request.META.get("REMOTE_ADDR", ""))
    except TooManyAttempts as many:
        return _too_many(request, many)
    if actor is None:
        form.add_error(*_why_not(is_shaped=shaped is not None))
        return _form_page(request, form, status=422)
    followed.remember(request, number, code)
    return redirect("portal:matter", number)


@page("GET")
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Whose turn it is, what can be done now, and everything that happened. ``?show=1`` opens what is sealed."""
    try:
        found, actor = followed_matter(request, number)
    except NotFollowed:
        return ask_again(request, number)
    opened = not found.is_sealed or request.GET.get("show") == "1"
    texts = opened_texts(found, None)
    act = reading("read", matter=found, actor=actor, recorded=events_of(found.stream_id))
    find_organs(act)
    values = {
        "matter": found,
        "title": texts.get((1, "title"), "") if opened else _("The matter you handed in"),
        "title_lang": "zh-Hans" if opened and _is_chinese(texts.get((1, "title"), "")) else "",
        "opened": opened,
        "turn": whose_turn(act, texts),
        "steps": steps(act),
        "doors": doors(act),
        "claims": claims(act, texts) if opened else [],
        "entries": story(act, texts, opened=opened),
        "papers": papers(found),
        "files": own_files(found, opened=opened),
        "organs": organs_in_charge(act),
        "in_charge": has_organ_in_charge(act),
        "undo_days": act.pack.settings["withdrawal_undo_days"],
    }
    return show(request, template_for(request, "matter"), values)


@page("GET")
def file(request: HttpRequest, number: str, attachment: int) -> HttpResponseBase:
    """One file that the petitioner sent; staff's files are not handed out here."""
    try:
        found, _actor = followed_matter(request, number)
    except NotFollowed:
        return ask_again(request, number)
    try:
        if not Attachment.objects.filter(stream_id=found.stream_id, pk=attachment, from_petitioner=True).exists():
            raise Http404
        got = download(found.stream, attachment)
    except (FileRefused, FileDamaged):
        return show(request, "portal/file_closed.html", {"number": number}, status=410)
    response = StreamingHttpResponse(got.content, content_type=got.media_type)
    response["Content-Disposition"] = got.header
    response["Content-Length"] = str(got.size)
    return response


@page("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Forget every matter, receipt and draft on this device: for telephones and computers that several people use."""
    draft_files.discard(drafts.load(request).files)
    sealed.forget_all(request)
    request.session.cycle_key()
    messages.success(request, _("Nothing of your matters is kept on this device any more."))
    return redirect("portal:home")


def ask_again(request: HttpRequest, number: str) -> HttpResponse:
    """The code is not held, or no longer; whether there is such a number is not told."""
    messages.info(request, _("For your protection, give the query code again."))
    return redirect(f"{reverse('portal:track')}?{urlencode({'number': number})}")


def _why_not(*, is_shaped: bool) -> tuple[str | None, str]:
    """The field and what to check in it. It depends on how the number looks alone, never on whether it exists."""
    if is_shaped:
        return None, _("Number and query code do not fit together. Check both against your receipt.")
    sentence = _("No number looks like this. One looks like %(example)s: write every letter and figure, noughts too.")
    return "number", sentence % {"example": NUMBER_EXAMPLE}


def typed(text: str) -> str:
    """What was keyed in, as it is stored: wide figures and letters made narrow, dashes alike, capitals."""
    narrow = unicodedata.normalize("NFKC", text).strip().upper()
    return re.sub(r"[‐-―−]", "-", re.sub(r"\s+", " ", narrow))


def _is_chinese(text: str) -> bool:
    """Whether the petitioner wrote in Chinese, so that a page in another language says its words in the right voice."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _form_page(request: HttpRequest, form: TrackForm, status: int = 200) -> HttpResponse:
    return show(request, "portal/track.html", {"form": form}, status=status)


def _too_many(request: HttpRequest, many: TooManyAttempts) -> HttpResponse:
    response = show(request, "portal/too_many.html", {"minutes": many.minutes}, status=429)
    response["Retry-After"] = str(many.minutes * 60)
    return response

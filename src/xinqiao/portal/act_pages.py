"""The pages of an act: its form, the last look before it, and the closed door with its reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xinqiao.components.accounts import clock_part
from xinqiao.components.fields import hidden_fields
from xinqiao.components.parts import Act
from xinqiao.components.surfaces import PORTAL
from xinqiao.matters.acting import Acting
from xinqiao.matters.language import law_language
from xinqiao.portal.act_forms import ActForm
from xinqiao.portal.doors import REMEDIES, act_title, right_of
from xinqiao.portal.files_step import limits_words
from xinqiao.portal.forms import DOCUMENTS, PHOTOS
from xinqiao.portal.pages import show
from xinqiao.portal.reading import has_organ_in_charge
from xinqiao.portal.refusal_words import refusal_sentence
from xinqiao.procedure import Refusal
from xinqiao.reviews.superiors import reviewing_organs

APPLICATION = gettext_lazy(
    "What you write here is the application itself; you need not hand in any other paper: those that the opinion lists"
    " are for whoever asks by post or in person. Evidence can be added afterwards with “Add words or files”."
)


def form_page(request: HttpRequest, act: Acting, path: str, form: ActForm, *, status: int = 200) -> HttpResponse:
    """The form of an act, with what there is to know before it."""
    clock = right_of(act, path) if path in REMEDIES else None
    values = _common(act, path) | {
        "form": form,
        "text": _explained(act, path),
        "application": APPLICATION if path in REMEDIES else "",
        "button": _("Go on and look once more") if path in REMEDIES else button_words(path),
        "danger": path == "withdraw",
        "clock": clock_part(clock, surface=PORTAL) if clock and clock.state == "running" else None,
        "lapsed_on": clock.legal_due if clock and clock.state == "lapsed" else None,
        "photos": PHOTOS if path == "supplement" else "",
        "documents": DOCUMENTS,
        "limits": limits_words(),
    }
    return show(request, "portal/act.html", values, status=status)


def confirm_page(request: HttpRequest, act: Acting, path: str, form: ActForm) -> HttpResponse:
    """The last look before what can be done only once; nothing has been sent yet, and it says so."""
    said = form.facts()
    values = _common(act, path) | {
        "pairs": [(_("You ask"), asked_organ(act, path, said.get("to")))],
        "own_words": said["reason"],
        "hidden": hidden_fields(said),
        "application": APPLICATION,
    }
    return show(request, "portal/act_confirm.html", values)


def closed_page(request: HttpRequest, act: Acting, path: str, refusal: Refusal, *, status: int) -> HttpResponse:
    """The closed door: why it is closed, by which article, and the way back."""
    article = refusal.article_text(law_language())
    door = Act(label=act_title(path), verb=path, reason=refusal_sentence(refusal, path), article=article)
    return show(request, "portal/act_closed.html", _common(act, path) | {"door": door}, status=status)


def asked_organ(act: Acting, path: str, code: str | None) -> str:
    """The organ that will look again: the one chosen, or the first."""
    organs = reviewing_organs(act, path)
    return next((organ.label for organ in organs if code in (None, organ.code)), "")


def button_words(path: str) -> str:
    """What the one button of an act without a check page does, as a verb with its object."""
    return {
        "supplement": _("Add this"),
        "withdraw": _("Withdraw this matter"),
        "restore": _("Let it go on"),
    }[path]


def done_words(act: Acting, path: str) -> str:
    """What the page says after the act; no organ in charge is promised before there is one."""
    added = _("What you added has arrived, and whoever handles the matter sees it.")
    if not has_organ_in_charge(act):
        added = _("What you added has arrived and stands with the matter.")
    return {
        "supplement": added,
        "withdraw": _("You have withdrawn the matter."),
        "restore": _("The withdrawal is taken back. Everything goes on as before."),
        "review": _("Your request for a review has arrived."),
        "rereview": _("Your request for a re-review has arrived."),
    }[path]


def _explained(act: Acting, path: str) -> str:
    days = int(act.pack.settings["withdrawal_undo_days"])
    undo = ngettext(
        "The office then stops. Within %(days)d day you can change your mind here, and everything goes on as before.",
        "The office then stops. Within %(days)d days you can change your mind here, and everything goes on as before.",
        days,
    )
    adding = _("It goes to the organ that handles the matter, at once.")
    if not has_organ_in_charge(act):
        adding = _("It is put with the matter at once. The organ to which the matter goes then sees it too.")
    return {
        "supplement": adding,
        "withdraw": undo % {"days": days},
        "restore": _("The matter goes on where it stood; the days of the organs count as if nothing had happened."),
        "review": _("The organ above looks at the matter and the answer again and tells you the result in writing."),
        "rereview": _("It is looked at one last time. The opinion of the re-review is final."),
    }[path]


def _common(act: Acting, path: str) -> dict[str, Any]:
    number = act.matter.number
    return {
        "number": number,
        "path": path,
        "heading": act_title(path),
        "back_url": reverse("portal:matter", args=[number]),
    }

"""Handing in, step 5: everything once more, then registered by one action, and the receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinqiao.components.parts import Wrong
from xinqiao.documents.services import FileRefused
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ
from xinqiao.portal import draft_files, drafts, receipts
from xinqiao.portal.drafts import Draft, lines_of, persons_of, submission_of
from xinqiao.portal.forms import KINDS, WHO
from xinqiao.portal.handing_in import handed_in, register_once
from xinqiao.portal.office import front_office, visitor
from xinqiao.portal.pages import page, show
from xinqiao.portal.steps import first_wrong, form_of, place_of, step_list, titles, url_of
from xinqiao.portal.submit import start_again


@page("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """The last page before handing in; sent twice, it registers once."""
    draft, front = drafts.load(request), front_office()
    if request.method == "POST" and (answer := handed_in(request.POST.get("token", ""))):
        return _done(request, answer)
    if not draft.kind:
        return start_again()
    if wrong := first_wrong(draft, front):
        return HttpResponseRedirect(f"{url_of(wrong)}?check=1")
    if request.method != "POST":
        return _page(request, draft, front, [])
    return _hand_in(request, draft, front)


def _hand_in(request: HttpRequest, draft: Draft, front: Organ) -> HttpResponse:
    try:
        with draft_files.opened(draft.files) as files:
            answer = register_once(
                token=draft.token,
                submission=submission_of(draft, tuple(files)),
                actor=visitor(front),
                organ=front.code,
            )
    except Invalid as wrong:
        return _page(request, draft, front, _wrongs(wrong.errors), status=422)
    except (FileRefused, draft_files.FileGone) as lost:
        return _page(request, draft, front, [_lost(lost)], status=422)
    draft_files.discard(draft.files)
    return _done(request, answer)


def _done(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    drafts.drop(request)
    receipts.hand_out(request, answer)
    return redirect("portal:receipt")


def _lost(lost: FileRefused | draft_files.FileGone) -> Wrong:
    if isinstance(lost, FileRefused):
        return Wrong(text=lost.sentence, field_id="files")
    sentence = _("The file “%(name)s” is no longer there. Remove it from the list and choose it again.")
    return Wrong(text=sentence % {"name": lost.name}, field_id="files")


def _wrongs(errors: dict[str, str]) -> list[Wrong]:
    return [Wrong(text=_said(key, sentence), field_id=place_of(key)[0]) for key, sentence in errors.items()]


def _said(key: str, sentence: str) -> str:
    """Where the whole office is accused nobody here may take the report: the sender must know whom to turn to."""
    if key != "accused_organs":
        return sentence
    return _(
        "You report the very top of this office, and nobody here may receive that. "
        "Write to the petition office one level higher, or to its discipline inspection commission."
    )


def _page(request: HttpRequest, draft: Draft, front: Organ, wrongs: list[Wrong], status: int = 200) -> HttpResponse:
    values = {
        "heading": titles()["check"],
        "steps": step_list("check"),
        "draft": draft,
        "wrongs": wrongs,
        "sections": _sections(draft, front),
        "back_url": url_of("files"),
        "front": front,
    }
    return show(request, "portal/submit_check.html", values, status=status)


def _sections(draft: Draft, front: Organ) -> list[dict[str, Any]]:
    """What was filled in, step by step, each with the way back to it."""
    return [
        {
            "name": "kind",
            "title": titles()["kind"],
            "url": url_of("kind"),
            "pairs": _kind(draft),
        },
        {"name": "account", "title": titles()["account"], "url": url_of("account"), **_account(draft, front)},
        {"name": "person", "title": titles()["person"], "url": url_of("person"), "pairs": _person(draft)},
        {"name": "files", "title": titles()["files"], "url": url_of("files"), "files": draft.files},
    ]


def _kind(draft: Draft) -> list[tuple[str, str]]:
    return [(_("Kind"), str(dict(KINDS)[draft.kind]))]


def _account(draft: Draft, front: Organ) -> dict[str, Any]:
    said = draft.account
    organ = Organ.objects.filter(code=said.get("organ", "")).first()
    pairs = [
        (_("In one sentence, what it is about"), said.get("title", "")),
        (_("Where it happened"), said.get("place", "")),
        (str(form_of("account", draft, front).fields["organ"].label), organ.label if organ else ""),
    ]
    return {
        "pairs": [(term, value) for term, value in pairs if value],
        "own_words": said.get("text", ""),
        "claims": lines_of(said.get("claims", "")),
    }


def _person(draft: Draft) -> list[tuple[str, str]]:
    said = draft.person
    others = [person.name for person in persons_of(said)[1:]]
    rows = [
        (_("Who hands this in"), str(dict(WHO)[said["who"]])),
        (_("Name"), said.get("name", "") if said["who"] != "anonymous" else ""),
        (_("Names of the others"), "、".join(others)),
        (_("Telephone"), said.get("telephone", "")),
        (_("Address"), said.get("address", "")),
        (_("E-mail"), said.get("email", "")),
        (_("Confidential"), _("yes") if said.get("confidential") else _("no")),
    ]
    return [(term, value) for term, value in rows if value]

"""Handing in, step 5: everything once more, then registered by one action, and the receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.components.parts import Wrong
from xinqiao.documents.services import FileRefused
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Organ
from xinqiao.portal import draft_files, drafts, receipts
from xinqiao.portal.drafts import Draft, submission_of
from xinqiao.portal.forms import KINDS, WHO
from xinqiao.portal.handing_in import handed_in, register_once
from xinqiao.portal.office import front_office, visitor
from xinqiao.portal.pages import page, show
from xinqiao.portal.people import lines_of, others_of, persons_of, speakers_of
from xinqiao.portal.questions import before, position, url_of
from xinqiao.portal.simple import is_simple
from xinqiao.portal.steps import first_wrong, form_of, place_of, step_list, titles
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
        return _page(request, draft, front, _wrongs(wrong.errors, draft), status=422)
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


def _wrongs(errors: dict[str, str], draft: Draft) -> list[Wrong]:
    return [Wrong(text=_said(key, sentence), field_id=place_of(key, draft)[0]) for key, sentence in errors.items()]


def _said(key: str, sentence: str) -> str:
    """Where the whole office is accused nobody here may take the report: the sender must know whom to turn to."""
    if key != "accused_organs":
        return sentence
    return _(
        "You report the very top of this office, and nobody here may receive that. "
        "Write to the petition office one level higher, or to its discipline inspection commission."
    )


def _page(request: HttpRequest, draft: Draft, front: Organ, wrongs: list[Wrong], status: int = 200) -> HttpResponse:
    simple = is_simple(request)
    values = {
        "heading": titles()["check"],
        "steps": [] if simple else step_list("check"),
        "position": position("check", (), draft),
        "draft": draft,
        "kept": drafts.kept(request),
        "wrongs": wrongs,
        "sections": _sections(draft, front),
        "back_url": before("check", (), draft, simple=simple),
        "front": front,
    }
    return show(request, "portal/submit_check.html", values, status=status)


def _sections(draft: Draft, front: Organ) -> list[dict[str, Any]]:
    """What was filled in, step by step, each with the way back to it."""
    parts: dict[str, dict[str, Any]] = {
        "kind": {"pairs": _kind(draft)},
        "account": _account(draft, front),
        "person": {"pairs": _person(draft), "people": _people(draft)},
        "files": {"files": draft.files},
    }
    return [{"name": name, "title": titles()[name], "url": url_of(name), **part} for name, part in parts.items()]


def _kind(draft: Draft) -> list[tuple[str, str]]:
    rows = [(_("Kind"), str(dict(KINDS)[draft.kind])), (_("Who hands this in"), str(dict(WHO)[draft.who]))]
    if (count := len(persons_of(draft.person))) > 1:
        rows.append((_("How many"), ngettext("%(n)d person", "%(n)d people", count) % {"n": count}))
    return rows


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
    name = _("Full name of the organisation") if draft.who == "organisation" else _("Name")
    rows = [
        (name, said.get("name", "") if draft.who != "anonymous" else ""),
        (_("Telephone"), said.get("telephone", "")),
        (_("Address"), said.get("address", "")),
        (_("E-mail"), said.get("email", "")),
        (_("Confidential"), _confidential(draft)),
    ]
    return [(term, value) for term, value in rows if value]


def _confidential(draft: Draft) -> str:
    """What was asked for; that nobody asked for more takes no protection away. Of a report it need not be said."""
    if draft.is_accusation:
        return ""
    asked = draft.person.get("confidential")
    return _("yes") if asked else _("not asked for (personal data are protected all the same)")


def _people(draft: Draft) -> list[tuple[str, list[str]]]:
    """Who is with the one who writes, in two lists; empty lists are left out."""
    if draft.who != "several":
        return []
    rows = [
        (_("Also speaking for all"), [f"{p.name} {p.telephone}".strip() for p in speakers_of(draft.person)]),
        (_("The others"), [person.name for person in others_of(draft.person)]),
    ]
    return [(term, names) for term, names in rows if names]

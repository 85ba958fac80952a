"""Many matters transferred at once: each by its own act, in its own transaction, with its own answer.

Nothing is half done: what is refused for one matter is said with that matter, and the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.access.permissions import Permission
from xinqiao.components.cells import TitleCell
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.desk.acts.forms import BoundAct, form_of
from xinqiao.desk.acts.table import FORMS
from xinqiao.desk.acts.views import done_words
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.words import matter_url, number_cell, organ_cell, stage_words
from xinqiao.matters.acting import Acting, Overtaken, reading
from xinqiao.matters.language import law_language
from xinqiao.matters.lookup import NotThere, matters_visible_to
from xinqiao.matters.models import Kind, Matter
from xinqiao.matters.selectors import list_title
from xinqiao.matters.submission import Invalid
from xinqiao.procedure import Refused
from xinqiao.record import events_of

MOST = 100
"""Matters in one go: more than a page of any list shows."""
VERB = "transfer"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one matter: the words of what was done, or why it was not."""

    number: str
    title: str
    words: str
    article: str = ""
    is_done: bool = False


@desk_page("GET", "POST", to=Permission.MATTER_TRANSFER)
def transfer_many(request: DeskRequest) -> HttpResponseBase:
    """Ask once where the chosen matters go, then transfer each."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = chosen_matters(request, sent.getlist("m"))
    if not chosen:
        messages.error(request, _("Mark the matters in the list first."))
        return redirect("desk:matters")
    acts = [_read(request, matter) for matter in chosen]
    form = _form(acts, request)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, acts, form)
    outcomes = [_transferred(request, act, form) for act in acts]
    return show(request, "desk/bulk_done.html", {"table": _results(outcomes), **_counts(outcomes)})


def chosen_matters(request: DeskRequest, numbers: Sequence[str]) -> list[Matter]:
    """The marked matters that this person may see, in the order of their numbers, each once."""
    found = matters_visible_to(request.actor).filter(number__in=list(dict.fromkeys(numbers))[:MOST])
    return list(found.select_related("stream", "holder", "received_by").order_by("number"))


def _read(request: DeskRequest, matter: Matter) -> Acting:
    return reading(VERB, matter=matter, actor=request.actor, recorded=events_of(matter.stream_id))


def _form(acts: Sequence[Acting], request: DeskRequest) -> BoundAct:
    """The form of one transfer; which organ is barred from an accusation is said with that matter."""
    plain = next((act for act in acts if act.matter.kind != Kind.ACCUSATION), acts[0])
    return form_of(plain, request.POST if request.method == "POST" else None)


def _asked(request: DeskRequest, acts: Sequence[Acting], form: BoundAct) -> HttpResponse:
    columns = [
        Column(label=_("Number"), width="w7", muted=True),
        Column(label=_("Matter"), cut=True, wide=True),
        Column(label=_("Stage"), width="w7"),
        Column(label=_("Where"), width="w16", cut=True, hide_s=True),
    ]
    rows = [[number_cell(m.number), _title(m), stage_words(m.stage), organ_cell(m.holder, "")] for m in _matters(acts)]
    context = {
        "form": form,
        "table": Table(caption=_("Marked matters"), columns=columns, groups=[RowGroup(rows=rows)]),
        "seen": [(act.matter.number, len(act.recorded)) for act in acts],
        "count": len(acts),
        "label": _transfer_words(len(acts)),
    }
    return show(request, "desk/bulk.html", context, status=422 if form.errors else 200)


def _matters(acts: Sequence[Acting]) -> list[Matter]:
    return [act.matter for act in acts]


def _transferred(request: DeskRequest, act: Acting, form: BoundAct) -> Outcome:
    """One transfer with its answer; whatever stops it stops this one alone."""
    number, title = act.matter.number, list_title(act.matter)
    seen = request.POST.get(f"seen-{number}", "")
    try:
        done = FORMS[VERB].action(
            number=number, actor=request.actor, seen=int(seen) if seen.isdecimal() else None, **form.facts()
        )
    except Refused as error:
        language = law_language()
        words, article = error.refusal.sentence(language), error.refusal.article_text(language)
        return Outcome(number=number, title=title, words=words, article=article)
    except Invalid as error:
        return Outcome(number=number, title=title, words=" ".join(error.errors.values()))
    except Overtaken:
        return Outcome(number=number, title=title, words=_("Somebody acted on this matter meanwhile."))
    except NotThere:
        return Outcome(number=number, title=title, words=_("It is no longer there for your post."))
    return Outcome(number=number, title=title, words=done_words(FORMS[VERB], done, form), is_done=True)


def _results(outcomes: Sequence[Outcome]) -> Table:
    columns = [
        Column(label=_("Number"), width="w7", muted=True),
        Column(label=_("Matter"), wide=True),
        Column(label=_("What became of it"), wide=True),
    ]
    groups = [
        RowGroup(title=_group_words(part, is_done), rows=[_outcome_cells(o) for o in part], red=not is_done)
        for is_done in (False, True)
        if (part := [outcome for outcome in outcomes if outcome.is_done == is_done])
    ]
    return Table(caption=_("Results"), columns=columns, groups=groups)


def _outcome_cells(outcome: Outcome) -> list[object]:
    law = format_html(' <span class="law">{}</span>', outcome.article) if outcome.article else ""
    return [
        number_cell(outcome.number),
        TitleCell(text=outcome.title, url=matter_url(outcome.number)),
        format_html("{}{}", outcome.words, law),
    ]


def _title(matter: Matter) -> TitleCell:
    return TitleCell(text=list_title(matter), url=matter_url(matter.number))


def _group_words(part: Sequence[Outcome], is_done: bool) -> str:
    n = {"n": len(part)}
    if is_done:
        return ngettext("Transferred: %(n)d matter", "Transferred: %(n)d matters", len(part)) % n
    return ngettext("Not transferred: %(n)d matter", "Not transferred: %(n)d matters", len(part)) % n


def _counts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    done = sum(outcome.is_done for outcome in outcomes)
    return {"done": done, "refused": len(outcomes) - done}


def _transfer_words(count: int) -> str:
    return ngettext("Transfer %(n)d matter", "Transfer %(n)d matters", count) % {"n": count}

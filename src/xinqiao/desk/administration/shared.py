"""What every page of the administration has: its form, the history beneath it, and the way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.accounts.changes import changes_of
from xinqiao.accounts.models import Change
from xinqiao.components.cells import moment_html
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import DESK
from xinqiao.components.widgets import day_input
from xinqiao.desk.administration.labels import field_words, value_words, what_words
from xinqiao.desk.pages import DeskRequest, show
from xinqiao.desk.paging import Page
from xinqiao.desk.rows import page_of, rows_words
from xinqiao.matters.submission import Invalid

TURNED = "history-"
M = TypeVar("M", bound=Model)
Trail = Sequence[tuple[str, str]]


def basis_field() -> forms.CharField:
    """On what the change rests; it stands in the history."""
    return forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=200,
        help_text=gettext_lazy("The paper or decision it rests on. It stands in the history."),
    )


def reason_field() -> forms.CharField:
    """Why; it stands in the history."""
    return forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It stands in the history.")
    )


def day_field(label: object, **kwargs: Any) -> forms.DateField:
    """A day, typed as 2026-11-23."""
    hint = kwargs.pop("help_text", gettext_lazy("For example 2026-11-23."))
    return forms.DateField(label=label, widget=day_input(**{"class": "w16"}), help_text=hint, **kwargs)  # type: ignore[arg-type]


def form_page(
    request: DeskRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponseBase] | None,
    *,
    heading: str,
    action: str,
    trail: Trail,
    **more: Any,
) -> HttpResponseBase:
    """A form whose act says what is wrong at the fields; what was typed stays. Without an act nothing is done yet."""
    if act is not None and request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except Invalid as error:
            add_errors(form, error.errors)
    context = {"form": form, "heading": heading, "action": action, "trail": trail, "cancel_url": trail[-1][1], **more}
    return show(request, "desk/administration/form.html", context, status=422 if form.errors else 200)


def add_errors(form: forms.Form, errors: Mapping[str, str]) -> None:
    """The sentences of a refusal at the fields they speak of, others above the form."""
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)


@dataclass(frozen=True, kw_only=True)
class History:
    """A page of what was changed, and where its neighbours are; the words are empty where all is on one page."""

    table: Table
    words: str = ""
    previous_url: str = ""
    next_url: str = ""


def history(request: DeskRequest, subject: Change.Subject, subject_id: int | None = None) -> History | None:
    """What was changed here, newest first: when, by whom, what, from what to what, on which basis."""
    page = history_page(changes_of(request.actor.root_organ_id or 0, subject, subject_id), request)
    return turned(page, history_table(page.rows, named=subject_id is None)) if page.rows else None


def history_page(rows: QuerySet[M], request: DeskRequest) -> Page[M]:
    """One page of a history: it turns by itself, apart from the list above it."""
    return page_of(rows, request.GET, prefix=TURNED)


def turned(page: Page[M], table: Table) -> History:
    """A page of a history with the ways to its neighbours, which lead back to it and not to the top."""
    ways = [f"{url}#h-history" if url else "" for url in (page.previous_url, page.next_url)]
    return History(table=table, words=rows_words(page), previous_url=ways[0], next_url=ways[1])


def history_table(rows: Sequence[Change], *, named: bool) -> Table:
    """Changes as a table; ``named`` says of each of what."""
    columns = [
        Column(label=_("When"), width="w16"),
        Column(label=_("Who"), width="w8"),
        Column(label=_("What was changed"), wide=True),
        Column(label=_("From → to"), wide=True),
        Column(label=_("Basis"), wide=True),
    ]
    cells = [
        [
            moment_html(row.at, surface=DESK),
            row.by.name,
            f"{row.name}　{what_words(row)}" if named else what_words(row),
            _differences(row),
            row.basis,
        ]
        for row in rows
    ]
    return Table(caption=_("History"), columns=columns, groups=[RowGroup(rows=cells)])


def _differences(row: Change) -> SafeString:
    lines = []
    for name, (before, after) in row.fields.items():
        was, now = value_words(name, before), value_words(name, after)
        pair = format_html("{} → {}", was, now or "——") if before else now
        lines.append((field_words(name), pair))
    return format_html_join(SafeString("<br>"), "{}　{}", lines) or SafeString("")


def listing(request: DeskRequest, context: dict[str, Any]) -> HttpResponse:
    """A list with its search, its pages, what can be added, and the history beneath."""
    words = rows_words(context["page"]) if "page" in context else ""
    wanted = request.GET.get("q", "").strip()
    return show(request, "desk/administration/list.html", {"q": wanted, "rows_words": words, **context})

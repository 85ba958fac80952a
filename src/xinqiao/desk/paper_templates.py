"""Texts of papers (文书模板): the list, the form of one kind with its preview, its versions, and going back to one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.access.permissions import Permission
from xinqiao.components.cells import TitleCell, moment_html
from xinqiao.components.forms import PlainForm
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.pdf import pdf_response, script_of
from xinqiao.components.surfaces import DESK
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.documents.fonts import NoFont
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.models import PaperTemplate
from xinqiao.documents.placeholders import HANS, HANT, PLACEHOLDERS
from xinqiao.documents.rendering import preview
from xinqiao.documents.specimens import specimen
from xinqiao.documents.template_texts import FIELDS, KINDS, MAX_TEXT, Texts, keys_of
from xinqiao.documents.template_versions import (
    Outrun,
    WrongText,
    check_texts,
    current_template,
    ensure_template,
    restore_template,
    save_template,
    versions_of,
)

LABELS = {
    "title": gettext_lazy("Heading"),
    "salutation": gettext_lazy("To whom"),
    "body": gettext_lazy("Text, a paragraph a line"),
    "remedy": gettext_lazy("Remedy clause"),
    "note": gettext_lazy("Note beneath the signature"),
}
SCRIPT_NAMES = {HANS: gettext_lazy("Simplified Chinese"), HANT: gettext_lazy("Traditional Chinese")}
PREFIXES = {HANS: "hans", HANT: "hant"}


class TemplateForm(PlainForm):
    """The fields of one kind of paper in both scripts; ``seen`` is the version that was on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    note_of_change = forms.CharField(
        label=gettext_lazy("Why it is changed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("It stands beside the version."),
    )

    kind = PaperKind.REPLY

    def texts(self) -> Texts:
        """What was written, with line ends as LF."""
        return {
            script: {name: self._written(f"{prefix}_{name}") for name in FIELDS[self.kind]}
            for script, prefix in PREFIXES.items()
        }

    def _written(self, name: str) -> str:
        text = str(self.data.get(name, ""))
        return "\n".join(line.strip() for line in text.splitlines()).strip()

    def add_errors(self, errors: Mapping[str, str]) -> None:
        """The sentences of ``WrongText`` at their fields."""
        for place, sentence in errors.items():
            script, name = place.split(".")
            self.add_error(f"{PREFIXES[script]}_{name}", sentence)


def template_form(kind: str, template: PaperTemplate, data: QueryDict | None = None) -> TemplateForm:
    """The form of one kind, filled with a version, or with what was written."""
    places = [(script, prefix, name) for script, prefix in PREFIXES.items() for name in FIELDS[PaperKind(kind)]]
    shown = {f"{prefix}_{name}": template.texts[script].get(name, "") for script, prefix, name in places}
    fields = {
        f"{prefix}_{name}": _text_field(script, name, shown[f"{prefix}_{name}"]) for script, prefix, name in places
    }
    made = type("KindForm", (TemplateForm,), {"kind": PaperKind(kind), "field_order": [*fields], **fields})
    form: TemplateForm = made(data, initial={"seen": template.version, **shown})
    return form


def _text_field(script: str, name: str, text: str) -> forms.CharField:
    lang = "zh-Hant" if script == HANT else "zh-Hans"
    rows = 1 if name in ("title", "salutation") else text.count("\n") + 2
    attrs = {"lang": lang, "spellcheck": "false"}
    return forms.CharField(
        label=format_html("{}　{}", SCRIPT_NAMES[script], LABELS[name]),
        required=name in ("title", "body"),
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.TextInput(attrs=attrs) if rows == 1 else forms.Textarea(attrs={"rows": str(rows), **attrs}),
    )


@desk_page("GET", to=Permission.PAPER_TEMPLATE_MANAGE)
def templates(request: DeskRequest) -> HttpResponseBase:
    """Every kind of paper with the version in force."""
    return show(request, "desk/paper_templates.html", {"table": _kinds_table(request)})


def _kinds_table(request: DeskRequest) -> Table:
    columns = [
        Column(label=_("Document"), wide=True),
        Column(label=_("Version"), width="w8", number=True),
        Column(label=_("Saved"), width="w16"),
        Column(label=_("Saved by"), width="w16"),
    ]
    cells = []
    for kind in KINDS:
        row = current_template(kind, root_organ_id=_root(request))
        title = TitleCell(text=str(kind.label), url=reverse("desk:paper-template", args=[kind.value]))
        cells.append([title, str(row.version) if row else "1", *_saved(row)])
    return Table(caption=_("Document templates"), columns=columns, groups=[RowGroup(rows=cells)])


def _saved(row: PaperTemplate | None) -> list[object]:
    """When and by whom; what came with the program was saved by nobody."""
    if row is None or row.saved_by is None:
        return ["", _("with the program")]
    return [moment_html(row.saved_at, surface=DESK), row.saved_by.name]


@desk_page("GET", "POST", to=Permission.PAPER_TEMPLATE_MANAGE, is_form=True)
def template_page(request: DeskRequest, kind: str) -> HttpResponseBase:
    """The texts of one kind: change them, look at them, go back to earlier ones."""
    current = _current(request, kind)
    if request.method != "POST":
        return _shown(request, kind, template_form(kind, current))
    form = template_form(kind, current, request.POST)
    if form.is_valid() and _save(request, kind, form):
        return redirect("desk:paper-template", kind)
    return _shown(request, kind, form, status=422)


def _save(request: DeskRequest, kind: str, form: TemplateForm) -> bool:
    said = form.cleaned_data
    try:
        kept = save_template(
            kind,
            form.texts(),
            root_organ_id=_root(request),
            by=request.user,
            note=said["note_of_change"],
            seen=said["seen"],
        )
    except WrongText as error:
        form.add_errors(error.errors)
        return False
    except Outrun:
        form.add_error(None, _("Somebody saved a newer version meanwhile. Open it in another window and compare."))
        return False
    words = _("Version %(n)d holds from the next document on. Documents already issued stay as they are.")
    messages.success(request, words % {"n": kept.version})
    return True


def _shown(request: DeskRequest, kind: str, form: TemplateForm, status: int = 200) -> HttpResponse:
    current = _current(request, kind)
    context = {
        "kind": kind,
        "label": str(PaperKind(kind).label),
        "form": form,
        "current": current,
        "versions": [_version(row, current, kind) for row in versions_of(kind, root_organ_id=_root(request))],
        "placeholders": [
            (f"{{{p.hans}}}", f"{{{p.hant}}}", p.block) for p in map(PLACEHOLDERS.get, keys_of(kind)) if p
        ],
    }
    return show(request, "desk/paper_template.html", context, status=status)


def _version(row: PaperTemplate, current: PaperTemplate, kind: str) -> dict[str, Any]:
    when, who = _saved(row)
    return {
        "n": row.version,
        "saved": [piece for piece in (when, who) if piece],
        "note": row.note or (_("as version %(n)d") % {"n": row.restored_from} if row.restored_from else ""),
        "url": reverse("desk:paper-template-version", args=[kind, row.version]),
        "is_current": row.pk == current.pk,
    }


@desk_page("POST", to=Permission.PAPER_TEMPLATE_MANAGE, is_form=True)
def template_preview(request: DeskRequest, kind: str) -> HttpResponseBase:
    """What stands in the form, set in an invented case; nothing is kept. ``?script=zh-hant`` for the other script."""
    current = _current(request, kind)
    form = template_form(kind, current, request.POST)
    if form.is_valid():
        texts, script = form.texts(), script_of(request)
        try:
            check_texts(kind, texts)
            return _specimen_response(kind, script, texts)
        except WrongText as error:
            form.add_errors(error.errors)
        except NoFont as error:
            form.add_error(None, error.sentence)
    return _shown(request, kind, form, status=422)


@desk_page("GET", to=Permission.PAPER_TEMPLATE_MANAGE)
def template_version(request: DeskRequest, kind: str, version: int) -> HttpResponseBase:
    """An earlier version, set in the invented case."""
    _current(request, kind)
    row = versions_of(kind, root_organ_id=_root(request)).filter(version=version).first()
    if row is None:
        raise Http404
    return _specimen_response(kind, script_of(request), row.texts)


@desk_page("POST", to=Permission.PAPER_TEMPLATE_MANAGE)
def restore(request: DeskRequest, kind: str) -> HttpResponseBase:
    """Go back to an earlier version: its texts become the newest."""
    _current(request, kind)
    wanted, seen = (request.POST.get(name, "") for name in ("version", "seen"))
    if not (wanted.isdecimal() and seen.isdecimal() and len(wanted) < 7 and len(seen) < 7):
        raise Http404
    try:
        kept = restore_template(kind, int(wanted), root_organ_id=_root(request), by=request.user, seen=int(seen))
    except PaperTemplate.DoesNotExist:
        raise Http404 from None
    except Outrun:
        messages.error(request, _("Somebody saved a newer version meanwhile. Look at it first."))
        return redirect("desk:paper-template", kind)
    said = {"old": wanted, "n": kept.version}
    messages.success(request, _("The texts of version %(old)s hold again, as version %(n)d.") % said)
    return redirect("desk:paper-template", kind)


def _specimen_response(kind: str, script: str, texts: Texts) -> HttpResponse:
    return pdf_response(preview(specimen(kind, script, texts[script])), f"{PaperKind(kind).label}.pdf")


def _current(request: DeskRequest, kind: str) -> PaperTemplate:
    if kind not in KINDS:
        raise Http404
    return ensure_template(kind, root_organ_id=_root(request))


def _root(request: DeskRequest) -> int:
    return request.actor.root_organ_id or 0

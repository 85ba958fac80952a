"""Fields of forms as parts: label, hint, mistake and control bound together.

Every control names its hint and its mistake (`aria-describedby`), the first wrong
field takes the focus, and only what is optional is marked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms import BaseForm, BoundField, Widget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from xinqiao.components.dates import figure
from xinqiao.components.parts import Wrong
from xinqiao.components.surfaces import DESK
from xinqiao.components.widgets import DayParts

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, DayParts)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field ready to be shown by `components/field.html`."""

    id: str
    label: str
    control: SafeString
    kind: str = "plain"
    hint: str = ""
    error: str = ""
    opt: str = ""
    count: str = ""
    key: str = ""
    layout: str = ""
    described_by: str = ""


def kind_of(widget: Widget) -> str:
    """`group` for several controls under one question, `pick` for one box to tick, else `plain`."""
    if isinstance(widget, _GROUPS):
        return "group"
    return "pick" if isinstance(widget, forms.CheckboxInput) else "plain"


def field_of(bound: BoundField, *, surface: str = DESK, hint: str = "", opt: str = "", key: str = "") -> Field:
    """A bound field of a form as a part. `hint` replaces the help text, `opt` the mark 可不填."""
    kind = kind_of(bound.field.widget)
    error = " ".join(str(message) for message in bound.errors)
    hint = hint or str(bound.help_text)
    described_by = _described_by(bound.auto_id, hint=hint, error=error)
    return Field(
        id=bound.auto_id,
        label=str(bound.label),
        control=_control(bound, kind=kind, described_by=described_by, key=key),
        kind=kind,
        hint=hint,
        error=error,
        opt=opt or _optional(bound, kind),
        count=_count(bound),
        key=key,
        layout=_layout(bound, surface),
        described_by=described_by,
    )


def plain_field(
    *,
    name: str,
    label: str,
    widget: Widget,
    value: object = None,
    hint: str = "",
    error: str = "",
    opt: str = "",
    key: str = "",
) -> Field:
    """A field outside a Django form, e.g. in a search by GET; its id is `f-` and the name."""
    field_id = f"f-{name}"
    attrs = {"id": field_id} | _aria(_described_by(field_id, hint=hint, error=error), wrong=bool(error))
    control = widget.render(name, value, attrs)
    kind = "pick" if isinstance(widget, forms.CheckboxInput) else "plain"
    return Field(id=field_id, label=label, control=control, kind=kind, hint=hint, error=error, opt=opt, key=key)


def wrongs_of(form: BaseForm) -> list[Wrong]:
    """The mistakes of a form in the order of its fields, those of the whole form first."""
    whole = [Wrong(text=str(message), field_id="") for message in form.non_field_errors()]
    return whole + [_wrong(bound) for bound in form if bound.errors]


def wrong_heading(count: int) -> str:
    """`有 3 处要改`: the heading of the summary and the beginning of the page's title."""
    return ngettext("%(n)d thing to correct", "%(n)d things to correct", count) % {"n": count}


def _wrong(bound: BoundField) -> Wrong:
    first = "_0" if kind_of(bound.field.widget) == "group" else ""
    error = " ".join(str(message) for message in bound.errors)
    text = gettext("%(label)s: %(error)s") % {"label": bound.label, "error": error}
    return Wrong(text=text, field_id=f"{bound.auto_id}{first}")


def _described_by(field_id: str, *, hint: str, error: str) -> str:
    return " ".join(f"{field_id}-{end}" for end, present in (("h", hint), ("e", error)) if present)


def _aria(described_by: str, *, wrong: bool) -> dict[str, str]:
    attrs = {"aria-describedby": described_by} if described_by else {}
    return attrs | ({"aria-invalid": "true"} if wrong else {})


def _optional(bound: BoundField, kind: str) -> str:
    """What may stay empty is marked, by a field's own `optional_words` if it has them; boxes to tick say so alone."""
    is_boxes = kind == "pick" or isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    if bound.field.required or is_boxes:
        return ""
    return str(getattr(bound.field, "optional_words", None) or gettext("optional"))


def _count(bound: BoundField) -> str:
    limit = getattr(bound.field, "max_length", None)
    if limit is None or not isinstance(bound.field.widget, forms.Textarea):
        return ""
    return count_words() % {"n": figure(len(str(bound.value() or ""))), "max": figure(limit)}


def count_words() -> str:
    """The words under a long text: how many characters there are and how many there may be."""
    return gettext("%(n)s characters, at most %(max)s")


def _layout(bound: BoundField, surface: str) -> str:
    if isinstance(bound.field.widget, DayParts):
        return "row"
    return "picks" if surface == DESK else ""


def _control(bound: BoundField, *, kind: str, described_by: str, key: str) -> SafeString:
    attrs: dict[str, str | bool] = {**_aria(described_by, wrong=bool(bound.errors))}
    if _is_first_wrong(bound):
        attrs["autofocus"] = True
    if key:
        attrs |= {"data-key": key.lower(), "aria-keyshortcuts": key}
    if _count(bound) and (limit := getattr(bound.field, "max_length", None)):
        attrs["data-count"] = count_words() % {"n": "{n}", "max": figure(limit)}
    if kind == "group" and not isinstance(bound.field.widget, DayParts):
        return _choices(bound.subwidgets)
    return bound.as_widget(attrs=attrs)


def _is_first_wrong(bound: BoundField) -> bool:
    return bool(bound.errors) and next((field.name for field in bound.form if field.errors), "") == bound.name


def _choices(options: Iterable[object]) -> SafeString:
    rows = ((option.id_for_label, option.tag(), option.choice_label) for option in options)  # type: ignore[attr-defined]
    return format_html_join("", '<label class="pick" for="{}">{} {}</label>', rows)


def hidden_fields(values: dict[str, object]) -> SafeString:
    """Hidden inputs that carry values to the next page."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', values.items()) or format_html("{}", "")

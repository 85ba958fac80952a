"""Tags of forms: field, fields, error summary. Loaded through `{% load look %}`."""

from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.template import Context

from xinqiao.components.fields import field_of, plain_field, wrong_heading, wrongs_of
from xinqiao.components.parts import Wrong
from xinqiao.components.surfaces import surface_of

register = template.Library()


@register.inclusion_tag("components/field.html", takes_context=True)
def field(context: Context, bound: BoundField, hint: str = "", opt: str = "", key: str = "") -> dict[str, Any]:
    """A field of a form with label, hint, mistake and control."""
    surface = surface_of(context)
    return {"surface": surface, "field": field_of(bound, surface=surface, hint=hint, opt=opt, key=key)}


@register.inclusion_tag("components/form_fields.html", takes_context=True)
def form_fields(context: Context, form: BaseForm) -> dict[str, Any]:
    """Every field of a form in its order, hidden ones first."""
    surface = surface_of(context)
    shown = [field_of(bound, surface=surface) for bound in form.visible_fields()]
    return {"surface": surface, "hidden": form.hidden_fields(), "fields": shown}


@register.inclusion_tag("components/field.html", takes_context=True)
def text_field(
    context: Context,
    name: str,
    label: str,
    value: str = "",
    hint: str = "",
    error: str = "",
    opt: str = "",
    type: str = "text",
) -> dict[str, Any]:
    """A field outside a form class, e.g. of a search by GET; its id is `f-` and the name."""
    widget = forms.Textarea(attrs={"rows": "4"}) if type == "textarea" else forms.TextInput(attrs={"type": type})
    shown = plain_field(name=name, label=label, widget=widget, value=value, hint=hint, error=error, opt=opt)
    return {"surface": surface_of(context), "field": shown}


@register.inclusion_tag("components/field.html", takes_context=True)
def select_field(
    context: Context,
    name: str,
    label: str,
    choices: list[tuple[str, str]],
    value: str = "",
    hint: str = "",
    opt: str = "",
) -> dict[str, Any]:
    """A choice outside a form class."""
    widget = forms.Select(choices=choices)
    shown = plain_field(name=name, label=label, widget=widget, value=value, hint=hint, opt=opt)
    return {"surface": surface_of(context), "field": shown}


@register.inclusion_tag("components/errors.html")
def error_summary(form: BaseForm, kept: bool = True) -> dict[str, Any]:
    """All mistakes of a form, in the order of its fields, each a link to where it is put right."""
    return _errors(wrongs_of(form) if form.is_bound else [], kept)


@register.inclusion_tag("components/errors.html")
def error_list(wrongs: list[Wrong], kept: bool = True) -> dict[str, Any]:
    """As `error_summary`, for mistakes found without a form."""
    return _errors(wrongs, kept)


@register.simple_tag
def error_title(form: BaseForm) -> str:
    """The beginning of the page's title where something is to be corrected: `有 3 处要改 · `."""
    wrongs = wrongs_of(form) if form.is_bound else []
    return f"{wrong_heading(len(wrongs))} · " if wrongs else ""


def _errors(wrongs: list[Wrong], kept: bool) -> dict[str, Any]:
    return {"wrongs": wrongs, "heading": wrong_heading(len(wrongs)), "kept": kept}

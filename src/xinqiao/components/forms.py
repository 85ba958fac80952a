"""Forms whose mistakes say what to do, in the house's words instead of the framework's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: How people write a day; the first is how the desk shows it.
DAYS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]
_CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class PlainForm(forms.Form):
    """A form whose every message tells what to write; a field's own `error_messages` win.

    Rendered by the tags `field`, `fields` and `error_summary` of `look`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        own = {name: dict(field.error_messages) for name, field in self.base_fields.items()}
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, type(field), own.get(name, {}))
            if isinstance(field, forms.DateField):
                field.input_formats = DAYS

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """What was written, with line ends as the counter beside the field and the record know them."""
        value = super()._widget_data_value(widget, html_name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _speak_plainly(field: forms.Field, kind: type[forms.Field], given: dict[str, Any]) -> None:
    defaults = _framework_messages(kind)
    for code, message in _words(field).items():
        if given.get(code) in (None, defaults.get(code)):
            field.error_messages[code] = message


def _framework_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("django."):
            messages |= getattr(base, "default_error_messages", {})
    return messages


def _words(field: forms.Field) -> dict[str, Any]:
    words: dict[str, Any] = {
        "required": _("Choose one of the answers") if isinstance(field.widget, _CHOICES) else _("Please fill this in"),
        "invalid_choice": _("Choose one of the answers offered"),
        "max_length": _("At most %(limit_value)d characters; there are %(show_value)d now. Shorten it"),
        "min_length": _("At least %(limit_value)d characters; there are %(show_value)d now. Write a little more"),
        "max_value": _("At most %(limit_value)s"),
        "min_value": _("At least %(limit_value)s"),
    }
    return words | _words_of_kind(field)


def _words_of_kind(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.DateField):
        return {"invalid": _("Write a day of the calendar, with its year, as in 2026-11-23")}
    if isinstance(field, forms.IntegerField):
        return {"invalid": _("Write a whole number in figures")}
    if isinstance(field, forms.EmailField):
        return {"invalid": _("Write an e-mail address as in name@example.org")}
    if isinstance(field, forms.FileField):
        return {"empty": _("This file is empty. Choose another"), "missing": _("No file arrived. Choose it again")}
    return {}

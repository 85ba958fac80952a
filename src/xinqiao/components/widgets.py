"""A day given as year, month and day, which may be left partly empty."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer, get_default_renderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, pgettext

_CSS = ("w6", "w4", "w4")


class PartialDay(NamedTuple):
    """A day as somebody remembers it: the year, and as much of month and day as is known."""

    year: int
    month: int | None = None
    day: int | None = None


class DayParts(forms.MultiWidget):
    """Three short fields for year, month and day, shown by one fieldset."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [forms.TextInput(attrs={"class": css, "inputmode": "numeric", "autocomplete": "off"}) for css in _CSS]
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """The three texts of a date or a PartialDay."""
        if isinstance(value, PartialDay | date):
            return [value.year, value.month or "", value.day or ""]
        return ["", "", ""]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Each box under its own word; `autofocus` only on the first."""
        context = self.get_context(name, value, attrs)
        words = (pgettext("field", "year"), pgettext("field", "month"), pgettext("field", "day"))
        boxes = context["widget"]["subwidgets"]
        for box in boxes[1:]:
            box["attrs"].pop("autofocus", None)
        rows = (
            (_box_html(box, renderer or get_default_renderer()), word) for box, word in zip(boxes, words, strict=True)
        )
        return format_html_join("", '<label class="pick">{} {}</label>', rows) or format_html("{}", "")


def _box_html(box: dict[str, Any], renderer: BaseRenderer) -> SafeString:
    return mark_safe(renderer.render(box["template_name"], {"widget": box}))


class DayPartsField(forms.MultiValueField):
    """A date, or with `partial=True` a PartialDay that needs only its year.

    A mistake says what to do: which part to fill in, or that the day does not exist.
    """

    widget = DayParts
    default_error_messages = {
        "year": gettext_lazy("Fill in the year, for example 2026"),
        "day": gettext_lazy("Fill in year, month and day, for example 2026, 8, 24"),
        "figures": gettext_lazy("Write year, month and day in figures, for example 2026, 8, 24"),
        "none": gettext_lazy("This day does not exist. Check it against a calendar"),
    }

    def __init__(self, *, partial: bool = False, **kwargs: Any) -> None:
        self.partial = partial
        fields = [forms.CharField(required=False, max_length=4), forms.CharField(required=False, max_length=2)]
        super().__init__(
            fields=[*fields, forms.CharField(required=False, max_length=2)], require_all_fields=False, **kwargs
        )

    def compress(self, data_list: Sequence[str]) -> date | PartialDay | None:
        """The day of the three texts; None where nothing was written."""
        texts = [str(text or "").strip() for text in data_list]
        if not any(texts):
            return None
        if any(text and not text.isdecimal() for text in texts):
            raise ValidationError(self.error_messages["figures"], code="figures")
        year, month, day = (int(text) if text else None for text in texts)
        return self._day(year, month, day)

    def _day(self, year: int | None, month: int | None, day: int | None) -> date | PartialDay:
        if year is None or year < 1900:
            raise ValidationError(self.error_messages["year"], code="year")
        if (month is None or day is None) and (not self.partial or day is not None):
            raise ValidationError(self.error_messages["day"], code="day")
        try:
            whole = date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise ValidationError(self.error_messages["none"], code="none") from error
        return PartialDay(year, month, day) if self.partial else whole


def day_input(**attrs: str) -> forms.DateInput:
    """The desk's field for a day: text in the form 2026-11-23, quick to type."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "autocomplete": "off"} | attrs)

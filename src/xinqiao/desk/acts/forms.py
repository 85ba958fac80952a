"""The form of one act on one matter, and from what was written to the words of the action."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinqiao.components.forms import PlainForm
from xinqiao.desk.acts.fields import OutcomeField
from xinqiao.desk.acts.table import FORMS
from xinqiao.desk.drafts.keeping import Written
from xinqiao.matters.acting import Acting

CLAIM = "claim_"


class BoundAct(PlainForm):
    """An act's form. ``seen``: how many events its page showed, so that nobody acts on what changed meanwhile."""

    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        """What the action is called with, files left out; claims together, by their number."""
        written = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "files")}
        claims = {int(name.removeprefix(CLAIM)): written.pop(name) for name in list(written) if name.startswith(CLAIM)}
        decided = {ordinal: outcome for ordinal, outcome in claims.items() if outcome}
        return written | ({"claims": decided} if claims else {})

    def add_errors(self, errors: dict[str, str]) -> None:
        """Say each at its field, or at the top where there is no such field."""
        for name, sentence in errors.items():
            place = name.split(".")[0]
            self.add_error(place if place in self.fields else None, sentence)

    def written(self) -> list[tuple[str, str]]:
        """What was filled in, by label, as it stands on the page that asks once more."""
        return [
            (str(bound.label), words)
            for bound in self.visible_fields()
            if (words := _words_of(bound, self.cleaned_data))
        ]

    def hide(self) -> None:
        """Carry every value to the page that asks once more."""
        for field in self.fields.values():
            field.widget = field.hidden_widget()


def _words_of(bound: forms.BoundField, cleaned: dict[str, Any]) -> str:
    value = cleaned.get(bound.name)
    if isinstance(bound.field, OutcomeField) and not value:
        return str(dict(bound.field.choices)[""])  # type: ignore[arg-type, index]
    if isinstance(bound.field, forms.ChoiceField):
        chosen = bound.value() if isinstance(value, list) else [bound.value()]
        return pgettext("between pieces of a sentence", ", ").join(
            _chosen(bound.field, {str(one) for one in chosen or []})
        )
    if isinstance(value, bool):
        return _("yes") if value else ""
    return "" if value is None else str(value)


def _chosen(field: forms.ChoiceField, codes: set[str]) -> list[str]:
    """The words of what was chosen; a group of choices is looked into."""
    choices: Any = field.choices
    flat = [pair for code, words in choices for pair in (words if isinstance(words, list) else [(code, words)])]
    return [str(words) for code, words in flat if code and str(code) in codes]


def form_of(
    act: Acting,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
    *,
    typed: Written | None = None,
) -> BoundAct:
    """The form of ``act.verb``: empty, filled in, or as a draft left it and not yet judged."""
    built: dict[str, Any] = {}
    for builder in FORMS[act.verb].fields:
        built |= builder(act)
    initial = (_initial(built, typed) if typed else {}) | {"seen": len(act.recorded)}
    make: Any = type(BoundAct)
    kind = cast(type[BoundAct], make("ActForm", (BoundAct,), dict(built)))
    return kind(data, files, initial=initial)


def _initial(built: dict[str, Any], typed: Written) -> dict[str, Any]:
    return {
        name: list(values) if isinstance(built[name], forms.MultipleChoiceField) else values[-1]
        for name, values in typed.fields.items()
        if name in built and values
    }


def with_seen(data: QueryDict, seen: int) -> QueryDict:
    """The same data, but as of now: what happened meanwhile was shown."""
    copy = data.copy()
    copy["seen"] = str(seen)
    return copy

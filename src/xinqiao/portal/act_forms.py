"""The forms of what a petitioner does on a followed matter; each tells the facts its action wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.selectors import petitioners_of
from xinqiao.matters.submission import LIMITS
from xinqiao.portal.uncut import UncutForm
from xinqiao.reviews.superiors import reviewing_organs


class ActForm(UncutForm):
    """``seen``: how many events the page showed, so that two clicks are one act."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000, required=False)

    def __init__(self, act: Acting, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": len(act.recorded)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """What was filled in, by the names of the action; what was left empty takes its default."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class SupplementForm(ActForm):
    """Words; the files are fields of the page itself."""

    text = forms.CharField(
        label=_("What you want to add"),
        max_length=LIMITS["text"],
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "7"}),
        help_text=_("What you wrote before stays as it is; this is put beside it."),
    )


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label=_("Why"),
        max_length=LIMITS["reason"],
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Nobody may press you to withdraw. If somebody does, write it here or report it."),
    )


class RestoreForm(ActForm):
    """Nothing but the click."""


class RemedyForm(ActForm):
    """For a review and for a re-review: of whom, for whom, and what one does not agree with."""

    level = ""
    reason = forms.CharField(
        label=_("What you do not agree with, and why"),
        max_length=LIMITS["reason"],
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("Which part of the answer, which facts are different, what you ask for now."),
    )
    to = forms.ChoiceField(
        label=_("Whom you ask"),
        widget=forms.RadioSelect,
        help_text=_("Each of these stands above the organ that answered; choose one."),
    )
    petitioner = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect, required=False)

    def __init__(self, act: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self._choose("to", [(organ.code, organ.label) for organ in reviewing_organs(act, self.level)])
        people = [(str(p.ordinal), p.name) for p in petitioners_of(act.matter, with_contact=False)]
        named = [row for row in people if row[0] in act.case.petitioners]
        self._choose("petitioner", [("", _("for all of us")), *named] if len(named) > 1 else [])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Ask only where there is something to choose."""
        if len(choices) < 2:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0] if name == "petitioner" else None


class ReviewForm(RemedyForm):
    level = "review"


class RereviewForm(RemedyForm):
    level = "rereview"


FORMS: dict[str, type[ActForm]] = {
    "supplement": SupplementForm,
    "withdraw": WithdrawForm,
    "restore": RestoreForm,
    "review": ReviewForm,
    "rereview": RereviewForm,
}

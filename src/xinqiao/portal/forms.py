"""The questions of the portal. What a petition may hold is said once, in ``matters.submission``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinqiao.matters.models import Kind
from xinqiao.matters.submission import LIMITS
from xinqiao.organs.models import Organ
from xinqiao.portal.office import by_level
from xinqiao.portal.uncut import UncutForm

KINDS: list[tuple[str, Any]] = [
    (Kind.APPEAL.value, _("I ask for help, or for something to be settled")),
    (Kind.PROPOSAL.value, _("I have a proposal or an opinion")),
    (Kind.ACCUSATION.value, _("I report that an organ or its staff broke discipline or the law")),
]
WHO: list[tuple[str, Any]] = [
    ("person", _("I, one person")),
    ("several", _("Several people together")),
    ("organisation", _("An organisation or enterprise")),
    ("anonymous", _("Without a name")),
]
# The fields of a page that takes files: the camera gives one photograph at a time, the others several.
FILE_FIELDS = ("camera", "photos", "documents")
PHOTOS = "image/*"
DOCUMENTS = ".pdf,.doc,.docx,.wps,.xls,.xlsx,.et,.txt,.csv,.mp3,.m4a,.amr,.wav,.mp4,.heic"

NUMBER_EXAMPLE = "HC2026-00128"
"""As the hint of the field says it."""


class KindForm(UncutForm):
    """Step 1: what kind of matter, and who brings it; the page of step 3 depends on the second."""

    kind = forms.ChoiceField(
        label=_("What do you want to do"),
        choices=KINDS,
        widget=forms.RadioSelect,
        help_text=_("If you cannot decide, take the first. Whoever reads it puts it in the right place."),
    )
    who = forms.ChoiceField(label=_("Who hands this in"), choices=WHO, widget=forms.RadioSelect, initial="person")


class AccountForm(UncutForm):
    """Step 2: what happened, in the petitioner's own words."""

    text = forms.CharField(
        label=_("Your account"),
        max_length=LIMITS["text"],
        strip=False,
        widget=forms.Textarea(attrs={"rows": "9"}),
        help_text=_("Write as you would tell it: when, where, which organ, what was said. No identity card number."),
    )
    claims = forms.CharField(
        label=_("What you ask for"),
        required=False,
        max_length=(LIMITS["claim"] + 2) * LIMITS["claims"],
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("One request a line. Each of them gets an answer of its own."),
    )
    place = forms.CharField(
        label=_("Where it happened"),
        max_length=LIMITS["place"],
        required=False,
        help_text=_("Township or street, village or housing estate, house number"),
    )
    organ = forms.ChoiceField(
        label=_("Which organ your complaint is about"),
        required=False,
        help_text=_("If it is not in the list, or you are not sure, leave this empty and name it in your account."),
    )
    title = forms.CharField(
        label=_("In one sentence, what it is about"),
        max_length=LIMITS["title"],
        required=False,
        help_text=_("If you leave it empty, the beginning of your account is taken."),
    )

    def __init__(self, *args: Any, organs: list[Organ], accusing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.ChoiceField)
        levels = [(level, [(organ.code, organ.label) for organ in rows]) for level, rows in by_level(organs)]
        choice.choices = [("", _("not chosen")), *levels]
        if accusing:
            choice.label = _("Which organ, or the staff of which organ, you report")
            choice.help_text = _(
                "Choose it even if you report only one person there: that organ and those under it then never see "
                "this report. Write the name of the person in your account."
            )


class TrackForm(UncutForm):
    """Number and query code."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("It is on your receipt, for example HC2026-00128"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Query code"),
        max_length=40,
        help_text=_("Twelve figures on your receipt; spaces make no difference"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )

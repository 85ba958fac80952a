"""The questions of the portal. What a petition may hold is said once, in ``matters.submission``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinqiao.components.forms import PlainForm
from xinqiao.matters.models import Kind
from xinqiao.matters.submission import LIMITS
from xinqiao.organs.models import Organ

KINDS: list[tuple[str, Any]] = [
    (Kind.APPEAL.value, _("I ask for help, or for something to be settled")),
    (Kind.PROPOSAL.value, _("I have a proposal or an opinion")),
    (Kind.ACCUSATION.value, _("I report that an organ or its staff broke discipline or the law")),
]
WHO: list[tuple[str, Any]] = [
    ("person", _("I, one person")),
    ("organisation", _("An organisation or enterprise")),
    ("several", _("Several people together")),
    ("anonymous", _("Without a name")),
]
PHOTOS = "image/*"
DOCUMENTS = ".pdf,.doc,.docx,.wps,.xls,.xlsx,.et,.txt,.mp3,.m4a,.amr,.wav,.mp4,.heic"


class KindForm(PlainForm):
    """Step 1: what kind of matter."""

    kind = forms.ChoiceField(label=_("What do you want to do"), choices=KINDS, widget=forms.RadioSelect)


class AccountForm(PlainForm):
    """Step 2: what happened, in the petitioner's own words."""

    title = forms.CharField(
        label=_("In one sentence, what it is about"),
        max_length=LIMITS["title"],
        required=False,
        help_text=_("If you leave it empty, the beginning of your account is taken."),
    )
    text = forms.CharField(
        label=_("What happened"),
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

    def __init__(self, *args: Any, organs: list[Organ], accusing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("not chosen")), *((organ.code, organ.label) for organ in organs)]
        if accusing:
            choice.label = _("Which organ, or the staff of which organ, you report")
            choice.help_text = _(
                "Choose it even if you report only one person there: that organ and those under it then never see "
                "this report. Write the name of the person in your account."
            )


class PersonForm(PlainForm):
    """Step 3: who petitions, and how the answer reaches him."""

    who = forms.ChoiceField(label=_("Who hands this in"), choices=WHO, widget=forms.RadioSelect, initial="person")
    name = forms.CharField(
        label=_("Name"),
        max_length=LIMITS["name"],
        help_text=_("Your name as on your identity card, or the full name of the organisation"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=LIMITS["telephone"],
        required=False,
        help_text=_("Used only to reach you about this matter. One of telephone, address and e-mail is enough."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=LIMITS["address"],
        required=False,
        help_text=_("The written answer is sent there"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=LIMITS["email"],
        required=False,
        help_text=_("If you give one, you agree to be told of each step there. Papers still come in writing."),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "inputmode": "email"}),
    )
    others = forms.CharField(
        label=_("Names of the others"),
        required=False,
        max_length=(LIMITS["name"] + 2) * LIMITS["petitioners"],
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("Only where several people hand this in together: one name a line, as many as you are."),
    )
    confidential = forms.BooleanField(
        label=_("Keep what I wrote and who I am confidential"),
        required=False,
        help_text=_("Fewer people then see it. The organ that must settle the matter still learns what it is about."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = (self.data or self.initial).get("who") != "anonymous"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") == "several" and not said.get("others", "").strip():
            self.add_error("others", _("Write the names of the others, one a line, or choose “I, one person”."))
        reachable = any(said.get(name, "").strip() for name in ("telephone", "email", "address"))
        if said.get("who") not in {None, "anonymous"} and not reachable and "telephone" not in self.errors:
            self.add_error("telephone", _("Give a telephone, an address or an e-mail, so that the answer reaches you."))
        return said


class TrackForm(PlainForm):
    """Number and query code."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("It stands on your receipt, for example HC2026-00128"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Query code"),
        max_length=40,
        help_text=_("Twelve figures on your receipt; spaces make no difference"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )

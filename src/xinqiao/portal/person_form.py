"""Step 3: who petitions and how the answer reaches him. Only what concerns this kind of petitioner is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xinqiao.matters.submission import LIMITS
from xinqiao.portal.people import named_twice, others_of, speakers_of
from xinqiao.portal.uncut import UncutForm
from xinqiao.procedure import Pack

# The fields of each kind of petitioner, in their order.
ASKED = {
    "person": ("name", "telephone", "address", "email", "confidential"),
    "several": ("name", "telephone", "address", "email", "speakers", "others", "confidential"),
    "organisation": ("name", "telephone", "address", "email", "confidential"),
    "anonymous": ("telephone", "address", "email", "confidential"),
}
# What a field is called, and what is said with it, where it is not as for one person.
WORDS: dict[tuple[str, str], tuple[Any, Any]] = {
    ("organisation", "name"): (_("Full name of the organisation"), _("As on its licence or certificate")),
    ("organisation", "telephone"): (
        _("Telephone and whom to ask for"),
        _("For example 0000-6125 0112, the book-keeper"),
    ),
    ("several", "name"): (_("Your own name"), _("You hand it in for all and are one of those who speak for them.")),
    ("anonymous", "telephone"): (
        _("Telephone"),
        _("Leave it empty if you want to. Nobody can then ask you back; with the query code you still see all."),
    ),
}


SHORTEST_NUMBER = 7


class PersonForm(UncutForm):
    """``who`` is one of ``forms.WHO``; ``accusing``: a report goes sealed anyway, so that is not asked."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LIMITS["name"],
        help_text=_("As on your identity card"),
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
    speakers = forms.CharField(
        label=_("Who else speaks for all of you"),
        required=False,
        max_length=(LIMITS["name"] + LIMITS["telephone"] + 2) * 5,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    others = forms.CharField(
        label=_("Names of the others"),
        required=False,
        max_length=(LIMITS["name"] + 2) * LIMITS["petitioners"],
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("One name a line, as many as you are. Nothing but the name is asked of them."),
    )
    confidential = forms.BooleanField(
        label=_("Keep what I wrote and who I am confidential"),
        required=False,
        help_text=_("Fewer people then see it. The organ that must settle the matter still learns what it is about."),
    )

    def __init__(self, *args: Any, who: str, pack: Pack, accusing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who, self.pack = who, pack
        wanted = ASKED[who][:-1] if accusing else ASKED[who]
        self.fields = {name: self.fields[name] for name in wanted}
        for name, field in self.fields.items():
            field.label, field.help_text = WORDS.get((who, name), (field.label, field.help_text))
        if who != "anonymous":
            self._say_instead_of_optional(_("one of these is enough"), "telephone", "address", "email")
        self._say_instead_of_optional(_("at least one more in the two lists together"), "speakers", "others")
        if who == "organisation":
            self.fields["telephone"].widget = forms.TextInput(attrs={"autocomplete": "off"})
            self.fields["name"].widget = forms.TextInput(attrs={"autocomplete": "organization"})
        if who == "several":
            self.fields["speakers"].help_text = self._speaking()

    def _say_instead_of_optional(self, words: Any, *names: str) -> None:
        """Each of these may be empty, but not all of them."""
        for name in names:
            if name in self.fields:
                self.fields[name].optional_words = words  # type: ignore[attr-defined]

    def clean_telephone(self) -> str:
        """A number that can be called; words beside it (whom to ask for) may stand."""
        said = str(self.cleaned_data["telephone"])
        if said.strip() and sum(sign.isdigit() for sign in said) < SHORTEST_NUMBER:
            raise forms.ValidationError(_("This is no telephone number: it needs seven figures or more. Check it."))
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.who == "several":
            self._check_people(said)
        reachable = any(said.get(name, "").strip() for name in ("telephone", "email", "address"))
        if self.who != "anonymous" and not reachable and "telephone" not in self.errors:
            self.add_error("telephone", _("Give a telephone, an address or an e-mail, so that the answer reaches you."))
        return said

    def _check_people(self, said: dict[str, Any]) -> None:
        speakers, others = speakers_of(said), others_of(said)
        if not (speakers or others):
            self.add_error("others", _("Write the names of the others, one a line. If you are alone, go back a step."))
        if any(not person.name for person in speakers):
            self.add_error("speakers", _("Write a name before each telephone number."))
        if len(speakers) > (most := self._most(1 + len(speakers) + len(others))):
            sentence = gettext("At most %(most)d more; write the rest below, among the others.")
            self.add_error("speakers", sentence % {"most": most})
        where, twice = named_twice(said)
        if twice:
            sentence = gettext(
                "“%(name)s” was written before: take the name out here. If it is somebody else of the same name, "
                "add a word that tells them apart."
            )
            self.add_error(where, sentence % {"name": twice})

    def _most(self, persons: int) -> int:
        """How many may speak beside the one who writes."""
        return self.pack.representatives_max(persons) - 1

    def _speaking(self) -> str:
        most = self._most(LIMITS["petitioners"])
        sentence = ngettext(
            "At most %(most)d more, a name and a telephone number a line. Papers go to those who speak; "
            "they ask for a review on behalf of all.",
            "At most %(most)d more, a name and a telephone number a line. Papers go to those who speak; "
            "they ask for a review on behalf of all.",
            most,
        )
        return sentence % {"most": most}

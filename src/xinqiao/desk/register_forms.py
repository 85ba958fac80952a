"""The form of a registration: the contact, the words, the persons row by row, whom it complains of row by row."""

from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.components.forms import PlainForm
from xinqiao.components.widgets import day_input
from xinqiao.desk.files import FilesField
from xinqiao.matters.models import Channel, Kind, Purpose
from xinqiao.matters.submission import LIMITS, Person, Submission
from xinqiao.organs.classes import class_choices
from xinqiao.organs.models import Organ, User

MOST_ROWS = 60
PERSONS, ACCUSED = "petitioners", "accused"


class ContactForm(PlainForm):
    """How and when it came."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    received_on = forms.DateField(label=_("Received on"), initial=today, widget=day_input())
    posted_on = forms.DateField(label=_("Postmark"), required=False, widget=day_input())
    persons = forms.IntegerField(
        label=_("Number of persons"),
        required=False,
        min_value=1,
        max_value=LIMITS["persons"],
        help_text=_("Left empty: as many as are named."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    anonymous = forms.BooleanField(label=_("Without a name"), required=False)


class WordsForm(PlainForm):
    """What it is about."""

    title = forms.CharField(
        label=_("Subject"), max_length=LIMITS["title"], required=False, help_text=_("One sentence without names.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[("", _("not stated")), *Purpose.choices], required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=LIMITS["text"],
        strip=False,
        widget=forms.Textarea(attrs={"rows": "8", "class": "own-words"}),
        help_text=_("The petitioner's own words, as they are written or were spoken."),
    )
    claims = forms.CharField(
        label=_("Claims, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("The opinion answers them one by one."),
    )
    place = forms.CharField(label=_("Where it happened"), max_length=LIMITS["place"], required=False)
    class_code = forms.CharField(label=_("Class"), max_length=LIMITS["class_code"], required=False)
    confidential = forms.BooleanField(
        label=_("Keep it confidential"),
        required=False,
        help_text=_("Reports and accusations are confidential by themselves."),
    )
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]  # the field, by its own name

    def offer_classes(self, root_id: int) -> None:
        """Let the class be chosen from the office's table; an office without one writes it."""
        if groups := class_choices(root_id):
            choices = [("", _("not stated")), *groups]
            self.fields["class_code"] = forms.ChoiceField(label=_("Class"), choices=choices, required=False)


class PersonForm(PlainForm):
    """One petitioner."""

    name = forms.CharField(label=_("Name"), max_length=LIMITS["name"], required=False)
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=LIMITS["telephone"],
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(label=_("E-mail"), max_length=LIMITS["email"], required=False)
    address = forms.CharField(label=_("Address"), max_length=LIMITS["address"], required=False)
    id_number = forms.CharField(label=_("Identity number"), max_length=LIMITS["id_number"], required=False)
    is_speaker = forms.BooleanField(label=_("Represents the others"), required=False)
    is_organisation = forms.BooleanField(label=_("An organisation"), required=False)

    def person(self) -> Person:
        """What was written, as the action takes it."""
        return Person(**self.cleaned_data)


class AccusedForm(PlainForm):
    """An organ or somebody on its staff that the petition complains of."""

    organ = forms.ChoiceField(label=_("Organ complained of"), required=False)
    user = forms.ChoiceField(
        label=_("Person complained of"), required=False, help_text=_("Somebody on the staff here.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("nobody named"))
        alive = Q(valid_until=None) | Q(valid_until__gt=today())
        organs = Organ.objects.filter(alive, root=actor.root_organ_id)
        self.fields["organ"].choices = [none, *((organ.code, organ.label) for organ in organs)]  # type: ignore[attr-defined]
        staff = User.objects.filter(holdings__post__organ__root=actor.root_organ_id, is_partner=False).distinct()
        people = staff.order_by("username").values_list("username", "name")
        self.fields["user"].choices = [none, *((username, f"{name} ({username})") for username, name in people)]  # type: ignore[attr-defined]


class Registration:
    """The four parts of the form together, empty, carried over, or filled in."""

    def __init__(
        self, actor: Actor, request: HttpRequest | None = None, *, add: str = "", typed: QueryDict | None = None
    ) -> None:
        """Empty; or filled in and judged; or unjudged: with ``add`` one more row, with ``typed`` as a draft left it."""
        data = request.POST if request is not None else typed
        files = request.FILES if request is not None else None
        self.is_judged = request is not None and not add
        judged = (data, files) if self.is_judged else (None, None)
        said = data.dict() if data is not None and not self.is_judged else {}
        self.contact = ContactForm(*judged, initial=said or None, prefix=None)
        self.words = WordsForm(*judged, initial=said or None, prefix=None)
        self.words.offer_classes(actor.root_organ_id or 0)
        if self.is_judged:
            self.persons = _rows(PersonForm, 0)(data, prefix=PERSONS)
            self.accused = _rows(AccusedForm, 0)(data, prefix=ACCUSED, form_kwargs={"actor": actor})
        else:
            self.persons = _carried(PersonForm, data, PERSONS, add)
            self.accused = _carried(AccusedForm, data, ACCUSED, add, actor=actor)

    @property
    def parts(self) -> list[forms.Form]:
        """Every form in the order of the page."""
        return [self.contact, *self.persons.forms, self.words, *self.accused.forms]

    def is_valid(self) -> bool:
        """Whether every field can be read; what the law says of it is asked by the action, an empty text with it."""
        self.words.fields["text"].required = False
        checks = [form.is_valid() for form in self.parts]
        self.words.fields["text"].required = True
        return all([*checks, self.persons.is_valid(), self.accused.is_valid()])

    def submission(self, files: tuple[Any, ...]) -> Submission:
        """What was written, as the action takes it; rows left empty are nobody."""
        contact, words = dict(self.contact.cleaned_data), dict(self.words.cleaned_data)
        words.pop("files")
        claims = tuple(line.strip() for line in words.pop("claims").splitlines() if line.strip())
        people = [form.person() for form in self.filled_persons()]
        accused = [form.cleaned_data for form in self.accused.forms]
        return Submission(
            **contact,
            **words,
            claims=claims,
            petitioners=tuple(people),
            accused_organs=tuple(row["organ"] for row in accused if row.get("organ")),
            accused_users=tuple(row["user"] for row in accused if row.get("user")),
            files=files,
        )

    def filled_persons(self) -> list[PersonForm]:
        """The rows in which something was written, in their order: petitioner n is the n-th of them."""
        return [form for form in self.persons.forms if any(form.cleaned_data.values())]

    def add_errors(self, errors: dict[str, str]) -> None:
        """Say each at its field: ``petitioners.2.name`` at the second person's name."""
        for name, sentence in errors.items():
            form, place = self._place(name)
            form.add_error(place if place in form.fields else None, sentence)

    def _place(self, name: str) -> tuple[forms.Form, str]:
        head, _dot, rest = name.partition(".")
        if head == "petitioners":
            number, _dot, field = rest.partition(".")
            filled = self.filled_persons() or self.persons.forms
            return (filled[int(number) - 1], field) if number else (self.persons.forms[0], "name")
        if head in ("accused_organs", "accused_users"):
            return self.accused.forms[0], head.removeprefix("accused_").removesuffix("s")
        return (self.contact, head) if head in self.contact.fields else (self.words, head)


def _rows(form: type[PlainForm], extra: int) -> "type[BaseFormSet[Any]]":
    return formset_factory(form, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def _carried(form: type[PlainForm], data: QueryDict | None, prefix: str, add: str, **kwargs: Any) -> "BaseFormSet[Any]":
    """Rows as they were typed, and one more where it was asked for; a fresh page has one empty row."""
    count = _count(data, prefix) if data is not None else 0
    typed = [_typed(data, f"{prefix}-{i}", form) for i in range(count)] if data is not None else []
    extra = 1 if add == prefix or not count else 0
    rows = _rows(form, max(0, min(count + extra, MOST_ROWS)))(prefix=prefix, form_kwargs=kwargs)
    for row, initial in zip(rows.forms, typed, strict=False):
        row.initial = initial
    return rows


def _count(data: QueryDict, prefix: str) -> int:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    return min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 5 else 0


def _typed(data: QueryDict, prefix: str, form: type[PlainForm]) -> dict[str, Any]:
    return {name: data.get(f"{prefix}-{name}", "") for name in form.base_fields}

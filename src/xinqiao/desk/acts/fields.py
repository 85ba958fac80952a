"""Fields that an act may ask for, each built for the matter at hand: what there is no choice of is not asked.

A builder takes the act as it is read now and gives the fields of its part of the form, by name.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.dates import desk_day
from xinqiao.components.surfaces import current_language
from xinqiao.components.widgets import day_input
from xinqiao.desk.files import FilesField
from xinqiao.documents.services import unserved_papers_of
from xinqiao.matters import labels
from xinqiao.matters.acting import Acting
from xinqiao.matters.actions.recuse import DECIDING
from xinqiao.matters.actions.serve import STARTING
from xinqiao.matters.barring import is_barred_from
from xinqiao.matters.dispatching import organs_to_send_to
from xinqiao.matters.models import Claim
from xinqiao.matters.papers import DOCUMENTS
from xinqiao.matters.selectors import claims_of, petitioners_of
from xinqiao.matters.submission import LIMITS
from xinqiao.organs.models import Level, Organ, User
from xinqiao.procedure import MAY
from xinqiao.record import texts_of
from xinqiao.reviews.superiors import reviewing_organs

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Built = dict[str, forms.Field]
Builder = Callable[[Acting], Built]
Text: TypeAlias = "str | _StrPromise"


class OrganSelect(forms.Select):
    """A choice of organs in which those that must not get the matter are shown and cannot be chosen."""

    barred: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.barred:
            option["attrs"]["disabled"] = True
        return option


def words(name: str, label: Text, *, hint: Text = "", required: bool = True, rows: int = 4) -> Builder:
    """A text of the act."""

    def build(act: Acting) -> Built:
        widget = forms.Textarea(attrs={"rows": str(rows)})
        field = forms.CharField(
            label=label, help_text=hint, required=required, max_length=LIMITS["reason"], widget=widget
        )
        return {name: field}

    return build


def objection(name: str, label: Text) -> Builder:
    """The reason of an objection; whoever is late with it is told what that means (Article 23)."""

    def build(act: Acting) -> Built:
        right = act.case.clock("K05", organ=act.organ)
        is_late = right is not None and act.today > right.legal_due
        hint = _("The time to object is over. The sender may still agree; the time to accept or decline runs on.")
        return words(name, label, hint=hint if is_late else "")(act)

    return build


def line(
    name: str, label: Text, *, hint: Text = "", limit: int = 300, required: bool = False, unless: Text = ""
) -> Builder:
    """A short text in one line; ``unless`` says when it may not stay empty, where the rest of the form decides that."""

    def build(act: Acting) -> Built:
        field = forms.CharField(label=label, help_text=hint, required=required, max_length=limit)
        if unless:
            field.optional_words = unless  # type: ignore[attr-defined]
        return {name: field}

    return build


def flag(name: str, label: Text, *, hint: Text = "") -> Builder:
    """A box to tick."""
    return lambda act: {name: forms.BooleanField(label=label, help_text=hint, required=False)}


def day(name: str, label: Text, *, hint: Text = "", required: bool = False, is_today: bool = False) -> Builder:
    """A day, by default today where the form says so."""

    def build(act: Acting) -> Built:
        initial = act.today if is_today else None
        return {
            name: forms.DateField(label=label, help_text=hint, required=required, initial=initial, widget=day_input())
        }

    return build


def number(name: str, label: Text, *, most: int, hint: Text = "") -> Builder:
    """A whole number from 1 on."""

    def build(act: Acting) -> Built:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w6"})
        return {name: forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=most, widget=widget)}

    return build


def one_of(
    name: str, label: Text, choices: Mapping[Any, Any], *, hint: Text = "", coerce: Callable[[str], Any] = str
) -> Builder:
    """One of a few words, all of them in sight."""

    def build(act: Acting) -> Built:
        field = forms.TypedChoiceField(
            label=label, help_text=hint, choices=list(choices.items()), coerce=coerce, widget=forms.RadioSelect
        )
        return {name: field}

    return build


def several(name: str, label: Text, choices: Mapping[str, Any], *, hint: Text = "") -> Builder:
    """Any number of boxes."""

    def build(act: Acting) -> Built:
        widget = forms.CheckboxSelectMultiple
        field = forms.MultipleChoiceField(
            label=label, help_text=hint, required=False, choices=list(choices.items()), widget=widget
        )
        return {name: field}

    return build


def only_for(kind: str, *builders: Builder) -> Builder:
    """These fields only for matters of one kind."""

    def build(act: Acting) -> Built:
        return {k: f for builder in builders for k, f in builder(act).items()} if act.matter.kind == kind else {}

    return build


def target(name: str, label: Text) -> Builder:
    """The living organs to which the own one may send, by level; those barred from an accusation are greyed.

    An accusation goes by the rules on cadres, so every organ of the office is offered for it.
    """

    def build(act: Acting) -> Built:
        found = sorted(organs_to_send_to(act), key=lambda organ: (Level.values.index(organ.level), organ.code))
        barred = frozenset(organ.code for organ in found if is_barred_from(organ, act.matter))
        widget = OrganSelect()
        widget.barred = barred
        hint = "" if found else _("There is no organ below this one to which it could go.")
        field = forms.ChoiceField(label=label, help_text=hint, choices=_by_level(found, barred), widget=widget)
        return {name: field}

    return build


def _by_level(organs: list[Organ], barred: frozenset[str]) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for organ in organs:
        words = (
            _("%(organ)s (accused, must not get it)") % {"organ": organ.label} if organ.code in barred else organ.label
        )
        groups.setdefault(str(Level(organ.level).label), []).append((organ.code, words))
    return [("", _("Choose an organ")), *groups.items()]


def superior(name: str, label: Text, level: str) -> Builder:
    """The organs that may look again, where there is a choice."""

    def build(act: Acting) -> Built:
        organs = reviewing_organs(act, level)
        if len(organs) < 2:
            return {}
        choices = [(organ.code, organ.label) for organ in organs]
        return {name: _select(label, choices)}

    return build


def objector(name: str, label: Text) -> Builder:
    """Whose objection is decided, where more than one waits."""

    def build(act: Acting) -> Built:
        waiting = [holder.name for holder in act.case.holding() if holder.objection_pending and holder.name]
        if len(waiting) < 2:
            return {}
        organs = {organ.code: organ.label for organ in Organ.objects.filter(code__in=waiting)}
        return {name: _select(label, [(code, organs[code]) for code in waiting])}

    return build


def petitioner(name: str, label: Text) -> Builder:
    """One of several petitioners, or all; by name only for those who may know it."""

    def build(act: Acting) -> Built:
        people = petitioner_names(act)
        if len(people) < 2:
            return {}
        choices = [("", _("all of them")), *people.items()]
        return {name: _select(label, choices, required=False)}

    return build


def petitioner_names(act: Acting) -> dict[str, str]:
    """The petitioners by ordinal; their names only where the actor may know them and the matter is not sealed."""
    people = petitioners_of(act.matter, with_contact=False)
    named = act.actor.may(Permission.MATTER_READ_IDENTITY) and not act.matter.is_sealed
    return {
        str(p.ordinal): f"{p.ordinal} {p.name}" if named and p.name else _("petitioner %(n)d") % {"n": p.ordinal}
        for p in people
    }


class OutcomeField(forms.ChoiceField):
    """The outcome of one claim; where none is chosen it is that of the whole, and is said as such."""


def claim_outcomes(label: Text, *, hint: Text) -> Builder:
    """An outcome for each claim, where there are several."""

    def build(act: Acting) -> Built:
        rows = claims_of(act.matter, {key: text or "" for key, text in texts_of(act.matter.stream_id).items()})
        if len(rows) < 2:
            return {}
        outcomes = [(code, words) for code, words in Claim.Outcome.choices if code != Claim.Outcome.OPEN]
        return {
            f"claim_{row.ordinal}": OutcomeField(
                label=f"{label} {row.ordinal}：{row.text}",
                help_text=hint,
                required=False,
                choices=[("", _("as the whole")), *outcomes],
            )
            for row in rows
        }

    return build


def document(name: str, label: Text) -> Builder:
    """The papers that wait to be served; for somebody without a name also what may be served without one."""

    def build(act: Acting) -> Built:
        return {name: _select(label, list(waiting_documents(act).items()))}

    return build


def waiting_documents(act: Acting) -> dict[str, str]:
    """What may be served now, by the code of the document, with number and days: first what the own organ owes."""
    of_kind = {kind: code for code, kinds in DOCUMENTS.items() for kind in kinds}
    found: dict[str, str] = {}
    for paper in sorted(unserved_papers_of(act.matter.stream), key=lambda paper: paper.organ_id != act.organ_id):
        code = of_kind[paper.kind]
        name = f"{labels.DOCUMENTS[code]} {paper.number or ''}".strip()
        found.setdefault(code, _paper_words(name, paper.issued_on, paper.service_due_on))
    may_serve = MAY["serve"]
    if act.matter.is_anonymous:
        for code in STARTING:
            if may_serve(act.case, today=act.today, organ=act.organ, document=code) is None:
                found.setdefault(code, str(labels.DOCUMENTS[code]))
    return found


def _paper_words(name: str, issued_on: date, due_on: date | None) -> str:
    issued = desk_day(issued_on, current_language())
    if due_on is None:
        return name
    due = desk_day(due_on, current_language())
    return _("%(document)s, given on %(issued)s, to be served by %(due)s") % {
        "document": name,
        "issued": issued,
        "due": due,
    }


def hearing_stage(name: str, label: Text) -> Builder:
    """The stage that a hearing belongs to: the one the matter is in."""

    def build(act: Acting) -> Built:
        stage = act.case.stage if act.case.stage in labels.HEARINGS else "handling"
        field = _select(label, list(labels.HEARINGS.items()))
        field.initial = stage
        return {name: field}

    return build


def clock_to_extend(name: str, label: Text) -> Builder:
    """The clock of the own organ that may be extended, where more than one runs."""

    def build(act: Acting) -> Built:
        own = [c for c in act.case.open_clocks("K08", "K12", "K14") if c.organ in (act.organ, None)]
        choices = {clock.id: clock.name for clock in own}
        tag = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(current_language(), "en")
        if set(choices) <= {"K08"}:
            return {}
        return {name: _select(label, [(code, names[tag]) for code, names in choices.items()])}

    return build


def colleague(name: str, label: Text) -> Builder:
    """Oneself; for a head also whoever works in his own organ or below it."""

    def build(act: Acting) -> Built:
        current = Q(holdings__until=None) | Q(holdings__until__gt=act.today)
        below = Q(pk=act.actor.user_id)
        if act.actor.role in DECIDING:
            below |= Q(holdings__post__organ__ancestors__contains=[act.actor.scope_id])
        people = User.objects.filter(current, below, is_partner=False).distinct()
        found = sorted(people, key=lambda user: (user.pk != act.actor.user_id, user.pk))
        return {name: _select(label, [(user.username, user.name) for user in found])}

    return build


def files(name: str, label: Text) -> Builder:
    """Files to be added."""
    return lambda act: {name: FilesField(label=label, required=False)}


def _select(label: Text, choices: list[Any], *, required: bool = True) -> forms.ChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, required=required, empty_value=None)

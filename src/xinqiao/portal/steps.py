"""The five steps of handing in: their forms filled from the draft, and what is still wrong on each."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from xinqiao.access.clock import today
from xinqiao.components.parts import Step
from xinqiao.matters.submission import Invalid, check
from xinqiao.organs.models import Organ
from xinqiao.portal.drafts import STEPS, Draft, submission_of
from xinqiao.portal.forms import AccountForm, KindForm
from xinqiao.portal.office import published_organs
from xinqiao.portal.people import speakers_of
from xinqiao.portal.person_form import PersonForm
from xinqiao.portal.questions import Group
from xinqiao.procedure import load_pack

FORM_STEPS = ("kind", "account", "person")
# Where the office's name of a field stands in the forms; what is not listed is about who petitions.
_ACCOUNT = {"text": "text", "title": "title", "place": "place", "claims": "claims", "accused_organs": "organ"}


def titles() -> dict[str, str]:
    """What each step is called."""
    return {
        "kind": _("What kind"),
        "account": _("What happened"),
        "person": _("Who you are"),
        "files": _("Files"),
        "check": _("Check and hand in"),
    }


def step_list(current: str) -> list[Step]:
    """The row of steps above each page."""
    now = STEPS.index(current)
    rows = enumerate(titles().values())
    return [
        Step(
            title=f"{i + 1} {title}",
            note=_("filled in") if i < now else _("filling in now, of %(n)d steps") % {"n": 5} if i == now else "",
            state="done" if i < now else "now" if i == now else "",
        )
        for i, title in rows
    ]


def form_of(step: str, draft: Draft, front: Organ, data: Mapping[str, Any] | None = None) -> Form:
    """The form of a step, empty, with what was kept, or with what was just sent."""
    kept = kept_of(step, draft)
    if step == "kind":
        return KindForm(data, initial=kept)
    if step == "person":
        pack = load_pack(front.pack)
        return PersonForm(data, initial=kept, who=draft.who, pack=pack, accusing=draft.is_accusation)
    return AccountForm(data, initial=kept, organs=published_organs(front), accusing=draft.is_accusation)


def kept_of(step: str, draft: Draft) -> dict[str, Any]:
    """What the draft holds of a step."""
    if step == "kind":
        return {"kind": draft.kind, "who": draft.person.get("who", "person")}
    return dict(getattr(draft, step))


def checked(step: str, draft: Draft, front: Organ) -> Form:
    """The form of a step, bound to what the draft holds, with the office's own findings beside those of the form."""
    form = form_of(step, draft, front, kept_of(step, draft))
    form.full_clean()
    for key, sentence in office_findings(draft, front).items():
        where, field = place_of(key, draft)
        if where == step and field not in form.errors:
            form.add_error(field if field in form.fields else None, sentence)
    return form


def narrowed(form: Form, group: Group) -> Form:
    """The form with the fields of one page alone, and with what is wrong on it; an empty group is the whole form."""
    for name in [name for name in form.fields if group and name not in group]:
        del form.fields[name]
        form.errors.pop(name, None)
    return form


def first_wrong(draft: Draft, front: Organ) -> str:
    """The first step that is not right yet; empty where all are."""
    return next((step for step in FORM_STEPS if checked(step, draft, front).errors), "")


def office_findings(draft: Draft, front: Organ) -> dict[str, str]:
    """What the office would refuse of the draft, by its own names of the fields."""
    try:
        check(submission_of(draft), pack=front.pack, today=today())
    except Invalid as wrong:
        return wrong.errors
    return {}


def place_of(key: str, draft: Draft) -> tuple[str, str]:
    """The step and the field where something is put right."""
    name, _dot, rest = key.partition(".")
    if name == "kind":
        return "kind", "kind"
    if name == "files":
        return "files", "files"
    if name in _ACCOUNT:
        return "account", _ACCOUNT[name]
    ordinal, _dot, field = rest.partition(".")
    if name == "petitioners" and field:
        return "person", field if ordinal == "1" else _list_of(int(ordinal), draft)
    return "person", "others" if draft.who == "several" else "name"


def _list_of(ordinal: int, draft: Draft) -> str:
    """In which of the two lists somebody stands."""
    return "speakers" if ordinal <= 1 + len(speakers_of(draft.person)) else "others"

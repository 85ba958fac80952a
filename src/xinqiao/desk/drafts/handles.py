"""The handle of a draft, signed into its form: whose, of which form, under which id.

It lets a form that comes in after its session ended be kept for the person who opened it, and for nobody else. It
opens nothing: a draft is shown to its signed-in owner alone, and of a matter only while he may see that.
"""

import uuid
from dataclasses import astuple, dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from xinqiao.access.actor import Actor
from xinqiao.desk.models import Draft
from xinqiao.matters.models import Matter

FIELD = "kept_as"
LASTS = timedelta(days=3)
REGISTER = "register"
_SALT = "xinqiao desk draft"
_DONE, _DONE_KEPT = "done_drafts", 20


@dataclass(frozen=True)
class Handle:
    """The owner (a person acting for an organ), the form, the matter if there is one, and the id of the draft."""

    user_id: int
    organ_id: int
    root_organ_id: int
    form: str
    matter_id: int | None
    draft: str

    def signed(self) -> str:
        """The value of the hidden field."""
        return TimestampSigner(salt=_SALT).sign_object(list(astuple(self)))

    def is_of(self, actor: Actor) -> bool:
        """Whether it is the draft of this person in this organ."""
        return (self.user_id, self.organ_id) == (actor.user_id, actor.organ_id)


def new_handle(actor: Actor, form: str, *, matter: Matter | None = None, draft: Draft | None = None) -> Handle:
    """The handle of a form that is shown now; with ``draft`` the form goes on with that one."""
    return Handle(
        actor.user_id or 0,
        actor.organ_id or 0,
        actor.root_organ_id or 0,
        form,
        matter.pk if matter else None,
        str(draft.pk if draft else uuid.uuid4()),
    )


def read_handle(value: str) -> Handle | None:
    """The handle in a form; None for one that is not ours or was signed more than ``LASTS`` ago."""
    try:
        return Handle(*TimestampSigner(salt=_SALT).unsign_object(value, max_age=LASTS))
    except BadSignature:
        return None


def sent_handle(request: HttpRequest, actor: Actor, form: str, *, matter: Matter | None = None) -> Handle:
    """The handle that a form was sent with; a new one where it has none, or that of another form or person."""
    handle = read_handle(request.POST.get(FIELD, ""))
    if handle and handle.is_of(actor) and (handle.form, handle.matter_id) == (form, matter.pk if matter else None):
        return handle
    return new_handle(actor, form, matter=matter)


def mark_done(request: HttpRequest, handle: Handle) -> None:
    """From now on a save of this form that was still under way keeps nothing."""
    request.session[_DONE] = [*request.session.get(_DONE, []), handle.draft][-_DONE_KEPT:]


def is_done(request: HttpRequest, handle: Handle) -> bool:
    """Whether this very form was done in this session."""
    return handle.draft in request.session.get(_DONE, [])

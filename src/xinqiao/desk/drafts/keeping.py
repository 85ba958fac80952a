"""Keeping drafts: one for each act on a matter, any number of registrations; sealed, for thirty days."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.desk.drafts.handles import FIELD, REGISTER, Handle, mark_done
from xinqiao.desk.models import Draft
from xinqiao.matters.listing import seen_condition
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.matters.models import Matter
from xinqiao.organs.models import User
from xinqiao.record.fields import KeyErased, data_key
from xinqiao.record.keyring import open_ring
from xinqiao.record.sealing import new_key, seal, unseal

KEPT_FOR = timedelta(days=30)
SAVE, BY_TIMER = "save_draft", "timer"
FILE_NAMES = "file_names"
MOST_BYTES = 500_000
"""More than the longest form that any act takes."""
#: What belongs to the way a form is sent and not to what was typed.
_FRAME = frozenset({"csrfmiddlewaretoken", FIELD, SAVE, "confirmed", "edit", "add", "then"})


class NotKept(Exception):
    """The form holds more than any act takes, or the words of its matter were destroyed: nothing was kept."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was typed, by field; ``files`` are the names of chosen files, which no draft holds."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Sequence[str] = ()

    def first(self, name: str) -> str:
        """The text of a field that has one."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def as_query(self) -> QueryDict:
        """The fields as a form takes them."""
        query = QueryDict(mutable=True)
        for name, values in self.fields.items():
            query.setlist(name, list(values))
        return query


def written_in(request: HttpRequest) -> Written:
    """What a sent form holds."""
    fields = {name: values for name, values in request.POST.lists() if name not in _FRAME}
    chosen = [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]
    return Written(fields=fields, files=[name for name in [*chosen, *fields.pop(FILE_NAMES, [])] if name])


@transaction.atomic
def keep(handle: Handle, written: Written) -> Draft:
    """Keep what was written, in place of what was kept before; raises NotKept. Old drafts of everybody go."""
    plain = json.dumps({"fields": dict(written.fields), "files": list(written.files)}, ensure_ascii=False).encode()
    if len(plain) > MOST_BYTES:
        raise NotKept
    forget_old()
    # Two pages of one person may save at once; one waits for the other.
    User.objects.select_for_update(no_key=True).get(pk=handle.user_id)
    draft = _of_handle(handle).first() or _new(handle)
    draft.saved_at = now()
    try:
        draft.sealed = seal(plain, key=_key(draft), context=_context(draft))
    except KeyErased:
        raise NotKept from None
    draft.save()
    return draft


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The drafts of a person in this organ, the newest first; of matters out of sight there are none."""
    own = Draft.objects.filter(user_id=actor.user_id or 0, organ_id=actor.organ_id or 0)
    in_sight = matters_visible_to(actor).filter(pk__in=own.values("matter")).order_by()
    found = own.filter(Q(matter=None) | Q(matter__in=in_sight), saved_at__gt=now() - KEPT_FOR)
    return found.select_related("matter__stream").order_by("-saved_at", "id")


def count_drafts(actor: Actor) -> int:
    """How many ``drafts_of`` there are: my work says it every time."""
    seen, params = seen_condition(actor, "d.matter_id")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM desk_draft d WHERE d.user_id = %s AND d.organ_id = %s AND d.saved_at > %s "
            f"AND (d.matter_id IS NULL OR EXISTS ({seen}))",
            [actor.user_id or 0, actor.organ_id or 0, now() - KEPT_FOR, *params],
        )
        return int(cursor.fetchone()[0])


def draft_of_act(actor: Actor, matter: Matter, verb: str) -> Draft | None:
    """The draft of one act on a matter that the actor was let in to."""
    return drafts_of(actor).filter(matter=matter, form=verb).first()


def registration_draft(actor: Actor, draft_id: str) -> Draft | None:
    """The draft of a registration by its id; None where there is none of this person."""
    return drafts_of(actor).filter(pk=draft_id, form=REGISTER).first() if _is_uuid(draft_id) else None


def opened(draft: Draft) -> Written:
    """What was typed; nothing where the words of the matter were lawfully destroyed, and the draft's with them."""
    try:
        said: dict[str, Any] = json.loads(unseal(bytes(draft.sealed), key=_key(draft), context=_context(draft)))
    except KeyErased:
        return Written()
    return Written(fields=said["fields"], files=said["files"])


def finish(request: HttpRequest, handle: Handle) -> None:
    """The form was sent and done: its draft goes, and a save still under way does not bring it back."""
    _of_handle(handle).delete()
    mark_done(request, handle)


def forget_old() -> int:
    """Remove what was kept longer than ``KEPT_FOR``; how many."""
    return Draft.objects.filter(saved_at__lte=now() - KEPT_FOR).delete()[0]


def _new(handle: Handle) -> Draft:
    draft = Draft(id=uuid.UUID(handle.draft), form=handle.form, matter_id=handle.matter_id)
    draft.user_id, draft.organ_id, draft.root_organ_id = handle.user_id, handle.organ_id, handle.root_organ_id
    return draft


def _of_handle(handle: Handle) -> QuerySet[Draft]:
    """For an act the one of this matter, whichever page it was begun on."""
    own = Draft.objects.filter(user_id=handle.user_id, organ_id=handle.organ_id, form=handle.form)
    return own.filter(matter=handle.matter_id) if handle.matter_id else own.filter(pk=handle.draft)


def _key(draft: Draft) -> bytes:
    """The key of the matter; before there is one, a key of the draft's own."""
    if draft.matter is not None:
        return data_key(draft.matter.stream)
    ring = open_ring(settings.KEYS_DIR)
    if draft.wrapped_key is not None:
        return ring.unwrap(draft.master_key_id, draft.wrapped_key, context=_context(draft))
    key = new_key()
    draft.master_key_id, draft.wrapped_key = ring.wrap(key, context=_context(draft))
    return key


def _context(draft: Draft) -> str:
    return f"draft {draft.pk}"


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True

"""Supplement (补充材料): words or files are added to a matter by its petitioner or by those who handle it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.documents.services import ReceivedFile, attach
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.submission import LIMITS, Invalid, check_length
from xinqiao.matters.telling import tell_organs


@transaction.atomic(durable=True)
def supplement(
    *,
    number: str,
    actor: Actor,
    text: str = "",
    files: Sequence[ReceivedFile] = (),
    seen: int | None = None,
) -> Acting:
    """Add words, files or both; the files are named on the record by the hash of their bytes."""
    act = begin("supplement", number=number, actor=actor, seen=seen)
    _check(text, files)
    act.append({"files": [f"sha256:{f.sha256}" for f in files] or None}, texts={"text": text}, type="supplemented")
    assert act.event is not None
    attach(
        act.matter.stream,
        list(files),
        event_seq=act.event.seq,
        sealed=act.matter.is_sealed,
        from_petitioner=actor.kind == "citizen",
        by=actor.user_id,
    )
    if actor.kind == "citizen":
        tell_organs(act.matter, "supplemented", [act.matter.holder_id])
    return act


def _check(text: str, files: Sequence[ReceivedFile]) -> None:
    errors: dict[str, str] = {}
    if not text.strip() and not files:
        errors["text"] = _("Write something, or choose a file.")
    check_length("text", text, errors)
    if len(files) > LIMITS["files"]:
        errors["files"] = _("At most %(most)d entries.") % {"most": LIMITS["files"]}
    if errors:
        raise Invalid(errors)

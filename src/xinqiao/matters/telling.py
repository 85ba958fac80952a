"""Notices that go with an act, queued in its transaction. Of what is sealed they tell nothing."""

from collections.abc import Collection, Iterable
from typing import Any

from xinqiao.matters.models import Matter
from xinqiao.notices.services import queue
from xinqiao.record import decrypt_field


def tell_organs(matter: Matter, kind: str, organ_ids: Collection[int], **facts: Any) -> None:
    """A notice in the desk of each organ."""
    if organ_ids:
        _queue(matter, kind, organ_ids=organ_ids, facts=facts)


def tell_petitioners(matter: Matter, kind: str, **facts: Any) -> None:
    """An e-mail to each petitioner who gave an address; whoever gave none follows with the query code."""
    if emails := emails_of(matter):
        _queue(matter, kind, emails=emails, facts=facts)


def tell_both(matter: Matter, kind: str, organ_ids: Collection[int], **facts: Any) -> None:
    """Organs and petitioners in one statement."""
    _queue(matter, kind, organ_ids=organ_ids, emails=emails_of(matter), facts=facts)


def emails_of(matter: Matter) -> list[str]:
    """The e-mail addresses that the petitioners of a matter gave."""
    return [decrypt_field(matter.stream, bytes(email)) for _o, _speaks, email in matter.contacts if email]


def tell_at_registration(matter: Matter, organ_ids: Iterable[int], emails: Iterable[str], **facts: Any) -> None:
    """The receiving organ and the petitioner in one statement; the addresses are still at hand."""
    _queue(matter, "registered", organ_ids=list(organ_ids), emails=[e for e in emails if e], facts=facts)


def _queue(matter: Matter, kind: str, *, facts: dict[str, Any], **recipients: Any) -> None:
    queue(
        kind,
        stream=matter.stream,
        facts={"number": matter.number, **facts},
        neutral=matter.is_sealed,
        sender_organ_id=matter.holder_id,
        **recipients,
    )

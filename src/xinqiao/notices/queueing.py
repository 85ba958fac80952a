"""Queue notices inside the transaction of an act: they exist exactly if the act does.

One INSERT for all recipients and nothing else: no job is queued, because the worker looks for due e-mail by itself
every few seconds (``tasks.py``). An act stays cheap, and a lost job cannot lose a notice.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings

from xinqiao.access.clock import now
from xinqiao.notices.facts import Fact, store
from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.models import Channel, Notice
from xinqiao.record.fields import encrypt_field
from xinqiao.record.models import Stream
from xinqiao.record.writing_rows import insert

MAX_RECIPIENTS = 200


def queue(
    kind: str,
    *,
    stream: Stream | None,
    organ_ids: Collection[int] = (),
    user_ids: Collection[int] = (),
    emails: Collection[str] = (),
    addresses: Collection[str] = (),
    facts: Mapping[str, Fact | None],
    language: str = "zh-hans",
    neutral: bool = False,
    sender_organ_id: int | None = None,
    root_organ_id: int | None = None,
) -> list[Notice]:
    """Queue one notice for each organ and user (in the desk), e-mail and postal address; nobody gets it twice.

    ``neutral`` (accusations, confidential matters) keeps every fact out, and the words tell nothing. Where an e-mail
    cannot be sent, the desk of ``sender_organ_id`` is told (of the office's root organ where it is None).
    A notice about no stream needs ``root_organ_id``; addresses need a stream, because its key seals them.
    Raises ValueError for an unknown kind or fact, a language that is not offered, or more than 200 recipients.
    """
    common = {
        "kind": NoticeKind(kind).value,
        "stream": stream,
        "root_organ_id": _root(stream, root_organ_id),
        "sender_organ_id": sender_organ_id,
        "facts": {} if neutral else store(facts),
        "neutral": neutral,
        "language": _offered(language),
    }
    recipients = [*_desk(organ_ids, user_ids), *_outside(stream, emails, addresses)]
    if len(recipients) > MAX_RECIPIENTS:
        raise ValueError(f"{len(recipients)} recipients, at most {MAX_RECIPIENTS}")
    return list(insert([Notice(**common, **recipient) for recipient in recipients]))


def _desk(organ_ids: Collection[int], user_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    for organ_id in dict.fromkeys(organ_ids):
        yield {"channel": Channel.DESK, "organ_id": organ_id}
    for user_id in dict.fromkeys(user_ids):
        yield {"channel": Channel.DESK, "user_id": user_id}


def _outside(stream: Stream | None, emails: Collection[str], addresses: Collection[str]) -> Iterator[dict[str, Any]]:
    if not emails and not addresses:
        return
    if stream is None:
        raise ValueError("an address is sealed with the key of a stream: give the stream")
    for email in dict.fromkeys(emails):
        yield {"channel": Channel.EMAIL, "sealed_address": encrypt_field(stream, email), "next_attempt_at": now()}
    for address in dict.fromkeys(addresses):
        yield {"channel": Channel.LETTER, "sealed_address": encrypt_field(stream, address)}


def _root(stream: Stream | None, root_organ_id: int | None) -> int:
    root = root_organ_id if stream is None else stream.root_organ_id
    if root is None:
        raise ValueError("a notice about no stream needs root_organ_id")
    return int(root)


def _offered(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"{language!r} is not offered")
    return language

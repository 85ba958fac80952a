"""What the desk reads: unread notices of a user and an organ, letters to post, and whether anything hangs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from xinqiao.access.clock import now
from xinqiao.notices.models import Channel, Notice, NoticeState

StreamIds = QuerySet[Any, Any] | Collection[int]


def notices_for(*, user_id: int, organ_id: int, streams: StreamIds) -> QuerySet[Notice]:
    """The unread notices in the desk, newest first.

    ``streams`` are the ids of the streams the reader may see (one column, a subquery of the visibility predicate): a
    notice about any other does not exist for the reader. It has no default, so that nobody can forget it.
    """
    return _unread(streams).filter(Q(organ_id=organ_id) | Q(user_id=user_id))


def newest_for(*, user_id: int, organ_id: int, streams: StreamIds, most: int) -> list[int]:
    """The ids of ``notices_for``, at most so many: two walks by an index, however many notices there are."""
    found = _unread(streams).order_by("-id").values_list("pk", flat=True)
    by_organ, by_user = found.filter(organ_id=organ_id)[:most], found.filter(user_id=user_id)[:most]
    return list(by_organ.union(by_user, all=True).order_by("-pk")[:most])


def _unread(streams: StreamIds) -> QuerySet[Notice]:
    seen = Q(stream=None) | (_looks_for(streams) if isinstance(streams, QuerySet) else Q(stream_id__in=streams))
    return Notice.objects.filter(seen, channel=Channel.DESK, state=NoticeState.QUEUED)


def _looks_for(streams: QuerySet[Any, Any]) -> "_OneByOne":
    (column,) = streams.query.values_select
    return _OneByOne(streams.filter(**{column: OuterRef("stream_id")}))


class _OneByOne(Exists):
    """Asked for each notice anew: the planner would rather gather every matter that the reader may see beforehand."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


def mark_read(notices: QuerySet[Notice], *, ids: Collection[int], user_id: int) -> int:
    """Mark those of ``notices_for`` that were read, and by whom; how many. One reader is enough for an organ."""
    chosen = notices.filter(pk__in=ids).order_by()
    return chosen.update(state=NoticeState.READ, read_at=now(), read_by_id=user_id)


def notices_of(stream_id: int) -> QuerySet[Notice]:
    """All notices of a record, newest first, with what became of each."""
    return Notice.objects.filter(stream_id=stream_id).select_related("organ", "user")


def letters_to_post(*, organ_id: int, streams: StreamIds) -> QuerySet[Notice]:
    """Letters that an organ still has to print and post; ``streams`` as in ``notices_for``."""
    waiting = Notice.objects.filter(channel=Channel.LETTER, state=NoticeState.QUEUED)
    return waiting.filter(sender_organ_id=organ_id, stream_id__in=streams).select_related("stream").order_by("id")


def waiting_since() -> datetime | None:
    """Since when the oldest due e-mail waits; None where nothing is due. For ``doctor`` and the metrics."""
    due = Notice.objects.filter(channel=Channel.EMAIL, state=NoticeState.QUEUED, next_attempt_at__lte=now())
    oldest: datetime | None = due.aggregate(oldest=Min("created_at"))["oldest"]
    return oldest

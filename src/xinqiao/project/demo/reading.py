"""The news in the desks are read now and then, as people do."""

from xinqiao.access.actor import staff_actor
from xinqiao.access.clock import today
from xinqiao.matters.lookup import matters_visible_to
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.notices.services import mark_read, notices_for
from xinqiao.organs.models import Holding


def read_the_news() -> None:
    """In each organ that has news, whoever may see most of it reads what he may see."""
    waiting = Notice.objects.filter(channel=Channel.DESK, state=NoticeState.QUEUED)
    organs = set(waiting.order_by().values_list("organ", flat=True).distinct())
    for organ_id in sorted(organs - {None}):
        _read(organ_id)


def _read(organ_id: int) -> None:
    holdings = Holding.objects.filter(post__organ_id=organ_id).select_related("user")
    if (holding := holdings.order_by("-post__ceiling", "id").first()) is None:
        return
    actor = staff_actor(holding.user, today=today())
    streams = matters_visible_to(actor).order_by().values("stream_id")
    found = notices_for(user_id=holding.user_id, organ_id=organ_id, streams=streams)
    mark_read(found, ids=list(found.order_by().values_list("pk", flat=True)), user_id=holding.user_id)

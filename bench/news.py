"""The notices of a loaded matter: what came to the desk of an organ, most of it read."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from psycopg.types.json import Jsonb

from xinqiao.access.clock import SHANGHAI
from xinqiao.matters.models import Matter
from xinqiao.notices.facts import store
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.organs.models import Organ
from xinqiao.procedure import History

#: What came within so many days nobody has read yet.
UNREAD_DAYS = 30


def notices_of(matter: Matter, history: History, organs: Mapping[str, Organ], *, today: date) -> Iterator[Notice]:
    """One for the organ that got the matter."""
    for event in history:
        if event.type == "transferred":
            sender, to = organs[event.data["organ"]], organs[event.data["to"]]
            facts = {"number": matter.number, "organ": sender.name, "to": to.name, "on": event.on}
            is_read = event.on < today - timedelta(days=UNREAD_DAYS)
            at = datetime.combine(event.on, time(9), SHANGHAI)
            yield Notice(
                root_organ_id=matter.root_organ_id,
                stream=matter.stream,
                kind=event.type,
                channel=Channel.DESK,
                sender_organ_id=sender.pk,
                organ=to,
                facts=Jsonb(store(facts)),
                state=NoticeState.READ if is_read else NoticeState.QUEUED,
                created_at=at,
                read_at=at if is_read else None,
            )

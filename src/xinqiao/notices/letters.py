"""Letters by post: the address is opened for printing, and the posting is written down with its evidence."""

from django.db import transaction
from django.utils import translation

from xinqiao.access.clock import now
from xinqiao.notices.models import Channel, Notice, NoticeState
from xinqiao.record.fields import decrypt_field

MAX_EVIDENCE = 500


def open_address(notice: Notice) -> str:
    """The address outside; a person's look at it goes on record. Raises KeyErased after lawful erasure."""
    if notice.sealed_address is None or notice.stream is None:
        raise ValueError("a notice in the desk has no address")
    return decrypt_field(notice.stream, notice.sealed_address)


@transaction.atomic
def note_posted(notice_id: int, *, evidence: str) -> Notice:
    """A letter was posted; ``evidence`` is the number of the registered item. ValueError where it is no open letter."""
    letters = Notice.objects.filter(channel=Channel.LETTER, state=NoticeState.QUEUED)
    notice = letters.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise ValueError("this letter was posted before, or is none")
    with translation.override(notice.language):
        notice.sent_body = notice.body
    notice.state, notice.sent_at, notice.evidence = NoticeState.SENT, now(), evidence[:MAX_EVIDENCE]
    notice.save(update_fields=["state", "sent_at", "evidence", "sent_body"])
    return notice

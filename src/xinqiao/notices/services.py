"""The door of this room: what legal acts and pages call."""

from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.letters import note_posted, open_address
from xinqiao.notices.queueing import queue
from xinqiao.notices.selectors import letters_to_post, mark_read, newest_for, notices_for, notices_of, waiting_since
from xinqiao.notices.sending import is_mail_set_up, send_due

__all__ = [
    "NoticeKind",
    "is_mail_set_up",
    "letters_to_post",
    "mark_read",
    "newest_for",
    "note_posted",
    "notices_for",
    "notices_of",
    "open_address",
    "queue",
    "send_due",
    "waiting_since",
]

"""The door of this room: what legal acts and pages call."""

from xinqiao.notices.kinds import NoticeKind
from xinqiao.notices.queueing import queue

__all__ = ["NoticeKind", "queue"]

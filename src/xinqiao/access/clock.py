"""The only place that asks what time it is; a demonstration or a test may hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    """This instant, aware."""
    return _held.get() or timezone.now()


def today() -> date:
    """This day in China, whatever the machine's zone."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def held_at(instant: datetime) -> Iterator[None]:
    """Simulate an instant inside the block."""
    token = _held.set(instant)
    try:
        yield
    finally:
        _held.reset(token)

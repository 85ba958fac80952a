"""The connection of a worker, kept over many requests.

Django asks the server at the beginning of each request whether it still answers. A server that ended has closed the
connection, and that can be seen without asking; only silence, as of a network that forgot the connection, cannot.
"""

import select
import time

from django.db.backends.postgresql import base

TRUSTED_SECONDS = 10
"""For so long after an answer a connection on which nothing came is taken to live."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server whether it is there once in ten seconds, and at once where it has closed the connection."""

    _answered_at = float("-inf")

    def is_usable(self) -> bool:
        """Whether the connection can be used for the next request."""
        if self.connection is None:
            return False
        if time.monotonic() - self._answered_at < TRUSTED_SECONDS and not _has_word(self.connection.fileno()):
            return True
        is_there = bool(super().is_usable())
        if is_there:
            self._answered_at = time.monotonic()
        return is_there


def _has_word(descriptor: int) -> bool:
    """Whether the server said something unasked, which between two requests it does only to end the connection."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))

"""Secrets of accounts, sealed with the office's key ring before they reach the database."""

import base64

from xinqiao.record.fields import ring

CONTEXT = "second factor"


def sealed(text: str) -> str:
    """The id of the master key and the sealed text, as one word."""
    key_id, box = ring().wrap(text.encode(), context=CONTEXT)
    return f"{key_id}.{base64.urlsafe_b64encode(box).decode()}"


def opened(word: str) -> str:
    """What ``sealed`` sealed; raises CannotOpen where its key is not on the ring."""
    key_id, _dot, box = word.partition(".")
    return ring().unwrap(key_id, base64.urlsafe_b64decode(box), context=CONTEXT).decode()

"""Pages of a list by cursor: the last row of a page names the next, so that nothing is skipped or shown twice."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from xinqiao.components.parts import Chip

T = TypeVar("T")
#: How many rows a page has, and how many it may have where somebody chose so.
SIZE = 25
SIZES = (SIZE, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Rows of one page, the place of the first, how many there are, and where the neighbours begin.

    Where a list of more than ``most`` is not counted to its end, ``total`` is ``most + 1`` for all that are longer.
    """

    rows: Sequence[T]
    first: int
    total: int
    most: int | None = None
    previous_url: str = ""
    next_url: str = ""
    sizes: Sequence[Chip] = ()

    @property
    def words(self) -> str:
        """``第 1–25 件，共 61 件``; of a very long list ``第 1–25 件，共 1,000 件以上``."""
        said = {"first": self.first, "last": self.first + len(self.rows) - 1, "total": self.total}
        if self.most is not None and self.total > self.most:
            return _("%(first)d–%(last)d of more than %(total)d") % (said | {"total": self.most})
        return _("%(first)d–%(last)d of %(total)d") % said


def size_of(query: QueryDict) -> int:
    """How many rows a page of this list has: one of ``SIZES``, chosen by ``rows``."""
    return next((size for size in SIZES if query.get("rows") == str(size)), SIZE)


def size_chips(query: QueryDict, total: int) -> list[Chip]:
    """The same list with more or fewer rows a page; none where one page of the smallest holds everything."""
    if total <= SIZE:
        return []
    chosen = size_of(query)
    return [Chip(label=str(size), url=address(query, rows=str(size)), current=size == chosen) for size in SIZES]


def closed(key: Sequence[Any]) -> str:
    """A key as it stands in an address; days as texts."""
    plain = [part if isinstance(part, int | str) else part.isoformat() for part in key]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def opened(cursor: str | None) -> list[Any] | None:
    """The key of a cursor; None for one that is not ours: the list then begins anew."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        return None
    return key if isinstance(key, list) else None


def address(query: QueryDict, prefix: str = "", /, **changes: str) -> str:
    """This list with other filters; a page of another list means nothing, so the cursors (of this ``prefix``) go."""
    gone = {f"{prefix}after", f"{prefix}before", *changes}
    kept = [(name, value) for name, values in query.lists() if name not in gone for value in values]
    return f"?{urlencode([*kept, *((name, value) for name, value in changes.items() if value)])}"


def printed(query: QueryDict) -> str:
    """This very page of the list, for paper."""
    copy = query.copy()
    copy["print"] = "1"
    return f"?{copy.urlencode()}"

"""The plain values that parts show.

Pages fill these and hand them to the tags of `look`; a dict with the same keys
serves as well. Texts are plain and are escaped; what is a SafeString is shown as it is.
Dates are dates in the office's time zone, instants are aware.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal


def value_of(part: Any, name: str) -> Any:
    """A value of a part, whether it is one of the classes below or a dict with the same keys."""
    return part.get(name) if isinstance(part, dict) else getattr(part, name)


@dataclass(frozen=True, kw_only=True)
class SumRow:
    """One line of the account that explains a day: where it stands, what happened, by which article."""

    left: date | str
    text: str
    law: str = ""
    kind: Literal["", "plus", "total"] = ""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A clock with its reason. `days_left` in calendar days, negative when over, None when stopped."""

    title: str
    state: str
    legal_due: date | None = None
    days_left: int | None = None
    days_late: int | None = None
    started_on: date | None = None
    start_words: str = ""
    state_words: str = ""
    original_due: date | None = None
    stat_due: date | None = None
    stopped_on: date | None = None
    today: date | None = None
    paused_for: str = ""
    why: Sequence[SumRow] | Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """A legal act as a door: open with a URL, or closed with the reason and the article."""

    label: str
    url: str = ""
    verb: str = ""
    icon: str = ""
    key: str = ""
    main: bool = False
    danger: bool = False
    reason: str = ""
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of what happened: `now` the newest, `next` what is owed, else done."""

    title: str
    when: date | datetime | None = None
    kind: Literal["", "now", "next"] = ""
    meta: Sequence[str] = ()
    law: str = ""
    text: str = ""
    own_words: str = ""
    why_title: str = ""
    why: Sequence[SumRow] | Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step on the way of a matter or of a form."""

    title: str
    note: str = ""
    state: Literal["", "done", "now"] = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One request of a petition with its outcome, the petitioner's words and the organ's answer."""

    title: str
    outcome: str = ""
    own_words: str = ""
    answer: str = ""
    outcome_words: str = ""


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A paper or a file: `meta` says date, form, size, service, each as one piece."""

    title: str
    url: str = ""
    meta: Sequence[str] = ()
    icon: str = "document-text"
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter as a link with a true count, `more` where there are more; `red` only for duties overdue.

    A `url` that is not only a query opens another page.
    """

    label: str
    url: str
    count: int | None = None
    more: bool = False
    current: bool = False
    red: bool = False
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A line of the desk's navigation, with a count, `more` where there are more."""

    label: str
    url: str
    icon: str
    count: int | None = None
    more: bool = False
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class NavGroup:
    """Lines of the navigation under one heading; the first group has none."""

    items: Sequence[NavItem]
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table. Narrow screens: `hide_s` leaves it out, `wide` gives it a line, `end_s` the right edge,
    `after_s` the place behind all others.

    `marks`: its cells are boxes; it has one in its head for all of them, and stays away from paper.
    """

    label: str
    width: Literal["", "w2", "w4", "w5", "w6", "w7", "w8", "w15", "w16"] = ""
    number: bool = False
    sr_only: bool = False
    sort: Literal["", "ascending", "descending"] = ""
    sort_url: str = ""
    cut: bool = False
    muted: bool = False
    small: bool = False
    hide_s: bool = False
    wide: bool = False
    end_s: bool = False
    after_s: bool = False
    marks: bool = False

    @cached_property
    def css(self) -> str:
        """The classes of a cell of this column."""
        names = {"r": self.number, "one": self.cut, "muted": self.muted, "small": self.small, "hide-s": self.hide_s}
        names |= {"wide": self.wide, "end-s": self.end_s, "after-s": self.after_s, "noprint": self.marks}
        return " ".join(name for name, wanted in names.items() if wanted)


@dataclass(frozen=True, kw_only=True)
class RowGroup:
    """Rows under one heading with its count, e.g. 逾期未办　1 件. A row is a sequence of cells, one a column."""

    rows: Sequence[Sequence[object]]
    title: str = ""
    red: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in a frame that scrolls where it must and stacks where it is `stackable`."""

    caption: str
    columns: Sequence[Column]
    groups: Sequence[RowGroup] = field(default_factory=tuple)
    stackable: bool = True
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One mistake of a form: what to do, and the field where to do it."""

    text: str
    field_id: str

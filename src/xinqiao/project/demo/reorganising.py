"""What changed among the organs while the matters ran: one was renamed, one was merged into another (Article 24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from xinqiao.access.clock import SHANGHAI, today
from xinqiao.organs.models import Holding, Organ, Post, Reorganisation, User
from xinqiao.organs.tree import dissolve, rename
from xinqiao.procedure import default_calendar
from xinqiao.project.demo.cast import county


@dataclass(frozen=True)
class Change:
    """One reorganisation on its day: ``before`` is the old name of a renamed organ, ``into`` who goes on.

    ``moves``: who takes which post there (account name, role, title, ceiling).
    """

    at: datetime
    kind: str
    organ: str
    basis: str
    before: str = ""
    into: str = ""
    moves: Sequence[Sequence[Any]] = ()


def changes(last: date) -> list[Change]:
    """The changes of the county, counted back from the day of loading; each at the beginning of a working day."""
    return [_change(row, last) for row in county()["changes"]]


def _change(row: Mapping[str, Any], last: date) -> Change:
    day = default_calendar().next_working_day(last - timedelta(days=row["days_ago"]))
    said = {name: value for name, value in row.items() if name != "days_ago"}
    return Change(at=datetime.combine(day, time(0, 5), SHANGHAI), **said)


@transaction.atomic
def change(one: Change) -> None:
    """Let it take place today, once."""
    organ = Organ.objects.get(code=one.organ)
    if Reorganisation.objects.filter(organ=organ).exists():
        return
    if one.kind == "renamed":
        short, name = organ.short_name, str(name_after(one.organ))
        rename(organ, name, on=today(), basis=one.basis)
        Organ.objects.filter(pk=organ.pk).update(short_name=short)
    else:
        heir = Organ.objects.get(code=one.into)
        dissolve(organ, kind=one.kind, successors=[heir], on=today(), basis=one.basis)
        for username, role, title, ceiling in one.moves:
            _move(username, Post.objects.create(organ=heir, title=title, role=role, ceiling=ceiling))


def _move(username: str, post: Post) -> None:
    """Somebody leaves the post of the ended organ and takes one in its successor."""
    user = User.objects.get(username=username)
    Holding.objects.filter(user=user, until=None).update(until=today())
    Holding.objects.create(post=post, user=user, since=today())


def name_after(organ: str) -> str:
    """The name that an organ has today, by the table."""
    return next(str(row[6]) for row in county()["organs"] if row[0] == organ)


def heir_of(organ: str, day: date, last: date) -> str:
    """Who goes on with the duties of an organ that has ended by a day; empty while it lives."""
    ended = (one for one in changes(last) if one.organ == organ and one.into and one.at.date() <= day)
    return next((one.into for one in ended), "")

"""What each person keeps for a list: its columns, and views of it under a name of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.http import QueryDict

from xinqiao.access.actor import Actor
from xinqiao.desk.models import ChosenColumns, SavedView

MOST_VIEWS = 30
#: Parameters of an address that are no part of a view.
_PASSING = ("after", "before", "print", "lang", "m")


@dataclass(frozen=True)
class Kept:
    """What somebody keeps for one list: the columns he chose (None: never did), and the name and query of each view."""

    columns: list[str] | None
    views: list[tuple[str, str]]


_KEPT = """SELECT c.columns, v.name, v.query FROM (SELECT %s::bigint AS user_id, %s AS list) asked
LEFT JOIN desk_chosencolumns c USING (user_id, list) LEFT JOIN desk_savedview v USING (user_id, list) ORDER BY v.id"""


def kept_for(actor: Actor, list_name: str) -> Kept:
    """Both in one statement, for the list itself."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [actor.user_id or 0, list_name])
        rows = cursor.fetchall()
    return Kept(rows[0][0], [(name, query) for _columns, name, query in rows if name is not None])


def columns_of(actor: Actor, list_name: str, otherwise: Sequence[str]) -> list[str]:
    """The columns that somebody chose; ``otherwise`` where he never did."""
    row = ChosenColumns.objects.filter(user_id=actor.user_id or 0, list=list_name).first()
    return row.columns if row else list(otherwise)


def choose_columns(actor: Actor, list_name: str, columns: Sequence[str]) -> None:
    """From now on show these."""
    ChosenColumns.objects.update_or_create(
        user_id=actor.user_id or 0,
        list=list_name,
        defaults={"columns": list(columns), "root_organ_id": actor.root_organ_id or 0},
    )


def views_of(actor: Actor, list_name: str) -> list[SavedView]:
    """The saved views of one person, the oldest first."""
    return list(SavedView.objects.filter(user_id=actor.user_id or 0, list=list_name))


def save_view(actor: Actor, list_name: str, name: str, query: str) -> None:
    """Keep a view; one of the same name is replaced."""
    SavedView.objects.update_or_create(
        user_id=actor.user_id or 0,
        list=list_name,
        name=name,
        defaults={"query": query, "root_organ_id": actor.root_organ_id or 0},
    )


def view_query(query: QueryDict) -> str:
    """What of an address makes the view: its filters and its order, without the page one is on."""
    copy = query.copy()
    for name in _PASSING:
        copy.pop(name, None)
    for name in [name for name, values in copy.lists() if not any(values)]:
        copy.pop(name)
    return copy.urlencode()

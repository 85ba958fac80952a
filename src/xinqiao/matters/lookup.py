"""The only ways to get a matter: one by its number, many by what an actor may see. Missing looks like forbidden."""

import hmac

from django.db import connection
from django.db.models import QuerySet

from xinqiao.access.actor import Actor, citizen_actor
from xinqiao.access.permissions import Permission
from xinqiao.access.visibility import visible
from xinqiao.matters.codes import query_code_hash
from xinqiao.matters.fetching import fetch_matter
from xinqiao.matters.models import Matter


class NotThere(Exception):
    """There is no such matter, or none that the actor may know of: nobody can tell which."""


def access_matter(actor: Actor, number: str, *, to: Permission, lock: bool = False) -> Matter:
    """One matter for one purpose.

    Raises Forbidden where the post has not the power at all, NotThere where the matter is not there for this actor.
    With ``lock`` whoever comes second waits until the first act is done.
    """
    actor.require(to)
    if (matter := fetch_matter(number, actor, lock=lock)) is None:
        raise NotThere
    return matter


def matters_visible_to(actor: Actor) -> QuerySet[Matter]:
    """Every matter that an actor may know of."""
    return visible(Matter.objects.all(), actor)


def citizen_for(number: str, code: str) -> Actor | None:
    """The actor who holds both codes of a matter; None for a wrong pair, in the same time as for a right one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, root_organ_id, query_code FROM matters_matter WHERE number = %s", [number])
        row = cursor.fetchone()
    given = query_code_hash(number, code)
    if not hmac.compare_digest(given, bytes(row[2]) if row else bytes(32)) or row is None:
        return None
    return citizen_actor(root_organ_id=row[1], matter_id=row[0])

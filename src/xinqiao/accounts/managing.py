"""What an administrator may touch: the organs of his own sphere, their posts, and the people who serve there."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinqiao.access.actor import Actor
from xinqiao.access.permissions import Permission
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.models import Holding, Organ, Post, User


def organs_managed(actor: Actor) -> QuerySet[Organ]:
    """The organs of the sphere, living and ended; a petition office looks after its government's whole territory."""
    return Organ.objects.filter(root_id=actor.root_organ_id, ancestors__contains=[actor.scope_id])


def managed_organ(actor: Actor, code: str, *, lock: bool = False) -> Organ:
    """One organ of the sphere. Raises Forbidden, and NotThere for one elsewhere as for none."""
    actor.require(Permission.ORGAN_MANAGE)
    rows = organs_managed(actor).select_related("parent", "line_parent")
    organ = (rows.select_for_update(of=("self",)) if lock else rows).filter(code=code).first()
    if organ is None:
        raise NotThere
    return organ


def managed_post(actor: Actor, pk: int) -> Post:
    """One post in the sphere. Raises Forbidden and NotThere."""
    actor.require(Permission.ORGAN_MANAGE)
    post = Post.objects.select_related("organ").filter(pk=pk, organ__in=organs_managed(actor)).first()
    if post is None:
        raise NotThere
    return post


def people_managed(actor: Actor) -> QuerySet[User]:
    """Whoever holds or held a post in the sphere, and accounts that have no post anywhere yet."""
    held = Holding.objects.filter(user=OuterRef("pk"))
    inside = held.filter(post__organ__in=organs_managed(actor))
    return User.objects.filter(Exists(inside) | ~Q(Exists(held)))


def managed_person(actor: Actor, username: str, *, lock: bool = False) -> User:
    """One account of the sphere. Raises Forbidden and NotThere."""
    actor.require(Permission.USER_MANAGE)
    rows = people_managed(actor).filter(username=username)
    user = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if user is None:
        raise NotThere
    return user


def holding_now(user: User, today: date) -> QuerySet[Holding]:
    """The posts that somebody holds today or is to hold, deputised ones too."""
    rows = Holding.objects.filter(user=user).filter(Q(until=None) | Q(until__gt=today))
    return rows.select_related("post__organ", "deputy_for").order_by("since", "id")

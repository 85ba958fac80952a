"""What is not finished yet and would be left without anybody: asked before an organ, a post or an account ends."""

from datetime import date

from django.db.models import Q

from xinqiao.matters.models import Matter, Stage
from xinqiao.organs.models import Holding, Organ, Role, User

DONE = (Stage.CLOSED, Stage.WITHDRAWN, Stage.DECLINED)
#: Roles that do the work of an organ; whoever only reads, keeps or administers does not carry it.
WORKING = (Role.CLERK, Role.BUREAU_HEAD, Role.HANDLER, Role.ORGAN_HEAD, Role.REVIEWER)


def count_open(organ: Organ) -> int:
    """How many matters an organ holds that are not finished. A number only: it tells nothing of any of them."""
    return Matter.objects.filter(holder=organ).exclude(stage__in=DONE).count()


def left_alone_without(user: User, organ: Organ, today: date) -> int:
    """How many unfinished matters an organ would have with nobody to do them, were this person gone; 0 with others."""
    rows = Holding.objects.filter(post__organ=organ, post__role__in=WORKING, user__is_active=True, since__lte=today)
    holders = rows.filter(Q(until=None) | Q(until__gt=today)).values_list("user_id", flat=True)
    others = set(holders) - {user.pk}
    return 0 if others or user.pk not in set(holders) else count_open(organ)


def is_last_administrator(user: User, root_id: int, today: date) -> bool:
    """Whether nobody else could administer the office any more."""
    rows = Holding.objects.filter(
        Q(until=None) | Q(until__gt=today),
        post__organ__root_id=root_id,
        post__role=Role.ADMINISTRATOR,
        user__is_active=True,
        since__lte=today,
        deputy_for=None,
    )
    holders = set(rows.values_list("user_id", flat=True))
    return holders == {user.pk}

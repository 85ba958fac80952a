"""As whom a command acts: the member of staff named by ``--as``, or whoever works at the machine, for an organ."""

from collections.abc import Callable

from xinqiao.access.actor import NOBODY, Actor, staff_actor
from xinqiao.access.clock import today
from xinqiao.cli.home import WrongInput
from xinqiao.organs.lookup import UnknownOrgan, living_organ
from xinqiao.organs.models import Organ, User


def actor_for(username: str | None, organ_code: str | None, *, otherwise: Callable[[Organ], Actor]) -> Actor:
    """The named member of staff in the first post held, else ``otherwise`` for the organ. Raises WrongInput."""
    return otherwise(_organ(organ_code)) if username is None else staff_named(username)


def staff_named(username: str) -> Actor:
    """A member of staff in the first post held. Raises WrongInput where there is none of this account name."""
    user = User.objects.filter(username=username).first()
    actor = staff_actor(user, today=today()) if user else NOBODY
    if actor is NOBODY:
        raise WrongInput(f"--as {username}: nobody of this account name holds a post today")
    return actor


def language_of(username: str | None) -> str:
    """The language in which a member of staff reads; Simplified Chinese for anybody else."""
    found = User.objects.filter(username=username).values_list("language", flat=True).first() if username else None
    return found or "zh-hans"


def _organ(code: str | None) -> Organ:
    if code is None:
        return _only_front()
    try:
        return living_organ(code, root_id=None, on=today())
    except UnknownOrgan:
        raise WrongInput(f"--organ {code}: there is no organ of this code") from None


def _only_front() -> Organ:
    """Where an office has one front for the public, that is the organ meant."""
    fronts = list(Organ.objects.filter(is_front=True, valid_until=None).select_related("root")[:2])
    if len(fronts) != 1:
        raise WrongInput("name the organ with --organ CODE, or a member of staff with --as USERNAME")
    return fronts[0]

"""Found a real office: the place, its petition office, and one administrator, who adds everybody else at the desk."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from xinqiao.organs.models import Holding, Level, Organ, OrganKind, Post, Role, User
from xinqiao.organs.tree import found_organ

TITLE = "系统管理员"


class AlreadyFounded(Exception):
    """There is an organ already; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What has to be said at the beginning; codes are short, in capital letters and figures, and stay for good."""

    code: str
    place: str
    bureau_code: str
    bureau: str
    level: str = Level.COUNTY
    pack: str = "CN-2022"


@transaction.atomic
def found_first(office: Founding, *, username: str, name: str, on: date) -> User:
    """Found the office with its administrator, who may administer and sees no matter. Raises AlreadyFounded.

    The account has no password yet. Numbers of matters begin with the code of the place until an administrator writes
    another pattern.
    """
    if there := Organ.objects.order_by("pk").first():
        raise AlreadyFounded(there.name)
    root = found_organ(
        code=office.code,
        name=office.place,
        since=on,
        level=office.level,
        pack=office.pack,
        number_pattern=f"{office.code}{{year}}-{{seq:05}}",
    )
    bureau = found_organ(
        code=office.bureau_code,
        name=office.bureau,
        since=on,
        kind=OrganKind.BUREAU,
        level=office.level,
        parent=root,
        is_front=True,
        pack=office.pack,
    )
    user = User.objects.create_user(username, name=name)
    post = Post.objects.create(organ=bureau, title=TITLE, role=Role.ADMINISTRATOR, ceiling=2)
    Holding.objects.create(post=post, user=user, since=on)
    return user

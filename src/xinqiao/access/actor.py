"""Who acts: built once at the door, handed down, never looked up again."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q

from xinqiao.access.permissions import CITIZEN_PERMISSIONS, ROLE_PERMISSIONS, Permission
from xinqiao.organs.models import Holding, Organ, Role, User


class Forbidden(Exception):
    """The actor has not this power at all; what it was asked of is not told."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission)
        self.permission = permission


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A member of staff in one post, a citizen with the query code of one matter, a partner system, or the system."""

    kind: str
    user_id: int | None = None
    name: str = ""
    organ_id: int | None = None
    organ_code: str = ""
    organ_name: str = ""
    organ_kind: str = ""
    root_organ_id: int | None = None
    scope_id: int | None = None
    ancestry: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    post: str = ""
    role: str = ""
    ceiling: int = 0
    deputy_for_id: int | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    matter_id: int | None = None
    admin_until: datetime | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the post has a power, whatever the matter."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise Forbidden where the post has not this power."""
        if permission not in self.permissions:
            raise Forbidden(permission)

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"


NOBODY = Actor(kind="nobody")


def current_holdings(user: User, today: date) -> list[Holding]:
    """The posts that a person holds today, own ones before deputised ones."""
    rows = Holding.objects.filter(user=user, since__lte=today).filter(Q(until=None) | Q(until__gt=today))
    return list(rows.select_related("post__organ").order_by("deputy_for", "id"))


def staff_actor(
    user: User, *, today: date, holding_id: int | None = None, admin_until: datetime | None = None
) -> Actor:
    """The actor of a signed-in person: in the post asked for, or in the first one; NOBODY without a post."""
    holdings = current_holdings(user, today) if user.is_active else []
    chosen = next((h for h in holdings if h.pk == holding_id), holdings[0] if holdings else None)
    return _in_post(user, chosen, today, admin_until) if chosen else NOBODY


def _in_post(user: User, holding: Holding, today: date, admin_until: datetime | None) -> Actor:
    post, organ = holding.post, holding.post.organ
    return Actor(
        kind="partner" if user.is_partner else "staff",
        user_id=user.pk,
        name=user.name,
        organ_id=organ.pk,
        organ_code=organ.code,
        organ_name=organ.name,
        organ_kind=organ.kind,
        root_organ_id=organ.root_id,
        scope_id=organ.scope_id,
        ancestry=tuple(organ.ancestors),
        heads=heads_of(organ.ancestors, today),
        post=post.title,
        role=post.role,
        ceiling=post.ceiling,
        deputy_for_id=holding.deputy_for_id,
        permissions=_powers(post.role, admin_until),
        admin_until=admin_until,
    )


def _powers(role: str, admin_until: datetime | None) -> frozenset[Permission]:
    own = ROLE_PERMISSIONS[role]
    return own | {Permission.MATTER_READ} if admin_until else own


def heads_of(organ_ids: list[int], today: date) -> tuple[int, ...]:
    """Who heads any of these organs today: an accusation against one of them bars what stands below."""
    rows = Holding.objects.filter(
        Q(until=None) | Q(until__gt=today),
        post__organ_id__in=organ_ids,
        post__role__in=[Role.ORGAN_HEAD, Role.BUREAU_HEAD, Role.LEADER],
        since__lte=today,
    )
    return tuple(rows.values_list("user_id", flat=True))


def citizen_actor(*, root_organ_id: int, matter_id: int | None = None) -> Actor:
    """Somebody outside: may hand in, and with the codes of one matter do what that matter's petitioner may."""
    return Actor(
        kind="citizen",
        root_organ_id=root_organ_id,
        matter_id=matter_id,
        permissions=CITIZEN_PERMISSIONS,
        role="citizen",
    )


def system_actor(organ: Organ) -> Actor:
    """The product itself, for recomputing clocks and loading a demonstration; it holds no legal power."""
    return Actor(
        kind="system", organ_id=organ.pk, organ_code=organ.code, organ_name=organ.name, root_organ_id=organ.root_id
    )


def importing_actor(organ: Organ) -> Actor:
    """Whoever runs the import of a ledger at the machine itself, for an organ: may register and nothing else."""
    return replace(system_actor(organ), scope_id=organ.scope_id, permissions=frozenset({Permission.MATTER_REGISTER}))

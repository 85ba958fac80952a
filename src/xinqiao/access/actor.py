"""Who acts: built once at the door, handed down, never looked up again."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F, Q

from xinqiao.access.permissions import CITIZEN_PERMISSIONS, ROLE_PERMISSIONS, Permission
from xinqiao.organs.models import Holding, Organ, Role, User, in_readers_language


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
    organ_hant: str = ""
    organ_en: str = ""
    organ_kind: str = ""
    organ_category: str = ""
    parent_id: int | None = None
    root_organ_id: int | None = None
    scope_id: int | None = None
    ancestry: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    has_organs_below: bool = False
    post: str = ""
    role: str = ""
    ceiling: int = 0
    deputy_for_id: int | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    matter_id: int | None = None
    admin_until: datetime | None = None

    @property
    def organ_label(self) -> str:
        """The organ in the reader's language."""
        return in_readers_language(self.organ_name, self.organ_hant, self.organ_en)

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
HEADS = (Role.ORGAN_HEAD, Role.BUREAU_HEAD, Role.LEADER)


def current_holdings(user: User, today: date) -> list[Holding]:
    """The posts that a person holds today in living organs, own ones before deputised ones."""
    rows = Holding.objects.filter(user=user, since__lte=today).filter(Q(until=None) | Q(until__gt=today))
    rows = rows.filter(Q(post__organ__valid_until=None) | Q(post__organ__valid_until__gt=today))
    return list(rows.select_related("post__organ").order_by(F("deputy_for").asc(nulls_first=True), "id"))


# Every request begins with this: one statement that the database plans once, instead of a query per question.
_POSTS = """
SELECT h.id, u.id, u.name, u.is_partner, h.deputy_for_id, p.title, p.role, p.ceiling,
  o.id, o.code, o.name, o.name_hant, o.name_en, o.kind, o.category, o.parent_id, o.root_id,
  CASE WHEN o.kind = 'bureau' THEN coalesce(o.parent_id, o.id) ELSE o.id END,
  o.ancestors,
  ARRAY(SELECT hh.user_id FROM organs_holding hh JOIN organs_post hp ON hp.id = hh.post_id
      JOIN organs_organ ho ON ho.id = hp.organ_id AND (ho.valid_until IS NULL OR ho.valid_until > %(today)s)
    WHERE hp.organ_id = ANY(o.ancestors) AND hp.role = ANY(%(heads)s)
      AND hh.since <= %(today)s AND (hh.until IS NULL OR hh.until > %(today)s)),
  EXISTS (SELECT FROM organs_organ below
    WHERE CASE WHEN o.kind = 'bureau' OR o.category = 'congress' THEN coalesce(o.parent_id, o.id) ELSE o.id END
        IN (below.id, below.parent_id, below.line_parent_id)
      AND below.id <> o.id AND below.valid_from <= %(today)s
      AND (below.valid_until IS NULL OR below.valid_until > %(today)s))
FROM organs_user u
JOIN organs_holding h ON h.user_id = u.id AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s)
JOIN organs_post p ON p.id = h.post_id
JOIN organs_organ o ON o.id = p.organ_id
  AND o.valid_from <= %(today)s AND (o.valid_until IS NULL OR o.valid_until > %(today)s)
WHERE u.is_active AND u.id = """
_ORDER = " ORDER BY h.deputy_for_id NULLS FIRST, h.id"
_BY_TOKEN = "(SELECT t.user_id FROM organs_apitoken t WHERE t.digest = %(digest)s AND t.expires_at > %(now)s)"


def staff_actor(
    user: User, *, today: date, holding_id: int | None = None, admin_until: datetime | None = None
) -> Actor:
    """The actor of a signed-in person: in the post asked for, or in the first one; NOBODY without a post."""
    rows = _posts(_POSTS + "%(user)s" + _ORDER, {"user": user.pk, "today": today})
    chosen = next((row for row in rows if row[0] == holding_id), rows[0] if rows else None)
    return _in_post(chosen, admin_until) if chosen else NOBODY


def token_actor(digest: bytes, *, now: datetime, today: date) -> Actor:
    """The actor of a token that holds, in the first post of its user; NOBODY for any other digest."""
    rows = _posts(_POSTS + _BY_TOKEN + _ORDER, {"digest": digest, "now": now, "today": today})
    return _in_post(rows[0], None) if rows else NOBODY


def _posts(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params | {"heads": list(HEADS)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _in_post(row: tuple[Any, ...], admin_until: datetime | None) -> Actor:
    (_id, user_id, name, is_partner, deputy_for, title, role, ceiling, *organ) = row
    organ_id, code, organ_name, hant, en, kind, category, parent_id, root_id, scope_id, ancestors, heads, below = organ
    return Actor(
        kind="partner" if is_partner else "staff",
        user_id=user_id,
        name=name,
        organ_id=organ_id,
        organ_code=code,
        organ_name=organ_name,
        organ_hant=hant,
        organ_en=en,
        organ_kind=kind,
        organ_category=category,
        parent_id=parent_id,
        root_organ_id=root_id,
        scope_id=scope_id,
        ancestry=tuple(ancestors),
        heads=tuple(heads),
        has_organs_below=below,
        post=title,
        role=role,
        ceiling=ceiling,
        deputy_for_id=deputy_for,
        permissions=_powers(role, admin_until),
        admin_until=admin_until,
    )


def _powers(role: str, admin_until: datetime | None) -> frozenset[Permission]:
    own = ROLE_PERMISSIONS[role]
    return own | {Permission.MATTER_READ} if admin_until else own


def heads_of(organ_ids: list[int], today: date) -> tuple[int, ...]:
    """Who heads any of these organs today: an accusation against one of them bars what stands below."""
    rows = Holding.objects.filter(
        Q(until=None) | Q(until__gt=today),
        Q(post__organ__valid_until=None) | Q(post__organ__valid_until__gt=today),
        post__organ_id__in=organ_ids,
        post__role__in=HEADS,
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

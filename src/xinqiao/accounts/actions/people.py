"""Accounts of people: opened, closed and opened again, unlocked, given a new password; their posts given and taken.

No account vanishes: the record names who acted. What would leave work without anybody is refused with the way.
"""

import re
from datetime import date

from axes.models import AccessAttempt
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.factors import remove_all
from xinqiao.accounts.managing import holding_now, managed_person, managed_post, organs_managed
from xinqiao.accounts.models import Change
from xinqiao.accounts.open_work import is_last_administrator, left_alone_without
from xinqiao.accounts.passwords import one_time_password, replace_password
from xinqiao.accounts.sessions import end_all_sessions
from xinqiao.accounts.words import check_text, raise_if, unfinished_words
from xinqiao.matters.submission import Invalid
from xinqiao.organs.models import Holding, User

SUBJECT = Change.Subject.PERSON
USERNAME = re.compile(r"[a-z][a-z0-9_.-]{1,59}")


@transaction.atomic(durable=True)
def open_account(*, actor: Actor, username: str, name: str, email: str = "") -> tuple[User, str]:
    """Open an account; gives it with the password that serves once, to be told to its owner and kept nowhere."""
    actor.require(Permission.USER_MANAGE)
    errors: dict[str, str] = {}
    name = check_text(errors, "name", name, 60)
    if not USERNAME.fullmatch(username):
        errors["username"] = _("Small letters and figures, beginning with a letter; for example hexiaowen.")
    elif User.objects.filter(username=username).exists():
        errors["username"] = _("This account name is taken. Add a figure.")
    raise_if(errors)
    user = User.objects.create_user(username, one_time_password(), name=name, email=email)
    password = replace_password(user)
    _note(actor, user, "opened", after={"username": username, "person_name": name, "email": email})
    return user, password


@transaction.atomic(durable=True)
def describe_person(*, actor: Actor, username: str, name: str, email: str) -> User:
    """Change the name or the address of a person; the account name stays, the record speaks by it."""
    user = _own(actor, username)
    errors: dict[str, str] = {}
    name = check_text(errors, "name", name, 60)
    raise_if(errors)
    before = {"person_name": user.name, "email": user.email}
    after = {"person_name": name, "email": email}
    if before != after:
        user.name, user.email = name, email
        user.save(update_fields=["name", "email"])
        _note(actor, user, "described", before=before, after=after)
    return user


@transaction.atomic(durable=True)
def close_account(*, actor: Actor, username: str, reason: str) -> User:
    """Shut an account and end its sessions. Raises Invalid where work would be left with nobody."""
    user = _own(actor, username)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    raise_if(errors)
    if refused := why_not_close(actor, user):
        raise Invalid({"reason": refused})
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user)
    _note(actor, user, "closed", before={"is_active": True}, after={"is_active": False}, basis=reason)
    return user


def why_not_close(actor: Actor, user: User) -> str:
    """What stands against shutting an account, with the way; empty where nothing does."""
    if user.pk == actor.user_id:
        return _("Nobody shuts his own account. Have another administrator do it.")
    if is_last_administrator(user, actor.root_organ_id or 0, today()):
        return _("This is the last administrator. Give the post to somebody else first.")
    for holding in holding_now(user, today()).filter(deputy_for=None):
        if count := left_alone_without(user, holding.post.organ, today()):
            return _("%(organ)s: %(count)s, and nobody else works on them. Give somebody a post there first.") % {
                "organ": holding.post.organ.label,
                "count": unfinished_words(count),
            }
    return ""


@transaction.atomic(durable=True)
def reopen_account(*, actor: Actor, username: str, reason: str) -> User:
    """Open a shut account again; its posts are as they were."""
    user = _own(actor, username)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    raise_if(errors)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _note(actor, user, "reopened", before={"is_active": False}, after={"is_active": True}, basis=reason)
    return user


@transaction.atomic(durable=True)
def new_password(*, actor: Actor, username: str, reason: str) -> str:
    """Give a password that serves once; whoever is signed in with the old one is out."""
    user = _own(actor, username)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    raise_if(errors)
    password = replace_password(user)
    _unlock(user)
    _note(actor, user, "new_password", basis=reason)
    return password


@transaction.atomic(durable=True)
def reset_factors(*, actor: Actor, username: str, reason: str) -> int:
    """Take every second factor of an account away, for somebody who lost them; gives how many. Its sessions end."""
    user = _own(actor, username)
    errors: dict[str, str] = {}
    reason = check_text(errors, "reason", reason, 300)
    raise_if(errors)
    count = remove_all(user)
    end_all_sessions(user)
    _note(actor, user, "factors_reset", basis=reason)
    return count


@transaction.atomic(durable=True)
def unlock(*, actor: Actor, username: str) -> int:
    """Open the door again that too many wrong passwords have shut; gives at how many addresses it was shut."""
    user = _own(actor, username)
    count = _unlock(user)
    _note(actor, user, "unlocked")
    return count


def failures_of(user: User) -> int:
    """How many wrong passwords or codes are held against an account at the moment."""
    return sum(AccessAttempt.objects.filter(username=user.username).values_list("failures_since_start", flat=True))


def _unlock(user: User) -> int:
    return AccessAttempt.objects.filter(username=user.username).delete()[0]


@transaction.atomic(durable=True)
def appoint(*, actor: Actor, username: str, post: int, since: date, until: date | None, basis: str) -> Holding:
    """Give a person a post from a day on; nobody appoints himself. Raises Forbidden, NotThere and Invalid."""
    user, place = managed_person(actor, username, lock=True), managed_post(actor, post)
    errors: dict[str, str] = {}
    basis = check_text(errors, "basis", basis, 200)
    if user.pk == actor.user_id:
        errors["post"] = _("Nobody gives himself a post. Have another administrator do it.")
    if until and until <= since:
        errors["until"] = _("The end comes after the beginning. Choose a later day.")
    same = Holding.objects.filter(post=place, user=user, deputy_for=None).filter(Q(until=None) | Q(until__gt=since))
    if same.exists():
        errors["post"] = _("This person holds the post already.")
    if place.organ.valid_until and place.organ.valid_until <= since:
        errors["post"] = _("This organ has ended. Choose one that lives.")
    raise_if(errors)
    holding = Holding.objects.create(post=place, user=user, since=since, until=until, basis=basis)
    after = {"post": f"{place.organ.name} {place.title}", "since": since, "until": until}
    _note(actor, user, "appointed", after=after, basis=basis)
    return holding


@transaction.atomic(durable=True)
def relieve(*, actor: Actor, username: str, holding: int, until: date, basis: str) -> Holding:
    """End the holding of a post; the last day is the one before ``until``. Raises Invalid where work would be left."""
    user = managed_person(actor, username, lock=True)
    row = holding_now(user, today()).filter(pk=holding, post__organ__in=organs_managed(actor)).first()
    errors: dict[str, str] = {}
    basis = check_text(errors, "basis", basis, 200)
    if row is None:
        raise Invalid({"until": _("This post is not held any more.")})
    if until <= row.since or until < today():
        errors["until"] = _("Today or later, and after the beginning; what was done in the post stays done.")
    if row.deputy_for_id is None and (refused := why_not_relieve(actor, user, row)):
        errors["until"] = refused
    raise_if(errors)
    before = {"post": f"{row.post.organ.name} {row.post.title}", "until": row.until}
    row.until = until
    row.save(update_fields=["until"])
    _note(actor, user, "relieved", before=before, after={"post": before["post"], "until": until}, basis=basis)
    return row


def why_not_relieve(actor: Actor, user: User, row: Holding) -> str:
    """What stands against taking a post from somebody, with the way; empty where nothing does."""
    others = holding_now(user, today()).filter(post__organ=row.post.organ, deputy_for=None).exclude(pk=row.pk)
    if not others.exists() and (count := left_alone_without(user, row.post.organ, today())):
        return _("%(organ)s: %(count)s, and nobody else works on them. Give somebody a post there first.") % {
            "organ": row.post.organ.label,
            "count": unfinished_words(count),
        }
    is_admin = row.post.role == "administrator"
    if is_admin and is_last_administrator(user, actor.root_organ_id or 0, today()):
        return _("This is the last administrator. Give the post to somebody else first.")
    return ""


def _own(actor: Actor, username: str) -> User:
    """The account, locked; whoever also serves outside the sphere is the business of the administrator above."""
    user = managed_person(actor, username, lock=True)
    outside = holding_now(user, today()).exclude(post__organ__in=organs_managed(actor)).first()
    if outside is not None:
        raise Invalid(
            {
                "": _("This person also serves at %(organ)s; the administrator above both does this.")
                % {"organ": outside.post.organ.label}
            }
        )
    return user


def _note(actor: Actor, user: User, what: str, *, basis: str = "", **values: dict[str, object]) -> None:
    note_change(actor, SUBJECT, user.pk, name=user.name, what=what, basis=basis, **values)

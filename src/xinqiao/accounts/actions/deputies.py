"""Deputising: whoever holds a post names who stands in for him, on which days, on which basis.

An administrator may do it for him. The deputy has the powers of the post on these days and no other, in that post: the
record says for whom he acts. What is kept from the one is kept from the other (``access.visibility``).
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.managing import organs_managed
from xinqiao.accounts.models import Change
from xinqiao.accounts.words import check_text, raise_if
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.models import Holding, Role, User

LONGEST_DAYS = 366
#: Nobody hands these on: administering is given by an administrator, a program has no deputy.
NOT_HANDED_ON = (Role.ADMINISTRATOR, Role.PARTNER)


def own_holdings(user_id: int, on: date) -> QuerySet[Holding]:
    """The posts that somebody holds himself on a day and may have a deputy in."""
    rows = Holding.objects.filter(user_id=user_id, deputy_for=None, since__lte=on).filter(_holds_after(on))
    return rows.exclude(post__role__in=NOT_HANDED_ON).select_related("post__organ", "user")


def may_stand_in(holding: Holding, on: date) -> QuerySet[User]:
    """Who can be named: people with an open account and a post of their own in the same organ."""
    held = Holding.objects.filter(post__organ=holding.post.organ, deputy_for=None, since__lte=on)
    users = held.filter(_holds_after(on)).values("user")
    return User.objects.filter(pk__in=users, is_active=True, is_partner=False).exclude(pk=holding.user_id)


def deputies_of(holding: Holding, on: date) -> QuerySet[Holding]:
    """Who stands in for the holder in this post, now or later, first the next."""
    rows = Holding.objects.filter(post=holding.post, deputy_for=holding.user).filter(_holds_after(on))
    return rows.select_related("user", "post__organ").order_by("since", "id")


@transaction.atomic(durable=True)
def deputise(*, actor: Actor, holding: int, deputy: str, since: date, until: date, basis: str) -> Holding:
    """Name a deputy for a post, for its holder; ``until`` is the first day on which he is none any more.

    Raises NotThere for a post that is neither one's own nor one to administer, and Invalid.
    """
    row = _holding(actor, holding)
    errors: dict[str, str] = {}
    basis = check_text(errors, "basis", basis, 200)
    user = may_stand_in(row, today()).filter(username=deputy).first()
    if user is None:
        errors["deputy"] = _("Choose somebody with a post in the same organ.")
    _check_days(errors, row, since, until)
    taken = deputies_of(row, since).filter(since__lt=until).first()
    if taken is not None:
        errors["since"] = _("%(name)s already stands in on some of these days. End that first.") % {
            "name": taken.user.name
        }
    raise_if(errors)
    assert user is not None
    made = Holding.objects.create(post=row.post, user=user, since=since, until=until, deputy_for=row.user, basis=basis)
    _note(actor, made, "named", after={"deputy": user.name, "since": since, "until": until}, basis=basis)
    return made


@transaction.atomic(durable=True)
def end_deputy(*, actor: Actor, deputy: int) -> None:
    """End a deputising: from today on, or before it began. What the deputy did stays done, and his."""
    row = Holding.objects.select_for_update(of=("self",)).filter(pk=deputy).exclude(deputy_for=None)
    found = row.filter(_holds_after(today())).select_related("post__organ", "user", "deputy_for").first()
    if found is None or not _may_manage(actor, found, found.deputy_for_id or 0):
        raise NotThere
    before = {"deputy": found.user.name, "since": found.since, "until": found.until}
    if found.since >= today():
        _note(actor, found, "cancelled", before=before)
        found.delete()
        return
    found.until = today()
    found.save(update_fields=["until"])
    _note(actor, found, "ended", before=before, after=before | {"until": today()})


def _holding(actor: Actor, pk: int) -> Holding:
    rows = Holding.objects.select_for_update(of=("self",)).select_related("post__organ", "user")
    row = rows.filter(_holds_after(today()), pk=pk, deputy_for=None).exclude(post__role__in=NOT_HANDED_ON).first()
    if row is None or not _may_manage(actor, row, row.user_id):
        raise NotThere
    return row


def _may_manage(actor: Actor, row: Holding, holder_id: int) -> bool:
    """The holder himself, in whatever post he works now; or who administers the people of that organ."""
    if actor.user_id == holder_id and actor.deputy_for_id is None:
        return True
    return actor.may(Permission.USER_MANAGE) and organs_managed(actor).filter(pk=row.post.organ_id).exists()


def _check_days(errors: dict[str, str], row: Holding, since: date, until: date) -> None:
    if since < today():
        errors["since"] = _("Today or later: nobody stood in before he was named.")
    if until <= since:
        errors["until"] = _("The end comes after the beginning. Choose a later day.")
    elif (until - since).days > LONGEST_DAYS:
        errors["until"] = _("At most a year at once; for longer, the post itself is given.")
    elif row.until and until > row.until:
        errors["until"] = _("The post itself is held only until then. Choose an earlier day.")


def _holds_after(day: date) -> Q:
    return Q(until=None) | Q(until__gt=day)


def _note(actor: Actor, row: Holding, what: str, *, basis: str = "", **values: dict[str, object]) -> None:
    holder = row.deputy_for.name if row.deputy_for else ""
    name = f"{row.post.organ.name} {row.post.title} {holder}"
    note_change(actor, Change.Subject.DEPUTY, row.post_id, name=name, what=what, basis=basis, **values)

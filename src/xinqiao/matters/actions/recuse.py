"""Recuse (回避): whoever has a direct interest in a matter or its petitioner stays away from it (Article 28)."""

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.models import Recusal
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.organs.models import Holding, Role, User

DECIDING = (Role.ORGAN_HEAD, Role.BUREAU_HEAD)


@transaction.atomic(durable=True)
def recuse(*, number: str, actor: Actor, user: str, reason: str, seen: int | None = None) -> Acting:
    """Keep somebody away from a matter: he no longer sees it and cannot act on it.

    Oneself anybody may recuse; about others the head decides, so that nobody can clear a matter of its handlers.
    """
    act = begin("recuse", number=number, actor=actor, seen=seen)
    require_words(reason=reason)
    person = _colleague(act, user)
    if Recusal.objects.filter(matter=act.matter, user=person, ended_on=None).exists():
        raise Invalid({"user": _("This person stays away from the matter already.")})
    Recusal.objects.create(
        root_organ_id=act.matter.root_organ_id,
        matter=act.matter,
        user=person,
        decided_by_id=actor.user_id or person.pk,
        decided_on=act.today,
    )
    act.append({"user": person.pk}, texts={"reason": reason}, type="recused")
    return act


def _colleague(act: Acting, username: str) -> User:
    """Whoever is to stay away: oneself, or by the word of a head somebody in his own organ or below it."""
    posts = Holding.objects.filter(user__username=username, post__organ__root=act.matter.root_organ_id)
    found = list(posts.select_related("user", "post__organ"))
    if not found:
        raise Invalid({"user": _("Nobody on the staff here has this account name.")})
    person = found[0].user
    below = any(act.actor.scope_id in holding.post.organ.ancestors for holding in found)
    if person.pk != act.actor.user_id and not (act.actor.role in DECIDING and below):
        sentence = _("Whether a colleague stays away is for the head to decide; oneself anybody may recuse.")
        raise Invalid({"user": sentence})
    return person

"""Recuse (回避): whoever has a direct interest in a matter or its petitioner stays away from it (Article 28)."""

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.matters.acting import Acting, begin
from xinqiao.matters.models import Recusal
from xinqiao.matters.submission import Invalid, require_words
from xinqiao.organs.models import User


@transaction.atomic(durable=True)
def recuse(*, number: str, actor: Actor, user: str, reason: str, seen: int | None = None) -> Acting:
    """Keep somebody (oneself included) away from a matter: he no longer sees it and cannot act on it."""
    act = begin("recuse", number=number, actor=actor, seen=seen)
    require_words(reason=reason)
    person = User.objects.filter(username=user, holdings__post__organ__root=act.matter.root_organ_id).first()
    if person is None:
        raise Invalid({"user": _("Nobody on the staff here has this account name.")})
    Recusal.objects.get_or_create(
        matter=act.matter,
        user=person,
        ended_on=None,
        defaults={
            "root_organ_id": act.matter.root_organ_id,
            "decided_by_id": actor.user_id,
            "decided_on": act.today,
        },
    )
    act.append({"user": person.pk}, texts={"reason": reason}, type="recused")
    return act

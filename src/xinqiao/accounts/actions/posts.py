"""Posts of an organ: added, and changed in title, role and ceiling."""

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.accounts.changes import note_change
from xinqiao.accounts.managing import managed_organ, managed_post
from xinqiao.accounts.models import Change
from xinqiao.accounts.words import check_text, raise_if
from xinqiao.organs.models import Holding, OrganKind, Post, Role

SUBJECT = Change.Subject.POST


@transaction.atomic(durable=True)
def add_post(*, actor: Actor, organ: str, title: str, role: str, ceiling: int) -> Post:
    """Add a post to a living organ. Raises Forbidden, NotThere and Invalid."""
    place = managed_organ(actor, organ)
    errors: dict[str, str] = {}
    title = check_text(errors, "title", title, 60)
    if place.valid_until:
        errors["title"] = _("This organ has ended; nothing of it is changed any more.")
    if role == Role.BUREAU_HEAD and place.kind != OrganKind.BUREAU:
        errors["role"] = _("Only a petition office has such a head. Choose “Head of the organ”.")
    raise_if(errors)
    post = Post.objects.create(organ=place, title=title, role=role, ceiling=ceiling)
    after = {"organ": place, "title": title, "role": role, "ceiling": ceiling}
    note_change(actor, SUBJECT, post.pk, name=_name(post), what="added", after=after)
    return post


@transaction.atomic(durable=True)
def change_post(*, actor: Actor, pk: int, title: str, role: str, ceiling: int) -> Post:
    """Change a post; whoever holds it has its new powers at once. Not of one's own post: another administrator does."""
    post = managed_post(actor, pk)
    errors: dict[str, str] = {}
    title = check_text(errors, "title", title, 60)
    if Holding.objects.filter(post=post, user_id=actor.user_id, until=None, since__lte=today()).exists():
        errors["role"] = _("Nobody changes his own post. Have another administrator do it.")
    raise_if(errors)
    before = {"title": post.title, "role": post.role, "ceiling": post.ceiling}
    after = {"title": title, "role": role, "ceiling": ceiling}
    if before != after:
        post.title, post.role, post.ceiling = title, role, ceiling
        post.save(update_fields=["title", "role", "ceiling"])
        note_change(actor, SUBJECT, post.pk, name=_name(post), what="changed", before=before, after=after)
    return post


def _name(post: Post) -> str:
    return f"{post.organ.name} {post.title}"

"""Which matters this visitor follows: the query codes stay sealed in the session for an hour and never in a URL."""

from datetime import timedelta

from django.http import HttpRequest

from xinqiao.access.actor import Actor
from xinqiao.access.clock import now
from xinqiao.access.permissions import Permission
from xinqiao.matters.lookup import access_matter, citizen_for
from xinqiao.matters.models import Matter
from xinqiao.portal import sealed

HELD_FOR = timedelta(hours=1)
RENEWED_AFTER = timedelta(minutes=5)
"""Not each page writes the session: that costs more than the page."""


class NotFollowed(Exception):
    """No right code for this number is held, or no longer: the visitor must give it again."""


def remember(request: HttpRequest, number: str, code: str) -> None:
    """Keep a code that was right; the session gets a new key, because it can do more from now on."""
    request.session.cycle_key()
    sealed.put(request, _name(number), code)


def followed_actor(request: HttpRequest, number: str) -> Actor:
    """The petitioner of a matter; raises NotFollowed. The hour begins anew with each page, to five minutes."""
    code = sealed.get(request, _name(number), within=HELD_FOR)
    actor = citizen_for(number, code) if code else None
    if code is None or actor is None:
        raise NotFollowed
    since = sealed.kept_at(request, _name(number))
    if since is None or now() - since > RENEWED_AFTER:
        sealed.put(request, _name(number), code)
    return actor


def followed_matter(request: HttpRequest, number: str) -> tuple[Matter, Actor]:
    """A followed matter with its petitioner; raises NotFollowed."""
    actor = followed_actor(request, number)
    return access_matter(actor, number, to=Permission.MATTER_READ), actor


def _name(number: str) -> str:
    return f"code:{number}"

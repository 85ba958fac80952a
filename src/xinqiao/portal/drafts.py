"""A petition on its way through the five steps: kept in the session between pages, lost on none of them.

Eight hours from the last page, so that a closed browser loses nothing; three days where the visitor asked for it,
because then he knows that whoever opens the portal on this device sees the draft.
"""

import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from xinqiao.access.clock import now
from xinqiao.matters.models import Channel, Kind
from xinqiao.matters.submission import Submission
from xinqiao.portal import sealed
from xinqiao.portal.people import lines_of, persons_of

NAME = "draft"
KEPT_FOR = timedelta(hours=8)
KEPT_FOR_LATER = timedelta(days=3)
STEPS = ("kind", "account", "person", "files", "check")


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of a draft: ``id`` finds it, ``secret`` opens it; ``size`` in bytes."""

    id: str
    secret: str
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was written so far. ``token`` makes one registration of two clicks; ``for_later``: asked to be kept long.

    ``at`` is the step on which somebody stopped for now; empty where the check finds the next one.
    """

    token: str = ""
    for_later: bool = False
    at: str = ""
    kind: str = ""
    account: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()
    files_seen: bool = False

    @property
    def is_accusation(self) -> bool:
        """Whether it is a report or accusation, which goes sealed."""
        return self.kind == Kind.ACCUSATION

    @property
    def who(self) -> str:
        """One of ``forms.WHO``; one person where nothing else was said."""
        return str(self.person.get("who") or "person")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """When a draft was kept, and until when it is."""

    at: datetime
    until: datetime


def load(request: HttpRequest) -> Draft:
    """The draft of this visitor; a new one where there is none, or none young enough."""
    kept = _stored(request)
    if kept is None:
        return Draft(token=secrets.token_urlsafe(24))
    return Draft(**kept | {"files": tuple(KeptFile(**file) for file in kept["files"])})


def save(request: HttpRequest, draft: Draft, **changes: Any) -> Draft:
    """Keep the draft with what changed; its time begins anew."""
    changed = replace(draft, **changes)
    if request.user.is_authenticated:  # the session of staff is not the portal's to lengthen
        changed = replace(changed, for_later=False)
    sealed.put(request, NAME, asdict(changed))
    _last(request, KEPT_FOR_LATER if changed.for_later else None)
    return changed


def replaced(draft: Draft, **changes: Any) -> Draft:
    """The draft with changes that are not kept yet."""
    return replace(draft, **changes)


def drop(request: HttpRequest) -> None:
    """Forget the draft of this visitor."""
    sealed.drop(request, NAME)
    _last(request, None)


def kept(request: HttpRequest) -> Kept | None:
    """When the draft was kept and until when; None where there is none."""
    stored, at = _stored(request), sealed.kept_at(request, NAME)
    return Kept(at=at, until=at + _span(stored)) if stored and at else None


def _last(request: HttpRequest, span: timedelta | None) -> None:
    """How long the visitor's session lasts from now on; None is as long as any."""
    if not request.user.is_authenticated:
        request.session.set_expiry(span)


def _stored(request: HttpRequest) -> dict[str, Any] | None:
    stored: dict[str, Any] | None = sealed.get(request, NAME, within=KEPT_FOR_LATER)
    at = sealed.kept_at(request, NAME)
    return stored if stored and at and now() <= at + _span(stored) else None


def _span(stored: dict[str, Any]) -> timedelta:
    return KEPT_FOR_LATER if stored.get("for_later") else KEPT_FOR


def submission_of(draft: Draft, files: tuple[Any, ...] = ()) -> Submission:
    """The draft as what is handed in; the office checks it field by field."""
    account = draft.account
    organ = account.get("organ", "")
    return Submission(
        channel=Channel.WEB,
        kind=draft.kind,
        text=account.get("text", ""),
        title=account.get("title", ""),
        claims=tuple(lines_of(account.get("claims", ""))),
        place=account.get("place", ""),
        accused_organs=(organ,) if organ else (),
        petitioners=persons_of(draft.person),
        confidential=bool(draft.person.get("confidential")) and not draft.is_accusation,
        anonymous=draft.person.get("who") == "anonymous",
        files=files,
        language=get_language() or "zh-hans",
    )

"""A petition on its way through the five steps: kept in the session between pages, lost on none of them."""

import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from xinqiao.matters.models import Channel, Kind
from xinqiao.matters.submission import Person, Submission
from xinqiao.portal import sealed

NAME = "draft"
KEPT_FOR = timedelta(hours=8)
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
    """What was written so far. ``token`` makes one registration of two clicks."""

    token: str = ""
    kind: str = ""
    account: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()
    files_seen: bool = False

    @property
    def is_accusation(self) -> bool:
        """Whether it is a report or accusation, which goes sealed."""
        return self.kind == Kind.ACCUSATION


def load(request: HttpRequest) -> Draft:
    """The draft of this visitor; a new one where there is none, or none young enough."""
    kept = sealed.get(request, NAME, within=KEPT_FOR)
    if kept is None:
        return Draft(token=secrets.token_urlsafe(24))
    return Draft(**kept | {"files": tuple(KeptFile(**file) for file in kept["files"])})


def save(request: HttpRequest, draft: Draft, **changes: Any) -> Draft:
    """Keep the draft with what changed; its time begins anew."""
    changed = replace(draft, **changes)
    sealed.put(request, NAME, asdict(changed))
    return changed


def replaced(draft: Draft, **changes: Any) -> Draft:
    """The draft with changes that are not kept yet."""
    return replace(draft, **changes)


def drop(request: HttpRequest) -> None:
    """Forget the draft of this visitor."""
    sealed.drop(request, NAME)


def kept_until(request: HttpRequest) -> datetime | None:
    """Until when the draft is kept; None where there is none."""
    since = sealed.kept_at(request, NAME) if sealed.get(request, NAME, within=KEPT_FOR) else None
    return since + KEPT_FOR if since else None


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
        confidential=bool(draft.person.get("confidential")),
        anonymous=draft.person.get("who") == "anonymous",
        files=files,
        language=get_language() or "zh-hans",
    )


def persons_of(person: dict[str, Any]) -> tuple[Person, ...]:
    """Who petitions: the one who writes with the ways to reach him, then the others by name."""
    who = person.get("who")
    if not who:
        return ()
    contact = {name: person.get(name, "") for name in ("telephone", "email", "address")}
    if who == "anonymous":
        return (Person(**contact),) if any(contact.values()) else ()
    first = Person(name=person.get("name", ""), is_organisation=who == "organisation", **contact)
    others = lines_of(person.get("others", "")) if who == "several" else []
    return (first, *(Person(name=name) for name in others))


def lines_of(text: str) -> list[str]:
    """One entry a line; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]

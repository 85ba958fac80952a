"""Versions of the texts of papers: each is added, none is changed, and a paper keeps the one it was made with.

What comes with the program is a version like any other. A newer program with other texts adds its own where the office
has not written its own; an office's wording is never replaced.
"""

import hashlib
from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xinqiao.access.clock import now
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.models import PaperTemplate
from xinqiao.documents.placeholders import SCRIPTS, UnknownPlaceholder, check_text
from xinqiao.documents.template_texts import FIELDS, KINDS, MAX_TEXT, Texts, keys_of, shipped_texts
from xinqiao.organs.models import User
from xinqiao.record.canonical import canonical


class WrongText(ValueError):
    """Texts that cannot be kept; ``errors`` has a sentence by ``script.field``."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


class Outrun(Exception):
    """Somebody saved a version while this one was being written."""


def ensure_template(kind: str, *, root_organ_id: int) -> PaperTemplate:
    """The version in force, after the program's own texts were added where they are new; raises KeyError for no paper.

    Two that come at once add it once.
    """
    texts = shipped_texts(kind)
    digest = digest_of(texts)
    current = current_template(kind, root_organ_id=root_organ_id)
    if current and (current.saved_by_id or current.sha256 == digest):
        return current
    with transaction.atomic():
        _lock(kind, root_organ_id)
        current = current_template(kind, root_organ_id=root_organ_id)
        if current and (current.saved_by_id or current.sha256 == digest):
            return current
        return _add(kind, root_organ_id, texts, after=current)


def current_template(kind: str, *, root_organ_id: int) -> PaperTemplate | None:
    """The newest version of an office; None before the first paper of the kind."""
    return versions_of(kind, root_organ_id=root_organ_id).first()


def versions_of(kind: str, *, root_organ_id: int) -> QuerySet[PaperTemplate]:
    """All versions, newest first, with who saved them."""
    rows = PaperTemplate.objects.filter(root_organ_id=root_organ_id, kind=kind)
    return rows.select_related("saved_by").order_by("-version")


@transaction.atomic
def save_template(
    kind: str, texts: Texts, *, root_organ_id: int, by: User | int, note: str = "", seen: int | None = None
) -> PaperTemplate:
    """Add a version, in force from the next paper on; texts that change nothing add none.

    ``seen`` is the version that was on the page: raises Outrun where there is a newer one, WrongText for texts that
    are empty where they must not be, too long, or ask for what the paper does not know.
    """
    check_texts(kind, texts)
    current = _latest(kind, root_organ_id, seen)
    if current.sha256 == digest_of(texts):
        return current
    return _add(kind, root_organ_id, texts, after=current, by=by, note=note)


@transaction.atomic
def restore_template(kind: str, version: int, *, root_organ_id: int, by: User | int, seen: int) -> PaperTemplate:
    """Go back to an older version, by adding its texts anew; raises Outrun, and DoesNotExist for a version unknown."""
    current = _latest(kind, root_organ_id, seen)
    older = versions_of(kind, root_organ_id=root_organ_id).get(version=version)
    if older.sha256 == current.sha256:
        return current
    return _add(kind, root_organ_id, older.texts, after=current, by=by, restored_from=version)


def check_texts(kind: str, texts: Texts) -> None:
    """Raise WrongText, with a sentence that says what to do for each wrong field."""
    errors = {}
    for script in SCRIPTS:
        for field in FIELDS[PaperKind(kind)]:
            if sentence := _wrong(kind, script, field, texts.get(script, {}).get(field, "")):
                errors[f"{script}.{field}"] = sentence
    if errors:
        raise WrongText(errors)


def digest_of(texts: Texts) -> str:
    """SHA-256 of the canonical JSON of the texts, in hexadecimal."""
    return hashlib.sha256(canonical(texts)).hexdigest()


def _wrong(kind: str, script: str, field: str, text: str) -> str:
    if not text.strip() and field in ("title", "body"):
        return _("Please fill this in")
    if len(text) > MAX_TEXT:
        return _("At most %(limit)d characters; there are %(n)d now. Shorten it") % {"limit": MAX_TEXT, "n": len(text)}
    if any(not sign.isprintable() and sign != "\n" for sign in text):
        return _("Take out the characters that cannot be printed.")
    try:
        check_text(text, keys_of(kind), script)
    except UnknownPlaceholder as error:
        return _("This paper knows no {%(name)s}. Use one of those listed beside it.") % {"name": error.name[:30]}
    return ""


def _latest(kind: str, root_organ_id: int, seen: int | None) -> PaperTemplate:
    _lock(kind, root_organ_id)
    current = ensure_template(kind, root_organ_id=root_organ_id)
    if seen is not None and current.version != seen:
        raise Outrun
    return current


def _lock(kind: str, root_organ_id: int) -> None:
    place = KINDS.index(PaperKind(kind))
    key = root_organ_id * 64 + place
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('paper template', %s))", [key])


def _add(
    kind: str,
    root_organ_id: int,
    texts: Texts,
    *,
    after: PaperTemplate | None,
    by: User | int | None = None,
    note: str = "",
    restored_from: int | None = None,
) -> PaperTemplate:
    return PaperTemplate.objects.create(
        root_organ_id=root_organ_id,
        kind=kind,
        version=after.version + 1 if after else 1,
        texts=texts,
        sha256=digest_of(texts),
        note=note,
        restored_from=restored_from,
        saved_by_id=by.pk if isinstance(by, User) else by,
        saved_at=now(),
    )

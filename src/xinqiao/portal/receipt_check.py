"""Checking a receipt in the browser, with nothing but what the office publishes; no secret takes part.

Whoever distrusts the office runs ``xinqiao verify`` on a computer of his own; this page says the same in plain words.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.portal.followed import NotFollowed, followed_matter
from xinqiao.portal.info import shown_keys
from xinqiao.portal.pages import MEGABYTE, page, show, with_files
from xinqiao.portal.reading import instant_words
from xinqiao.record import published_keys, record_package
from xinqiao.record.canonical import JSON, parse
from xinqiao.record.package import verify_package, verify_receipt_in
from xinqiao.record.receipts import DoesNotHold, parse_submission, verify_receipt

MAX_BYTES = MEGABYTE
_PDF = b"%PDF-"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a check found: ``kind`` is ``good``, ``bad`` or ``warn``; sentences in plain words.

    ``is_paper``: a document came, which is checked on another page.
    """

    kind: str
    heading: str
    sentences: tuple[str, ...] = ()
    is_paper: bool = False


@with_files
@page("GET", "POST")
def receipts(request: HttpRequest) -> HttpResponse:
    """How anybody checks a receipt, the keys of this office, and a check of a file sent here."""
    found = _found(request) if request.method == "POST" else None
    values = {"keys": shown_keys(), "found": found}
    return show(request, "portal/receipts.html", values, status=422 if found and found.kind != "good" else 200)


def _found(request: HttpRequest) -> Finding:
    upload = request.FILES.get("receipt")
    if upload is None:
        return _unreadable(_("No file arrived. Choose the receipt file and send it once more."))
    if _is_pdf(upload):
        return _elsewhere()
    if (upload.size or 0) > MAX_BYTES:
        return _unreadable(_("This file is larger than any receipt."))
    try:
        return _checked(request, parse(upload.read()))
    except DoesNotHold as failed:
        return Finding(kind="bad", heading=_("This receipt does not hold."), sentences=(_why(failed.part),))
    except ValueError:
        return _unreadable(_("It is no receipt of this form, or it was cut off on the way."))


def _checked(request: HttpRequest, value: JSON) -> Finding:
    bundle = value if isinstance(value, Mapping) else {}
    handed_in = parse_submission(bundle["submission"]) if "submission" in bundle else None
    receipt = verify_receipt(bundle.get("receipt", value), submission=handed_in, trusted=_own_keys())
    at = timezone.localtime(datetime.fromisoformat(str(receipt["received_at"])))
    words = {"number": receipt["number"], "at": instant_words(at)}
    said = [_("%(number)s was received on %(at)s. It was signed by this office and not changed since.") % words]
    if handed_in:
        said.append(_("Words and names of files are those for which it was given, to the letter."))
    said.append(_record_words(request, receipt))
    return Finding(kind="good", heading=_("This receipt holds."), sentences=tuple(said))


def _record_words(request: HttpRequest, receipt: Mapping[str, JSON]) -> str:
    """Only whoever follows the matter is told of its record: others may hold a receipt that they found."""
    number = str(receipt["number"])
    try:
        matter, _actor = followed_matter(request, number)
    except NotFollowed:
        return _("To have the record of the office checked too, look the matter up first and come back here.")
    record = record_package(stream_id=matter.stream_id, number=number, office=str(receipt["office"]))
    verify_receipt_in(record, receipt)
    count = verify_package(record).events
    sentence = ngettext(
        "The record of the office holds too: %(n)d step, not changed.",
        "The record of the office holds too: %(n)d steps, none changed and none missing.",
        count,
    )
    return sentence % {"n": count}


def _own_keys() -> list[bytes]:
    keys: Any = published_keys()["keys"]
    return [base64.urlsafe_b64decode(row["key"] + "=" * (-len(row["key"]) % 4)) for row in keys]


def _why(part: str) -> str:
    return {
        "key": _("It was not signed with a key of this office."),
        "signature": _("It was changed after it was signed."),
        "content": _("What was handed in is not what the receipt was given for: a word or a file is different."),
    }.get(part, _("The record of the office lacks the step for which it was given."))


def _is_pdf(upload: "UploadedFile[bytes]") -> bool:
    head = upload.read(len(_PDF))
    upload.seek(0)
    return bool(head == _PDF)


def _elsewhere() -> Finding:
    said = _("This is a PDF. Here the electronic receipt is checked; a PDF or a paper is checked by the code on it.")
    return Finding(kind="warn", heading=_("This is checked on another page."), sentences=(said,), is_paper=True)


def _unreadable(sentence: str) -> Finding:
    return Finding(kind="warn", heading=_("This file could not be checked."), sentences=(sentence,))

"""The files of a matter: seen on a page of ours where a browser can show them safely, and downloaded.

Bytes that people sent in are shown by an address that runs no script and loads nothing: pictures, PDF, plain text.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.permissions import Permission
from xinqiao.components.dates import desk_day, file_size
from xinqiao.components.parts import FileRow
from xinqiao.components.surfaces import current_language
from xinqiao.desk.matter_parts import matter_title
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.documents.labels import ScanState
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import Download, FileDamaged, FileRefused, attachments_of, download
from xinqiao.matters.lookup import access_matter
from xinqiao.matters.models import Matter
from xinqiao.matters.selectors import note_look, opened_texts
from xinqiao.record.fields import KeyErased

#: How each kind of file is shown; what is not here is downloaded.
SHOWN: Mapping[str, str] = {
    "application/pdf": "frame",
    "image/gif": "image",
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "text/plain": "text",
}
ICONS = {"image": "photo", "frame": "document-text", "text": "document-text"}
MOST_TEXT = 200_000
"""Bytes of a text that a page shows; the rest is downloaded."""
# No script, nothing from elsewhere, in no frame but ours. The viewers of browsers draw with styles of their own.
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@desk_page("GET")
def view_file(request: DeskRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """One file on a page of its own, between its neighbours."""
    matter = access_matter(request.actor, number, to=Permission.MATTER_READ)
    rows = attachments_of(matter.stream)
    row = next((row for row in rows if row.pk == attachment_id), None)
    if row is None:
        raise Http404
    if row.file.scan == ScanState.INFECTED:
        return _no_file(request, number, FileRefused("file-infected", name=row.shown_name).sentence)
    context = {
        "matter": matter,
        "title": matter_title(matter, opened_texts(matter, request.actor)),
        "name": _name(row),
        "meta": _meta(row),
        "way": (way := way_of(row)),
        "inline_url": reverse("desk:inline", args=[number, row.pk]),
        "download_url": reverse("desk:download", args=[number, row.pk]),
        **_neighbours(rows, row, number),
    }
    if way == "text":
        try:
            context |= _text(request, matter, row)
        except FileDamaged:
            return _no_file(request, number, _damaged())
    return show(request, "desk/file.html", context)


@desk_page("GET")
def inline_file(request: DeskRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """The bytes of a picture or a PDF, for the frame of its page; any other kind is not there."""
    return _file(request, number, attachment_id, is_inline=True)


@desk_page("GET")
def download_file(request: DeskRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """One file of the matter, to be saved."""
    return _file(request, number, attachment_id, is_inline=False)


def _file(request: DeskRequest, number: str, attachment_id: int, *, is_inline: bool) -> HttpResponseBase:
    matter = access_matter(request.actor, number, to=Permission.MATTER_READ)
    _note(request, matter)
    try:
        file = download(matter.stream, attachment_id)
    except (Attachment.DoesNotExist, KeyErased):
        raise Http404 from None
    except FileRefused as error:
        return _no_file(request, number, error.sentence)
    except FileDamaged:
        return _no_file(request, number, _damaged())
    return _shown_inline(file) if is_inline else _saved(file)


def _saved(file: Download) -> FileResponse:
    response = FileResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = file.header
    response["Content-Length"] = str(file.size)
    return response


def _shown_inline(file: Download) -> FileResponse:
    if SHOWN.get(_kind(file.media_type)) not in ("image", "frame"):
        raise Http404
    response = _saved(file)
    response["Content-Disposition"] = file.header.replace("attachment;", "inline;", 1)
    response["Content-Security-Policy"] = _ALONE
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _note(request: DeskRequest, matter: Matter) -> None:
    if matter.is_sealed or request.actor.admin_until:
        note_look(matter, request.actor, "file")


def _text(request: DeskRequest, matter: Matter, row: Attachment) -> dict[str, Any]:
    """The beginning of a text, in the charset that was found when it came in."""
    _note(request, matter)
    try:
        content = b"".join(download(matter.stream, row.pk).content)
    except KeyErased:
        raise Http404 from None
    charset = row.file.media_type.partition("charset=")[2] or "utf-8"
    text = content[:MOST_TEXT].decode(charset, errors="ignore")
    return {"text": text, "is_cut": len(content) > MOST_TEXT}


def _neighbours(rows: Sequence[Attachment], row: Attachment, number: str) -> dict[str, Any]:
    at = rows.index(row)
    before, after = (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)
    return {
        "place": _("%(n)d of %(total)d") % {"n": at + 1, "total": len(rows)},
        "previous_url": reverse("desk:file", args=[number, before.pk]) if before else "",
        "next_url": reverse("desk:file", args=[number, after.pk]) if after else "",
    }


def file_rows(attachments: Iterable[Attachment], matter: Matter) -> list[FileRow]:
    """The files, each with its day, its size and what the virus check said."""
    return [
        FileRow(
            title=_name(row),
            url=_address(row, matter),
            icon=ICONS.get(way_of(row), "paper-clip"),
            meta=_meta(row),
        )
        for row in attachments
    ]


def way_of(row: Attachment) -> str:
    """``image``, ``frame`` or ``text``; empty for what is only downloaded."""
    return SHOWN.get(_kind(row.file.media_type), "")


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0]


def _address(row: Attachment, matter: Matter) -> str:
    if row.file.scan == ScanState.INFECTED:
        return ""
    return reverse("desk:file" if way_of(row) else "desk:download", args=[matter.number, row.pk])


def _name(row: Attachment) -> str:
    return row.shown_name or _("file %(n)d") % {"n": row.position}


def _meta(row: Attachment) -> list[str]:
    checked = [] if row.file.scan == ScanState.CLEAN else [str(row.file.get_scan_display())]
    return [desk_day(row.added_on, current_language()), file_size(row.file.size), *checked]


def _damaged() -> str:
    return _("This file is damaged in the store; tell the administrator.")


def _no_file(request: DeskRequest, number: str, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("desk:matter", number=number)

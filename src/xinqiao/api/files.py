"""Files on their way in, as base64 in a body, and out: checked by their hash, never shown inside a page."""

import base64
import binascii
import io
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from xinqiao.api.problems import Problem
from xinqiao.api.schemas import FileIn
from xinqiao.components.pdf import file_name, pdf_response
from xinqiao.documents.fonts import NoFont
from xinqiao.documents.models import Attachment
from xinqiao.documents.rendering import render
from xinqiao.documents.services import FileDamaged, ReceivedFile, download, papers_of, receiving
from xinqiao.documents.template_texts import KINDS
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.models import Matter
from xinqiao.matters.paper_sheets import NotPrinted, sheet_of
from xinqiao.record.fields import KeyErased

# The description's own word for bytes of any kind; the answer itself is a stream.
FILE: Any = bytes


def received(files: Iterable[FileIn], stack: ExitStack) -> list[ReceivedFile]:
    """The files of a body, checked, for as long as the stack is open. Raises Problem and FileRefused."""
    uploads = [_opened(number, file) for number, file in enumerate(files, 1)]
    return stack.enter_context(receiving(uploads)) if uploads else []


def _opened(number: int, file: FileIn) -> Any:
    try:
        stream: Any = io.BytesIO(base64.b64decode(file.content, validate=True))
    except (binascii.Error, ValueError):
        raise Problem(422, "not-base64", _("File %(number)d is not valid base64.") % {"number": number}) from None
    stream.name = file.name
    return stream


def answer_with_paper(matter: Matter, paper_id: int, *, script: str, with_names: bool, base: str) -> HttpResponse:
    """One document of this matter as PDF/A-2b. Raises NotThere, and Problem where a character is in no font."""
    paper = papers_of(matter.stream).filter(pk=paper_id).select_related("organ", "template").first()
    if paper is None or paper.kind not in KINDS:
        raise NotThere
    try:
        sheet = sheet_of(matter, paper, script, with_names=with_names, base_url=base)
        return pdf_response(render(sheet), file_name(paper))
    except NotPrinted:
        raise NotThere from None
    except NoFont as error:
        raise Problem(409, "font-missing", error.sentence) from None


def answer_with_file(matter: Matter, attachment_id: int, *, from_petitioner: bool = False) -> StreamingHttpResponse:
    """One file of this matter.

    Raises NotThere for one of another matter, an erased one, or with ``from_petitioner`` one that the office added;
    FileRefused where the virus check found something.
    """
    rows = Attachment.objects.filter(stream_id=matter.stream_id, pk=attachment_id)
    if from_petitioner and not rows.filter(from_petitioner=True).exists():
        raise NotThere
    try:
        found = download(matter.stream, attachment_id)
    except (Attachment.DoesNotExist, KeyErased):
        raise NotThere from None
    except FileDamaged:
        raise Problem(409, "file-damaged", _("This file is damaged in the store; tell the office.")) from None
    headers = {"Content-Disposition": found.header, "Content-Length": str(found.size)}
    return StreamingHttpResponse(found.content, content_type=found.media_type, headers=headers)

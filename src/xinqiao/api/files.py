"""Files on their way in, as base64 in a body, and out: checked by their hash, never shown inside a page."""

import base64
import binascii
import io
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from xinqiao.api.problems import Problem
from xinqiao.api.schemas import FileIn
from xinqiao.documents.models import Attachment
from xinqiao.documents.services import FileDamaged, ReceivedFile, download, receiving
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.models import Matter
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

"""Handing in, step 4: files, one by one refused with a sentence or kept sealed until the petition is handed in."""

from collections.abc import Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from xinqiao.components.parts import Wrong
from xinqiao.documents.media import taken_words
from xinqiao.documents.services import Download, FileRefused, receiving
from xinqiao.portal import draft_files, drafts
from xinqiao.portal.drafts import Draft, KeptFile
from xinqiao.portal.forms import DOCUMENTS, FILE_FIELDS, PHOTOS
from xinqiao.portal.pages import MAX_TOTAL, MEGABYTE, page, show, with_files
from xinqiao.portal.questions import BACK, before, position, url_of
from xinqiao.portal.simple import is_simple
from xinqiao.portal.steps import step_list, titles
from xinqiao.portal.submit import start_again
from xinqiao.portal.whose_turn import joined


@with_files
@page("GET", "POST")
def files(request: HttpRequest) -> HttpResponse:
    """The page of files: add, remove, go on, go back; a file that is refused is said before anything else."""
    draft = drafts.load(request)
    if not draft.kind:
        return start_again()
    if request.method != "POST":
        return _page(request, draft, [])
    if removed := request.POST.get("remove"):
        return _remove(request, draft, removed)
    kept, wrongs = take(uploads_of(request), draft.files)
    is_back = BACK in request.POST
    seen = draft.files_seen if is_back else not wrongs
    draft = drafts.save(request, draft, files=(*draft.files, *kept), files_seen=seen)
    if wrongs:
        return _page(request, draft, wrongs, status=422)
    if is_back:
        return HttpResponseRedirect(before("files", (), draft, simple=is_simple(request)))
    return HttpResponseRedirect(url_of("files" if "add" in request.POST else "check"))


@page("GET")
def kept_file(request: HttpRequest, file_id: str) -> HttpResponse:
    """One file of this visitor's own draft, to look whether it is the right one."""
    wanted = [file for file in drafts.load(request).files if file.id == file_id]
    if not wanted:
        raise Http404
    try:
        with draft_files.opened(wanted) as (file,):
            out = Download(file.name, file.media_type, file.size, iter(()))
            response = HttpResponse(file.path.read_bytes(), content_type=out.media_type)
    except (FileRefused, draft_files.FileGone):
        raise Http404 from None
    response["Content-Disposition"] = out.header
    return response


def uploads_of(request: HttpRequest) -> "list[UploadedFile[bytes]]":
    """The files of all fields, in the order of the page."""
    return [file for name in FILE_FIELDS for file in request.FILES.getlist(name)]


def take(uploads: "Iterable[UploadedFile[bytes]]", known: Iterable[KeptFile]) -> tuple[list[KeptFile], list[Wrong]]:
    """Keep every file that can be taken, and say of each other one why not."""
    kept, wrongs, before = list[KeptFile](), list[Wrong](), list(known)
    for upload in uploads:
        try:
            with receiving([upload], limit=_room(before + kept, upload.name or "")) as (file,):
                kept.append(draft_files.keep(file))
        except FileRefused as refused:
            wrong = Wrong(text=refused.sentence, field_id="photos")
            wrongs += [] if wrong in wrongs else [wrong]
    return kept, wrongs


def _room(known: list[KeptFile], name: str) -> int:
    """How many bytes one more file may have; raises FileRefused where there are too many files already."""
    if len(known) >= settings.MAX_FILES:
        raise FileRefused("file-too-many", name=name, found=len(known) + 1, limit=settings.MAX_FILES)
    return min(int(settings.MAX_FILE_BYTES), max(MAX_TOTAL - sum(file.size for file in known), 0))


def _remove(request: HttpRequest, draft: Draft, file_id: str) -> HttpResponse:
    gone = [file for file in draft.files if file.id == file_id]
    draft_files.discard(gone)
    drafts.save(request, draft, files=tuple(file for file in draft.files if file.id != file_id))
    return HttpResponseRedirect(url_of("files"))


def _page(request: HttpRequest, draft: Draft, wrongs: list[Wrong], status: int = 200) -> HttpResponse:
    simple = is_simple(request)
    values = {
        "heading": titles()["files"],
        "steps": [] if simple else step_list("files"),
        "position": position("files", (), draft),
        "draft": draft,
        "kept": drafts.kept(request),
        "so_far": sum(file.size for file in draft.files),
        "wrongs": wrongs,
        "photos": PHOTOS,
        "documents": DOCUMENTS,
        "limits": limits_words(),
    }
    return show(request, "portal/submit_files.html", values, status=status)


def limits_words() -> str:
    """What may be sent at all, said before somebody chooses."""
    kinds = _("You can send %(taken)s.") % {"taken": taken_words()}
    sentence = _("At most %(most)d files in all, each up to %(each)d MB, together %(total)d MB.")
    each = settings.MAX_FILE_BYTES // MEGABYTE
    return joined([kinds, sentence % {"most": settings.MAX_FILES, "each": each, "total": MAX_TOTAL // MEGABYTE}])

"""Papers and files as their petitioner sees them: what was issued to him, when it reached him, and what he sent."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.access.clock import today
from xinqiao.components.dates import file_size
from xinqiao.components.parts import FileRow
from xinqiao.components.surfaces import current_language
from xinqiao.documents.labels import DeliveryMethod, PaperKind, PaperState
from xinqiao.documents.models import Attachment, Paper
from xinqiao.documents.services import attachments_of, list_papers
from xinqiao.documents.template_texts import KINDS as TYPESET
from xinqiao.matters.models import Matter
from xinqiao.portal.reading import full, short

# Papers between organs are none of these.
TO_PETITIONERS = frozenset(
    {
        PaperKind.RECEIPT,
        PaperKind.ACCEPTANCE,
        PaperKind.NOT_ACCEPTED,
        PaperKind.NOT_AGAIN,
        PaperKind.DESTINATION,
        PaperKind.PROCEDURAL,
        PaperKind.EXTENSION,
        PaperKind.REPLY,
        PaperKind.SETTLEMENT,
        PaperKind.REVIEW,
        PaperKind.REREVIEW,
        PaperKind.HEARING,
        PaperKind.WITHDRAWAL,
        PaperKind.CLOSURE,
    }
)


def papers(matter: Matter) -> list[FileRow]:
    """The papers that were issued to the petitioners, in their order; those that reached them can be opened."""
    return [
        FileRow(title=str(paper.get_kind_display()), url=_url(matter, paper), meta=_meta(paper), icon="document-check")
        for paper in list_papers(matter.stream)
        if paper.kind in TO_PETITIONERS and paper.state not in {PaperState.DRAFT, PaperState.VOID}
    ]


def is_readable(paper: Paper) -> bool:
    """Whether the petitioner may read a paper: it is addressed to petitioners, and has reached them.

    A paper to somebody who gave no name waits for no service: it can only be fetched here.
    """
    if paper.kind not in TO_PETITIONERS or paper.kind not in TYPESET:
        return False
    return paper.state == PaperState.SERVED or (paper.state == PaperState.ISSUED and not paper.must_be_served)


def _url(matter: Matter, paper: Paper) -> str:
    if not is_readable(paper):
        return ""
    url = reverse("portal:paper", args=[matter.number, paper.pk])
    return f"{url}?script=zh-hant" if current_language() == "zh-hant" else url


def _meta(paper: Paper) -> list[str]:
    pieces = [paper.number or "", paper.organ.label, _("issued on %(day)s") % {"day": _said(paper.issued_on)}]
    served = sorted((d.served_on, str(DeliveryMethod(d.method).label)) for d in paper.deliveries.all())
    if served:
        day, method = served[0]
        pieces.append(_("received on %(day)s, %(method)s") % {"day": _said(day), "method": method})
    elif paper.must_be_served:
        pieces.append(_owed(paper.service_due_on))
    return [piece for piece in pieces if piece]


def _owed(due: date | None) -> str:
    if due is None:
        return _("on its way to you")
    if due < today():
        return _("should have reached you by %(day)s") % {"day": _said(due)}
    return _("must reach you by %(day)s") % {"day": _said(due)}


def _said(day: date) -> str:
    """Without its year while that is this one: in the side column there is little room."""
    return short(day) if day.year == today().year else full(day)


def own_files(matter: Matter, *, opened: bool) -> list[FileRow]:
    """The files that the petitioner sent; of a sealed matter only where the page was ``opened``."""
    rows = [row for row in attachments_of(matter.stream) if row.from_petitioner]
    return [_file(matter, row) for row in rows] if opened else []


def _file(matter: Matter, row: Attachment) -> FileRow:
    url = reverse("portal:file", args=[matter.number, row.pk])
    return FileRow(title=row.shown_name, url=url, meta=[file_size(row.file.size)], icon="paper-clip")

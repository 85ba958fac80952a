"""The list of matters as .xlsx: what the filters leave of what this post may know of."""

import tempfile
from pathlib import Path

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.desk.filtering import filters, spans
from xinqiao.desk.lists import numbered
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.paging import address
from xinqiao.matters.ledgers.exporting import TooMany, export_matters
from xinqiao.matters.listing import DueSpan, Listing
from xinqiao.matters.models import Matter

MOST = 20_000
"""Matters in one file from the desk; longer lists are for the command, which nobody waits for."""


@desk_page("GET", to=Permission.MATTER_EXPORT)
def export(request: DeskRequest) -> HttpResponseBase:
    """This very list as a file; every matter in it is put on record as looked at."""
    query = request.GET
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    try:
        export_matters(
            Path(file.name),
            actor=request.actor,
            narrowed=lambda rows: _chosen(rows, request.actor, query),
            language=get_language() or "zh-hans",
            most=MOST,
        )
    except TooMany as error:
        file.close()
        return show(request, "desk/export_too_many.html", _too_many(error, query), status=422)
    except BaseException:
        file.close()
        raise
    name = _("Petitions %(day)s") % {"day": f"{today():%Y%m%d}"}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def _chosen(rows: QuerySet[Matter], actor: Actor, query: QueryDict) -> QuerySet[Matter]:
    chosen = filters(query) & spans(today()).get(query.get("due", ""), DueSpan()).q
    if wanted := query.get("q", "").strip():
        chosen &= numbered(Listing(actor), wanted)
    return rows.filter(chosen).order_by("received_on", "id")


def _too_many(error: TooMany, query: QueryDict) -> dict[str, object]:
    return {"found": error.found, "most": error.most, "back": address(query)}

"""My work as .xlsx: the duties that the filters leave, with the columns of the list and nothing beyond it."""

import tempfile
from datetime import date
from pathlib import Path

from django.http import FileResponse, HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.components.cells import OrganCell, ReasonCell, StateCell, TitleCell
from xinqiao.components.states import state_words
from xinqiao.components.surfaces import DESK
from xinqiao.desk import duties
from xinqiao.desk.duty_rows import Reader, columns, duty_cells, owing_organs
from xinqiao.desk.home import chosen_duties
from xinqiao.desk.pages import DeskRequest, desk_page
from xinqiao.matters.ledgers.writing import Page

WIDTHS = [11.0, 12.0, 18.0, 14.0, 40.0, 18.0, 36.0]
BATCH = 200
#: A sheet takes more than a list shows, and ends where nobody reads on.
EXPORTED = 100_000


@desk_page("GET", to=Permission.MATTER_EXPORT)
def export_work(request: DeskRequest) -> HttpResponseBase:
    """Every duty of the chosen list, in its order; of a sealed matter no more than the list says."""
    request.actor.require(Permission.MATTER_READ)
    day = today()
    found = chosen_duties(request.actor, request.GET, day, most=EXPORTED)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    page = Page(Path(file.name), _("My work"))
    page.widths(WIDTHS)
    page.headings([column.label for column in columns()])
    named = request.actor.role in duties.SUPERVISORS
    for start in range(0, len(found.all), BATCH):
        rows = duties.fetch(found.all[start : start + BATCH])
        where = owing_organs(rows) if named else {}
        for row in rows:
            page.line([plain(cell) for cell in duty_cells(row, where, Reader(day=day))])
    page.close()
    name = _("Duties %(day)s") % {"day": f"{day:%Y%m%d}"}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def plain(cell: object) -> object:
    """What a cell of the list says, without its drawing; a day stays a day."""
    match cell:
        case StateCell():
            return state_words(cell.state, surface=DESK, days_left=cell.days_left, days_late=cell.days_late)
        case TitleCell():
            return cell.text
        case OrganCell():
            return cell.shown
        case ReasonCell():
            return f"{cell.text}〔{cell.article}〕" if cell.article else cell.text
        case date():
            return cell
    return strip_tags(str(cell))

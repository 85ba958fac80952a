"""The list of duties as a table: what is left, the day, what to do, on which matter, and why this day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from xinqiao.access.actor import NOBODY
from xinqiao.components.cells import MarkCell, OrganCell, ReasonCell, StateCell, TitleCell
from xinqiao.components.dates import desk_day, weekday
from xinqiao.components.parts import Column, RowGroup, Table
from xinqiao.components.surfaces import current_language
from xinqiao.desk import duties
from xinqiao.desk.words import COUNTED, STARTED, comma, duty_words, matter_url, number_cell, organ_cell
from xinqiao.documents.labels import PaperKind
from xinqiao.documents.models import Paper
from xinqiao.matters import labels
from xinqiao.matters.acting import reading
from xinqiao.matters.models import ClockRow, Kind, Matter
from xinqiao.matters.papers import DOCUMENTS, SERVICE_DAYS
from xinqiao.matters.selectors import list_title
from xinqiao.organs.lookup import organs_named
from xinqiao.organs.models import Organ
from xinqiao.procedure import ClockRule, load_pack
from xinqiao.record import events_of

T = TypeVar("T")
#: What a list says of a matter in a word, the most important first.
TAGS: Sequence[tuple[Promise, Callable[[Matter], bool]]] = (
    (gettext_lazy("confidential"), lambda matter: matter.confidentiality >= 2),
    (gettext_lazy("proposal"), lambda matter: matter.kind == Kind.PROPOSAL),
    (gettext_lazy("group visit"), lambda matter: matter.is_group),
    (gettext_lazy("joint"), lambda matter: matter.is_joint and not matter.is_group),
    (gettext_lazy("assigned"), lambda matter: matter.is_assigned),
)
#: The columns in the order of the design, and those that may be left out.
NAMES = ("left", "due", "what", "number", "matter", "where", "why")
OPTIONAL = ("number", "where", "why")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom a list is drawn: on which day, the place of his organ, which need not be said in every row, and classes
    in his language.
    """

    day: date
    place: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)
    _organs: dict[int, OrganCell] = field(default_factory=dict)

    def organ(self, organ: Organ) -> OrganCell:
        """An organ as he finds it in a list; the same few stand in its rows."""
        if organ.pk not in self._organs:
            self._organs[organ.pk] = organ_cell(organ, self.place)
        return self._organs[organ.pk]


def duty_table(
    keys: Sequence[duties.Duty],
    counts: Mapping[str, duties.Count],
    reader: Reader,
    *,
    named: bool = False,
    shown: Sequence[str] = OPTIONAL,
    marks: bool = False,
) -> Table:
    """The duties of a page in their groups; the counts are those of the whole list.

    Where a matter is says the row; with ``named`` who owes the duty, for those who look at many organs. ``shown`` are
    the columns of ``OPTIONAL`` that somebody wants; with ``marks`` a box stands before each row.
    """
    rows = duties.fetch(keys)
    day, where = reader.day, owing_organs(rows) if named else {}
    groups = []
    for span in duties.spans(day):
        inside = [row for key, row in zip(keys, rows, strict=True) if span.holds(key.due)]
        if inside:
            title = _title(span, counts[span.name])
            cells = [[*_mark(row, marks), *_wanted(duty_cells(row, where, reader), shown)] for row in inside]
            groups.append(RowGroup(title=title, rows=cells, red=span.name == "overdue"))
    heads = [*([mark_column()] if marks else []), *_wanted(columns(), shown)]
    return Table(caption=_("Duties by their legal day"), columns=heads, groups=groups)


def _wanted(cells: Sequence[T], shown: Sequence[str]) -> list[T]:
    return [cell for name, cell in zip(NAMES, cells, strict=True) if name in shown or name not in OPTIONAL]


def _mark(row: ClockRow | Paper, marks: bool) -> list[object]:
    matter = matter_of(row)
    return [MarkCell(value=matter.number, label=list_title(matter))] if marks else []


def matter_of(row: ClockRow | Paper) -> Matter:
    """The matter that a duty is about."""
    return row.matter if isinstance(row, ClockRow) else row.stream.matter


def owing_organs(rows: Sequence[ClockRow | Paper]) -> dict[str, Organ]:
    """The organs that owe these duties, by code."""
    return organs_named({row.organ for row in rows if isinstance(row, ClockRow)})


def mark_column() -> Column:
    """The column of boxes; it stays away from paper."""
    return Column(label=_("Mark"), width="w2", marks=True)


def columns() -> list[Column]:
    """The columns in the order of the design; on a telephone only what one needs to choose."""
    return [
        Column(label=_("Left"), width="w6"),
        Column(label=_("Due"), width="w6", sort="ascending"),
        Column(label=_("What to do"), width="w8", end_s=True),
        Column(label=_("Number"), width="w7", muted=True, after_s=True),
        Column(label=_("Matter"), cut=True, wide=True),
        Column(label=_("Where"), width="w7", cut=True, hide_s=True),
        Column(label=_("Why this day"), width="w15", small=True, after_s=True),
    ]


def _title(span: duties.Span, count: duties.Count) -> str:
    words = {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "soon": _("Within three days"),
        "week": _("Rest of the week"),
        "later": _("Later"),
        "paused": _("Paused"),
    }
    how_many = "" if count.is_more else ngettext("%(n)d duty", "%(n)d duties", count.n) % {"n": count.n}
    return "　".join(piece for piece in (words[span.name], _days(span), how_many) if piece)


def _days(span: duties.Span) -> str:
    if span.first is None or span.name in ("later", "paused") or span.last is None:
        return ""
    if span.first == span.last:
        return desk_day(span.first, current_language(), within=span.first.year)
    return _("%(first)s to %(last)s") % {"first": f"{span.first:%m-%d}", "last": f"{span.last:%m-%d}"}


def duty_cells(row: ClockRow | Paper, where: Mapping[str, Organ], reader: Reader) -> list[object]:
    """One duty."""
    return _clock_cells(row, where, reader) if isinstance(row, ClockRow) else _paper_cells(row, reader)


def _clock_cells(row: ClockRow, where: Mapping[str, Organ], reader: Reader) -> list[object]:
    day = reader.day
    due = _due(row, day)
    state = "paused" if row.state == "paused" else _state(due, day)
    return [
        StateCell(state=state, days_left=(due - day).days),
        due,
        duty_words(row.clock, row.matter.stage),
        number_cell(row.matter.number),
        _matter_cell(row.matter),
        reader.organ(where.get(row.organ) or row.matter.holder),
        why(row, due, day),
    ]


def _paper_cells(row: Paper, reader: Reader) -> list[object]:
    day = reader.day
    due = row.service_due_on or row.issued_on
    matter: Matter = row.stream.matter
    issued = f"{row.issued_on:%m-%d}"
    reason = _("%(day)s given, + %(n)d working days") % {"day": issued, "n": SERVICE_DAYS}
    return [
        StateCell(state=_state(due, day), days_left=(due - day).days),
        due,
        _("Serve: %(paper)s") % {"paper": document_words(row)},
        number_cell(matter.number),
        _matter_cell(matter),
        reader.organ(row.organ),
        ReasonCell(text=reason, article=pgettext("article column", "office rule")),
    ]


def document_words(paper: Paper) -> str:
    """What a paper is called where there is little room."""
    code = next((code for code, kinds in DOCUMENTS.items() if paper.kind in kinds), "")
    return str(labels.DOCUMENTS[code] if code in labels.DOCUMENTS else PaperKind(paper.kind).label)


def _state(due: date, day: date) -> str:
    return "missed" if due < day else "running"


def _due(row: ClockRow, day: date) -> date:
    """The day that binds; of a clock that stands still it moves with every day, so the record is asked."""
    if row.state == "paused":
        recorded = events_of(row.matter.stream_id)
        act = reading("read", matter=row.matter, actor=NOBODY, recorded=recorded)
        for clock in act.case.clocks:
            if (clock.id, clock.organ or "", clock.started_on) == (row.clock, row.organ, row.started_on):
                return clock.legal_due
    return row.legal_due or day


def _matter_cell(matter: Matter) -> TitleCell:
    return TitleCell(text=list_title(matter), url=matter_url(matter.number), tags=tags_of(matter)[:2])


def tags_of(matter: Matter) -> list[str]:
    """What a list says of a matter in a word: at most two are shown."""
    return [str(tag) for tag, is_so in TAGS if is_so(matter)]


def why(row: ClockRow, due: date, day: date) -> ReasonCell:
    """``11-06 收到＋15 日，周六顺延〔22〕``: how the day came about, in one line."""
    rule = load_pack(row.matter.pack).clocks.get(row.clock)
    if rule is None:
        return ReasonCell(text=row.article)
    is_past = row.state != "paused" and row.stat_due and row.stat_due < day <= due
    article = pgettext("article column", "office rule") if rule.own_rule else str(rule.article.number or "")
    return ReasonCell(text=_sum(row, rule, due), article=article, tag=_("statistical day past") if is_past else "")


def _sum(row: ClockRow, rule: ClockRule, due: date) -> str:
    if rule.unit == "given":
        return _("the day that the letter of assignment names")
    started = f"{row.started_on:%m-%d}"
    words = {"day": started, "event": str(STARTED.get(row.clock, COUNTED)), "n": _days_of(row, rule)}
    if rule.unit == "working":
        return _("%(day)s %(event)s + %(n)d working days") % words
    pieces = [_("%(day)s %(event)s + %(n)d days") % words]
    if row.extended_by:
        pieces.append(_("extended by %(n)d days") % {"n": row.extended_by})
    if row.state == "paused":
        pieces.append(_("the hearing is not counted"))
    elif row.stat_due and row.stat_due != due:
        pieces.append(_moved(row.stat_due))
    return comma().join(pieces)


def _days_of(row: ClockRow, rule: ClockRule) -> int:
    if rule.unit == "working" or row.stat_due is None:
        return rule.days
    return (row.stat_due - row.started_on).days - row.extended_by - row.paused_days


def _moved(stat_due: date) -> str:
    if stat_due.weekday() >= 5:
        return _("%(weekday)s moved on") % {"weekday": weekday(stat_due, current_language())}
    return _("%(day)s is no working day, moved on") % {"day": f"{stat_due:%m-%d}"}

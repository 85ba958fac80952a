"""Many matters with their records, written by COPY: for measuring, never for an office.

Every record is a real one: canonical events in a chain, commitments, sealed identities, clocks by the law. What is
spared is asking the law a million times: matters of one course that began on one day have the same clocks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, connections, transaction

from bench.courses import COURSES, DAYS, Course, Happening
from bench.news import notices_of
from bench.papers import EACH, papers_of
from xinqiao.access.clock import SHANGHAI, today
from xinqiao.documents.models import Delivery, Paper
from xinqiao.matters.codes import query_code_hash
from xinqiao.matters.models import Claim, ClockRow, Involvement, Kind, Matter, Petition, Petitioner
from xinqiao.matters.views_of_record import clock_row, latest, set_columns
from xinqiao.notices.models import Notice
from xinqiao.organs.models import Organ
from xinqiao.procedure import Case, Event, History, default_calendar, load_pack, read_case
from xinqiao.record import Act, ActorStamp, OrganStamp, encrypt_field, open_stream, record_new
from xinqiao.record.copying import copy_in

CHUNK = 1000
#: One bureau has six matters for each one that another has: among 10,000 it fills a page of its worklist too.
BUSY, MORE = "B07", 5
PREFIX = "LD"
TABLES = (Matter, Petition, Petitioner, Claim, Involvement, ClockRow, Paper, Delivery, Notice)
SUBJECTS = (
    "外墙渗水无人维修",
    "拖欠三个月工资",
    "土地流转租金未付",
    "噪声扰民",
    "低保停发",
    "路灯不亮",
    "学位不足",
    "水费多收",
)
TEXT = "{subject}，找过物业和社区两次，都说等等看。请求查清原因，说明什么时候解决，并书面答复。"


class Loader:
    """Makes ``count`` matters, the oldest first, with the ids from ``first`` on; copies them in, a chunk a transaction.

    The place of a matter among them tells all of it: its day, its course, its organ. So two runs make the same county.
    """

    def __init__(self, first: int, count: int) -> None:
        self.first, self.count = first, count
        self.organs = {organ.code: organ for organ in Organ.objects.select_related("root")}
        bureaus = sorted(code for code in self.organs if code.startswith("B"))
        self.bureaus = [*bureaus, *[BUSY] * MORE]
        self.pack, self.calendar, self.today = load_pack("CN-2022"), default_calendar(), today()
        self.cases: dict[int, tuple[History, Case]] = {}
        self.age = -1

    def load(self, begin: int, end: int) -> None:
        """Make those from one place to before another; the caller has reserved their ids."""
        for start in range(begin, end, CHUNK):
            with transaction.atomic():
                self._chunk(range(start, min(start + CHUNK, end)))

    def _chunk(self, places: range) -> None:
        made = [self._matter(place) for place in places]
        record_new([(rows[0].stream, acts) for rows, acts in made])
        for table in TABLES:
            _copy(table, (row for rows, _acts in made for row in rows if type(row) is table))

    def _matter(self, place: int) -> tuple[list[Any], list[Act]]:
        age, course, pk = DAYS - 1 - place * DAYS // self.count, COURSES[place % len(COURSES)], self.first + place
        bureau = self.bureaus[(course.number + age * 11) % len(self.bureaus)]
        history, case = self._case(course, age, bureau)
        title = f"{bureau}片区{SUBJECTS[place % len(SUBJECTS)]}（{pk}）"
        matter = self._row(pk, bureau, history, case)
        matter.title = title
        papers = papers_of(matter, history, self.organs)
        news = notices_of(matter, history, self.organs, today=self.today)
        return [matter, *self._beside(matter, case), *papers, *news], [*self._acts(history, title)]

    def _case(self, course: Course, age: int, bureau: str) -> tuple[History, Case]:
        """The law is asked once for each course of a day."""
        if age != self.age:
            self.cases, self.age = {}, age
        if course.number not in self.cases:
            began = self.today - timedelta(days=age)
            history = History.of(_event(h, began, bureau) for h in course.happenings if h.after <= age)
            case = read_case(history, pack=self.pack, calendar=self.calendar, today=self.today)
            self.cases[course.number] = (history, case)
        return self.cases[course.number]

    def _row(self, pk: int, bureau: str, history: History, case: Case) -> Matter:
        began = next(iter(history)).on
        stream = open_stream(root_organ_id=self.organs["YZ"].pk)
        number = f"{PREFIX}{began:%Y}-{pk:08}"
        matter = Matter(
            pk=pk,
            root_organ_id=stream.root_organ_id,
            stream=stream,
            number=number,
            query_code=query_code_hash(number, f"{pk:012}"),
            kind=Kind.APPEAL,
            class_code="城乡建设/城市建设和市政管理",
            confidentiality=1,
            pack="CN-2022",
            pack_version=self.pack.version,
            received_by=self.organs["HCXF"],
            holder=self.organs["HCXF" if case.stage == "received" else bureau],
            received_on=began,
            registered_at=datetime.combine(began, time(9), SHANGHAI),
        )
        set_columns(matter, case, calendar=self.calendar)
        return matter

    def _acts(self, history: History, title: str) -> Iterator[Act]:
        for position, event in enumerate(history):
            organ = self.organs[event.data.get("organ", "HCXF")]
            text = TEXT.format(subject=title)
            yield Act(
                type=event.type,
                actor=ActorStamp(kind="staff", id=1, post="科员", role="clerk"),
                organ=OrganStamp(code=organ.code, name=organ.name),
                at=datetime.combine(event.on, time(9), SHANGHAI),
                on=event.on,
                article=self.pack.article("register"),
                pack=self.pack.version,
                calendar=self.calendar.version,
                data=event.data,
                texts={"text": text, "title": title} if position == 0 else {},
            )

    def _beside(self, matter: Matter, case: Case) -> Iterator[Any]:
        root, pk = matter.root_organ_id, matter.pk
        petition = Petition(
            pk=pk,
            root_organ_id=root,
            matter=matter,
            event_seq=1,
            channel="letter",
            received_by=matter.received_by,
            received_on=matter.received_on,
        )
        yield petition
        sealed = {name: encrypt_field(matter.stream, f"{value}{pk}") for name, value in IDENTITY.items()}
        yield Petitioner(root_organ_id=root, matter=matter, petition=petition, ordinal=1, **sealed)
        yield Claim(root_organ_id=root, matter=matter, ordinal=1)
        for organ in {matter.received_by, matter.holder}:
            part = "holder" if organ == matter.holder else "receiver"
            yield Involvement(root_organ_id=root, matter=matter, organ=organ, part=part, since=matter.received_on)
        for clock in latest(case.clocks).values():
            yield clock_row(matter, clock, calendar=self.calendar)


IDENTITY = {"name": "申请人", "telephone": "0000-", "address": "禾川县文昌路"}


def _event(happening: Happening, began: date, bureau: str) -> Event:
    data = {key: bureau if value == "BUREAU" else value for key, value in happening.data.items()}
    return Event(type=happening.type, on=began + timedelta(days=happening.after), data=data)


def _copy(table: Any, rows: Iterable[Any]) -> None:
    found = list(rows)
    if not found:
        return
    fields = [f for f in table._meta.concrete_fields if not (f.primary_key and found[0].pk is None)]
    copy_in(table._meta.db_table, [str(f.column) for f in fields], [_values(row, fields) for row in found])


def _values(row: Any, fields: list[Any]) -> list[Any]:
    return [_plain(getattr(row, field.attname)) for field in fields]


def _plain(value: Any) -> Any:
    return str(value) if type(value) is not str and isinstance(value, str) else value


def loaded() -> int:
    """How many matters the loader has made here."""
    return Matter.objects.filter(number__startswith=PREFIX).count()


#: The tables whose ids the loader gives itself, and how many of them a matter takes.
NUMBERED = {"matters_matter": 1, "matters_petition": 1, "documents_paper": EACH}


def reserve(count: int) -> int:
    """Ids for so many matters and what belongs to them, taken out of their sequences by the owner; gives the first."""
    first = 0
    with connections["owner"].cursor() as cursor:
        for table, each in NUMBERED.items():
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (name,) = cursor.fetchone()
            cursor.execute(f"SELECT greatest((SELECT max(id) FROM {table}), (SELECT last_value FROM {name}))")
            first = max(first, int(cursor.fetchone()[0]) // each + 1)
        for table, each in NUMBERED.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, (first + count) * each])
    return first


def settle() -> None:
    """What autovacuum does in its own time: statistics and the map of what everybody sees, before anything is timed."""
    connections.close_all()
    connection.ensure_connection()
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

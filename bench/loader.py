"""Many matters with their records, written by COPY: for measuring, never for an office.

Every record is a real one: canonical events in a chain, commitments, sealed identities, clocks by the law. What is
spared is asking the law a million times: matters of one pattern that began on one day have the same clocks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, connections, transaction

from xinqiao.access.clock import SHANGHAI, today
from xinqiao.matters.codes import query_code_hash
from xinqiao.matters.models import Claim, ClockRow, Involvement, Matter, Petition, Petitioner
from xinqiao.matters.views_of_record import clock_row, set_columns
from xinqiao.organs.models import Organ
from xinqiao.procedure import Case, Event, History, default_calendar, load_pack, read_case
from xinqiao.record import Act, ActorStamp, OrganStamp, encrypt_field, open_stream, record_all
from xinqiao.record.models import Stream

CHUNK = 1000
TEXT = "三号楼北墙渗水两年，物业和开发商互相推。请求修好北墙，并公开维修资金的使用情况。"
RECEIVED: dict[str, Any] = {"by": "bureau", "organ": "HCXF", "channel": "letter"}


@dataclass(frozen=True)
class Step:
    after: int
    type: str
    organ: str
    data: dict[str, Any]


def _steps(*rows: tuple[int, str, str, dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(*row) for row in rows)


_SENT = (3, "transferred", "HCXF", {"organ": "HCXF", "to": "HCZJ", "to_kind": "organ"})
_TAKEN = (9, "accepted", "HCZJ", {"organ": "HCZJ", "path": 6})
_TOLD = (11, "served", "HCZJ", {"document": "acceptance", "method": "post", "organ": "HCZJ"})
_ANSWERED = (50, "replied", "HCZJ", {"organ": "HCZJ", "outcome": "supported"})
_SERVED = (52, "served", "HCZJ", {"document": "reply", "method": "post", "organ": "HCZJ"})
_ASKED = (70, "review_requested", "HCZJ", {"organ": "HC"})
_REVIEWED = (90, "reviewed", "HC", {"organ": "HC", "outcome": "upheld"})
_CLOSED = (90, "closed", "HCZJ", {"organ": "HCZJ"})

PATTERNS = (
    _steps(),
    _steps(_SENT),
    _steps(_SENT, _TAKEN, _TOLD),
    _steps(_SENT, _TAKEN, _TOLD, _ANSWERED, _SERVED),
    _steps(_SENT, _TAKEN, _TOLD, _ANSWERED, _SERVED, _CLOSED),
    _steps(_SENT, _TAKEN, _TOLD, _ANSWERED, _SERVED, _CLOSED),
    _steps(_SENT, _TAKEN, _TOLD, _ANSWERED, _SERVED, _CLOSED),
    _steps(_SENT, _TAKEN, _TOLD, _ANSWERED, _SERVED, _ASKED, _REVIEWED),
)


class Loader:
    """Makes the rows of matters ``first`` to ``first + count`` and copies them in, a chunk a transaction."""

    def __init__(self) -> None:
        self.organs = {organ.code: organ for organ in Organ.objects.select_related("root")}
        self.pack, self.calendar, self.today = load_pack("CN-2022"), default_calendar(), today()
        self.cases: dict[tuple[int, date], tuple[History, Case]] = {}

    def load(self, first: int, count: int) -> None:
        """Ids are those of the matters; the caller has reserved them."""
        for start in range(first, first + count, CHUNK):
            with transaction.atomic():
                self._chunk(range(start, min(start + CHUNK, first + count)))

    def _chunk(self, ids: range) -> None:
        made = [self._matter(pk) for pk in ids]
        for kind, rows in _by_table(made):
            _copy(kind, rows)

    def _matter(self, pk: int) -> list[Any]:
        number = pk % len(PATTERNS)
        steps = PATTERNS[number]
        longest = steps[-1].after if steps else 0
        began = self.today - timedelta(days=longest + pk * 7 % 640)
        history, case = self._case(number, began)
        root = self.organs["YZ"].pk
        stream = open_stream(root_organ_id=root)
        matter = self._row(pk, stream, began, case)
        record_all(stream, self._acts(pk, history))
        return [matter, *self._beside(matter, case)]

    def _case(self, number: int, began: date) -> tuple[History, Case]:
        key = (number, began)
        if key not in self.cases:
            events = [Event(type="received", on=began, data=RECEIVED)]
            events += [Event(type=s.type, on=began + timedelta(days=s.after), data=s.data) for s in PATTERNS[number]]
            history = History.of(events)
            case = read_case(history, pack=self.pack, calendar=self.calendar, today=self.today)
            self.cases[key] = (history, case)
        return self.cases[key]

    def _row(self, pk: int, stream: Stream, began: date, case: Case) -> Matter:
        bureau, holder = self.organs["HCXF"], self.organs["HCXF" if case.stage == "received" else "HCZJ"]
        name = f"LD{pk:08}"
        matter = Matter(
            pk=pk,
            root_organ_id=stream.root_organ_id,
            stream=stream,
            number=name,
            query_code=query_code_hash(name, f"{pk:012}"),
            title=f"锦和苑{pk}号外墙渗水",
            confidentiality=1,
            pack="CN-2022",
            pack_version=self.pack.version,
            received_by=bureau,
            holder=holder,
            received_on=began,
            registered_at=datetime.combine(began, time(9), SHANGHAI),
        )
        set_columns(matter, case, calendar=self.calendar)
        return matter

    def _acts(self, pk: int, history: History) -> Sequence[Act]:
        return [self._act(pk, event, first=i == 0) for i, event in enumerate(history)]

    def _act(self, pk: int, event: Event, *, first: bool) -> Act:
        organ = self.organs[event.data.get("organ", "HCXF")]
        return Act(
            type=event.type,
            actor=ActorStamp(kind="staff", id=1, post="科员", role="clerk"),
            organ=OrganStamp(code=organ.code, name=organ.name),
            at=datetime.combine(event.on, time(9), SHANGHAI),
            on=event.on,
            article=self.pack.article("register"),
            pack=self.pack.version,
            calendar=self.calendar.version,
            data=event.data,
            texts={"text": TEXT, "title": f"锦和苑{pk}号外墙渗水"} if first else {},
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
        sealed = encrypt_field(matter.stream, f"申请人{pk}")
        yield Petitioner(root_organ_id=root, matter=matter, petition=petition, ordinal=1, name=sealed)
        yield Claim(root_organ_id=root, matter=matter, ordinal=1)
        for organ in {matter.received_by, matter.holder}:
            part = "holder" if organ == matter.holder else "receiver"
            yield Involvement(root_organ_id=root, matter=matter, organ=organ, part=part, since=matter.received_on)
        for clock in case.clocks:
            yield clock_row(matter, clock, calendar=self.calendar)


def _by_table(made: list[list[Any]]) -> Iterator[tuple[Any, list[Any]]]:
    for kind in (Matter, Petition, Petitioner, Claim, Involvement, ClockRow):
        yield kind, [row for rows in made for row in rows if type(row) is kind]


def _copy(kind: Any, rows: list[Any]) -> None:
    fields = [f for f in kind._meta.concrete_fields if not (f.primary_key and rows[0].pk is None)]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{kind._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row([_value(getattr(row, f.attname)) for f in fields])


def _value(value: Any) -> Any:
    return str(value) if type(value) is not str and isinstance(value, str) else value


def reserve(count: int) -> int:
    """Ids for so many matters and petitions, taken out of their sequences by the owner; gives the first."""
    first = 0
    with connections["owner"].cursor() as cursor:
        for table in ("matters_matter", "matters_petition"):
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (name,) = cursor.fetchone()
            cursor.execute(f"SELECT greatest((SELECT max(id) FROM {table}), (SELECT last_value FROM {name}))")
            first = max(first, int(cursor.fetchone()[0]) + 1)
        for table in ("matters_matter", "matters_petition"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])
    return first

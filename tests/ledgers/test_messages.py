"""4,326 real messages, a ledger as somebody else made it, go in entirely."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ledgers.sheets import import_file
from tests.office import Office
from xinqiao.matters.models import Matter, Petition, Petitioner
from xinqiao.matters.replaying import check_matters
from xinqiao.record import decrypt_field
from xinqiao.record.models import Body

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages.xlsx"
needs_messages = pytest.mark.skipif(not MESSAGES.exists(), reason="the messages (../shared/data) are not here")


@needs_messages
@pytest.mark.slow
def test_every_message_goes_in_and_not_a_character_is_lost(office: Office) -> None:
    imported = import_file(office, MESSAGES)
    assert imported.wrong == []
    sent = _sent()
    assert imported.outcome.registered == len(sent) == Petition.objects.count() == Matter.objects.count() == 4326

    for field, column in (("text", "留言详情"), ("title", "留言主题")):
        assert _kept(field) == {line: said[column] for line, said in sent.items()}
    for line, noted in _kept("ledger").items():
        at_midnight = sent[line]["留言时间"].endswith(" 00:00:00")  # a cell that holds a day and no time
        titles = NOTED[:-1] if at_midnight else NOTED
        assert noted.splitlines() == [f"{title}：{sent[line][title]}" for title in titles]
    assert _names() == {line: said["留言用户"] for line, said in sent.items()}
    assert _days() == {line: _day(said["留言时间"]) for line, said in sent.items()}
    assert list(check_matters()) == []


NOTED = ("留言编号", "点赞数", "反对数", "留言时间")


def _sent() -> dict[int, dict[str, str]]:
    """What the file says, by line, with line ends as LF."""
    rows = load_workbook(MESSAGES, read_only=True).worksheets[0].iter_rows(values_only=True)
    titles = next(rows)
    return {
        line: {title: _words(value) for title, value in zip(titles, row, strict=True)}
        for line, row in enumerate(rows, start=2)
    }


def _words(value: object) -> str:
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _line_of() -> dict[int, int]:
    """The line of the file that a stream came from."""
    keys = Petition.objects.values_list("matter__stream_id", "source_key")
    return {stream: int(key.rsplit(":", 1)[1]) for stream, key in keys}


def _kept(field: str) -> dict[int, str]:
    """What stands beside the record, by line."""
    line_of, rows = _line_of(), Body.objects.filter(field=field, seq=1).values_list("stream_id", "clear")
    return {line_of[stream]: text or "" for stream, text in rows}


def _names() -> dict[int, str]:
    line_of, rows = _line_of(), Petitioner.objects.select_related("matter__stream")
    return {line_of[row.matter.stream_id]: decrypt_field(row.matter.stream, bytes(row.name or b"")) for row in rows}


def _days() -> dict[int, date]:
    line_of, rows = _line_of(), Matter.objects.values_list("stream_id", "received_on")
    return {line_of[stream]: day for stream, day in rows}


def _day(written: str) -> date:
    return date(*(int(part) for part in re.split("[/-]", written.split(" ")[0])))

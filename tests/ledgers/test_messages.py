"""4,326 real messages, a ledger as somebody else made it, go in entirely."""

import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ledgers.sheets import import_file
from tests.office import Office
from xinqiao.matters.models import Matter, Petition
from xinqiao.record.models import Body

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages.xlsx"
needs_messages = pytest.mark.skipif(not MESSAGES.exists(), reason="the messages (../shared/data) are not here")


@needs_messages
@pytest.mark.slow
def test_every_message_goes_in_and_not_a_character_is_lost(office: Office) -> None:
    begun = time.monotonic()
    imported = import_file(office, MESSAGES)
    print(f"\n{imported.outcome.rows / (time.monotonic() - begun):.0f} lines a second")
    assert imported.wrong == []
    sent = _sent()
    assert imported.outcome.registered == len(sent) == Petition.objects.count() == Matter.objects.count() == 4326

    for field, column in (("text", "留言详情"), ("title", "留言主题")):
        kept = _kept(field)
        assert {line: said[column] for line, said in sent.items()} == kept


def _sent() -> dict[int, dict[str, str]]:
    """What the file says, by line, with line ends as LF."""
    rows = load_workbook(MESSAGES, read_only=True).worksheets[0].iter_rows(values_only=True)
    titles = next(rows)
    return {
        line: {
            title: str(value).replace("\r\n", "\n").replace("\r", "\n")
            for title, value in zip(titles, row, strict=True)
        }
        for line, row in enumerate(rows, start=2)
    }


def _kept(field: str) -> dict[int, str]:
    """What stands beside the record, by the line it came from."""
    line_of = {
        stream: int(key.rsplit(":", 1)[1])
        for stream, key in Petition.objects.values_list("matter__stream_id", "source_key")
    }
    rows = Body.objects.filter(field=field, seq=1).values_list("stream_id", "clear")
    return {line_of[stream]: text or "" for stream, text in rows}

"""Many new streams at once take another way into the database, and stand there exactly as one by one."""

import pytest
from django.db import IntegrityError, transaction

from xinqiao.record.copying import FROM_ROWS
from xinqiao.record.doctor import check_chains
from xinqiao.record.models import Stream
from xinqiao.record.reader import events_of, texts_of
from xinqiao.record.writer import NotInTransaction, open_stream, record_new

TEXTS = {"text": "第一行\n\t第二行\\N \\. 制表\t引号\"'", "title": "漏水𠂇"}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, FROM_ROWS - 1, FROM_ROWS, FROM_ROWS + 1])
@pytest.mark.parametrize("sealed", [False, True])
def test_every_stream_holds_and_gives_its_texts_back(act, keys, count: int, sealed: bool) -> None:
    streams = [open_stream(root_organ_id=5) for _ in range(count)]
    recorded = record_new([(stream, [act(texts=TEXTS, sealed=sealed)]) for stream in streams])
    assert list(check_chains()) == []
    for stream, event in zip(streams, recorded, strict=True):
        assert events_of(stream.pk) == [event]
        assert texts_of(stream.pk) == {(1, name): text for name, text in TEXTS.items()}
        assert (stream.length, stream.head.hex()) == (1, event.hash.removeprefix("sha256:"))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, FROM_ROWS])
def test_one_that_the_database_refuses_leaves_none(act, keys, count: int) -> None:
    streams = [open_stream(root_organ_id=5) for _ in range(count)]
    with pytest.raises(IntegrityError), transaction.atomic():
        record_new([(stream, [act()]) for stream in [*streams, streams[0]]])
    assert not Stream.objects.exists()


def test_many_are_recorded_inside_a_transaction_only(act, committed_db, keys) -> None:
    streams = [open_stream(root_organ_id=5) for _ in range(FROM_ROWS)]
    with pytest.raises(NotInTransaction):
        record_new([(stream, [act()]) for stream in streams])

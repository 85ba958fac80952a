"""Rows that are read by a statement written once are what the ORM would have given."""

import pytest
from django.db import connection
from django.db.models import Field, Model
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from xinqiao.documents.models import Paper
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import ClockRow, Matter
from xinqiao.organs.models import Organ
from xinqiao.record.models import Body
from xinqiao.record.reading_rows import Shape

pytestmark = pytest.mark.database


@pytest.fixture
def two(office: Office) -> list[str]:
    """Two matters, transferred to the same bureau with their papers."""
    numbers = [office.register().number for _ in range(2)]
    for number in numbers:
        transfer(number=number, actor=office.hexiaowen, to="HCZJ", notified=True)
    return numbers


def values(one: Model) -> dict[str, object]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


@pytest.mark.parametrize("model", [Matter, Paper, ClockRow, Organ])  # Paper has JSON and sealed bytes
def test_every_column_is_as_the_orm_reads_it(two: list[str], model: type[Model]) -> None:
    rows = Shape(model).read("TRUE ORDER BY id", [])
    assert rows
    assert [values(row) for row in rows] == [values(row) for row in model._default_manager.order_by("pk")]


def test_rows_of_a_composite_key_stay_apart(two: list[str]) -> None:
    rows = Shape(Body).read("TRUE ORDER BY stream_id, seq, field", [])
    assert [(row.pk, row.clear) for row in rows] == list(
        Body.objects.order_by("stream_id", "seq", "field").values_list("pk", "clear")
    )


def test_what_rows_belong_to_comes_with_them_once_and_none_is_none(two: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        first, second = Shape(Matter, ("holder", "received_by")).read("matters_matter.number = ANY(%s)", [two])
        assert first.holder is second.holder
        assert first.holder.code == "HCZJ"
        assert first.received_by.code == "HCXF"
    assert len(asked) == 1
    Matter.objects.filter(number=two[0]).update(next_organ=None)
    (one,) = Shape(Matter, ("next_organ",)).read("matters_matter.number = %s", [two[0]])
    assert one.next_organ is None


def test_a_column_that_was_left_out_is_asked_for_again(two: list[str]) -> None:
    def plain(model: type[Model], field: "Field[object, object]") -> bool:
        return field.name in ("id", "number")

    (one,) = Shape(Matter, (), plain).read("number = %s", [two[0]])
    assert one.number == two[0]
    assert one.stage == Matter.objects.get(number=two[0]).stage


def test_a_row_that_was_read_can_be_changed_and_saved(two: list[str]) -> None:
    (one,) = Shape(Matter).read("number = %s", [two[0]])
    one.title = "改后的标题"
    one.save(update_fields=["title"])
    assert Matter.objects.get(pk=one.pk).title == "改后的标题"

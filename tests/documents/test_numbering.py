"""Numbers per organ, prefix and year: none given twice, none left out, whoever comes at once and whoever turns back."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from tests.office import Office
from xinqiao.documents.models import Paper, PaperCounter, PaperSeries
from xinqiao.documents.numbering import NotInTransaction, reserve, taken_by_another
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.submission import Invalid
from xinqiao.project.demo_office import found_office, hire
from xinqiao.record import events_of

COUNT = 8


def take(office: Office, *kinds: str, organ: str = "HCZJ", year: int = 2026) -> list[str]:
    with transaction.atomic():
        got = reserve(kinds, root_organ_id=office.root_id, organ_id=office.organs[organ].pk, year=year)
    return [got[kind].number for kind in kinds]


def test_each_kind_organ_and_year_counts_for_itself(office: Office) -> None:
    assert take(office, "reply") == ["禾建信〔2026〕1号"]
    assert take(office, "reply") == ["禾建信〔2026〕2号"]
    assert take(office, "acceptance") == ["禾建信受〔2026〕1号"]
    assert take(office, "reply", organ="HCRS") == ["禾人社信〔2026〕1号"]
    assert take(office, "reply", year=2027) == ["禾建信〔2027〕1号"]


def test_kinds_with_one_prefix_share_its_count(office: Office) -> None:
    take(office, "transfer", "destination", organ="HCXF")
    PaperSeries.objects.filter(organ__code="HCXF").update(prefix="禾信")
    assert take(office, "transfer", "destination", organ="HCXF") == ["禾信〔2026〕2号", "禾信〔2026〕1号"]
    assert take(office, "transfer", organ="HCXF") == ["禾信〔2026〕3号"]


def test_a_new_prefix_begins_at_one_and_an_old_one_goes_on(office: Office) -> None:
    take(office, "reply")
    series = PaperSeries.objects.filter(organ__code="HCZJ", kind="reply")
    series.update(prefix="禾住建")
    assert take(office, "reply") == ["禾住建〔2026〕1号"]
    series.update(prefix="禾建信")
    assert take(office, "reply") == ["禾建信〔2026〕2号"]
    assert taken_by_another("禾住建", root_organ_id=office.root_id, organ_id=office.organs["HCRS"].pk)


def test_whoever_turns_back_gives_the_number_back(office: Office) -> None:
    take(office, "reply")
    with transaction.atomic():
        assert take(office, "reply") == ["禾建信〔2026〕2号"]
        transaction.set_rollback(True)
    assert take(office, "reply") == ["禾建信〔2026〕2号"]


@pytest.mark.django_db(transaction=True)
def test_no_number_outside_a_transaction() -> None:
    with pytest.raises(NotInTransaction):
        reserve(["reply"], root_organ_id=1, organ_id=1, year=2026)


def test_after_the_first_it_costs_one_statement(office: Office, django_assert_num_queries: Any) -> None:
    ids = {"root_organ_id": office.root_id, "organ_id": office.organs["HCXF"].pk, "year": 2026}
    reserve(["transfer", "destination"], **ids)
    with django_assert_num_queries(1):
        reserve(["transfer", "destination"], **ids)


def test_the_record_says_the_number_of_every_paper(office: Office) -> None:
    done = office.register()
    act = transfer(number=done.number, actor=office.hexiaowen, to="HCZJ", notified=True)
    numbers = {paper.kind: paper.number for paper in Paper.objects.filter(stream=act.matter.stream)}
    assert set(numbers) == {"transfer", "destination"}
    assert events_of(act.matter.stream_id)[-1].data["papers"] == numbers


def test_a_text_that_cannot_be_printed_is_refused_at_its_field(office: Office) -> None:
    done = office.register()
    with pytest.raises(Invalid) as caught:
        transfer(number=done.number, actor=office.hexiaowen, to="HCZJ", note="请核实\U0002ffff。")
    assert "U+2FFFF" in caught.value.errors["note"]


def test_of_many_at_once_none_meets_another_and_none_is_left_out(committed_db: str) -> None:
    """Real threads on real transactions; every third act is undone at its end, and leaves no gap."""
    organs = found_office()
    office = Office(organs, hire(organs, password="a-long-test-password"))
    numbers = [office.register(organ="HCXF").number for _ in range(COUNT)]
    clerk, start, failed = office.hexiaowen, threading.Barrier(COUNT), []

    def act(place: int) -> None:
        start.wait()
        try:
            if place % 3 == 0:
                undone(place)
            accept(number=numbers[place], actor=clerk, path=6)
        except Exception as error:  # noqa: BLE001 - the test looks at it below
            failed.append(error)
        finally:
            connection.close()

    def undone(place: int) -> None:
        ids = {"root_organ_id": office.root_id, "organ_id": organs["HCXF"].pk, "year": date.today().year}  # noqa: DTZ011
        try:
            with transaction.atomic():
                reserve(["acceptance"], **ids)
                raise LookupError
        except LookupError:
            pass

    threads = [threading.Thread(target=act, args=(place,)) for place in range(COUNT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    year = Paper.objects.earliest("pk").issued_on.year
    given = sorted(int(p.number.split("〕")[1][:-1]) for p in Paper.objects.all() if p.number)
    assert given == list(range(1, COUNT + 1))
    assert PaperCounter.objects.get(prefix="禾信受", year=year).last == COUNT

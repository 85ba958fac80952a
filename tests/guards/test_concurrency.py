"""Two people act at once: one wins, the other is told; numbers never meet; a chain never forks."""

import threading
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from tests.office import PERSON, TEXT, Office
from xinqiao.access.clock import now, today
from xinqiao.documents.models import Delivery, Paper
from xinqiao.matters.acting import Overtaken
from xinqiao.matters.actions.accept import accept
from xinqiao.matters.actions.recuse import recuse
from xinqiao.matters.actions.register import register
from xinqiao.matters.actions.serve import serve
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.lookup import NotThere
from xinqiao.matters.models import Claim, ClockRow, Involvement, Matter, Petition, Petitioner
from xinqiao.matters.submission import Submission
from xinqiao.matters.views_of_record import save_view
from xinqiao.notices.models import Notice
from xinqiao.procedure import Refused
from xinqiao.project.demo_office import found_office, hire
from xinqiao.record import ActorStamp, StreamMoved, events_of, record
from xinqiao.record.doctor import check_chains
from xinqiao.record.models import Body, EventRow, Stream


@pytest.fixture
def committed(committed_db: str) -> Office:
    organs = found_office()
    return Office(organs, hire(organs, password="a-long-test-password"))


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment, each on a connection of its own; the results, or what was raised."""
    results: list[Any] = [None] * len(tasks)
    start = threading.Barrier(len(tasks))

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = tasks[place]()
        except (Overtaken, Exception) as error:  # noqa: BLE001 - the test looks at what it was
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_who_act_on_what_they_saw_one_wins_and_the_other_is_told(committed: Office) -> None:
    done = committed.register()
    clerk, head = committed.hexiaowen, committed.qinshuo
    results = at_once(
        [
            lambda: transfer(number=done.number, actor=clerk, to="HCZJ", seen=1),
            lambda: transfer(number=done.number, actor=head, to="HCRS", seen=1),
        ]
    )
    lost = [r for r in results if isinstance(r, Overtaken)]
    assert len(lost) == 1, results
    assert [e.type for e in lost[0].events] == ["transferred"]
    assert [e.type for e in events_of(done.matter.stream_id)] == ["received", "transferred"]


def test_numbers_of_eight_clerks_never_meet_and_no_chain_forks(committed: Office) -> None:
    clerk = committed.hexiaowen
    said = Submission(channel="letter", text=TEXT, petitioners=(PERSON,))

    def some() -> list[str]:
        return [register(submission=said, actor=clerk).number for _ in range(25)]

    results = at_once([some] * 8)
    numbers = [number for part in results for number in part]
    assert sorted(numbers) == [f"HC{today().year}-{seq:05}" for seq in range(1, 201)], "no number twice, none left out"
    assert Matter.objects.count() == 200
    assert list(check_chains()) == []


def test_a_number_of_an_act_that_failed_is_not_given_again(committed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first = committed.register().number
    with monkeypatch.context() as patch:
        patch.setattr("xinqiao.matters.actions.register._beside", _fail)
        with pytest.raises(RuntimeError):
            committed.register()
    second = committed.register().number
    assert (first, second) == (f"HC{today().year}-00001", f"HC{today().year}-00003")
    assert Matter.objects.count() == 2


WRITTEN_AT_REGISTRATION = (Matter, Petition, Petitioner, Claim, Involvement, ClockRow, Stream, EventRow, Body, Notice)


@pytest.mark.parametrize("step", ["_beside", "_tell", "record_new", "_registered"])
def test_a_registration_that_is_interrupted_leaves_nothing(
    committed: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(f"xinqiao.matters.actions.register.{step}", _fail)
    with pytest.raises(RuntimeError):
        committed.register(claims=("修好北墙",))
    assert [model.__name__ for model in WRITTEN_AT_REGISTRATION if model.objects.exists()] == []


@pytest.mark.parametrize("step", ["save_view", "record"])
def test_an_act_that_is_interrupted_leaves_nothing(
    committed: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    done = committed.register()
    papers, notices = Paper.objects.count(), Notice.objects.count()
    monkeypatch.setattr(f"xinqiao.matters.acting.{step}", _fail)
    with pytest.raises(RuntimeError):
        transfer(number=done.number, actor=committed.hexiaowen, to="HCZJ")
    assert [e.type for e in events_of(done.matter.stream_id)] == ["received"]
    assert (Matter.objects.get().stage, Involvement.objects.count()) == ("received", 1)
    assert (Paper.objects.count(), Notice.objects.count()) == (papers, notices)


def test_of_two_who_accept_at_once_without_having_looked_one_is_refused(committed: Office) -> None:
    done = committed.register()
    transfer(number=done.number, actor=committed.hexiaowen, to="HCZJ")
    handler, head = committed.jiangbo, committed.tanyue
    results = at_once(
        [
            lambda: accept(number=done.number, actor=handler, path=6),
            lambda: accept(number=done.number, actor=head, path=6),
        ]
    )
    lost = [r.refusal.code for r in results if isinstance(r, Refused)]
    assert lost == ["already-accepted"], results
    assert [e.type for e in events_of(done.matter.stream_id)] == ["received", "transferred", "accepted"]


def test_eight_who_serve_at_once_serve_once(committed: Office) -> None:
    done = committed.register()
    transfer(number=done.number, actor=committed.hexiaowen, to="HCZJ")
    handler = committed.jiangbo
    accept(number=done.number, actor=handler, path=6)
    results = at_once([lambda: serve(number=done.number, actor=handler, document="acceptance")] * 8)
    assert sum(isinstance(r, Refused) for r in results) == 7, results
    assert [e.type for e in events_of(done.matter.stream_id)].count("served") == 1
    assert Delivery.objects.count() == 1


def test_two_appends_on_one_head_never_fork_the_chain(committed: Office) -> None:
    """Below the acts and their lock, the record itself refuses the second."""
    done = committed.register()

    def append() -> Any:
        stream = Stream.objects.get(pk=done.matter.stream_id)
        together.wait()
        with transaction.atomic():
            return record(
                stream, type="annotated", actor=ActorStamp(kind="system"), organ=None, at=now(), on=today(),
                article="", pack="CN-2022", calendar="CN",
            )  # fmt: skip

    together = threading.Barrier(4)
    results = at_once([append] * 4)
    assert sum(isinstance(r, StreamMoved) for r in results) == 3, results
    assert [e.seq for e in events_of(done.matter.stream_id)] == [1, 2]
    assert list(check_chains()) == []


def test_whoever_is_recused_while_he_waits_does_not_act_any_more(committed: Office) -> None:
    done = committed.register()
    transfer(number=done.number, actor=committed.hexiaowen, to="HCZJ")
    handler, head = committed.jiangbo, committed.tanyue
    results: list[Any] = []

    def act() -> None:
        try:
            results.append(accept(number=done.number, actor=handler, path=6))
        except NotThere as error:
            results.append(error)
        finally:
            connection.close()

    waiting = threading.Thread(target=act)
    with patch("xinqiao.matters.acting.save_view", _slowly(waiting)):
        recuse(number=done.number, actor=head, user="jiangbo", reason="与信访人是亲属。")
    waiting.join(30)
    assert [type(result) for result in results] == [NotThere]
    assert events_of(done.matter.stream_id)[-1].type == "recused"


def _slowly(other: threading.Thread) -> Callable[..., None]:
    """Let the other one begin, and wait for the lock, before this act goes on."""

    def save(*arguments: Any, **named: Any) -> None:
        other.start()
        _wait_until_somebody_waits()
        save_view(*arguments, **named)

    return save


def _wait_until_somebody_waits() -> None:
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits for the lock")


def _fail(*_arguments: Any, **_named: Any) -> None:
    raise RuntimeError("the disk is full")

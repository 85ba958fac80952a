"""Two people act at once: one wins, the other is told; numbers never meet; a chain never forks."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.office import PERSON, TEXT, Office
from xinqiao.matters.acting import Overtaken
from xinqiao.matters.actions.register import register
from xinqiao.matters.actions.transfer import transfer
from xinqiao.matters.models import Matter
from xinqiao.matters.submission import Submission
from xinqiao.project.demo_office import found_office, hire
from xinqiao.record import events_of
from xinqiao.record.doctor import check_chains


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
        return [register(submission=said, actor=clerk).number for _ in range(12)]

    results = at_once([some] * 8)
    numbers = [number for part in results for number in part]
    assert len(numbers) == len(set(numbers)) == Matter.objects.count() == 96
    assert list(check_chains()) == []


def test_a_number_of_an_act_that_failed_is_not_given_again(committed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first = committed.register().number
    with monkeypatch.context() as patch:
        patch.setattr("xinqiao.matters.actions.register._beside", _fail)
        with pytest.raises(RuntimeError):
            committed.register()
    second = committed.register().number
    assert (first, second) == ("HC2026-00001", "HC2026-00003")
    assert Matter.objects.count() == 2


def _fail(drafts: Any) -> None:
    raise RuntimeError("the disk is full")

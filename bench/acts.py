"""A legal act with its event, its clocks and its notice: the transfer of registered matters."""

import argparse
from collections.abc import Iterator

from bench.clients import Request, rate
from bench.figures import Figure
from bench.office import Bench


def run(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    """Rate of POST …/acts/transfer on matters that nobody touched, 8 clients."""
    numbers = _registered(bench, 400 * options.seconds)
    with bench.serve() as server:
        rate(server.port, _transfers(numbers[:200]), token=bench.token, seconds=3, expected=200)
        measured, done = rate(
            server.port, _transfers(numbers[200:]), token=bench.token, seconds=options.seconds, expected=200
        )
    note = "ran out of matters" if done == len(numbers) - 200 else ""
    name = "POST …/acts/transfer, 8 clients, 2 workers"
    return [Figure(name=name, value=measured, unit="/s", floor=bench.floor, must=100, aim=50, note=note)]


def _registered(bench: Bench, wanted: int) -> list[str]:
    """So many matters, registered in batches by the action itself."""
    from django.db import transaction

    from xinqiao.access.actor import staff_actor
    from xinqiao.access.clock import today
    from xinqiao.matters.actions.register import register_within
    from xinqiao.matters.submission import Person, Submission

    clerk = staff_actor(bench.people["hexiaowen"], today=today())
    said = Submission(channel="letter", text="墙渗水", petitioners=(Person(name="安平", telephone="138"),))
    numbers: list[str] = []
    while len(numbers) < wanted:
        with transaction.atomic():
            numbers += [register_within(submission=said, actor=clerk).number for _ in range(200)]
    return numbers


def _transfers(numbers: list[str]) -> Iterator[Request]:
    for number in numbers:
        yield f"/api/v1/matters/{number}/acts/transfer", {"to": "HCZJ", "notified": True}

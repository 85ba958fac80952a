"""What the worker does for matters by itself. Procrastinate finds this module by its name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections
from procrastinate.contrib.django import app

from xinqiao.access.clock import today
from xinqiao.matters.actions.recompute import recompute_office
from xinqiao.matters.reminding import remind
from xinqiao.matters.turning import turn
from xinqiao.organs.models import CalendarDay


@app.periodic(cron="7 * * * *", periodic_id="matters.turn_the_day")
@app.task(name="matters.turn_the_day", queueing_lock="matters.turn_the_day")
def turn_the_day(timestamp: int) -> int:
    """Every morning: clocks that ran out are shown so, and organs are told of their duties. Gives how many were told.

    Asked every hour, because the work of a day is done once: a worker that was off in the morning catches up.
    """
    with _own_connections():
        for root_id in CalendarDay.objects.order_by("root_id").values_list("root_id", flat=True).distinct():
            recompute_office(root_id)
        turn(today())
        return remind(today())


@app.task(name="matters.recompute_clocks")
def recompute_clocks(root_id: int) -> int:
    """A notice changed the calendar: every open clock it concerns is counted anew. Gives how many matters changed."""
    with _own_connections():
        return recompute_office(root_id)


@contextmanager
def _own_connections() -> Iterator[None]:
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()
